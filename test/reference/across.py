"""Reference values for comparisons over many datasets: SciPy 1.17.1, baycomp 1.0.3 and autorank 1.3.0.

Run: pip install scipy==1.17.1 baycomp==1.0.3 autorank==1.3.0; python3 across.py > across.json
The table of four methods on 14 datasets is that of J. Demsar, JMLR 7, 2006.
"""
import json
import sys
from contextlib import redirect_stdout

import baycomp
import numpy as np
import pandas as pd
import scipy.stats as st
from autorank import autorank

TABLE = {
    "C4.5": [.763, .599, .954, .628, .882, .936, .661, .583, .775, 1.000, .940, .619, .972, .957],
    "C4.5+m": [.768, .591, .971, .661, .888, .931, .668, .583, .838, 1.000, .962, .666, .981, .978],
    "C4.5+cf": [.771, .590, .968, .654, .886, .916, .609, .563, .866, 1.000, .965, .614, .9751, .946],
    "C4.5+m+cf": [.798, .569, .967, .657, .898, .931, .685, .625, .875, 1.000, .962, .669, .975, .970],
}
names = list(TABLE)
rng = np.random.default_rng(14)
out = {"table": {"names": names, "scores": list(TABLE.values())}}

# Mean ranks: autorank's own, and by SciPy's rankdata.
ranks = np.mean([st.rankdata([-TABLE[n][i] for n in names]) for i in range(14)], axis=0)
with redirect_stdout(sys.stderr):  # it talks
    of_autorank = autorank(pd.DataFrame(TABLE), alpha=.05, verbose=False, order="descending").rankdf["meanrank"]
assert np.allclose([of_autorank[n] for n in names], ranks)
out["table"]["meanRanks"] = list(map(float, ranks))

# Signed ranks: every sign pattern counted, so that ties and zeros are exact. Differences rounded: ties are ties.
out["signedRank"] = []
cases = [np.round(np.array(TABLE[b]) - np.array(TABLE[a]), 4) for a, b in (("C4.5", "C4.5+m"), ("C4.5", "C4.5+cf"))]
cases += [[1, 1, -1, 2, 3, 0, 2], [0.3, -0.1, 0.5, 0.2, -0.4, 0.7], [0, 0, 0, 1, 2], [5, 5, 5, -5, 0, 1, 1, -2]]
for d in cases:
    d = np.asarray(d, dtype=float)
    every = st.PermutationMethod(n_resamples=np.inf)
    by = {z: {side: float(st.wilcoxon(d, zero_method=z, alternative=side, method=every).pvalue)
              for side in ("greater", "less", "two-sided")} for z in ("zsplit", "pratt")}
    assert np.isclose(by["zsplit"]["greater"], by["pratt"]["greater"])
    out["signedRank"].append({"d": list(map(float, d)), **by["zsplit"]})
d = np.round(rng.normal(0.2, 1, 80), 1)  # many values with ties and zeros: the normal law
out["signedRank"].append({"d": list(map(float, d)), **{side: float(st.wilcoxon(
    d, zero_method="pratt", alternative=side, method="asymptotic", correction=False).pvalue)
    for side in ("greater", "less", "two-sided")}})

# Bayesian signed rank, prior of weight one half at 0; shares of 200,000 draws in which a region is the most probable.
out["bayesian"] = []
worlds = [(np.round(np.array(TABLE["C4.5+m"]) - np.array(TABLE["C4.5"]), 4), rope) for rope in (0.01, 0.02, 0)]
worlds += [(np.round(rng.normal(m, 1, n), 3), rope) for m, n, rope in ((0.3, 8, 0.25), (1.2, 20, 1), (-0.5, 30, 0.5))]
for d, rope in worlds:
    p = baycomp.SignedRankTest(np.zeros(len(d)), np.asarray(d), rope, nsamples=200000, random_state=1).probs()
    out["bayesian"].append({"d": list(map(float, d)), "rope": rope, "worse": float(p[0]), "equivalent": float(p[1]), "better": float(p[2])})

json.dump(out, sys.stdout, indent=0)
