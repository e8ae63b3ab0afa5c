"""Makes cholesky.json with SciPy: factors, log-determinants, solutions and inverses of three matrices."""
import json, sys
import numpy as np
from scipy import linalg

cases = []
rng = np.random.default_rng(5)
for name, n, scale in [("well-conditioned", 4, 1.0), ("hilbert", 6, None), ("graded", 5, 1e6)]:
    if scale is None:
        a = linalg.hilbert(n)
    else:
        b = rng.normal(size=(n + 2, n)) * np.logspace(0, np.log10(scale), n)
        a = b.T @ b
    rhs = rng.normal(size=n)
    factor = linalg.cholesky(a, lower=True)
    cases.append({
        "name": name, "n": n, "a": a.ravel().tolist(), "b": rhs.tolist(), "factor": factor.ravel().tolist(),
        "x": linalg.cho_solve((factor, True), rhs).tolist(), "logdet": float(np.linalg.slogdet(a)[1]),
        "inverse": linalg.inv(a).ravel().tolist(),
    })
json.dump(cases, open(sys.argv[1], "w"), indent=1)
