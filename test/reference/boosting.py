#!/usr/bin/env python3
"""Histogram boosting of small tables: python3 boosting.py > boosting.json
scikit-learn 1.2.1. Columns have at most 200 distinct values, so that both sides' bins are exact. Losses are means over
rows that were not fitted, after some numbers of rounds."""
import json
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import log_loss, mean_poisson_deviance

rng = np.random.default_rng(3)
n, fitted = 1200, 800
X = np.column_stack([rng.integers(0, size, n) / 8 for size in (200, 30, 120, 6)])
signal = np.sin(X[:, 0] / 3) + 0.4 * (X[:, 1] > 2) * X[:, 2] / 4 - 0.3 * X[:, 3]
gaps = rng.random(n) < 0.2
X[gaps, 0] = np.nan
targets = {
    "squared": np.round(signal + 0.5 * gaps + rng.normal(0, 0.4, n), 4),
    "absolute": np.round(signal + 0.5 * gaps + rng.standard_t(2, n), 4),
    "poisson": rng.poisson(np.exp(0.5 * signal)).astype(float),
    "logistic": (signal + rng.logistic(0, 0.6, n) > np.median(signal)).astype(float),
    "softmax": np.digitize(signal + rng.normal(0, 0.4, n), np.quantile(signal, [0.4, 0.8])).astype(float),
}
train, test = slice(0, fitted), slice(fitted, n)
losses = {"squared": "squared_error", "absolute": "absolute_error", "poisson": "poisson"}
cases = []
for name, y in targets.items():
    setting = dict(learning_rate=0.1, max_leaf_nodes=15, min_samples_leaf=20, l2_regularization=0, early_stopping=False)
    scores = []
    for rounds in (1, 10, 60):
        if name in losses:
            peer = HistGradientBoostingRegressor(loss=losses[name], max_iter=rounds, **setting).fit(X[train], y[train])
            p = peer.predict(X[test])
            score = {"squared": lambda: np.mean((y[test] - p) ** 2), "absolute": lambda: np.mean(np.abs(y[test] - p)),
                     "poisson": lambda: mean_poisson_deviance(y[test], p)}[name]()
        else:
            peer = HistGradientBoostingClassifier(max_iter=rounds, **setting).fit(X[train], y[train])
            p = peer.predict_proba(X[test])
            score = log_loss(y[test], p)
        scores.append({"rounds": rounds, "loss": float(score)})
        if name == "squared" and rounds == 10:
            scores[-1]["fitted"] = np.round(peer.predict(X[train]), 6).tolist()
    cases.append({"name": name, "y": y.tolist(), "scores": scores})
print(json.dumps({"fitted": fitted, "x": [[None if np.isnan(v) else v for v in c] for c in X.T], "cases": cases}))
