import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govtext.errors import InputError, MissingFileError, ModelError
from govtext.summarization.engine import Engine
from govtext.summarization.export import export_model
from govtext.summarization.marks import restore_marks
from govtext.summarization.prompt import model_input

pytest.importorskip("ctranslate2")

TEXTS = ["听取审议报告12项，办理建议。", "督促整改问题。", "", "学习" * 40, "</s>立法"]


@pytest.fixture(scope="module")
def engine(tiny_model: Path) -> Engine:
    return Engine.load(tiny_model, threads=1)


def test_it_writes_what_torch_writes(engine: Engine, tiny_seq2seq: Path) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_seq2seq)
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(tiny_seq2seq).eval()
    unknown = tokenizer.unk_token_id
    lengths = []
    for text in TEXTS[:4]:
        batch = tokenizer(model_input(text, "section"), return_tensors="pt")
        (written,) = model.generate(
            batch["input_ids"],
            max_new_tokens=13,  # the last is always </s>
            min_new_tokens=1,
            num_beams=1,
            no_repeat_ngram_size=3,
            repetition_penalty=1.2,
            suppress_tokens=[unknown],
        )
        expected = restore_marks(tokenizer.decode(written, skip_special_tokens=True).strip())
        ((found,),) = engine.generate([text], kind="section", beam=1, max_tokens=12)
        # torch counts the </s> that starts a summary as said once, and so ends later.
        assert expected.startswith(found.text)
        lengths.append(len(found.text))
    assert max(lengths) >= 12


def test_results_keep_the_order_of_the_texts(engine: Engine) -> None:
    together = engine.generate(TEXTS, kind="headline", max_tokens=8)
    alone = [engine.generate([text], kind="headline", max_tokens=8)[0] for text in TEXTS]
    assert [[c.text for c in found] for found in together] == [
        [c.text for c in found] for found in alone
    ]
    assert all(len(found) == 4 for found in together)
    assert all(found[0].score >= found[-1].score for found in together)


def test_several_threads_get_the_same(engine: Engine) -> None:
    def first(text: str) -> str:
        return engine.generate([text], kind="headline", max_tokens=8)[0][0].text

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(first, TEXTS * 4)) == [first(text) for text in TEXTS] * 4


def test_nothing_to_do(engine: Engine) -> None:
    assert engine.generate([], kind="headline") == []


def test_a_text_that_is_too_long_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match=r"a text of 2\d\d tokens .* limit of 160; split it"):
        engine.generate(["监督" * 100], kind="section")


def test_an_unknown_kind_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match="kind 'poem' is not known; expected one of headline"):
        engine.generate(["监督"], kind="poem")


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
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        Engine.load(folder)
    (folder / "model.bin").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="CTranslate2 cannot read the model"):
        Engine.load(folder)
    (folder / "model.bin").unlink()
    with pytest.raises(ModelError, match=r"the model is incomplete, missing model\.bin"):
        Engine.load(folder)
