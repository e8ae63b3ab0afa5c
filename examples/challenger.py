# A challenger in scikit-learn: python challenger.py data.csv benchmark-folder target predictions.csv
import sys, pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier as Classifier, HistGradientBoostingRegressor as Regressor
data, folder, target, out = sys.argv[1:]
table, splits = pd.read_csv(data), pd.read_csv(f"{folder}/splits.csv").drop_duplicates("row").set_index("row")
x, y = pd.get_dummies(table.drop(columns=target)), table[target]
train, held = splits.index[splits.part == "train"], splits.index[splits.part == "holdout"]
numeric = y.dtype.kind == "f" or (y.dtype.kind == "i" and y.nunique() > 20)
model = (Regressor if numeric else Classifier)(random_state=0).fit(x.loc[train], y[train])
answers = pd.DataFrame({"prediction": model.predict(x.loc[held])}) if numeric else pd.DataFrame(
    model.predict_proba(x.loc[held]), columns=[f"proba_{name}" for name in model.classes_])
answers.assign(row=held).to_csv(out, index=False)
