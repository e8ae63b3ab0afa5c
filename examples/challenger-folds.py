# The same where the benchmark has no held-out rows: every row is answered by a model that was not trained on its fold.
# python challenger-folds.py data.csv benchmark-folder predictions.csv
import sys
import pandas as pd
from challenger import answers, load

data, folder, *_, out = sys.argv[1:]
benchmark, x, y, splits = load(data, folder)
expanding = benchmark["splits"]["scheme"] == "expanding"  # in order of time, a fold is answered from earlier ones
parts = []
for (repeat, fold), asked in splits[splits.fold.notna()].groupby(["repeat", "fold"]):
    inside = splits[(splits.repeat == repeat) & splits.fold.notna()]
    train = inside.row[inside.fold < fold] if expanding else inside.row[inside.fold != fold]
    if len(train) > 0:
        parts.append(answers(benchmark, x, y, train.values, asked.row.values).assign(repeat=repeat))
pd.concat(parts).to_csv(out, index=False)
