from collections.abc import Sequence

import pytest

from govtext.errors import ModelError
from govtext.summarization.condense import Condenser
from govtext.summarization.engine import Candidate


class FirstWords:
    """Sums a text up by its first characters, and remembers what it was given."""

    def __init__(self, length: int = 30, limit: int = 100) -> None:
        self.length = length
        self.max_source_tokens = limit + 16
        self.asked: list[tuple[str, list[str]]] = []

    def count_tokens(self, text: str) -> int:
        return len(text)

    def generate(
        self, texts: Sequence[str], *, kind: str, max_tokens: int
    ) -> list[list[Candidate]]:
        self.asked.append((kind, list(texts)))
        return [[Candidate(text[: self.length], 0.0)] for text in texts]


def sentence(word: str, length: int) -> str:
    return (word * length)[: length - 1] + "。"


def test_a_short_text_is_summed_up_at_once() -> None:
    writer = FirstWords()
    text = Condenser(writer).condense([[[sentence("监督", 60)]]], max_chars=40)
    assert [kind for kind, _ in writer.asked] == ["section"]
    assert text == "监督" * 15 + "。"


@pytest.mark.parametrize(("max_chars", "kind"), [(20, "headline"), (80, "section")])
def test_the_length_decides_the_kind(max_chars: int, kind: str) -> None:
    writer = FirstWords()
    Condenser(writer).condense([[[sentence("监督", 100)]]], max_chars=max_chars)
    assert [asked for asked, _ in writer.asked] == [kind]


def test_a_report_is_summed_up_by_sections() -> None:
    writer = FirstWords(25, limit=150)
    sections = [[[sentence(word, 90)]] for word in ("监督", "立法", "协商", "自身", "其他")]
    condenser = Condenser(writer)
    text = condenser.condense(sections, max_chars=100)
    assert (writer.asked[0][0], len(writer.asked[0][1])) == ("section", 5)
    assert writer.asked[-1][0] == "report"
    assert text.startswith("监督监督")


def test_section_summaries_that_fit_are_the_summary() -> None:
    writer = FirstWords(20)
    sections = [[[sentence(word, 90)]] for word in ("监督", "立法")]
    text = Condenser(writer).condense(sections, max_chars=100)
    assert text == "监督" * 10 + "。" + "立法" * 10 + "。"
    assert [kind for kind, _ in writer.asked] == ["section"]


def test_a_long_section_is_read_in_parts_and_none_is_lost() -> None:
    writer = FirstWords()
    words = [f"{chr(0x4E00 + i)}事" for i in range(12)]
    sections = [[[sentence(word, 50)] for word in words], [[sentence("立法", 90)]]]
    condenser = Condenser(writer)
    condenser.condense(sections, max_chars=40)
    read = "".join(writer.asked[0][1])
    assert all(word in read for word in words)
    assert [kind for kind, _ in writer.asked[:2]] == ["headline", "section"]
    assert condenser.notes == ["1 of 2 sections were summed up by their parts"]


def test_a_sentence_longer_than_the_model_is_split() -> None:
    writer = FirstWords()
    condenser = Condenser(writer)
    text = condenser.condense([[["甲乙丙丁，" * 4000]]], max_chars=50)
    assert 0 < len(text) <= 50
    assert condenser.notes[0] == "a sentence of 20000 characters was read in 200 parts"


def test_short_sections_are_their_own_summaries() -> None:
    writer = FirstWords()
    sections = [[["一年来工作扎实。"]], [[sentence("监督", 99)]], [[sentence("立法", 99)]]]
    Condenser(writer).condense(sections, max_chars=120)
    assert all("一年来" not in text for text in writer.asked[0][1])


def test_a_model_that_does_not_shorten_is_stopped() -> None:
    with pytest.raises(ModelError, match="summaries are no shorter than what they sum up"):
        Condenser(FirstWords(limit=30)).condense([[["监督立法工作。"]] * 9], max_chars=12)
