"""Opens a search journal with Optuna, checks what it finds and lets Optuna continue the study (on a copy). Where its
dashboard is installed, asks the dashboard for the study too, as its pages do.

    python check-with-optuna.py search-journal.jsonl

Needs optuna (checked with 5.0.0 and 4.9.0; optuna-dashboard 0.21.0). Not part of the test run.
"""
import json, math, shutil, sys, tempfile, os
import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

path = sys.argv[1]
records = [json.loads(line) for line in open(path, encoding="utf-8")]
name = records[0]["study_name"]
copy = os.path.join(tempfile.mkdtemp(), "journal.log")
shutil.copy(path, copy)
study = optuna.load_study(study_name=name, storage=JournalStorage(JournalFileBackend(copy)))

created = [r for r in records if r["op_code"] == 4]
assert len(study.trials) == len(created), (len(study.trials), len(created))
assert study.metric_names == ["log_loss"], study.metric_names
assert study.direction == optuna.study.StudyDirection.MINIMIZE
states = {1: "COMPLETE", 2: "PRUNED", 3: "FAIL"}
for number, trial in enumerate(study.trials):
    mine = [r for r in records if r.get("trial_id") == number]
    reported = {r["step"]: r["intermediate_value"] for r in mine if r["op_code"] == 7}
    assert trial.intermediate_values == reported, (number, trial.intermediate_values, reported)
    attributes = {k: v for r in mine if r["op_code"] == 8 for k, v in r["user_attr"].items()}
    assert attributes.items() <= trial.user_attrs.items(), number
    ends = [r for r in mine if r["op_code"] == 6]
    assert trial.state.name == (states[ends[0]["state"]] if ends else "RUNNING"), (number, trial.state)
    if ends and ends[0]["values"] is not None:
        assert math.isclose(trial.value, ends[0]["values"][0]), number
    for key, internal in created[number]["params"].items():
        assert trial.distributions[key].to_internal_repr(trial.params[key]) == internal, (number, key)
    if ends:
        assert trial.duration.total_seconds() > 0
seen = {trial.state.name for trial in study.trials}
print(f"optuna {optuna.__version__} reads {len(study.trials)} trials: {sorted(seen)}, best {study.best_value} at trial {study.best_trial.number}")

def dashboard():
    """Titles, trials and importances as the dashboard's pages ask for them."""
    from wsgiref.util import setup_testing_defaults
    from optuna_dashboard import wsgi

    app = wsgi(study._storage)

    def get(address, query=""):
        environ = {"PATH_INFO": address, "QUERY_STRING": query}
        setup_testing_defaults(environ)
        status = []
        body = b"".join(app(environ, lambda line, headers, *_: status.append(line)))
        assert status[0].startswith("200"), (address, status)
        return json.loads(body)

    summary = get("/api/studies")["study_summaries"][0]
    assert summary["study_name"] == name
    detail = get(f"/api/studies/{summary['study_id']}", "after=0")
    assert [trial["state"].upper() for trial in detail["trials"]] == [trial.state.name for trial in study.trials]
    for shown, trial in zip(detail["trials"], study.trials):
        assert {step["step"] for step in shown["intermediate_values"]} == set(trial.intermediate_values)
        assert {p["name"]: p["param_external_value"] for p in shown["params"]} == {k: str(v) for k, v in trial.params.items()}
    get(f"/api/studies/{summary['study_id']}/param_importances")
    print("its dashboard shows them all")


try:
    import optuna_dashboard  # noqa: F401
except ImportError:
    print("its dashboard is not installed")
else:
    dashboard()


def objective(trial):
    model = trial.suggest_categorical("model", ["linear", "tree"])
    trial.suggest_categorical("missing", [None, True, 3, "word ü"])
    if model == "linear":
        return 1 + trial.suggest_float("ratio", 0, 1, step=0.25)
    return trial.suggest_int("depth", 1, 20) / 20 + trial.suggest_int("leaf", 1, 256, log=True) / 256 + trial.suggest_float("cp", 1e-5, 0.1, log=True)

optuna.logging.set_verbosity(optuna.logging.WARNING)
study.optimize(objective, n_trials=15)
assert len(study.trials) == len(created) + 15
print("and continues it")
