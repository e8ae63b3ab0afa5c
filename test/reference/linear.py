#!/usr/bin/env python3
"""Reference values for the linear and logistic families: python3 linear.py > linear.json
scikit-learn 1.2.1, statsmodels 0.13.5, numpy 1.24.2. Coefficients are in encoded columns: numbers (gaps filled with the
median, standardised), flags of missing numbers, then a column a level (levels under 5 rows pooled, missing its own)."""
import json
import warnings
import numpy as np
import pandas as pd
import statsmodels.api as sm
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNet, HuberRegressor, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
n = 160
a = np.round(rng.normal(50, 10, n), 4)
frame = pd.DataFrame({
    "a": a,
    "b": np.round(rng.lognormal(0, 0.8, n), 4),
    "c": np.round(0.1 * a + rng.normal(0, 0.4, n), 4),
    "d": rng.integers(0, 4, n).astype(float),
})
frame["g"] = rng.choice(["p", "q", "r"], n, p=[0.5, 0.3, 0.2])
frame.loc[[3, 70], "g"] = "s"  # 2 rows: pooled, and the pool is too light for a column
frame["h"] = rng.choice(["k", "l", "m"], n, p=[0.6, 0.3, 0.1])
frame.loc[[1, 20, 33], "h"] = "n"
frame.loc[[5, 60, 90], "h"] = "o"  # n and o together: 6 rows, a pooled column
effect = frame["g"].map({"p": -1, "q": 0.5, "r": 1.5, "s": 0}) + frame["h"].map({"k": 0.3, "l": -0.6, "m": 1, "n": 2, "o": 2})
score = 0.08 * (frame["a"] - 50) + 0.7 * np.log(frame["b"]) - 0.4 * frame["d"] + effect
score = score.to_numpy()
y = np.round(100 + 10 * (score + rng.normal(0, 0.7, n)), 4)
y[[8, 44, 101]] += [300, -250, 400]  # outliers, for Huber
binary = (score + rng.logistic(0, 0.5, n) > 0).astype(int)
multi = np.argmax(np.stack([score, -score, np.full(n, 0.3)], 1) + rng.gumbel(0, 0.7, (n, 3)), 1)
weights = np.round(rng.uniform(0.2, 3, n), 3)
full = frame.copy()
frame.loc[rng.choice(n, 9, replace=False), "a"] = np.nan
frame.loc[rng.choice(n, 11, replace=False), "d"] = np.nan
frame.loc[rng.choice(n, 12, replace=False), "h"] = np.nan


def encode(table, w=None):
    """By hand, column for column as the docstring says."""
    columns, flags, levels = [], [], []
    for name in table:
        if table[name].dtype == float:
            x = table[name].fillna(table[name].median()).to_numpy()
            mean = np.average(x, weights=w)
            columns.append((x - mean) / np.sqrt(np.average((x - mean) ** 2, weights=w)))
            if table[name].isna().sum() >= 5:
                flags.append(table[name].isna().to_numpy(float))
        else:
            count = table.groupby(name).size() if w is None else pd.Series(w).groupby(table[name].to_numpy()).sum()
            kept = sorted(level for level, weight in count.items() if weight >= 5)
            levels += [(table[name] == level).to_numpy(float) for level in kept]
            if table[name].isna().sum() >= 5:
                levels.append(table[name].isna().to_numpy(float))
            if sum(weight for weight in count if weight < 5) >= 5:
                levels.append((~table[name].isin(kept) & table[name].notna()).to_numpy(float))
    return np.column_stack(columns + flags + levels)


X, F, W = encode(frame), encode(full), encode(full, weights)
# The encoding is what a scikit-learn pipeline gives: imputed, flagged and scaled numbers, and one-hot columns.
numbers = ["a", "b", "c", "d"]
pipeline = ColumnTransformer([
    ("numbers", Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numbers),
    ("flags", Pipeline([("flag", SimpleImputer(add_indicator=True)), ("last", "passthrough")]), ["a", "d"]),
    ("levels", OneHotEncoder(min_frequency=5), ["g"]),
])
peer = pipeline.fit_transform(frame)
assert np.allclose(X[:, :4], peer[:, :4]) and np.allclose(X[:, 4:6], peer[:, 6:8]) and np.allclose(X[:, 6:9], peer[:, 8:11])
cases = []


def add(name, params, model, matrix="gaps", weighted=False, target="y"):
    coef = np.atleast_2d(model.coef_).tolist()
    cases.append({"name": name, "params": params, "table": matrix, "weighted": weighted, "target": target,
                  "coefficients": coef, "intercepts": np.atleast_1d(model.intercept_).tolist()})


for alpha in [1, 0.01, 100]:
    add(f"ridge {alpha}", {"penalty": "l2", "loss": "squared", "l2": alpha}, Ridge(alpha=alpha, solver="cholesky").fit(X, y))
add("ridge, weights", {"penalty": "l2", "loss": "squared", "l2": 2}, Ridge(alpha=2).fit(W, y, weights), "full", True)
# One column a level beside an intercept is rank deficient: least squares of minimum norm on centred columns.
add("least squares, collinear", {"penalty": "l2", "loss": "squared", "l2": 0}, LinearRegression().fit(X, y))
deviation = y.std()
for ratio, penalty in [(1, "l1"), (0.5, "elastic-net")]:
    for shrinkage in [0.2, 0.03, 0.003]:
        peer = (Lasso if ratio == 1 else ElasticNet)(alpha=shrinkage, tol=1e-14, max_iter=1000000, **({} if ratio == 1 else {"l1_ratio": ratio}))
        peer.fit(X, (y - y.mean()) / deviation)
        peer.coef_, peer.intercept_ = peer.coef_ * deviation, peer.intercept_ * deviation + y.mean()
        add(f"{penalty} {shrinkage}", {"penalty": penalty, "shrinkage": shrinkage}, peer)


def polish(peer, Z, t, alpha):
    """A few Newton steps from where L-BFGS stops, on the objective that HuberRegressor documents."""
    Z1 = np.column_stack([np.ones(n), Z])
    penalty = 2 * alpha * np.diag([0.0] + [1.0] * Z.shape[1])
    b, s = np.append(peer.intercept_, peer.coef_), peer.scale_
    for _ in range(10):
        z = (t - Z1 @ b) / s
        inside = np.abs(z) <= 1.35
        bend = np.where(inside, z, 1.35 * np.sign(z))
        gradient = np.append(-2 * Z1.T @ bend + penalty @ b, n - np.sum(bend**2))
        hessian = np.zeros((len(b) + 1,) * 2)
        hessian[:-1, :-1] = 2 * Z1[inside].T @ Z1[inside] / s + penalty
        hessian[-1, :-1] = hessian[:-1, -1] = 2 * Z1[inside].T @ z[inside] / s
        hessian[-1, -1] = 2 * np.sum(z[inside] ** 2) / s
        step = np.linalg.lstsq(hessian, gradient, rcond=1e-12)[0]
        b, s = b - step[:-1], s - step[-1]
    assert np.abs(gradient).max() < 1e-9 and np.allclose(b, np.append(peer.intercept_, peer.coef_), atol=1e-3)
    peer.intercept_, peer.coef_, peer.scale_ = b[0], b[1:], s


centre = np.median(y)
spread = 1.4826 * np.median(np.abs(y - centre))
for alpha in [0.0, 1.0, 30.0]:
    peer = HuberRegressor(alpha=alpha, epsilon=1.35, tol=1e-11, max_iter=100000).fit(X if alpha > 0 else F[:, :4], (y - centre) / spread)
    polish(peer, X if alpha > 0 else F[:, :4], (y - centre) / spread, alpha)
    peer.coef_, peer.intercept_ = peer.coef_ * spread, peer.intercept_ * spread + centre
    add(f"huber {alpha}", {"penalty": "l2", "loss": "huber", "l2": alpha}, peer, "gaps" if alpha > 0 else "numbers")
    cases[-1]["scale"] = peer.scale_ * spread
for c in [1.0, 0.1, 100.0]:
    add(f"logistic C={c}", {"penalty": "l2", "classWeight": "none", "l2": 1 / c},
        LogisticRegression(C=c, tol=1e-12, max_iter=100000, solver="newton-cg").fit(X, binary), target="binary")
    add(f"softmax C={c}", {"penalty": "l2", "classWeight": "none", "l2": 1 / c},
        LogisticRegression(C=c, tol=1e-12, max_iter=100000, solver="newton-cg", multi_class="multinomial").fit(X, multi), target="multi")
add("logistic, weights", {"penalty": "l2", "classWeight": "none", "l2": 1},
    LogisticRegression(tol=1e-12, max_iter=100000, solver="newton-cg").fit(W, binary, weights), "full", True, "binary")
add("logistic, balanced", {"penalty": "l2", "classWeight": "balanced", "l2": 1},
    LogisticRegression(tol=1e-12, max_iter=100000, solver="newton-cg", class_weight="balanced").fit(X, binary), target="binary")
add("softmax, balanced", {"penalty": "l2", "classWeight": "balanced", "l2": 1},
    LogisticRegression(tol=1e-12, max_iter=100000, solver="newton-cg", class_weight="balanced").fit(X, multi), target="multi")
for ratio, penalty in [(1, "l1"), (0.5, "elastic-net")]:
    for shrinkage in [0.1, 0.01, 0.002]:
        for target, name in [(binary, "binary"), (multi, "multi")]:
            add(f"{penalty} {shrinkage}, {name}", {"penalty": penalty, "classWeight": "none", "shrinkage": shrinkage},
                LogisticRegression(penalty="elasticnet", l1_ratio=ratio, C=1 / (n * shrinkage), tol=1e-13, max_iter=2000000,
                                   solver="saga", random_state=0).fit(X, target), target=name)

# Least squares in the columns' own units with standard errors, as in R's lm.
own = sm.add_constant(full[numbers].to_numpy())
errors = []
for name, w in [("plain", None), ("weighted", weights)]:
    fit = sm.OLS(y, own).fit() if w is None else sm.WLS(y, own, w).fit()
    errors.append({"name": name, "coefficients": fit.params.tolist(), "errors": fit.bse.tolist()})

columns = [{"name": k, "values": [None if pd.isna(v) else v for v in frame[k]]} for k in frame]
complete = [{"name": k, "values": full[k].tolist()} for k in full]
print(json.dumps({"gaps": columns, "full": complete, "y": y.tolist(), "binary": binary.tolist(), "multi": multi.tolist(),
                  "weights": weights.tolist(), "cases": cases, "standardErrors": errors}))
