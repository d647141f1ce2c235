"""The gate, with real models in a real registry and tables of answers made for the case."""

import subprocess
import sys

import pytest

import govtext
from govtext.errors import InputError, ModelError, TrackingError
from govtext.recipes.gate import Limits
from govtext.recipes.promotion import promote, rollback
from govtext.tracking import champion, fetch_model, find_runs, list_versions, start_run
from tests.recipes.test_comparison import sentences

NAME = "tiny-model"


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """Return a model folder that answers; what it answers is of no matter here."""
    from govtext.bundle.locate import locate_model

    return locate_model("fast", task="classifier")


@pytest.fixture
def register(store, model, tmp_path):
    """Register a version whose run recorded these answers."""
    data = tmp_path / "test.jsonl"
    data.write_text("{}\n")

    def one(rows, *, digest="one", folder=model):
        with start_run(
            experiment="e", name="tiny", config={}, seed=0, tags={"govtext.task": "classifier"}
        ) as run:
            for split in ("train", "test"):
                run.log_dataset(data, name=split, split=split, rows=len(rows), digest=digest)
            run.log_table(rows, "predictions/test.json")
            return run.log_model(
                folder, task="classifier", registered_name=NAME, alias="challenger"
            ).version

    return one


@pytest.fixture(autouse=True)
def even_pace(request, monkeypatch):
    """Let both models be as fast, but where the test is about pace: clocks are not tested here."""
    if "pace" not in request.node.name:
        monkeypatch.setattr("govtext.recipes.promotion.texts_a_second", lambda *_: (100.0, 100.0))


def aliases(client):
    return {k: int(v) for k, v in client.get_registered_model(NAME).aliases.items()}


def test_the_first_version_needs_no_champion(register, client):
    register(sentences(5))
    decision = promote(NAME)
    assert (decision.promoted, decision.reason) == (True, "there was no champion")
    assert aliases(client) == {"champion": 1}
    assert govtext.predict("听取审计工作报告。", model=f"models:/{NAME}@champion").label
    page = client.get_registered_model(NAME).description
    assert page.startswith("**Version 1 ships**")
    assert "120 sentences of 12 reports" in page
    assert "how sure: its scores are off by 0.000 on average" in page
    assert page in client.get_experiment_by_name("e").tags["mlflow.note.content"]
    assert "what it gets wrong: 60 of 120 sentences, most often" in page


def test_a_better_version_takes_the_place(register, client):
    register(sentences(5))
    promote(NAME)
    register(sentences(9))
    assert aliases(client) == {"champion": 1, "challenger": 2}
    decision = promote(NAME)
    assert decision.promoted
    assert aliases(client) == {"champion": 2}
    tags = list_versions(NAME)[0].tags
    assert tags["govtext.gate"] == "promoted"
    assert tags["govtext.gate.reason"] == f"keeps all limits against {NAME} version 1"
    [_, record] = find_runs(experiment=f"{NAME}-promotions")
    assert record.name == "version 2 against version 1: promoted"
    assert "| macro-F1 | 0.900" in record.tags["mlflow.note.content"]


@pytest.mark.parametrize(
    ("right", "margin", "promoted"), [(8, 0.0, False), (9, 0.0, False), (9, 0.01, True)]
)
def test_a_version_that_is_worse_or_only_as_good(register, client, right, margin, promoted):
    register(sentences(9))
    promote(NAME)
    register(sentences(right))
    decision = promote(NAME, limits=Limits(margin=margin))
    assert decision.promoted is promoted
    assert aliases(client)["champion"] == 1 + promoted
    if not promoted:
        assert decision.reason.startswith("macro-F1 0.")
        assert "asked: the difference's 95 % interval above -0.000" in decision.reason
        assert list_versions(NAME)[0].tags["govtext.gate"] == "refused"


def test_calibration_that_gets_worse(register):
    register(sentences(7))
    promote(NAME)
    register([{**row, "score": 1.0} for row in sentences(8)])
    decision = promote(NAME)
    assert not decision.promoted
    assert decision.reason.startswith("calibration error 0.200 against")
    assert promote(NAME, limits=Limits(calibration=0.5)).promoted


def test_pace_that_gets_slower(register, monkeypatch):
    register(sentences(5))
    promote(NAME)
    register(sentences(9))
    monkeypatch.setattr("govtext.recipes.promotion.texts_a_second", lambda *_: (40.0, 100.0))
    assert promote(NAME).reason == (
        "texts a second 40 against 100; asked: at least 50% of the champion's"
    )
    assert promote(NAME, limits=Limits(speed=0.4)).promoted


def test_pace_is_measured(register):
    register(sentences(5))
    promote(NAME)
    register(sentences(9))
    [pace] = [c for c in promote(NAME, limits=Limits(speed=0.0)).checks if "second" in c.name]
    assert float(pace.candidate) > 0
    assert float(pace.champion) > 0


def test_versions_that_were_tested_on_different_data(register):
    register(sentences(5))
    promote(NAME)
    register(sentences(9), digest="two")
    decision = promote(NAME)
    assert not decision.promoted
    assert decision.reason.startswith("test split two against one; asked:")


def damage(version):
    """Write something into a file of a version, and return its path."""
    file = fetch_model(f"models:/{NAME}/{version}") / "arrays.safetensors"
    file.write_bytes(b"damaged")
    return file


def test_a_broken_candidate_is_named(register, client):
    register(sentences(5))
    promote(NAME)
    register(sentences(9))
    file = damage(2)
    with pytest.raises(ModelError) as caught:
        promote(NAME)
    assert str(caught.value).startswith(f"{NAME} version 2 is broken and cannot ship: ")
    assert str(file) in str(caught.value)
    assert aliases(client)["champion"] == 1


def test_a_broken_champion_does_not_stay_for_that(register, client):
    register(sentences(5))
    promote(NAME)
    register(sentences(9))
    damage(1)
    decision = promote(NAME)
    assert decision.promoted
    assert decision.checks[-1].champion == "the champion cannot be loaded"


def test_back_to_the_champion_before(register, client):
    for right in (3, 6, 9):
        register(sentences(right))
        promote(NAME)
    gone, back = rollback(NAME)
    assert (gone.version, back.version) == (3, 2)
    assert aliases(client)["champion"] == 2
    assert rollback(NAME)[1].version == 1
    with pytest.raises(ModelError, match=f"{NAME} version 1 is the first champion; there is none"):
        rollback(NAME)
    assert promote(NAME, version=3).promoted
    assert rollback(NAME)[1].version == 1


def test_what_cannot_be_promoted(register, store):
    with pytest.raises(ModelError, match="no model of that name is registered"):
        promote(NAME)
    register(sentences(5))
    with pytest.raises(ModelError, match="no version 7; it has 1"):
        promote(NAME, version=7)
    with pytest.raises(ModelError, match="has no champion; there is nothing to roll back"):
        rollback(NAME)
    promote(NAME)
    with pytest.raises(TrackingError, match="version 1 is the champion already"):
        promote(NAME, version=1)
    with pytest.raises(ModelError, match="has no challenger; name the version: 1"):
        promote(NAME)
    with pytest.raises(InputError, match="margin is -1"):
        Limits(margin=-1)


def test_a_version_that_was_never_tested(store, model):
    with start_run(experiment="e", name="untested", config={}, seed=0) as run:
        run.log_model(model, task="classifier", registered_name=NAME, alias="challenger")
    with pytest.raises(TrackingError, match="version 1: its run recorded no answers on a test"):
        promote(NAME)


def test_two_promotions_at_once(register, store, tmp_path):
    register(sentences(5))
    with champion.promotion_lock(NAME):
        code = "from govtext.cli.main import main; main()"
        command = [sys.executable, "-c", code, "models", "promote", NAME]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith(f"govtext: error: registered model '{NAME}' in {store.database}: ")
    assert "another promotion or rollback is going on" in run.stderr
    assert promote(NAME).promoted


def test_a_promotion_from_elsewhere_came_first(register, client, monkeypatch):
    register(sentences(3))
    promote(NAME)
    register(sentences(6))
    register(sentences(9))

    def meanwhile(*_):
        client.set_registered_model_alias(NAME, "champion", "2")
        return 100.0, 100.0

    monkeypatch.setattr("govtext.recipes.promotion.texts_a_second", meanwhile)
    with pytest.raises(TrackingError, match="the champion is version 2 now, and was version 1"):
        promote(NAME)
    assert aliases(client)["champion"] == 2
    [failed] = find_runs(experiment=f"{NAME}-promotions", status="FAILED")
    assert "version 2 now" in failed.tags["govtext.error"]


def test_on_the_command_line(register, store, tmp_path):
    def command(*arguments):
        code = "from govtext.cli.main import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, "models", *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    register(sentences(9))
    assert command("promote", NAME).stdout.endswith(
        "tiny-model version 1 is the champion: there was no champion\n"
    )
    register(sentences(5))
    refused = command("promote", NAME)
    assert refused.returncode == 1
    assert "NOT KEPT" in refused.stdout
    assert refused.stderr.startswith(f"govtext: error: {NAME} version 2 is not promoted: macro-F1")
    assert refused.stderr.count("\n") == 1
    listed = command("list").stdout
    assert "champion" in listed
    assert "refused" in listed
