"""How runs end, with real processes and real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time

import pytest

from govtext.tracking import reap_dead_runs, start_run
from govtext.tracking.process import is_alive, machine_id, process_start
from govtext.tracking.termination import TerminatedError, signals_raise, status_of

RUN = "start_run(experiment='e', name='n', config={}, seed=0)"
HEAD = "import os, signal, sys, time\nfrom govtext.tracking import start_run\n"
# Tests may themselves run under nohup or in the background, where these two are ignored.
ATTENTIVE = (
    HEAD + "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
)
WAITING = (
    ATTENTIVE + f"with {RUN} as run:\n    try:\n        print(run.id, flush=True)\n"
    "        time.sleep(60)\n    finally:\n        print('cleaned up', flush=True)\n"
)


def _run(**options):
    return start_run(**{"experiment": "e", "name": "n", "config": {}, "seed": 0, **options})


def test_exception_is_recorded_and_passes(store, client):
    with pytest.raises(ZeroDivisionError), _run() as run:
        1 / 0  # noqa: B018
    found = client.get_run(run.id)
    assert found.info.status == "FAILED"
    assert found.data.tags["govtext.error"] == "ZeroDivisionError: division by zero"
    with open(client.download_artifacts(run.id, "error/traceback.txt"), encoding="utf-8") as file:
        assert "1 / 0" in file.read()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SystemExit(0), "FINISHED"),
        (SystemExit(None), "FINISHED"),
        (SystemExit(2), "FAILED"),
        (SystemExit("said why"), "FAILED"),
        (KeyboardInterrupt(), "KILLED"),
        (TerminatedError(signal.SIGTERM), "KILLED"),
        (ValueError(), "FAILED"),
    ],
)
def test_status(store, client, error, status):
    with pytest.raises(type(error)), _run() as run:
        raise error
    assert status_of(error) == status
    assert client.get_run(run.id).info.status == status


def test_exception_inside_a_part_fails_both(store, client):
    with pytest.raises(ValueError), _run() as parent, _run(parent_id=parent.id) as child:
        raise ValueError
    assert [client.get_run(run.id).info.status for run in (parent, child)] == ["FAILED", "FAILED"]


def test_handlers_are_restored():
    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with pytest.raises(TerminatedError) as caught, signals_raise():
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        assert caught.value.code == 143
        assert str(caught.value) == "the process was ended by SIGTERM"
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("own", [signal.SIG_IGN, lambda number, frame: None])
def test_handler_of_the_application_and_nohup_stay(own):
    before = signal.signal(signal.SIGHUP, own)
    try:
        with signals_raise():
            assert signal.getsignal(signal.SIGHUP) == own
    finally:
        signal.signal(signal.SIGHUP, before)


def test_no_handler_outside_the_main_thread():
    seen = []

    def work() -> None:
        with signals_raise():
            seen.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_process_identity():
    started = process_start(os.getpid())
    assert is_alive(os.getpid(), started)
    assert not is_alive(os.getpid(), started - 3600)
    assert machine_id() == machine_id()
    child = subprocess.Popen(["sleep", "0"])
    while process_start(child.pid) is not None:  # ends, and stays a zombie until it is collected
        time.sleep(0.01)
    child.wait()
    assert process_start(child.pid) is None


def test_only_dead_runs_of_this_machine_are_reaped(store, client):
    with _run() as run:
        ours = {"govtext.machine": machine_id(), "govtext.host": "h"}
        gone = {**ours, "govtext.pid": "999999999", "govtext.pid_started": "1.0"}
        reused = {**ours, "govtext.pid": str(os.getpid()), "govtext.pid_started": "1.0"}
        elsewhere = {**gone, "govtext.machine": "another"}
        unknown = {**ours, "govtext.pid": "?"}
        made = [
            client.create_run(run.experiment_id, tags=tags).info.run_id
            for tags in (gone, reused, elsewhere, unknown, {})
        ]
        assert set(reap_dead_runs()) == set(made[:2])
        assert reap_dead_runs() == []
        assert client.get_run(run.id).info.status == "RUNNING"
    statuses = [client.get_run(identity).info.status for identity in made]
    assert statuses == ["KILLED", "KILLED", "RUNNING", "RUNNING", "RUNNING"]
    assert client.get_run(made[0]).data.tags["govtext.error"] == "process 999999999 on h is gone"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "codes"),
    [(signal.SIGTERM, {143}), (signal.SIGINT, {-2, 130}), (signal.SIGHUP, {129})],
)
def test_signal(store, client, start_script, number, codes):
    process = start_script(WAITING)
    run_id = process.stdout.readline().strip()
    process.send_signal(number)
    output, _ = process.communicate(timeout=60)
    assert process.returncode in codes
    assert output == "cleaned up\n"
    found = client.get_run(run_id)
    assert found.info.status == "KILLED"
    assert found.info.end_time is not None


@pytest.mark.slow
def test_killed_outright_is_closed_by_the_next_run(store, client, start_script):
    process = start_script(WAITING)
    run_id = process.stdout.readline().strip()
    process.kill()
    process.wait()
    assert client.get_run(run_id).info.status == "RUNNING"
    with _run(experiment="another"):
        pass
    found = client.get_run(run_id)
    assert found.info.status == "KILLED"
    assert found.data.tags["govtext.error"].startswith(f"process {process.pid} on ")


@pytest.mark.slow
def test_exit_codes_and_forked_children(store, client, start_script):
    code = (
        HEAD + f"with {RUN} as run:\n"
        "    print(run.id, flush=True)\n"
        "    if os.fork() == 0:\n        sys.exit(7)\n"
        "    child = os.fork()\n"
        "    if child == 0:\n        time.sleep(60)\n"
        "    time.sleep(0.2)\n"
        "    os.kill(child, signal.SIGTERM)\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)\n"
        "    sys.exit(3)\n"
    )
    process = start_script(code)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    run_id, child = output.split()
    assert child == "-15"
    found = client.get_run(run_id)
    assert found.info.status == "FAILED"
    assert found.data.tags["govtext.error"] == "SystemExit: 3"


@pytest.mark.slow
def test_uncaught_exception_in_a_process(store, client, start_script):
    process = start_script(
        HEAD + f"with {RUN} as run:\n    print(run.id)\n    raise OSError('disk')\n"
    )
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.rstrip().endswith("OSError: disk")
    assert client.get_run(output.strip()).info.status == "FAILED"
