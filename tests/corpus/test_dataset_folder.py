import shutil

import pytest

from govtext.corpus.dataset_folder import write_dataset_folder
from govtext.corpus.examples import read_labelled
from govtext.errors import InputError, MissingFileError


@pytest.fixture
def corpus(reports_folder, tmp_path):
    for i, name in enumerate(["train", "train", "train", "train", "validation", "test"]):
        (tmp_path / "corpus" / name).mkdir(parents=True, exist_ok=True)
        shutil.move(reports_folder / f"report-{i}.txt", tmp_path / "corpus" / name)
    return tmp_path / "corpus"


def test_datasets_loads_it(corpus, tmp_path):
    datasets = pytest.importorskip("datasets")
    counts = write_dataset_folder(corpus, tmp_path / "out")
    assert counts["sentences/train"] == 40
    cache = str(tmp_path / "cache")
    sentences = datasets.load_dataset(str(tmp_path / "out"), "sentences", cache_dir=cache)
    assert {name: len(split) for name, split in sentences.items()} == {
        "train": 40, "validation": 10, "test": 10,
    }  # fmt: skip
    assert sentences["test"][1]["topic"] == "聚焦财政运行加强监督。"
    summaries = datasets.load_dataset(str(tmp_path / "out"), "summaries", cache_dir=cache)
    assert set(summaries["train"]["kind"]) == {"report", "section", "headline"}


def test_what_was_built_trains_again(corpus, tmp_path):
    write_dataset_folder(corpus, tmp_path / "out")
    built = read_labelled(tmp_path / "out" / "sentences" / "train.jsonl")
    assert [s.text for s in built] == [s.text for s in read_labelled(corpus / "train")]
    assert built[0].group == "report-0"


def test_refusals(corpus, reports_folder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(InputError, match="exists and is not empty"):
        write_dataset_folder(corpus, tmp_path / "full")
    with pytest.raises(MissingFileError, match="no folder train, validation, test"):
        write_dataset_folder(reports_folder, tmp_path / "new")
