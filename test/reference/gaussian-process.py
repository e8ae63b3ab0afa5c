"""Makes gaussian-process.json with NumPy's dense algebra: posterior, negative log posterior of hyperparameters, log EI."""
import json, sys
import numpy as np
from scipy import stats
from mpmath import mp, mpf, erfc as mp_erfc, exp as mp_exp, log as mp_log, pi as mp_pi, sqrt as mp_sqrt

def kernel(a, b, w, nominal, s):
    r2 = sum(w[k] * (a[k] - b[k]) ** 2 for k in range(len(a)) if not nominal[k])
    miss = sum(w[k] * (a[k] != b[k]) for k in range(len(a)) if nominal[k])
    t = np.sqrt(5 * r2)
    return s * (1 + t + t * t / 3) * np.exp(-t - miss)

def case(x, y, known, nominal, theta, places):
    x, y, known, theta = map(np.asarray, (x, y, known, theta))
    n, d = x.shape
    w, s, noise = np.exp(theta[:d]), np.exp(theta[d]), np.exp(theta[d + 1])
    k = np.array([[kernel(a, b, w, nominal, s) for b in x] for a in x])
    full = k + np.diag(noise + known)
    inverse = np.linalg.inv(full)
    one = np.ones(n)
    # constant mean with prior N(0, 1): at its most probable value
    mean = one @ inverse @ y / (one @ inverse @ one + 1)
    residual = y - mean
    value = 0.5 * residual @ inverse @ residual + 0.5 * np.linalg.slogdet(full)[1] + 0.5 * mean ** 2
    numeric = d - sum(nominal)
    for j in range(d):
        typical = np.log(0.5) if nominal[j] else -2 * np.log(0.5 * np.sqrt(numeric))
        value += 0.5 * ((theta[j] - typical) / 2) ** 2
    value += s - theta[d] + 30 * noise - 0.1 * theta[d + 1]
    posterior = []
    for p in places:
        c = np.array([kernel(np.asarray(p), b, w, nominal, s) for b in x])
        posterior.append([float(mean + c @ inverse @ residual), float(s - c @ inverse @ c)])
    return dict(x=x.ravel().tolist(), y=y.tolist(), known=known.tolist(), nominal=nominal, theta=theta.tolist(),
                value=float(value), places=places, posterior=posterior)

cases = [
    case([[.1], [.5], [.8]], [1., -.5, .3], [0, 0, 0], [0], [1., .2, -6.], [[.1], [.3], [.95]]),
    case([[.1, .25], [.5, .75], [.8, .25]], [1., -.5, .3], [.01, .2, 0], [0, 1], [.5, -.3, .1, -4.], [[.1, .25], [.3, .75], [.95, .25]]),
    case([[.2, .3], [.7, .1], [.4, .9]], [0., 1., -1.], [.05, .05, .4], [0, 0], [2., 0., -.5, -3.], [[.2, .3], [.5, .5]]),
]
mp.dps = 50
def log_h(z):
    z = mpf(z)
    phi = mp_exp(-z * z / 2) / mp_sqrt(2 * mp_pi)
    return float(mp_log(phi + z * mp_erfc(-z / mp_sqrt(2)) / 2))
zs = [-1000, -300, -100, -40, -30.5, -29.5, -25, -10, -5, -1.01, -.99, -.1, 0, .5, 3, 10, 1000]
mp.dps = 500
improvement = [[z, log_h(z)] for z in zs]
json.dump({"cases": cases, "improvement": improvement}, open(sys.argv[1], "w"), indent=1)
