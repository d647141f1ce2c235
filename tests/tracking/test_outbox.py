"""A store that fails while a run is open: nothing is lost, and nothing is stopped."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from govtext.errors import GovtextError, InputError, MissingFileError, TrackingError
from govtext.tracking import outbox as outbox_module
from govtext.tracking import run as run_module
from govtext.tracking import send_kept, start_run
from govtext.tracking.entries import Artifact, Batch, DataSet, Ending, from_line, to_line
from govtext.tracking.kept import KeptFile


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(run_module, "_PATIENCE", 0.0)
    monkeypatch.setattr(outbox_module, "_RETRY_SECONDS", 0.0)
    monkeypatch.setattr(outbox_module, "_MOST_SHARE", 1e9)


@pytest.fixture
def short_waits():
    """Let SQLite give up on a locked store at once: MLflow has it wait for 20 s each time."""

    def shorten(connection, cursor, statement, parameters, context, many):
        return re.sub(r"busy_timeout = \d+", "busy_timeout = 50", statement), parameters

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", shorten, retval=True)
    yield
    sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", shorten)


@pytest.fixture
def breaks(store, short_waits):
    """Return functions that make the store unusable, as a program that locks it, and usable."""
    holders = []

    def lock() -> None:
        holders.append(sqlite3.connect(store.database, timeout=60))
        holders[-1].execute("BEGIN EXCLUSIVE")

    def unlock() -> None:
        holders.pop().close()

    lock.mend = unlock
    yield lock
    while holders:
        unlock()


def _run(**options):
    return start_run(**{"experiment": "e", "name": "n", "config": {}, "seed": 0, **options})


def _history(client, run, name="train/loss"):
    return [(item.step, item.value) for item in client.get_metric_history(run.id, name)]


def test_what_is_recorded_while_the_store_is_away_comes_later(store, client, breaks, caplog):
    with _run(output=Path("out")) as run:
        run.log_metrics({"train/loss": 1.0}, step=0)
        breaks()
        for step in range(1, 4):
            run.log_metrics({"train/loss": float(step)}, step=step)
        run.log_text("在外", "notes.txt")
        assert Path("out/unsent", f"{run.id}.jsonl").is_file()
        breaks.mend()
        run.log_metrics({"train/loss": 4.0}, step=4)
        assert not run.outbox.kept
    assert _history(client, run) == [(0, 1.0), (1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0)]
    found = client.get_run(run.id)
    assert found.info.status == "FINISHED"
    assert found.data.tags["govtext.sent_later"].endswith(": 4 items")
    path = client.download_artifacts(run.id, "notes.txt")
    assert Path(path).read_text(encoding="utf-8") == "在外"
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "The work goes on, and what the store" in line]) == 1
    assert (
        len([line for line in said if line.endswith("4 items of the run that were kept are sent")])
        == 1
    )


def test_store_that_stays_away_is_told_how_to_get_the_rest(store, client, breaks, caplog):
    with _run(output=Path("out")) as run:
        breaks()
        run.log_metrics({"train/loss": 0.5, "x": float("nan"), "y": float("inf")}, step=7)
        run.set_tags({"a": "b"})
    [said] = [record.getMessage() for record in caplog.records if "runs send" in record.message]
    out = Path("out").absolute()
    assert said.endswith(f"Send it when the store takes it: govtext runs send {out}")
    lines = Path(f"out/unsent/{run.id}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line).get("kind") for line in lines[1:]] == ["Batch", "Ending"]
    with pytest.raises(TrackingError, match="still writes it, and sends what is kept itself"):
        send_kept(Path("out"))


def test_kept_entries_are_sent_by_a_later_process(store, client, start_script):
    process = start_script(
        "import shutil\n"
        "from govtext.tracking import run, start_run\n"
        "run._PATIENCE = 0.0\n"
        "shutil.copy('mlflow.db', 'whole.db')\n"
        "with start_run(experiment='e', name='n', config={}, seed=0) as run:\n"
        "    shutil.copy('mlflow.db', 'whole.db')\n"
        "    open('mlflow.db', 'wb').write(b'not a database' * 1000)\n"
        "    run.log_metrics({'train/loss': 0.5}, step=3)\n"
        "    print(run.id)\n"
    )
    output, said = process.communicate()
    assert process.returncode == 0, said
    run_id = output.strip()
    with pytest.raises(TrackingError, match="file is not a database"):
        send_kept(Path())
    store.database.write_bytes(Path("whole.db").read_bytes())
    with _run(experiment="another"):  # takes the run for dead
        pass
    assert client.get_run(run_id).info.status == "KILLED"
    assert send_kept(Path()) == [run_id]
    found = client.get_run(run_id)
    assert found.info.status == "FINISHED"
    assert found.data.metrics == {"train/loss": 0.5}
    assert "govtext.error" not in found.data.tags
    assert found.data.tags["govtext.sent_later"].endswith(": 2 items")
    with pytest.raises(MissingFileError, match="nothing is kept there to be sent"):
        send_kept(Path())


def test_model_that_could_not_be_registered_is_registered_later(store, client, breaks):
    from govtext.bundle.locate import locate_model

    with _run() as run:
        breaks()
        version = run.log_model(
            locate_model("fast", task="classifier"),
            task="classifier",
            registered_name="late",
            alias="best",
            metrics={"test/f1": 0.5},
        )
        assert version is None
        breaks.mend()
    found = client.get_model_version_by_alias("late", "best")
    assert (found.run_id, found.description) == (run.id, "- test/f1: 0.5")


def test_run_deleted_while_training(store, client, caplog):
    with _run() as run:
        client.delete_run(run.id)
        for step in range(3):
            run.log_metrics({"train/loss": 0.5}, step=step)
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "The work goes on" in line]) == 1
    assert f"The run was deleted: mlflow runs restore --run-id {run.id}. Send it" in said[-1]
    client.restore_run(run.id)
    assert run.outbox.flush()
    assert len(_history(client, run)) == 3


def test_disk_that_takes_nothing_either(store, breaks, tmp_path):
    (tmp_path / "out").write_text("a file, so no folder can be made")
    refused = pytest.raises(TrackingError, match="database is locked; and .* cannot be written")
    with refused, _run(output=tmp_path / "out") as run:
        breaks()
        run.log_metrics({"a": 1.0})


def test_mistakes_are_raised_and_not_kept(store):
    with _run() as run:
        run.log_params({"a": 1})
        with pytest.raises(
            InputError, match="'a' is recorded as '1' already; it cannot become '2'"
        ):
            run.log_params({"a": 2})
        assert not run.outbox.kept


@given(
    st.one_of(
        st.builds(
            Batch,
            metrics=st.lists(
                st.fixed_dictionaries(
                    {"key": st.text(), "value": st.floats(allow_nan=False, allow_infinity=False)}
                )
            ),
            params=st.dictionaries(st.text(), st.text()),
        ),
        st.builds(Artifact, st.text(), st.text()),
        st.builds(Artifact.of_bytes, st.text(), st.binary()),
        st.builds(DataSet, st.text(), st.text(), st.text(), st.text(), st.text()),
        st.builds(Ending, st.sampled_from(["FINISHED", "KILLED"]), st.integers(0, 2**45)),
    )
)
def test_a_line_gives_the_entry_back(entry):
    line = to_line(entry)
    assert line.count("\n") == 1
    assert from_line(line) == entry


@given(st.text())
def test_any_other_line_is_refused(line):
    with pytest.raises(InputError, match="not an entry of a run"):
        from_line(line)


@pytest.mark.parametrize("content", ["", "x\n", "{}\n", '{"run_id": 1}\n'])
def test_file_without_a_head(tmp_path, content):
    path = tmp_path / "unsent" / "r.jsonl"
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(GovtextError, match=r"r.jsonl:1: not the head of a file of entries"):
        send_kept(tmp_path)


def test_line_cut_by_a_kill_is_left_out_and_a_broken_one_is_named(tmp_path):
    kept = KeptFile(tmp_path / "r.jsonl")
    line = to_line(Batch(tags={"a": "b"}))
    kept.path.write_text("{}\n" + line + line[:9])
    assert kept.entries() == [Batch(tags={"a": "b"})]
    kept.path.write_text("{}\n" + line + "{}\n" + line)
    with pytest.raises(InputError, match=r"r.jsonl:3: not an entry"):
        kept.entries()
