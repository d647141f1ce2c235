"""Models of the architectures that people take from the hub, tiny and untrained."""

from collections.abc import Callable
from pathlib import Path

import pytest

from govtext.config.schema import SummarizerModel, SummarizerTraining
from govtext.errors import InputError, ModelError
from govtext.summarization.engine import Engine
from govtext.summarization.export import export_model
from govtext.summarization.generation import Request
from govtext.summarization.restore import restore_model
from govtext.summarization.training import train_summarizer

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
tokenizers = pytest.importorskip("tokenizers")

TEXT = "听取审议报告，检查整改问题，办理代表建议。"
CHARACTERS = list(
    dict.fromkeys(
        "听取审议专项工作报告检查督促整改问题办理代表建议标题段落摘要全文，。：、0123456789项"
    )
)
SIZES = {"d_model": 16, "vocab_size": 80}
BART_SIZES = SIZES | {
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    "max_position_embeddings": 128,
    "init_std": 0.3,
}


def unigram(special: list[str], end: str) -> "tokenizers.Tokenizer":
    """Return a tokenizer as SentencePiece makes them: a mark for a space, an end after a text."""
    pieces = [*special, "▁", *CHARACTERS]
    model = tokenizers.models.Unigram(
        [(piece, -2.0 - i / 100) for i, piece in enumerate(pieces)], unk_id=special.index("<unk>")
    )
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    tokenizer.decoder = tokenizers.decoders.Metaspace()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single=f"$A {end}", special_tokens=[(end, special.index(end))]
    )
    return tokenizer


def save_unigram(folder: Path) -> None:
    """Write the tokenizer that mT5 and Pegasus have."""
    tokenizer = unigram(["<pad>", "</s>", "<unk>"], "</s>")
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    ).save_pretrained(folder)


def mt5(folder: Path) -> None:
    save_unigram(folder)
    config = transformers.MT5Config(
        **SIZES, d_kv=8, d_ff=32, num_layers=2, num_heads=2, decoder_start_token_id=0,
        initializer_factor=1.0, tie_word_embeddings=False,
    )  # fmt: skip
    transformers.MT5ForConditionalGeneration(config).save_pretrained(folder)


def pegasus(folder: Path) -> None:
    save_unigram(folder)
    config = transformers.PegasusConfig(
        **BART_SIZES, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0,
        forced_eos_token_id=1, scale_embedding=True,
    )  # fmt: skip
    transformers.PegasusForConditionalGeneration(config).save_pretrained(folder)


def bart_chinese(folder: Path) -> None:
    """As fnlp/bart-base-chinese: BART with the tokenizer of a Chinese BERT."""
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *CHARACTERS]
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    transformers.BertTokenizer(vocab=vocabulary).save_pretrained(folder)
    config = transformers.BartConfig(
        **BART_SIZES, pad_token_id=0, bos_token_id=2, eos_token_id=3, decoder_start_token_id=3,
        forced_eos_token_id=3,
    )  # fmt: skip
    transformers.BartForConditionalGeneration(config).save_pretrained(folder)


@pytest.mark.parametrize("build", [mt5, pegasus, bart_chinese])
def test_it_trains_and_writes_what_torch_writes(
    build: Callable[[Path], None], tmp_path: Path, example
) -> None:
    torch.manual_seed(2)
    build(tmp_path / "base")
    train_summarizer(
        [example(TEXT, "审议报告，办理建议。"), example(TEXT[7:], "整改问题。")],
        [],
        model=SummarizerModel(
            base=str(tmp_path / "base"), max_source_tokens=64, max_summary_tokens=20
        ),
        training=SummarizerTraining(
            max_steps=2,
            batch_size=2,
            learning_rate=1e-3,
            warmup_share=0,
            frozen_encoder_layers=1,
            bf16=False,
        ),
        out=tmp_path / "trained",
    )
    before, after = (
        transformers.AutoModelForSeq2SeqLM.from_pretrained(tmp_path / name).state_dict()
        for name in ("base", "trained")
    )
    assert any(not torch.equal(before[name], after[name]) for name in before)
    export_model(
        tmp_path / "trained", tmp_path / "model", max_source_tokens=64, quantization="float32"
    )
    engine = Engine.load(tmp_path / "model", threads=1)
    (found,) = engine.generate([Request(TEXT, "headline")], beam=2, max_tokens=12)
    assert found[0].text and set(found[0].text) <= set(CHARACTERS) | {"，", " "}
    assert _loss_by_torch(tmp_path / "trained") == pytest.approx(
        _loss_by_engine(tmp_path / "model"), abs=2e-3
    )


def _loss_by_torch(folder: Path) -> float:
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
    source = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    written = torch.tensor([_written(tokenizer)])
    with torch.inference_mode():
        # The export leaves out the rows that no token has.
        logits = model(input_ids=source, labels=written).logits[0, :, : len(tokenizer)]
    return -torch.nn.functional.cross_entropy(logits, written[0]).item()


def _loss_by_engine(folder: Path) -> float:
    import ctranslate2

    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    translator = ctranslate2.Translator(str(folder))
    pieces = [tokenizer.id_to_token(i) for i in tokenizer.encode("审议报告").ids]
    pieces = [piece for piece in pieces if piece not in ("[CLS]", "[SEP]", "</s>")]
    (result,) = translator.score_batch([tokenizer.encode(TEXT).tokens], [pieces])
    return sum(result.log_probs) / len(result.log_probs)


def _written(tokenizer) -> list[int]:
    ids = tokenizer("审议报告")["input_ids"]
    return ids[1:] if ids[0] == tokenizer.cls_token_id else ids


def test_another_architecture_is_named(tmp_path: Path, example) -> None:
    config = transformers.BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2)
    unigram(["<pad>", "</s>", "<unk>"], "</s>").save(str(tmp_path / "tokenizer.json"))
    transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(tmp_path / "tokenizer.json"), pad_token="<pad>"
    ).save_pretrained(tmp_path)
    config.save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="a bert model; a summarizer starts from one of bart, peg"):
        train_summarizer(
            [example(TEXT, "审议报告。")],
            [],
            model=SummarizerModel(base=str(tmp_path)),
            training=SummarizerTraining(max_steps=1),
            out=tmp_path / "out",
        )


def test_training_does_not_go_on_from_an_exported_mt5(tmp_path: Path) -> None:
    mt5(tmp_path / "base")
    export_model(tmp_path / "base", tmp_path / "model")
    with pytest.raises(ModelError, match="a mt5 model, which is not turned back"):
        restore_model(tmp_path / "model", tmp_path / "again")


def test_layers_that_are_not_there(tmp_path: Path, example) -> None:
    mt5(tmp_path / "base")
    with pytest.raises(InputError, match="frozen_encoder_layers is 9, but the encoder has 2"):
        train_summarizer(
            [example(TEXT, "审议报告。")],
            [],
            model=SummarizerModel(base=str(tmp_path / "base")),
            training=SummarizerTraining(max_steps=1, frozen_encoder_layers=9),
            out=tmp_path / "out",
        )
