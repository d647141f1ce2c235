from pathlib import Path

import pytest

from govtext.config.schema import SummarizerModel, SummarizerTraining
from govtext.errors import DataError, InputError, ModelError

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from govtext.summarization.trainer import load_model  # noqa: E402
from govtext.summarization.training import train_summarizer  # noqa: E402

SUMMARIES = {"监督": "审议报告", "立法": "条例", "协商": "座谈", "机关": "学习培训"}
QUICK = SummarizerTraining(
    max_steps=6, batch_size=4, learning_rate=5e-3, save_every=3, dropout=0.0, bf16=False
)


def start(base: Path, source: int = 512, summary: int = 128) -> SummarizerModel:
    return SummarizerModel(base=str(base), max_source_tokens=source, max_summary_tokens=summary)


@pytest.fixture
def pairs(example):
    return [example(f"{word}工作{n}项。", summary, "headline")
            for word, summary in SUMMARIES.items() for n in range(5)]  # fmt: skip


class Stop(transformers.TrainerCallback):
    """Ends training as an interruption would, right after a checkpoint."""

    def on_save(self, args, state, control, **kwargs):
        raise KeyboardInterrupt


def test_it_learns(tiny_seq2seq: Path, tmp_path: Path, pairs) -> None:
    result = train_summarizer(
        pairs,
        pairs[::5],
        model=start(tiny_seq2seq),
        training=QUICK.model_copy(
            update={"max_steps": 60, "batch_size": 10, "learning_rate": 1e-2, "save_every": 30}
        ),
        out=tmp_path,
    )
    losses = [entry["eval_loss"] for entry in result.history if "eval_loss" in entry]
    assert losses[-1] < losses[0] and losses[-1] < 1.0
    assert (result.cut_sources, result.cut_summaries) == (0, 0)
    assert (tmp_path / "model.safetensors").is_file()


def test_an_interrupted_run_goes_on(tiny_seq2seq: Path, tmp_path: Path, pairs) -> None:
    arguments = {"model": start(tiny_seq2seq), "training": QUICK, "out": tmp_path}
    with pytest.raises(KeyboardInterrupt):
        train_summarizer(pairs, pairs[:4], callbacks=[Stop()], **arguments)
    resumed = train_summarizer(pairs, pairs[:4], **arguments)
    steps = [entry["step"] for entry in resumed.history if "loss" in entry]
    assert steps == sorted(set(steps)) and steps[-1] == 6

    straight = tmp_path / "straight"
    train_summarizer(pairs, pairs[:4], **arguments | {"out": straight})
    first, second = (
        transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).state_dict()
        for folder in (tmp_path, straight)
    )
    assert all(torch.allclose(first[name], second[name], atol=1e-5) for name in first)


def test_another_run_does_not_go_on_from_it(tiny_seq2seq: Path, tmp_path: Path, pairs) -> None:
    arguments = {"model": start(tiny_seq2seq), "training": QUICK, "out": tmp_path}
    train_summarizer(pairs, [], **arguments)
    with pytest.raises(ModelError, match="holds checkpoints of a run with another base"):
        train_summarizer(pairs[1:], [], **arguments)


def test_cuts_are_counted(tiny_seq2seq: Path, tmp_path: Path, pairs, example) -> None:
    long = example("监督" * 30, "审议报告" * 9)
    result = train_summarizer(
        [*pairs, long],
        [long],
        model=start(tiny_seq2seq, 20, 10),
        training=SummarizerTraining(max_steps=1, frozen_encoder_layers=4, bf16=False),
        out=tmp_path,
    )
    assert (result.read_by_parts, result.cut_sources, result.cut_summaries) == (0, 2, 2)


def test_a_report_is_learned_from_its_sections(tiny_seq2seq: Path, tmp_path: Path, example) -> None:
    section = example("监督" * 10, "审议报告。")
    report = example("监督" * 10 + "立法" * 10, "监督立法。", "report")
    result = train_summarizer(
        [section, report],
        [],
        model=start(tiny_seq2seq, 46),
        training=SummarizerTraining(max_steps=1, bf16=False),
        out=tmp_path,
    )
    assert (result.read_by_parts, result.cut_sources) == (1, 0)


def test_frozen_layers_stay_and_word_vectors_learn(
    tiny_seq2seq: Path, tmp_path: Path, pairs
) -> None:
    frozen = SummarizerTraining(
        max_steps=2, batch_size=4, learning_rate=1e-2, frozen_encoder_layers=2, dropout=0.0
    )
    train_summarizer(pairs, [], model=start(tiny_seq2seq), training=frozen, out=tmp_path)
    before, after = (
        transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).state_dict()
        for folder in (tiny_seq2seq, tmp_path)
    )
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert not any(f"encoder.layers.{i}." in name and "decoder" not in name
                   for name in changed for i in (0, 1))  # fmt: skip
    assert "model.encoder.layers.2.fc1.weight" in changed
    assert "model.shared.weight" in changed


def test_frozen_layers_drop_nothing(tiny_seq2seq: Path) -> None:
    frozen = SummarizerTraining(frozen_encoder_layers=2, dropout=0.5)
    model = load_model(tiny_seq2seq, frozen).train()
    model.get_encoder()(input_ids=torch.tensor([[5, 6, 7]]))
    layers = model.get_encoder().layers
    assert [layer.training for layer in layers] == [False, False, True, True]


def test_what_cannot_be_trained(tiny_seq2seq: Path, tiny_encoder: Path, tmp_path: Path, pairs):
    with pytest.raises(DataError, match="no training pairs"):
        train_summarizer([], [], model=start(tiny_seq2seq), training=QUICK, out=tmp_path)
    with pytest.raises(ModelError, match="a bert model; a summarizer starts from one of bart"):
        train_summarizer(pairs, [], model=start(tiny_encoder), training=QUICK, out=tmp_path)
    with pytest.raises(InputError, match="frozen_encoder_layers is 9, but the encoder has 4"):
        deep = SummarizerTraining(max_steps=1, frozen_encoder_layers=9)
        train_summarizer(pairs, [], model=start(tiny_seq2seq), training=deep, out=tmp_path)
