"""Holte's 1R written a second time, plainly, on tables that come with scikit-learn 1.2.1 and on made-up ones.
usage: python3 one-rule.py > one-rule.json
A column's buckets follow Holte (Machine Learning 11, 1993): equal values stay together; a bucket grows until its most
frequent class has SMALL rows, then while the next value's most frequent class is the same; neighbours with the same
class are merged; missing values are a bucket of their own; ties go to the first class and the first column."""
import json
import random
from itertools import groupby

from sklearn.datasets import load_iris, load_wine


def top(counts):
    return max(range(len(counts)), key=lambda k: (counts[k], -k))


def number_rule(values, codes, weights, classes, small):
    rows = sorted((v, c, w) for v, c, w in zip(values, codes, weights) if v is not None and w > 0)
    atoms = []
    for value, group in groupby(rows, key=lambda row: row[0]):
        counts = [0] * classes
        for _, c, w in group:
            counts[c] += w
        atoms.append((value, counts))
    buckets = []  # [last value, counts]
    while atoms:
        counts = [0] * classes
        while atoms and max(counts) < small:
            last, more = atoms.pop(0)
            counts = [a + b for a, b in zip(counts, more)]
        while atoms and top(atoms[0][1]) == top(counts):
            last, more = atoms.pop(0)
            counts = [a + b for a, b in zip(counts, more)]
        if buckets and top(buckets[-1][1]) == top(counts):
            buckets[-1] = (last, [a + b for a, b in zip(buckets[-1][1], counts)], buckets[-1][2])
        else:
            first = rows[0][0] if not buckets else min(v for v, _, _ in rows if v > buckets[-1][0])
            buckets.append((last, counts, first))
    bounds = [(a[0] + b[2]) / 2 for a, b in zip(buckets, buckets[1:])]
    return bounds, [b[1] for b in buckets]


def level_rule(values, codes, weights, classes, levels):
    counts = [[0] * classes for _ in range(levels)]
    for v, c, w in zip(values, codes, weights):
        if v is not None:
            counts[v][c] += w
    return [level for level in range(levels) if sum(counts[level]) > 0], [c for c in counts if sum(c) > 0]


def one_rule(table, small):
    best = None
    codes, weights, classes = table["codes"], table["weights"], len(table["classes"])
    for at, column in enumerate(table["columns"]):
        if "levels" in column:
            cut, counts = level_rule(column["values"], codes, weights, classes, len(column["levels"]))
        else:
            cut, counts = number_rule(column["values"], codes, weights, classes, small)
        missing = [0] * classes
        for v, c, w in zip(column["values"], codes, weights):
            if v is None:
                missing[c] += w
        if sum(missing) > 0:
            counts = counts + [missing]
        correct = sum(max(c) for c in counts)
        if best is None or correct > best["correct"]:
            best = {"column": at, "cut": cut, "labels": [top(c) for c in counts], "counts": counts, "correct": correct}
    return best


def predict(table, rule, row):
    column = table["columns"][rule["column"]]
    value = column["values"][row]
    if value is None:
        return rule["labels"][-1]
    if "levels" in column:
        return rule["labels"][rule["cut"].index(value)]
    return rule["labels"][sum(1 for bound in rule["cut"] if bound < value)]


def rows_of(table, rows):
    columns = [{**c, "values": [c["values"][r] for r in rows]} for c in table["columns"]]
    return {**table, "columns": columns, "codes": [table["codes"][r] for r in rows], "weights": [1] * len(rows)}


def holte_protocol(table, small, runs=25):
    """Mean accuracy over random splits of two thirds to one third."""
    stream = random.Random(1)
    n = len(table["codes"])
    scores = []
    for _ in range(runs):
        order = stream.sample(range(n), n)
        train, test = sorted(order[: 2 * n // 3]), order[2 * n // 3 :]
        rule = one_rule(rows_of(table, train), small)
        scores.append(sum(predict(table, rule, r) == table["codes"][r] for r in test) / len(test))
    return sum(scores) / runs


def from_sklearn(bunch):
    columns = [{"name": n, "values": [float(v) for v in bunch.data[:, j]]} for j, n in enumerate(bunch.feature_names)]
    return {"classes": [str(c) for c in bunch.target_names], "columns": columns,
            "codes": [int(c) for c in bunch.target], "weights": [1] * len(bunch.target)}


def made_up(seed):
    stream = random.Random(seed)
    n = 90
    signal = [stream.randrange(12) / 4 for _ in range(n)]
    columns = [
        {"name": "noise", "values": [round(stream.gauss(0, 1), 2) for _ in range(n)]},
        {"name": "signal", "values": [None if stream.random() < 0.1 else s for s in signal]},
        {"name": "level", "levels": ["a", "b", "c", "d"],
         "values": [None if stream.random() < 0.1 else stream.randrange(3) for _ in range(n)]},
    ]
    codes = [(0 if s < 1 else 2 if s < 2 else 1) if stream.random() < 0.7 else stream.randrange(3) for s in signal]
    return {"classes": ["x", "y", "z"], "columns": columns, "codes": codes,
            "weights": [stream.randrange(4) for _ in range(n)]}


# Quinlan's play tennis table (Machine Learning 1, 1986) with the numeric columns of Witten & Frank.
TENNIS = [
    ("sunny", 85, 85, "f", "no"), ("sunny", 80, 90, "t", "no"), ("overcast", 83, 86, "f", "yes"),
    ("rainy", 70, 96, "f", "yes"), ("rainy", 68, 80, "f", "yes"), ("rainy", 65, 70, "t", "no"),
    ("overcast", 64, 65, "t", "yes"), ("sunny", 72, 95, "f", "no"), ("sunny", 69, 70, "f", "yes"),
    ("rainy", 75, 80, "f", "yes"), ("sunny", 75, 70, "t", "yes"), ("overcast", 72, 90, "t", "yes"),
    ("overcast", 81, 75, "f", "yes"), ("rainy", 71, 91, "t", "no"),
]


def tennis():
    def levels(name, j):
        all_levels = sorted({row[j] for row in TENNIS})
        return {"name": name, "levels": all_levels, "values": [all_levels.index(row[j]) for row in TENNIS]}
    columns = [levels("outlook", 0), {"name": "temperature", "values": [row[1] for row in TENNIS]},
               {"name": "humidity", "values": [row[2] for row in TENNIS]}, levels("windy", 3)]
    return {"classes": ["no", "yes"], "columns": columns, "codes": [int(row[4] == "yes") for row in TENNIS],
            "weights": [1] * len(TENNIS)}


tables = {"tennis": tennis(), "iris": from_sklearn(load_iris()), "wine": from_sklearn(load_wine()),
          "made up 1": made_up(1), "made up 2": made_up(2), "made up 3": made_up(3)}
cases = [{"table": name, "bucket": small, "rule": one_rule(table, small)}
         for name, table in tables.items() for small in (3, 6, 15)]
print(json.dumps({"made_with": "scikit-learn 1.2.1 (data only)", "tables": tables, "cases": cases,
                  "holte_iris": holte_protocol(tables["iris"], 6)}))
