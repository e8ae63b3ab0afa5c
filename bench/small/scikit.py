"""Four untuned models over the folds of a benchmark: python3 scikit.py DATA BENCHMARK. Prints the version, how many fits there were and their
CPU seconds (encoding and answers included, imports not) as JSON. Run by beside.ts, with one thread.

Kinds of columns and folds are those of BENCHMARK. Numbers: median impute, for linear models standardised. Levels: one-hot.
"""
import json
import sys
import time
import warnings

import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
path, folder = sys.argv[1:3]
with open(f"{folder}/benchmark.json") as file:
    benchmark = json.load(file)
splits = pd.read_csv(f"{folder}/splits.csv")
frame = pd.read_csv(path)
features = [c for c in benchmark["columns"] if c["role"] == "feature"]
numbers = [c["name"] for c in features if c["kind"] == "number"]
levels = [c["name"] for c in features if c["kind"] != "number"]
frame[levels] = frame[levels].astype(object)
target = frame[benchmark["target"]["name"]]
classes = benchmark["task"] != "regression"


def encoder(scaled):
    steps = [("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler() if scaled else "passthrough"), numbers)]
    if levels:
        steps.append(("levels", OneHotEncoder(handle_unknown="ignore", sparse_output=False), levels))
    return ColumnTransformer(steps, sparse_threshold=0)


def models():
    if classes:
        plain = [DummyClassifier(strategy="prior"), GaussianNB(), DecisionTreeClassifier(random_state=0)]
        return [make_pipeline(encoder(False), m) for m in plain] + [make_pipeline(encoder(True), LogisticRegression(max_iter=1000))]
    plain = [DummyRegressor(), DecisionTreeRegressor(random_state=0)]
    return [make_pipeline(encoder(False), m) for m in plain] + [make_pipeline(encoder(True), m) for m in (LinearRegression(), Ridge())]


fits = 0
start = time.process_time()
train = splits[splits["fold"].notna()]
for repeat, rows in train.groupby("repeat"):
    for fold, held in rows.groupby("fold"):
        learnt = rows[rows["fold"] != fold]["row"]
        for model in models():
            model.fit(frame.loc[learnt], target[learnt])
            (model.predict_proba if classes else model.predict)(frame.loc[held["row"]])
            fits += 1
print(json.dumps({"version": sklearn.__version__, "fits": fits, "cpu": time.process_time() - start}))
