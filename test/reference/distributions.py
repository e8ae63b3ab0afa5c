"""Reference values of the distributions in src/numeric: mpmath at 40 digits, each checked against SciPy (1e-8).

Run: python3 distributions.py > distributions.json    (needs mpmath and scipy)
"""
import json
import math
import sys

import mpmath as mp
from scipy import special, stats

mp.mp.dps = 40


def close(ours, scipys, what):
    if float(ours) > 1e-280 and not math.isclose(float(ours), float(scipys), rel_tol=1e-8):
        sys.exit(f"mpmath and SciPy disagree on {what}: {ours} {scipys}")


def betainc(a, b, x):
    """Both sides of the regularised incomplete beta function: the smaller by its series of positive terms."""
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x > (a + 1) / (a + b + 2):
        lower, upper = betainc(b, a, 1 - x)
        return upper, lower
    front = mp.exp(a * mp.log(x) + b * mp.log(1 - x) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a
    term, total, k = mp.mpf(1), mp.mpf(1), 0
    while term > total * mp.mpf(10) ** -28:
        term *= (a + b + k) / (a + 1 + k) * x
        total, k = total + term, k + 1
    return front * total, 1 - front * total


def gammainc(a, x):
    """Both sides of the regularised incomplete gamma function."""
    a, x = mp.mpf(a), mp.mpf(x)
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    if x < a + 1:
        term, total, k = mp.mpf(1), mp.mpf(1), 1
        while term > total * mp.mpf(10) ** -28:
            term *= x / (a + k)
            total, k = total + term, k + 1
        return front * total, 1 - front * total
    terms, term, k = mp.mpf(1), mp.mpf(1), 1  # the same series, with digits enough for the difference
    with mp.workdps(350):
        front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
        while term > terms * mp.mpf(10) ** -345:
            term *= x / (a + k)
            terms, k = terms + term, k + 1
        return +(front * terms), 1 - front * terms


def density_t(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    front = mp.exp(mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2)) / mp.sqrt(df * mp.pi)
    return front * (1 + t * t / df) ** (-(df + 1) / 2)


def tail_t(t, df):
    t = mp.mpf(t)
    if t < 0:
        return 1 - tail_t(-t, df)
    if df > 300 and t * t < df / 100:  # the series is slow there: integrate the density
        return mp.quad(lambda u: density_t(u, df), [t + step for step in range(0, 33)]) + tail_t(t + 32, df)
    return betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, df / (df + t * t))[0] / 2 if t else mp.mpf(1) / 2


def newton(f, density, start):
    """Three steps from SciPy's answer."""
    x = mp.mpf(start)
    for _ in range(3):
        x += f(x) / density(x)
    return x


out = {}

out["normal"] = []
for x in [-37.5, -20, -8.3, -5, -3, -1.96, -1, -0.46, -0.1, 0, 1e-9, 0.3, 0.7, 1.2815515655446004, 2.5, 4, 6.5, 9, 30]:
    tail, cdf = mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2, mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2
    close(tail, stats.norm.sf(x), f"normal {x}")
    out["normal"].append({"x": x, "cdf": float(cdf), "tail": float(tail), "logCdf": float(mp.log(cdf)),
                          "density": float(mp.npdf(x)), "erfc": float(mp.erfc(mp.mpf(x)))})
out["normalQuantile"] = []
for p in [1e-300, 1e-100, 1e-20, 1e-9, 0.0025, 0.01, 0.05, 0.074, 0.076, 0.3, 0.499999, 0.5, 0.6, 0.9, 0.924, 0.95, 0.975, 0.9999]:
    q = mp.findroot(lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) - mp.log(mp.mpf(p)), float(stats.norm.ppf(p)))
    out["normalQuantile"].append({"p": p, "x": float(q)})

out["logGamma"] = [{"x": x, "value": float(mp.loggamma(mp.mpf(x)))} for x in
                   [1e-8, 0.001, 0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 2.3, 3, 7.7, 14.5, 15, 33.3, 1000.5, 1e6, 1e12]]

out["gamma"] = []
for a in [0.001, 0.1, 0.5, 1, 2.5, 10, 33.5, 100, 1000, 50000]:
    for ratio in [0.001, 0.2, 0.7, 0.97, 1, 1.03, 1.5, 4] if a < 5000 else [0.98, 1, 1.01]:
        x = a * ratio
        lower, upper = gammainc(a, x)
        if max(lower, upper) == 1 and min(lower, upper) < mp.mpf("1e-290"):
            continue
        close(upper, special.gammaincc(a, x), f"gamma {a} {x}")
        out["gamma"].append({"a": a, "x": x, "lower": float(lower), "upper": float(upper)})

out["beta"] = []
for a, b in [(0.5, 0.5), (0.01, 3), (1, 1), (2, 5), (0.5, 40), (30.5, 0.5), (12, 7), (100, 300), (1000.5, 0.5), (5000, 5000), (20000, 300)]:
    mean, sd = a / (a + b), math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    for z in [-8, -3, -1, 0, 0.5, 2, 5]:
        x = mean + z * sd
        if not 1e-6 < x < 1 - 1e-12:
            continue
        lower, upper = betainc(a, b, x)
        close(lower, special.betainc(a, b, x), f"beta {a} {b} {x}")
        out["beta"].append({"a": a, "b": b, "x": x, "lower": float(lower), "upper": float(upper)})

out["student"] = []
for df in [0.7, 1, 2, 3, 4.5, 9, 19, 29, 99, 399.25, 9999, 50000]:
    for t in [-6, -1.5, 0, 1e-6, 0.1, 0.7, 1.7, 2.5, 4, 10, 30]:
        tail = tail_t(t, df)
        if tail < mp.mpf("1e-290"):
            continue
        close(tail, stats.t.sf(t, df), f"t {t} {df}")
        density = density_t(t, df)
        out["student"].append({"t": t, "df": df, "tail": float(tail), "density": float(density)})
out["studentQuantile"] = []
for df in [0.7, 1, 2, 3, 4, 5, 9, 19, 29, 99, 399.25, 9999, 50000]:
    for p in [0.5000001, 0.55, 0.75, 0.9, 0.95, 0.975, 0.99, 0.9975, 0.99999, 1 - 1e-10]:
        tail = 1 - mp.mpf(p)
        start = float(stats.t.ppf(p, df))
        q = newton(lambda t: tail_t(t, df) - tail, lambda t: density_t(t, df), start)
        close(q, start, f"t quantile {p} {df}")
        out["studentQuantile"].append({"p": p, "df": df, "t": float(q)})

out["chiSquare"] = []
for df in [1, 2, 5, 19, 99, 1999]:
    for x in [0.01, 0.5, 1, 3.84, 10, 30, 100, 600]:
        lower, upper = gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2)
        if upper < mp.mpf("1e-290") or lower < mp.mpf("1e-290"):
            continue
        out["chiSquare"].append({"x": x, "df": df, "upper": float(upper), "lower": float(lower)})
out["chiSquareQuantile"] = []
for df in [1, 2, 7.5, 29, 199, 1999]:
    for p in [0.001, 0.1, 0.5, 0.9, 0.999]:
        start = float(stats.chi2.ppf(p, df))
        a = mp.mpf(df) / 2
        q = newton(lambda x: mp.mpf(p) - gammainc(a, x / 2)[0], lambda x: mp.exp((a - 1) * mp.log(x / 2) - x / 2 - mp.loggamma(a)) / 2, start)
        close(q, start, f"chi2 quantile {p} {df}")
        out["chiSquareQuantile"].append({"p": p, "df": df, "x": float(q)})

out["fisher"] = []
for d1, d2 in [(1, 5), (10, 5), (3, 39), (20, 300), (1, 100000)]:
    for f in [0.05, 0.8, 1, 1.85, 3.686313, 12]:
        upper = betainc(mp.mpf(d2) / 2, mp.mpf(d1) / 2, mp.mpf(d2) / (d2 + mp.mpf(d1) * mp.mpf(f)))[0]
        close(upper, stats.f.sf(f, d1, d2), f"F {f} {d1} {d2}")
        out["fisher"].append({"f": f, "df1": d1, "df2": d2, "upper": float(upper)})

out["binomial"] = []
for n, p in [(5, 0.5), (15, 0.5), (180, 0.5), (30, 0.95), (1000, 0.01), (100000, 0.3), (200000, 0.5)]:
    mean, sd = n * p, math.sqrt(n * p * (1 - p))
    for z in [-6, -2, 0, 0.5, 2, 4]:
        k = round(mean + z * sd)
        if not 0 <= k <= n:
            continue
        pm = mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1) + k * mp.log(mp.mpf(p)) + (n - k) * mp.log(1 - mp.mpf(p)))
        at_most = betainc(n - k, k + 1, 1 - mp.mpf(p))[0] if k < n else mp.mpf(1)
        at_least = betainc(k, n - k + 1, mp.mpf(p))[0] if k > 0 else mp.mpf(1)
        close(at_most, stats.binom.cdf(k, n, p), f"binomial {k} {n} {p}")
        out["binomial"].append({"k": k, "n": n, "p": p, "probability": float(pm), "atMost": float(at_most), "atLeast": float(at_least)})

json.dump(out, sys.stdout, indent=0)
