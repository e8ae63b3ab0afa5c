#!/usr/bin/env python3
"""Reference trees: python3 tree.py > tree.json
scikit-learn 1.2.1, numpy 1.24.2. All numbers are multiples of 1/8 with few distinct values, so that single precision
and bins are exact. Trees are grown with several seeds; the least leaf is raised until they agree: then no split is a tie."""
import json
import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(11)
n = 240
names = ["a", "b", "c", "d"]
X = np.column_stack([rng.integers(0, size, n) / 8 for size in (40, 9, 60, 25)])
signal = 2 * np.sin(X[:, 0]) + (X[:, 1] > 0.5) * X[:, 2] / 2 - 0.3 * X[:, 3]
y = np.round(signal + rng.normal(0, 0.4, n), 5)
binary = (signal + rng.logistic(0, 0.4, n) > np.median(signal)).astype(int)
multi = np.digitize(signal + rng.normal(0, 0.5, n), np.quantile(signal, [0.3, 0.55, 0.85]))
weights = rng.integers(1, 33, n) / 16
targets = {"y": y, "binary": binary, "multi": multi}


def grown(target, criterion, weight, leaf, depth, **more):
    kind = DecisionTreeRegressor if target == "y" else DecisionTreeClassifier
    t, w = targets[target], weights if weight else None
    least = {"min_weight_fraction_leaf": leaf / weights.sum()} if weight else {"min_samples_leaf": leaf}
    trees = [kind(criterion=criterion, max_depth=depth, random_state=seed, **least, **more).fit(X, t, w) for seed in range(6)]
    shapes = {tuple(zip(peer.tree_.feature, peer.tree_.threshold)) for peer in trees}
    return trees[0] if len(shapes) == 1 else None


def absolute_importance(peer, w):
    """By hand: with weights, some of scikit-learn's impurities exceed the loss around the median it gives itself."""
    rows, t = peer.decision_path(X).toarray().astype(bool), peer.tree_
    risk = [np.sum(w[m] * np.abs(y[m] - v)) for m, v in zip(rows.T, t.value[:, 0, 0])]
    gain = np.zeros(4)
    for node in np.flatnonzero(t.feature >= 0):
        gain[t.feature[node]] += risk[node] - risk[t.children_left[node]] - risk[t.children_right[node]]
    return gain / gain.sum()


def nodes(peer, importance):
    t = peer.tree_
    value = t.value[:, 0, :]
    if not isinstance(peer, DecisionTreeRegressor):
        value = value / value.sum(1, keepdims=True)
    return {"feature": np.maximum(t.feature, -1).tolist(), "threshold": np.where(t.feature < 0, 0, t.threshold).tolist(),
            "weight": t.weighted_n_node_samples.tolist(), "value": value.tolist(), "importance": importance.tolist()}


cases = []
for target, criterion, weight, leaf, depth in [
        ("y", "squared_error", False, 4, 30), ("y", "squared_error", True, 3.1, 30), ("y", "squared_error", False, 9, 4),
        ("y", "absolute_error", False, 8, 4), ("y", "absolute_error", True, 7.3, 4),
        ("binary", "gini", False, 8, 4), ("binary", "gini", True, 5.7, 30), ("binary", "entropy", False, 8, 4),
        ("binary", "entropy", True, 5.7, 30), ("multi", "gini", False, 8, 30), ("multi", "gini", True, 5.7, 30),
        ("multi", "entropy", False, 8, 30), ("multi", "entropy", True, 5.7, 30)]:
    while (peer := grown(target, criterion, weight, leaf, depth)) is None:
        leaf += 1
    root = peer.tree_.impurity[0]
    path = peer.cost_complexity_pruning_path(X, targets[target], weights if weight else None)
    alphas = np.unique(path.ccp_alphas[path.ccp_alphas > 1e-9])
    between = ((alphas[1:] + alphas[:-1]) / 2)[(alphas[1:] - alphas[:-1]) > 1e-7]
    leaves = [grown(target, criterion, weight, leaf, depth, ccp_alpha=alpha).get_n_leaves() for alpha in between]
    importance = peer.feature_importances_
    if criterion == "absolute_error":
        by_hand = absolute_importance(peer, weights if weight else np.ones(n))
        assert weight or np.allclose(importance, by_hand)
        importance = by_hand
    cases.append({"target": target, "criterion": criterion.split("_")[0], "weighted": weight, "minLeaf": leaf, "maxDepth": depth,
                  "tree": nodes(peer, importance), "path": [{"penalty": p / root, "leaves": int(k)} for p, k in zip(between, leaves)]})

# One tree of histogram boosting at learning rate 1 is a least squares tree with a learnt direction for missing values.
# Its cuts are those of the bins, not the middles between the values of the node, so they are not compared.
gaps = X.copy()
for column, share in [(0, 0.25), (2, 0.15)]:
    gaps[rng.random(n) < share, column] = np.nan
gone = np.isnan(gaps[:, 0])
whole = np.round(4 * (y + 3 * gone))  # missing values of `a` mean something
peer = HistGradientBoostingRegressor(learning_rate=1, max_iter=1, max_leaf_nodes=None, max_depth=5, min_samples_leaf=6,
                                     l2_regularization=0, early_stopping=False).fit(gaps, whole)
parts = peer._predictors[0][0].nodes


def preorder(i):
    node = parts[i]
    return [i] if node["is_leaf"] else [i] + preorder(node["left"]) + preorder(node["right"])


order = preorder(0)
missing = {"x": [[None if np.isnan(v) else v for v in column] for column in gaps.T], "y": whole.tolist(), "minLeaf": 6, "maxDepth": 5,
           "feature": [-1 if parts[i]["is_leaf"] else int(parts[i]["feature_idx"]) for i in order],
           "count": [int(parts[i]["count"]) for i in order], "predicted": peer.predict(gaps).tolist()}
print(json.dumps({"names": names, "x": X.T.tolist(), "y": y.tolist(), "binary": binary.tolist(), "multi": multi.tolist(),
                  "weights": weights.tolist(), "cases": cases, "missing": missing}))
