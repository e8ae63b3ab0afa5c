"""Makes lbfgs.json with SciPy's L-BFGS-B: minima of standard functions with and without bounds."""
import json, sys
import numpy as np
from scipy.optimize import minimize, rosen, rosen_der

def run(name, f, g, start, bounds):
    r = minimize(f, start, jac=g, method="L-BFGS-B", bounds=bounds, options={"gtol": 1e-10, "ftol": 1e-16, "maxiter": 5000})
    assert r.success or "ABNORMAL" in str(r.message), r.message
    lower = None if bounds is None else [b[0] for b in bounds]
    upper = None if bounds is None else [b[1] for b in bounds]
    return {"name": name, "start": list(start), "lower": lower, "upper": upper, "x": r.x.tolist(), "value": float(r.fun)}

def quadratic(x):  # ill-conditioned, minimum at 1..n without bounds
    c = np.logspace(0, 4, len(x)); t = np.arange(1, len(x) + 1)
    return float(0.5 * np.sum(c * (x - t) ** 2) + 0.1 * (x.sum() - t.sum()) ** 2)
def quadratic_der(x):
    c = np.logspace(0, 4, len(x)); t = np.arange(1, len(x) + 1)
    return c * (x - t) + 0.2 * (x.sum() - t.sum())

cases = [
    run("rosenbrock", rosen, rosen_der, [-1.2, 1, -1.2, 1], None),
    run("rosenbrock", rosen, rosen_der, [-1.2, 0.3, -1.2, 0.3], [(-2, 0.5)] * 4),
    run("rosenbrock", rosen, rosen_der, [-1.2, 1.6, 2], [(-2, 2), (1.5, 3), (-1, 10)]),
    run("quadratic", quadratic, quadratic_der, [0] * 8, None),
    run("quadratic", quadratic, quadratic_der, [0] * 8, [(-1, 3.5)] * 8),
]
json.dump(cases, open(sys.argv[1], "w"), indent=1)
