"""One measurement with scikit-learn: python3 scikit.py FOLDER SIZE WORK TASK [folds]. Prints CPU seconds of the first fit
and of later ones, of the encoding, scores and peak memory as JSON. Run by main.mjs, with one thread.

Linear models: median impute, standardise, one-hot. Trees and forests: median impute, levels as numbers in their order.
Boosting: missing values as they are, levels as numbers. Naive Bayes: as trees.
"""
import json
import os
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn import ensemble, metrics, naive_bayes, tree
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LassoCV, LogisticRegression, LogisticRegressionCV, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")
folder, size, work, task = sys.argv[1:5]
frame = pd.read_csv(os.path.join(folder, f"{size}.csv"))
target = frame[{"binary": "y_bin", "regression": "y_reg"}[task]].to_numpy()
features = frame.drop(columns=["y_bin", "y_multi", "y_reg"])
del frame
numbers = [c for c in features if c.startswith("x")]
levels = [c for c in features if c.startswith("c")]
classes = task == "binary"


def encoder():
    kind = work.split("-")[0]
    if kind in ("ridge", "lasso", "logistic"):
        scale = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
        steps = [("numbers", scale, numbers)]
        coder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    else:
        steps = [("numbers", "passthrough" if kind == "boosting" else SimpleImputer(strategy="median"), numbers)]
        coder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1)
    if levels:
        steps.append(("levels", coder, levels))
    return ColumnTransformer(steps, sparse_threshold=0)


def model(seed=0):
    trees = tree.DecisionTreeClassifier if classes else tree.DecisionTreeRegressor
    forests = ensemble.RandomForestClassifier if classes else ensemble.RandomForestRegressor
    boosters = ensemble.HistGradientBoostingClassifier if classes else ensemble.HistGradientBoostingRegressor
    return {
        "cart": lambda: trees(max_depth=8, random_state=seed),
        "one-rule": lambda: trees(max_depth=1, random_state=seed),
        "boosting": lambda: boosters(max_iter=100, early_stopping=False, random_state=seed),
        "forest": lambda: forests(n_estimators=100, n_jobs=1, random_state=seed),
        "naive-bayes": naive_bayes.GaussianNB,
        "logistic": lambda: LogisticRegression(max_iter=200),
        "logistic-path": lambda: LogisticRegressionCV(Cs=10.0 ** (-4 + 8 / 9 * np.arange(10)), cv=5, max_iter=200),
        "ridge": lambda: Ridge(alpha=1),
        "lasso": lambda: LassoCV(
            alphas=truth.std() * 10.0 ** (-4 + 0.08 * np.arange(50)), cv=KFold(5, shuffle=True, random_state=0)
        ),
    }[work.replace("-cv", "")]()


def score(fitted, rows, wanted):
    if not classes:
        return {"rmse": float(np.sqrt(np.mean((fitted.predict(rows) - wanted) ** 2)))}
    shares = np.clip(fitted.predict_proba(rows), 1e-6, 1)
    return {
        "accuracy": float((shares.argmax(axis=1) == wanted).mean()),
        "log_loss": float(metrics.log_loss(wanted, shares)),
    }


def run(train):
    if work == "ridge":
        return [model().fit(train, truth) for _ in range(5)][0]
    if work.endswith("-cv"):
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        cross_val_score(model(), train, truth, cv=folds, scoring="accuracy")
        return None
    return model().fit(train, truth)


if sys.argv[5:] == ["folds"]:
    each = []
    place = np.arange(len(target)) % 5
    for k in range(5):
        encode = encoder()
        train = encode.fit_transform(features[place != k])
        fitted = model(k).fit(train, target[place != k])
        each.append(score(fitted, encode.transform(features[place == k]), target[place == k]))
    print(json.dumps({"scores": {name: float(np.mean([one[name] for one in each])) for name in each[0]}}))
    raise SystemExit
cut = len(target) * 4 // 5
truth, held = target[:cut], target[cut:]
encodes, fits = [], []
for _ in range(1 if size == "XL" or work in ("forest", "cart-cv") else 3):
    started = time.process_time()
    encode = encoder()
    train = np.ascontiguousarray(encode.fit_transform(features.iloc[:cut]), dtype=np.float64)
    encodes.append(time.process_time() - started)
    started = time.process_time()
    fitted = run(train)
    fits.append(time.process_time() - started)
scores = {} if fitted is None else score(fitted, encode.transform(features.iloc[cut:]), held)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"encodes": encodes, "fits": fits, "scores": scores, "memory": memory}))
