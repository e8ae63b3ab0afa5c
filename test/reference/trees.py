"""Reference values of trees, boosting and forests by scikit-learn: python3 trees.py > trees.json

Columns are whole eighths, few enough distinct ones that bins are exact and that they are the same as float32. Where
the targets are classes, rows have weights, without which many splits gain the same and scikit-learn draws among them.
Trees are listed in preorder, as scikit-learn keeps them: feature (-1: leaf), threshold, value.
"""
import json
import warnings

import numpy as np
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
ROWS, TRAIN = 1500, 300
x = np.round(rng.normal(size=(ROWS, 5)) * [8, 12, 16, 10, 14]) / 8
score = 1.2 * x[:, 0] + 1.5 * (x[:, 1] > 0.4) * x[:, 2] - np.abs(x[:, 3]) + 0.5 * rng.normal(size=ROWS)
targets = {
    "regression": np.round(score, 3),
    "binary": (score > np.median(score)).astype(int),
    "multiclass": np.digitize(score, np.quantile(score, [0.3, 0.7])),
}
weights = rng.integers(32, 96, size=TRAIN) / 64
train, test = slice(0, TRAIN), slice(TRAIN, ROWS)


def nodes(tree, classes):
    inner = tree.children_left >= 0
    value = tree.value[:, 0, :]
    shares = value / value.sum(axis=1, keepdims=True) if classes else value
    return {
        "feature": np.where(inner, tree.feature, -1).tolist(),
        "threshold": np.where(inner, tree.threshold, 0).tolist(),
        "value": np.round(shares, 12).tolist(),
    }


def grown(task, criterion, leaf, depth):
    make = DecisionTreeRegressor if task == "regression" else DecisionTreeClassifier
    y = targets[task][train]
    w = weights if task != "regression" else np.ones(TRAIN)
    options = {"criterion": criterion, "max_depth": depth, "random_state": 0}
    options["min_weight_fraction_leaf"] = leaf / w.sum()
    model = make(**options).fit(x[train], y, w)
    path = make(**options).cost_complexity_pruning_path(x[train], y, w)
    alphas = np.unique(np.round(path.ccp_alphas, 14))
    between = (alphas[:-1] + alphas[1:]) / 2
    between = between[np.diff(alphas) > 1e-9]
    root = model.tree_.impurity[0]
    return {
        "task": task,
        "criterion": {"squared_error": "squared", "absolute_error": "absolute"}.get(criterion, criterion),
        "minLeaf": leaf,
        "maxDepth": depth,
        **nodes(model.tree_, task != "regression"),
        # Leaves left by penalties between the critical ones, as shares of the root's impurity.
        "penalties": (between / root).tolist(),
        "leaves": [int(make(**options, ccp_alpha=a).fit(x[train], y, w).get_n_leaves()) for a in between],
    }


def boosted(task, rounds, leaves, leaf, l2, loss=None):
    make = HistGradientBoostingRegressor if task == "regression" else HistGradientBoostingClassifier
    options = {"max_iter": rounds, "max_leaf_nodes": leaves, "min_samples_leaf": leaf, "l2_regularization": l2}
    if loss:
        options["loss"] = loss
    y = targets[task][train]
    if loss == "poisson":
        y = np.round(np.exp(y / 4), 2)
    model = make(**options, early_stopping=False).fit(x[train], y)
    said = model.predict(x[train]) if task == "regression" else model.predict_proba(x[train])
    case = {"task": task, "rounds": rounds, "maxLeaves": leaves, "minLeaf": leaf, "l2": l2}
    return {**case, **({"loss": loss} if loss else {}), "predictions": np.round(said, 9).tolist()}


def forest(task, seeds=5):
    y = targets[task]
    scores = []
    for seed in range(seeds):
        if task == "regression":
            model = RandomForestRegressor(100, max_features=2, min_samples_leaf=3, random_state=seed)
            said = model.fit(x[train], y[train]).predict(x[test])
            scores.append({"rmse": float(np.sqrt(mean_squared_error(y[test], said)))})
        else:
            model = RandomForestClassifier(100, max_features=2, min_samples_leaf=1, random_state=seed, oob_score=True)
            said = model.fit(x[train], y[train]).predict_proba(x[test])
            scores.append(
                {
                    "accuracy": accuracy_score(y[test], said.argmax(axis=1)),
                    "log_loss": log_loss(y[test], np.clip(said, 1e-3, 1)),
                    "oob_accuracy": float(model.oob_score_),
                }
            )
    return {"task": task, "scores": scores}


print(
    json.dumps(
        {
            "rows": ROWS,
            "train": TRAIN,
            "eighths": np.round(x.T * 8).astype(int).tolist(),
            "weights": weights.tolist(),
            "targets": {k: v.tolist() for k, v in targets.items()},
            "trees": [
                grown("regression", "squared_error", 5, 5),
                grown("regression", "squared_error", 12, 30),
                grown("regression", "absolute_error", 8, 4),
                grown("binary", "gini", 10, 6),
                grown("binary", "entropy", 10, 6),
                grown("multiclass", "gini", 8, 5),
                grown("multiclass", "entropy", 8, 5),
            ],
            "boosting": [
                boosted("regression", 20, 8, 10, 1.0),
                boosted("regression", 5, 31, 20, 0.0),
                boosted("binary", 20, 8, 1, 1.0),
                boosted("multiclass", 10, 6, 1, 1.0),
                boosted("regression", 20, 8, 1, 1.0, "poisson"),
            ],
            "forests": [forest("binary"), forest("multiclass"), forest("regression")],
        }
    )
)
