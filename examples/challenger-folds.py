# The same where the benchmark has no held-out rows: every row is answered by a model that was not trained on its fold.
# python challenger-folds.py data.csv benchmark-folder target predictions.csv
import sys, pandas as pd
from sklearn.ensemble import RandomForestClassifier
data, folder, target, out = sys.argv[1:]
table, splits = pd.read_csv(data), pd.read_csv(f"{folder}/splits.csv")
x, y, answers = pd.get_dummies(table.drop(columns=target)).fillna(-1), table[target], []
for (repeat, _), fold in splits[splits.fold.notna()].groupby(["repeat", "fold"]):
    inside = splits[(splits.repeat == repeat) & splits.fold.notna()].row
    train = inside[~inside.isin(fold.row)]
    model = RandomForestClassifier(100, random_state=0).fit(x.loc[train], y[train])
    shares = pd.DataFrame(model.predict_proba(x.loc[fold.row]), columns=[f"proba_{name}" for name in model.classes_])
    answers.append(shares.assign(row=fold.row.values, repeat=repeat))
pd.concat(answers).to_csv(out, index=False)
