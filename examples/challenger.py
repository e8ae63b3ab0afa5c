# A challenger in scikit-learn, judged on held-out rows: python challenger.py data.csv benchmark-folder predictions.csv
# It takes the benchmark's target, classes and features, so what is ignored there (ids, leaks) is not used here.
import json, sys
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier as Classifier, HistGradientBoostingRegressor as Regressor


def load(data, folder):
    """Features (numbers, or codes of texts), target (numbers, or names of classes) and splits, as the benchmark has them."""
    benchmark = json.load(open(f"{folder}/benchmark.json", encoding="utf-8"))
    reading = json.load(open(f"{folder}/model.json", encoding="utf-8"))["columns"]["reading"]
    head = open(data, encoding="utf-8", errors="replace").readline()
    table = pd.read_csv(
        data, sep=max(",;\t|", key=head.count), header=0 if reading["header"] else None, dtype=str, na_values=reading["na"],
        names=[column["name"] for column in benchmark["columns"]], index_col=False, encoding="utf-8-sig", encoding_errors="replace")

    def numbers(cells):  # 1,234.5 and $5 are numbers
        plain = cells.str.replace("[^0-9eE+" + reading["decimal"] + "-]", "", regex=True)
        return pd.to_numeric(plain.str.replace(reading["decimal"], ".", regex=False), errors="coerce")

    features = {column["name"]: numbers(table[column["name"]]) if column["kind"] == "number"
                else table[column["name"]].astype("category").cat.codes
                for column in benchmark["columns"] if column["role"] == "feature"}
    if not features:
        sys.exit(f"{folder} leaves no feature to learn from: train it without --ignore")
    y = table[benchmark["target"]["name"]]
    if benchmark["task"] == "regression":
        y = numbers(y)
    else:  # a class may be quoted, and written 1 in one row and 1.0 in another
        same = {name: name for name in benchmark["classes"]}
        as_number = {value: name for name, value in zip(same, pd.to_numeric(pd.Series(list(same)), errors="coerce"))}
        y = y.str.strip(" '\"").map(lambda text: same.get(text) or as_number.get(pd.to_numeric(text, errors="coerce")))
    return benchmark, pd.DataFrame(features), y, pd.read_csv(f"{folder}/splits.csv")


def answers(benchmark, x, y, train, asked):
    """A model of the training rows, asked about the others."""
    if benchmark["task"] == "regression":
        return pd.DataFrame({"row": asked, "prediction": Regressor(random_state=0).fit(x.loc[train], y[train]).predict(x.loc[asked])})
    model = Classifier(random_state=0).fit(x.loc[train], y[train])
    shares = pd.DataFrame(0.0, index=asked, columns=[f"proba_{name}" for name in benchmark["classes"]])
    shares[[f"proba_{name}" for name in model.classes_]] = model.predict_proba(x.loc[asked])
    return shares.rename_axis("row").reset_index()


if __name__ == "__main__":
    data, folder, *_, out = sys.argv[1:]
    benchmark, x, y, splits = load(data, folder)
    splits = splits.drop_duplicates("row") if not (splits.part == "test").any() else sys.exit(
        f"{folder} is scored on a separate test table: train on the rows of part train, predict those of that table")
    train, held = splits.row[splits.part == "train"], splits.row[splits.part == "holdout"]
    if held.empty:
        sys.exit(f"{folder} has no held-out rows: answer those in folds with challenger-folds.py, or train with --holdout 0.2")
    answers(benchmark, x, y, train.values, held.values).to_csv(out, index=False)
