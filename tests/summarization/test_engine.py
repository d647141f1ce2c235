import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govtext.errors import InputError, MissingFileError, ModelError
from govtext.summarization.engine import REPETITION_PENALTY, UNREPEATED, Engine
from govtext.summarization.export import export_model
from govtext.summarization.generation import Request
from govtext.summarization.marks import restore_marks
from govtext.summarization.prompt import model_input

pytest.importorskip("ctranslate2")

TEXTS = ["听取审议报告12项，办理建议。", "督促整改问题。", "", "学习" * 40, "</s>立法"]


@pytest.fixture(scope="module")
def engine(tiny_model: Path) -> Engine:
    return Engine.load(tiny_model, threads=1)


def write(engine: Engine, texts: list[str], beam: int = 4, max_tokens: int = 8) -> list[list[str]]:
    requests = [Request(text, "headline") for text in texts]
    written = engine.generate(requests, beam=beam, max_tokens=max_tokens)
    return [[candidate.text for candidate in found] for found in written]


def test_it_writes_what_torch_writes(engine: Engine, tiny_seq2seq: Path) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_seq2seq)
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(tiny_seq2seq).eval()
    lengths = []
    for text in [TEXTS[0], TEXTS[1], TEXTS[3]]:
        batch = tokenizer(model_input(text, "headline"), return_tensors="pt")
        (written,) = model.generate(
            batch["input_ids"],
            max_new_tokens=13,  # the last is always </s>
            min_new_tokens=1,
            num_beams=1,
            no_repeat_ngram_size=UNREPEATED,
            repetition_penalty=REPETITION_PENALTY,
            suppress_tokens=[tokenizer.unk_token_id],
        )
        expected = restore_marks(tokenizer.decode(written, skip_special_tokens=True).strip())
        ((found,),) = write(engine, [text], beam=1, max_tokens=12)
        # torch counts the </s> that starts a summary as said once, and so ends later.
        assert expected.startswith(found)
        lengths.append(len(found))
    assert max(lengths) >= 10


def test_results_keep_the_order_of_the_texts(engine: Engine) -> None:
    assert write(engine, TEXTS) == [write(engine, [text])[0] for text in TEXTS]
    requests = [Request(text, "headline") for text in TEXTS]
    for found in engine.generate(requests, beam=4, max_tokens=8):
        assert len(found) == 4
        assert found[0].score >= found[-1].score


def test_kinds_may_differ_within_a_call(engine: Engine) -> None:
    mixed = [Request(TEXTS[0], "headline"), Request(TEXTS[0], "report")]
    first, second = engine.generate(mixed, max_tokens=8)
    assert first == engine.generate(mixed[:1], max_tokens=8)[0]
    assert second == engine.generate(mixed[1:], max_tokens=8)[0]


def test_threads_do_not_change_what_is_written(engine: Engine, tiny_model: Path) -> None:
    assert write(Engine.load(tiny_model, threads=3), TEXTS) == write(engine, TEXTS)


def test_several_threads_get_the_same(engine: Engine) -> None:
    def first(text: str) -> str:
        return write(engine, [text])[0][0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(first, TEXTS * 4)) == [first(text) for text in TEXTS] * 4


def test_nothing_to_do(engine: Engine) -> None:
    assert engine.generate([]) == []


def test_a_text_that_is_too_long_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match=r"a text of 2\d\d tokens .* limit of 160; split it"):
        engine.generate([Request("监督" * 100, "section")])


def test_an_unknown_kind_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match="kind 'poem' is not known; expected one of heading, "):
        engine.generate([Request("监督", "poem")])  # type: ignore[arg-type]


def test_export_replaces_a_model_and_nothing_else(
    tiny_seq2seq: Path, tiny_model: Path, tmp_path: Path
) -> None:
    out = tmp_path / "model"
    shutil.copytree(tiny_model, out)
    (out / "README.md").write_text("card")
    manifest = export_model(tiny_seq2seq, out, max_source_tokens=99, quantization="int8")
    assert manifest.settings["max_source_tokens"] == 99
    assert (out / "README.md").read_text() == "card"
    assert Engine.load(out).max_source_tokens == 99
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="exists and is not a model folder; name a new folder"):
        export_model(tiny_seq2seq, tmp_path / "other")
    assert (tmp_path / "other" / "thesis.txt").read_text() == "mine"


def test_damaged_folders_are_named(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such model folder"):
        Engine.load(tmp_path / "none")
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / "model.bin").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="CTranslate2 cannot read the model"):
        Engine.load(folder)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        Engine.load(folder)
    (folder / "model.bin").unlink()
    with pytest.raises(ModelError, match=r"the model is incomplete, missing model\.bin"):
        Engine.load(folder)
