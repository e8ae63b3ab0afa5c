"""Values of the metrics behind src/compare/influence, from scikit-learn 1.2.1.

Run: python3 influence.py > influence.json
"""
import json
import sys
import warnings

import numpy as np
import sklearn.metrics as m

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)
cases = []
for rows, classes, tied in ((10, 2, False), (60, 2, True), (90, 3, True), (150, 4, False)):
    if rows == 10:
        y = np.array([0, 0, 1, 1, 0, 1, 1, 0, 1, 0])
        p1 = np.array([0.1, 0.4, 0.35, 0.8, 0.4, 0.7, 0.4, 0.2, 0.9, 0.6])
        p = np.column_stack([1 - p1, p1])
    else:
        y = np.concatenate([np.arange(classes), rng.choice(classes, rows - classes, p=np.arange(1, classes + 1) / sum(range(1, classes + 1)))])
        raw = rng.exponential(size=(rows, classes)) + 1.2 * np.eye(classes)[y] * rng.random((rows, 1))
        p = raw / raw.sum(1, keepdims=True)
        if tied:
            p = np.round(p, 1)
            p[:, -1] = 1 - p[:, :-1].sum(1)
            p = np.round(np.abs(p), 10)
            p = p / p.sum(1, keepdims=True)
    label = p.argmax(1)
    w = rng.integers(1, 4, rows)
    values = {}
    for weights, tag in ((None, "plain"), (w, "weighted")):
        v = {"mcc": m.matthews_corrcoef(y, label, sample_weight=weights), "cohen_kappa": m.cohen_kappa_score(y, label, sample_weight=weights),
             "balanced_accuracy": m.balanced_accuracy_score(y, label, sample_weight=weights)}
        for name, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
            v[name] = f(y, label, average="binary" if classes == 2 else "macro", sample_weight=weights)
            v[name + "_macro"] = f(y, label, average="macro", sample_weight=weights)
            v[name + "_weighted"] = f(y, label, average="weighted", sample_weight=weights)
        if classes == 2:
            v["roc_auc"] = m.roc_auc_score(y, p[:, 1], sample_weight=weights)
            v["average_precision"] = m.average_precision_score(y, p[:, 1], sample_weight=weights)
        else:
            one = np.eye(classes)[y]
            v["roc_auc"] = v["roc_auc_ovr"] = m.roc_auc_score(one, p, average="macro", sample_weight=weights)
            v["roc_auc_ovr_weighted"] = m.roc_auc_score(one, p, average="weighted", sample_weight=weights)
            v["average_precision"] = m.average_precision_score(one, p, average="macro", sample_weight=weights)
            v["average_precision_weighted"] = m.average_precision_score(one, p, average="weighted", sample_weight=weights)
            if weights is None:
                v["roc_auc_ovo"] = m.roc_auc_score(y, p, multi_class="ovo", average="macro")
                v["roc_auc_ovo_weighted"] = m.roc_auc_score(y, p, multi_class="ovo", average="weighted")
        values[tag] = {k: float(x) for k, x in v.items()}
    cases.append({"y": y.tolist(), "classes": classes, "p": p.ravel().tolist(), "w": w.tolist(), **values})
json.dump(cases, sys.stdout)
