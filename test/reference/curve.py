"""Curves of one variable by NumPy. Theil-Sen takes the lower of two middle values as the median, as ml-regression does;
SciPy's theilslopes, which takes their mean, must be within 0.2 % of it.
usage: python3 curve.py > curve.json"""
import json

import numpy as np
import scipy
from scipy.stats import theilslopes


def lower_median(values):
    return np.sort(values)[(len(values) - 1) // 2]


rng = np.random.default_rng(4)
cases = []
for name, x, y in [
    ("growth", rng.uniform(1, 9, 60).round(3), None),
    ("far from 0", (1e6 + rng.uniform(0, 40, 50)).round(2), None),
    ("price by size", rng.lognormal(0, 0.6, 80).round(4), None),
]:
    y = (3 + 2 * (x - x.mean()) / x.std() + np.exp((x - x.mean()) / x.std()) + rng.normal(0, 0.4, len(x))).round(4)
    y = (y - y.min() + 0.5).round(4)
    at = np.linspace(x.min(), x.max(), 7)
    centre, scale = x.mean(), x.std()
    z, za = (x - centre) / scale, (at - centre) / scale

    def levelled(fitted, wanted):
        factor = (fitted(x) * y).sum() / (fitted(x) ** 2).sum()
        return (factor * fitted(wanted)).tolist()

    forms = {form: np.polyval(np.polyfit(z, y, d), za).tolist() for form, d in [("line", 1), ("quadratic", 2), ("cubic", 3)]}
    i, j = np.triu_indices(len(x), 1)
    different = x[i] != x[j]
    slope = lower_median(((y[j] - y[i])[different] / (x[j] - x[i])[different]))
    forms["theil-sen"] = (lower_median(y - slope * x) + slope * at).tolist()
    usual, intercept, _, _ = theilslopes(y, x, method="joint")
    assert np.allclose(forms["theil-sen"], intercept + usual * at, rtol=0, atol=0.002 * y.max())
    b, a = np.polyfit(np.log(x) - np.log(x).mean(), np.log(y), 1)
    forms["power"] = levelled(lambda v: np.exp(a + b * (np.log(v) - np.log(x).mean())), at)
    b2, a2 = np.polyfit(z, np.log(y), 1)
    forms["exponential"] = levelled(lambda v: np.exp(a2 + b2 * (v - centre) / scale), at)
    cases.append({"name": name, "x": x.tolist(), "y": y.tolist(), "at": at.tolist(), "forms": forms})

print(json.dumps({"made_with": f"numpy {np.__version__}, scipy {scipy.__version__}", "cases": cases}))
