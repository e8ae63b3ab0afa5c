"""Makes parzen.json with Optuna 5.0.0: log densities of its Parzen estimator, linear, log, stepped and categorical."""
import json, sys, warnings
import numpy as np
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights
import inspect
warnings.filterwarnings("ignore")

# Ties are ordered by number: the default sort may order them either way, depending on the machine.
import optuna.samplers._tpe.parzen_estimator as module
class StableNumpy:
    def __getattr__(self, name): return getattr(np, name)
    @staticmethod
    def argsort(a): return np.argsort(a, kind="stable")
module.np = StableNumpy()

SPACE = {
    "x": FloatDistribution(-5, 10), "lr": FloatDistribution(1e-4, 1, log=True), "step": FloatDistribution(0, 1, step=0.25),
    "depth": IntDistribution(1, 12), "leaf": IntDistribution(1, 64, log=True), "c": CategoricalDistribution(["a", "b", "c"]),
}
def draw(rng, n):
    return {"x": rng.uniform(-5, 10, n), "lr": np.exp(rng.uniform(np.log(1e-4), 0, n)), "step": rng.integers(0, 5, n) * 0.25,
            "depth": rng.integers(1, 13, n).astype(float), "leaf": np.round(np.exp(rng.uniform(0, np.log(64), n))),
            "c": rng.integers(0, 3, n).astype(float)}
fields = dict(prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights,
              multivariate=True, categorical_distance_func={})
known = inspect.signature(_ParzenEstimatorParameters).parameters
parameters = _ParzenEstimatorParameters(**{k: v for k, v in fields.items() if k in known})
cases = []
rng = np.random.default_rng(0)
for names, n in [(["x"], 0), (["x"], 1), (["x"], 2), (["lr"], 5), (["step"], 4), (["depth"], 6), (["leaf"], 7), (["c"], 5),
                 (list(SPACE), 12), (list(SPACE), 40)]:
    observed = {k: v for k, v in draw(rng, n).items() if k in names}
    if names == ["x"] and n == 2: observed["x"] = np.array([3.0, 3.0])  # duplicates
    samples = {k: v for k, v in draw(rng, 6).items() if k in names}
    estimator = _ParzenEstimator(observed, {k: SPACE[k] for k in names}, parameters)
    cases.append({"names": names, "n": n, "observed": {k: v.tolist() for k, v in observed.items()},
                  "samples": {k: v.tolist() for k, v in samples.items()}, "logDensity": estimator.log_pdf(samples).tolist()})
json.dump(cases, open(sys.argv[1], "w"), indent=1)
