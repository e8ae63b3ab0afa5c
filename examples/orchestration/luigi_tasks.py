"""Luigi: trains the benchmark, lets a challenger predict, and gates it; each step runs only where its file is missing.

BASELINE starts the program: `npx --yes tabular-baseline@0.1.0`, or the path of an installed `baseline`.
Run it once, unattended: python luigi_tasks.py Gate --local-scheduler
"""
import os
import shlex
import subprocess
import sys

import luigi

PROGRAM = shlex.split(os.environ.get("BASELINE", "npx --yes tabular-baseline@0.1.0"))


class Train(luigi.Task):
    data = luigi.Parameter(default="data.csv")
    benchmark = luigi.Parameter(default="baseline-out")

    def output(self):
        return luigi.LocalTarget(f"{self.benchmark}/benchmark.json")

    def run(self):
        subprocess.run([*PROGRAM, "train", self.data, "--holdout", "0.4", "--out", self.benchmark, "--quiet"], check=True)


class Challenge(luigi.Task):
    data = luigi.Parameter(default="data.csv")
    benchmark = luigi.Parameter(default="baseline-out")

    def requires(self):
        return Train(self.data, self.benchmark)

    def output(self):
        return luigi.LocalTarget("predictions.csv")

    def run(self):
        with self.output().temporary_path() as path:
            subprocess.run([sys.executable, "challenger.py", self.data, self.benchmark, path], check=True)


class Gate(luigi.Task):
    data = luigi.Parameter(default="data.csv")
    benchmark = luigi.Parameter(default="baseline-out")

    def requires(self):
        return Challenge(self.data, self.benchmark)

    def output(self):
        return luigi.LocalTarget("gate.json")

    def run(self):
        gate = [*PROGRAM, "gate", self.benchmark, self.input().path, "--json"]
        done = subprocess.run(gate, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        if done.returncode not in (0, 1, 3):  # PASS, NO PASS and INCONCLUSIVE are answers; anything else is a failure
            raise RuntimeError(f"baseline gate ended with exit code {done.returncode}")
        with self.output().open("w") as out:
            out.write(done.stdout)


if __name__ == "__main__":
    luigi.run()
