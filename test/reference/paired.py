"""Reference values of paired tests from statsmodels 0.13.5 and SciPy 1.10.1.

Run: python3 paired.py > paired.json
"""
import json
import sys

import numpy as np
import scipy.stats as st
import statsmodels.api as sm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20240611)
out = {}


def rounded(x, digits=3):
    return [round(float(v), digits) for v in x]


out["pairedT"] = []
for n in (5, 30, 200):
    d = rounded(rng.exponential(size=n) - 0.8)
    t = st.ttest_1samp(d, 0.05, alternative="greater")
    below = st.ttest_1samp(d, 0.05, alternative="less")
    half = st.t.ppf(0.95, n - 1) * np.std(d, ddof=1) / np.sqrt(n)
    out["pairedT"].append({"d": d, "margin": 0.05, "t": t.statistic, "p": t.pvalue, "pBelow": below.pvalue,
                           "lower": np.mean(d) - half, "upper": np.mean(d) + half})

out["cluster"] = []
for n, groups in ((40, 12), (300, 25)):
    g = rng.integers(0, groups, n)
    d = np.array(rounded(rng.normal(size=n) + rng.normal(size=groups)[g] + 0.2))
    # The correction statsmodels adds by default is G/(G-1) (n-1)/(n-k); with one column it is G/(G-1).
    fit = sm.OLS(d, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": g}, use_t=True)
    out["cluster"].append({"d": list(map(float, d)), "groups": list(map(int, g)), "error": float(fit.bse[0]),
                           "t": float(fit.tvalues[0]), "p": float(fit.pvalues[0] / 2), "units": int(len(set(g)))})

out["neweyWest"] = []
for n, lag in ((60, 3), (150, 4)):
    e = rng.normal(size=n)
    d = np.array(rounded([sum(0.6 ** k * e[i - k] for k in range(i + 1)) + 0.3 for i in range(n)]))
    fit = sm.OLS(d, np.ones(n)).fit(cov_type="HAC", cov_kwds={"maxlags": lag}, use_t=True)
    out["neweyWest"].append({"d": list(map(float, d)), "lag": lag, "error": float(fit.bse[0])})

out["mcnemar"] = []
for b, c in ((1, 7), (12, 3), (25, 45), (0, 6), (40, 40), (300, 260)):
    exact = mcnemar([[0, b], [c, 0]], exact=True).pvalue
    out["mcnemar"].append({"wins": b, "losses": c, "twoSided": float(exact), "oneSided": float(st.binomtest(b, b + c, 0.5, alternative="greater").pvalue),
                           "shareLower": float(st.binomtest(b, b + c, 0.5, alternative="greater").proportion_ci(0.95, "exact").low)})

out["signFlip"] = []
for n in (6, 9):
    d = rounded(rng.normal(size=n) + 0.4)
    p = st.permutation_test((np.array(d),), np.mean, permutation_type="samples", alternative="greater", n_resamples=np.inf).pvalue
    out["signFlip"].append({"d": d, "p": float(p)})

out["holm"] = []
for p in ([0.01, 0.04, 0.03, 0.005], [6e-6, 0.000332, 0.009823, 0.014171, 0.083642, 0.141093, 0.518605, 0.660706], [0.2], [0.5, 0.5, 0.01]):
    out["holm"].append({"p": p, "holm": list(map(float, multipletests(p, method="holm")[1])),
                        "bonferroni": list(map(float, multipletests(p, method="bonferroni")[1]))})

json.dump(out, sys.stdout, indent=0)
