"""Makes sobol.json with SciPy: the first 64 unscrambled points of the Sobol sequence in 40 dimensions."""
import json, sys
from scipy.stats import qmc
json.dump(qmc.Sobol(40, scramble=False).random(64).tolist(), open(sys.argv[1], "w"))
