# A challenger in scikit-learn: python challenger.py data.csv benchmark-folder target predictions.csv
import sys, pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

data, folder, target, out = sys.argv[1:]
table = pd.read_csv(data)
splits = pd.read_csv(f"{folder}/splits.csv").drop_duplicates("row").set_index("row")
x = pd.get_dummies(table.drop(columns=target))
train, held = splits.index[splits.part == "train"], splits.index[splits.part == "holdout"]
model = HistGradientBoostingClassifier(random_state=0).fit(x.loc[train], table.loc[train, target])
answers = pd.DataFrame(model.predict_proba(x.loc[held]), columns=[f"proba_{c}" for c in model.classes_])
answers.insert(0, "row", held)
answers.to_csv(out, index=False)
