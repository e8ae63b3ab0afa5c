"""Naive Bayes of scikit-learn 1.2.1 on iris, on a made-up table of categories and with weights.
usage: python3 naive-bayes.py > naive-bayes.json"""
import json
import random

import numpy as np
import sklearn
from sklearn.datasets import load_iris
from sklearn.naive_bayes import CategoricalNB, GaussianNB

iris = load_iris()
stream = random.Random(3)
weights = [stream.randrange(1, 5) / 2 for _ in range(150)]


def gaussian(sample_weight):
    # var_smoothing=0: scikit-learn takes a share of the largest variance of any column, which depends on units
    model = GaussianNB(var_smoothing=0).fit(iris.data, iris.target, sample_weight=sample_weight)
    return {"prior": model.class_prior_.tolist(), "mean": model.theta_.tolist(), "variance": model.var_.tolist(),
            "probability": model.predict_proba(iris.data[::10]).tolist()}


rows = 200
codes = np.array([stream.randrange(3) for _ in range(rows)])
levels = np.array([[min(3, stream.randrange(4) if stream.random() < 0.5 else c + 1) for c in codes],
                   [stream.randrange(2) for _ in range(rows)],
                   [(2 * c + stream.randrange(3)) % 5 for c in codes]]).T
category_weights = np.array([stream.randrange(1, 4) for _ in range(rows)], dtype=float)


def categorical(alpha, sample_weight):
    model = CategoricalNB(alpha=alpha).fit(levels, codes, sample_weight=sample_weight)
    return {"alpha": alpha, "weighted": sample_weight is not None, "prior": np.exp(model.class_log_prior_).tolist(),
            "shares": [np.exp(f).tolist() for f in model.feature_log_prob_],
            "probability": model.predict_proba(levels[::10]).tolist()}


print(json.dumps({
    "made_with": f"scikit-learn {sklearn.__version__}",
    "iris": {"data": iris.data.tolist(), "codes": iris.target.tolist(), "weights": weights,
             "plain": gaussian(None), "weighted": gaussian(weights)},
    "categories": {"levels": levels.tolist(), "codes": codes.tolist(), "weights": category_weights.tolist(),
                   "cases": [categorical(a, w) for a in (0.1, 1, 10) for w in (None, category_weights)]},
}))
