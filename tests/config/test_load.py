from pathlib import Path

import pytest
import yaml

from govtext.config import ClassifierConfig, SummarizerConfig, load_config
from govtext.errors import ConfigError, MissingFileError
from govtext.recipes.sweep import read_sweep

CONFIGS = Path(__file__).parents[2] / "configs"
SCHEMAS = {"classifier": ClassifierConfig, "summarizer": SummarizerConfig}
MINIMAL = """\
name: x
output: runs/x
data: {train: a.jsonl, test: b.jsonl}
model: {kind: tfidf, words: [1, 2]}
tracking: {experiment: e, model: m}
"""


@pytest.fixture
def minimal(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("sweeps/*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_sweep_can_be_run_and_says_how(path, monkeypatch):
    monkeypatch.chdir(CONFIGS.parent)
    read_sweep(path)
    command = f"govtext experiments sweep {path.relative_to(CONFIGS.parent)}"
    assert command in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    sorted(path for task in SCHEMAS for path in CONFIGS.glob(f"{task}/*.yaml")),
    ids=lambda path: path.stem,
)
def test_every_shipped_config_loads_and_says_how_to_run_it(path):
    load_config(path, SCHEMAS[path.parent.name])
    command = f"govtext train {path.parent.name} {path.relative_to(CONFIGS.parent)}"
    assert command in path.read_text(encoding="utf-8")


def test_shipped_configs_are_found():
    assert len(list(CONFIGS.rglob("*.yaml"))) >= 2
    assert {path.parent.name for path in CONFIGS.rglob("*.yaml")} == {*SCHEMAS, "sweeps"}


def test_all_faults_are_reported_at_once_with_the_nearest_key(minimal):
    overrides = ["sed=1", "model.inverse_regularization=-1", "model.char=[1, 2]"]
    with pytest.raises(ConfigError) as caught:
        load_config(minimal, ClassifierConfig, [*overrides, "data.validaton=c.jsonl"])
    message = str(caught.value)
    assert "4 faults" in message
    assert "model.char: unknown key; did you mean chars?" in message
    assert "sed: unknown key; did you mean seed?" in message
    assert "data.validaton: unknown key; did you mean validation?" in message
    assert "model.inverse_regularization: Input should be greater than 0, got -1" in message


def test_a_kind_of_model_that_is_not_known(minimal):
    with pytest.raises(ConfigError, match="model: .*'forest'.*'tfidf', 'hashed'"):
        load_config(minimal, ClassifierConfig, ["model.kind=forest"])
    with pytest.raises(ConfigError, match="model: .*discriminator 'kind'"):
        load_config(minimal, ClassifierConfig, ["model={}"])


def test_overrides_win_and_are_typed(minimal):
    config = load_config(
        minimal,
        ClassifierConfig,
        [
            "seed=3",
            "context.parts=[]",
            "model.chars=null",
            "model.inverse_regularization=2e-1",
        ],
    )
    assert config.seed == 3
    assert config.context.parts == ()
    assert config.model.chars is None
    assert config.model.inverse_regularization == 0.2


def test_replacing_the_training_data_drops_the_other_splits(minimal, caplog):
    config = load_config(minimal, ClassifierConfig, ["data.train=mine.csv"])
    assert config.data.test is None
    assert "data.test of the file is not used" in caplog.text
    kept = load_config(minimal, ClassifierConfig, ["data.train=mine.csv", "data.test=t.csv"])
    assert kept.data.test == Path("t.csv")


@pytest.mark.parametrize("override", ["seed", "=1", "data..train=x", ".=1"])
def test_malformed_override(minimal, override):
    with pytest.raises(ConfigError, match="expected key=value"):
        load_config(minimal, ClassifierConfig, [override])


def test_override_through_a_value(minimal):
    with pytest.raises(ConfigError, match="name is a value, not a block"):
        load_config(minimal, ClassifierConfig, ["name.x=1"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a\n", "expected keys and values, got list"),
        ("", "expected keys and values, got NoneType"),
        ("a: [1\n", "not valid YAML"),
        ("name: a\nname: b\n", "key 'name' is given twice"),
        ("!!python/object/apply:os.system [ls]", "not valid YAML"),
    ],
)
def test_no_mapping(tmp_path, content, message):
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_config(path, ClassifierConfig)


def test_missing_file(tmp_path):
    with pytest.raises(MissingFileError, match="no such configuration file"):
        load_config(tmp_path / "no.yaml", ClassifierConfig)


def test_resolved_config_survives_yaml(minimal):
    config = load_config(minimal, ClassifierConfig)
    again = ClassifierConfig.model_validate(
        yaml.safe_load(yaml.safe_dump(config.model_dump(mode="json")))
    )
    assert again == config
