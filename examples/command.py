# Trained by baseline itself: baseline compare folder --data data.csv --command 'python command.py {train} {test} {out} {seed} target'
import sys, pandas as pd
from sklearn.ensemble import RandomForestClassifier
train, test, out, seed, target = sys.argv[1:]
train, test = pd.read_csv(train), pd.read_csv(test)
x = pd.get_dummies(pd.concat([train.drop(columns=target), test]).drop(columns="row")).fillna(-1)
model = RandomForestClassifier(100, random_state=int(seed)).fit(x[: len(train)], train[target])
shares = model.predict_proba(x[len(train) :])
pd.DataFrame(shares, columns=[f"proba_{name}" for name in model.classes_]).assign(row=test.row).to_csv(out, index=False)
