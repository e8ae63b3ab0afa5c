"""One measurement with scikit-learn: python3 linear.py DIRECTORY TASK. Prints CPU seconds of the first run and of later
ones, a score and the peak memory as JSON. Run by linear.mjs, with one thread. Encoding: median impute, standardise, one-hot."""
import json
import os
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LassoCV, LogisticRegression, LogisticRegressionCV, Ridge
from sklearn.model_selection import KFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
directory, task = sys.argv[1:3]
size, what = task.split("-", 1)
frame = pd.read_csv(os.path.join(directory, f"{size}.csv"))
features = frame.drop(columns=["y_bin", "y_multi", "y_reg"])
numbers = [c for c in features if c.startswith("x")]
levels = [c for c in features if c.startswith("c")]
steps = [("numbers", Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numbers)]
if levels:
    steps.append(("levels", OneHotEncoder(handle_unknown="ignore", sparse_output=False), levels))
encoder = ColumnTransformer(steps, sparse_threshold=0)
cut = len(frame) * 4 // 5
target = frame["y_reg"] if what in ("ridge", "lasso") else frame["y_bin"]
truth, held = target.to_numpy()[:cut], target.to_numpy()[cut:]


def work(train):
    if what == "ridge":
        return [Ridge(alpha=1).fit(train, truth) for _ in range(5)][0]
    if what == "lasso":
        folds = KFold(5, shuffle=True, random_state=0)
        return LassoCV(alphas=truth.std() * 10.0 ** (-4 + 0.08 * np.arange(50)), cv=folds).fit(train, truth)
    if what == "logistic":
        return LogisticRegression(max_iter=200).fit(train, truth)
    if what == "path":
        return LogisticRegressionCV(Cs=10.0 ** (-4 + 8 / 9 * np.arange(10)), cv=5, max_iter=200).fit(train, truth)
    raise SystemExit(f"unknown task {task}")


encodes, fits = [], []
for _ in range(1 if size == "XL" else 3):
    started = time.process_time()
    train = encoder.fit_transform(features.iloc[:cut])
    encodes.append(time.process_time() - started)
    started = time.process_time()
    model = work(train)
    fits.append(time.process_time() - started)
test = encoder.transform(features.iloc[cut:])
if what in ("ridge", "lasso"):
    score = float(np.sqrt(np.mean((model.predict(test) - held) ** 2)))
else:
    score = float(metrics.log_loss(held, model.predict_proba(test)))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"encodes": encodes, "fits": fits, "score": score, "memory": memory}))
