"""Airflow 3: trains the benchmark when the table has changed, lets a challenger predict, and gates it.

BASELINE_HOME is the project (data.csv, challenger.py); BASELINE starts the program: `npx --yes tabular-baseline@0.1.0`, or
the path of an installed `baseline`. Run it once, unattended: airflow dags test baseline
"""
import os
import shlex
import subprocess
from datetime import datetime

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

HOME = os.environ.get("BASELINE_HOME", ".")
PROGRAM = shlex.split(os.environ.get("BASELINE", "npx --yes tabular-baseline@0.1.0"))
ANSWERS = {0: "PASS", 1: "NO PASS", 3: "INCONCLUSIVE"}


def run(*arguments: str) -> int:
    """The exit code; 2 (could not be done) fails the task, and there is no sense in trying that again."""
    done = subprocess.run([*PROGRAM, *arguments], cwd=HOME, check=False)
    if done.returncode not in ANSWERS:
        raise AirflowFailException(f"baseline {arguments[0]} ended with exit code {done.returncode}")
    return done.returncode


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False, tags=["baseline"])
def baseline():
    @task
    def train() -> str:
        # The same table and options give the same folder; --force takes the place of one of another table.
        run("train", "data.csv", "--holdout", "0.4", "--out", "baseline-out", "--force", "--quiet")
        return "baseline-out"

    @task
    def challenge(benchmark: str) -> str:
        subprocess.run(["python", "challenger.py", "data.csv", benchmark, "predictions.csv"], cwd=HOME, check=True)
        return "predictions.csv"

    @task
    def gate(benchmark: str, predictions: str) -> str:
        return ANSWERS[run("gate", benchmark, predictions)]

    benchmark = train()
    gate(benchmark, challenge(benchmark))


baseline()
