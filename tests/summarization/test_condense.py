from collections.abc import Sequence

import pytest

from govtext.errors import ModelError
from govtext.reports import read_reports
from govtext.summarization.condense import Condenser
from govtext.summarization.entailment import Entailment
from govtext.summarization.generation import Candidate, Question, Request, run_together
from govtext.summarization.source import Source, whole_report
from govtext.summarization.summaries import share_room, summary_of

THEMES = ("湖泊治理", "养老服务", "道路改造", "企业融资", "古树名木", "校园食堂")
TAIL = "的专项报告由常委会听取并审议完毕而且交给有关部门逐项研究落实后再行答复"


class FirstWords:
    """Sums a text up by its first characters, and remembers what it was given."""

    entailment: Entailment | None = None

    def __init__(self, length: int = 15, limit: int = 200) -> None:
        self.length = length
        self.max_source_tokens = limit + 16
        self.asked: list[list[Request]] = []

    def count_tokens(self, text: str) -> int:
        return len(text)

    def generate(self, requests: Sequence[Request]) -> list[list[Candidate]]:
        self.asked.append(list(requests))
        return [[Candidate(request.text[: self.length], 0.0)] for request in requests]

    def score(self, questions: Sequence[Question]) -> list[list[float]]:
        return [[-1.0] for _ in questions]


def text_of(sections: int, paragraphs: int = 1, sentences: int = 2) -> str:
    marks = "一二三四五六七八九"
    lines = []
    for i in range(sections):
        lines.append(f"{marks[i]}、第{marks[i]}部分工作")
        for k in range(paragraphs):
            theme = THEMES[(i + k) % len(THEMES)]
            lines.append("".join(f"{theme}{j}号事项{TAIL}。" for j in range(sentences)))
    return "\n".join(lines)


def source_of(text: str) -> Source:
    (report,) = read_reports(text=text)
    return whole_report(report)


def sum_up(
    writer: FirstWords,
    text: str,
    detail: str = "brief",
    max_chars: int | None = None,
    min_probability: float | None = 0.0,
):
    job = summary_of(
        source_of(text),
        lambda: writer,
        detail=detail,  # type: ignore[arg-type]
        max_chars=max_chars,
        min_probability=min_probability,
    )
    [summary] = run_together([job], lambda: writer)
    return summary


def test_a_text_of_one_paragraph_is_summed_up_at_once() -> None:
    writer = FirstWords()
    summary = sum_up(writer, f"湖泊治理{TAIL}。养老服务{TAIL}。", max_chars=40)
    assert [[r.kind for r in asked] for asked in writer.asked] == [["section"]]
    assert summary.text == "湖泊治理的专项报告由常委会听取。"


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        ("heading", "heading"),
        ("headline", "headline"),
        ("brief", "section"),
        ("full", "section"),
    ],
)
def test_the_detail_decides_the_kind(detail: str, kind: str) -> None:
    writer = FirstWords()
    sum_up(writer, "".join(f"{theme}{TAIL}。" for theme in THEMES[:4]), detail)
    assert [r.kind for asked in writer.asked for r in asked] == [kind]


def test_every_section_is_represented_in_one_batch() -> None:
    writer = FirstWords()
    summary = sum_up(writer, text_of(5))
    assert [len(asked) for asked in writer.asked] == [5]
    assert [summary.text.count(theme) for theme in THEMES[:5]] == [1] * 5
    assert summary.notes == ()


def test_evidence_says_how_probable_a_statement_is() -> None:
    writer = FirstWords()
    writer.entailment = Entailment({"sentence": 4.0}, -2.0)
    summary = sum_up(writer, f"湖泊治理{TAIL}。养老服务{TAIL}。", max_chars=40)
    assert [item.probability for item in summary.evidence] == [pytest.approx(0.88, abs=0.01)]
    assert summary.notes == ()
    unjudged = sum_up(FirstWords(), f"湖泊治理{TAIL}。养老服务{TAIL}。", max_chars=40)
    assert [item.probability for item in unjudged.evidence] == [None]


def test_what_is_doubtful_of_a_long_text_gives_way_to_its_own_words() -> None:
    writer = FirstWords()
    writer.entailment = Entailment({}, 0.0)
    short, long = text_of(2, paragraphs=3), text_of(4, paragraphs=4, sentences=3)
    assert len(short) < 1500 <= len(long)
    kept = sum_up(writer, short, "full", min_probability=None)
    assert [item.probability for item in kept.evidence] == [0.5, 0.5]
    quoted = sum_up(writer, long, "full", min_probability=None)
    assert quoted.evidence and all(item.quoted for item in quoted.evidence)
    assert all(item.probability is None for item in quoted.evidence)
    assert all(item.statement.rstrip("，。") in long for item in quoted.evidence)
    assert any(note.startswith("taken over from the source word for word: ")
               for note in quoted.notes)  # fmt: skip


def test_full_is_a_line_a_section() -> None:
    summary = sum_up(FirstWords(), text_of(4, sentences=4), "full")
    assert len(summary.text.split("\n")) == 4
    assert "".join(e.statement for e in summary.evidence) == summary.text.replace("\n", "")


def test_sections_without_room_are_named() -> None:
    summary = sum_up(FirstWords(), text_of(6), max_chars=40)
    assert len(summary.text) <= 40
    (note,) = summary.notes
    assert note.startswith("no statement comes from these sections, for want of room: ")
    assert note.count("部分工作") == 4


def test_room_is_shared() -> None:
    assert share_room([10, 300, 20], 120) == [40, 40, 40]
    assert share_room([10, 300, 20], 50) == [0, 25, 25]
    assert share_room([10, 300, 20], 15) == [0, 15, 0]
    assert share_room([9, 9], 41, between=1) == [20, 20]


def test_a_long_section_is_read_in_parts_and_none_is_lost() -> None:
    writer = FirstWords(limit=150)
    summary = sum_up(writer, text_of(2, paragraphs=4), max_chars=60)
    first = "".join(request.text for request in writer.asked[0])
    assert all(theme in first for theme in THEMES[:5])
    assert {request.kind for request in writer.asked[0]} == {"headline"}
    assert sum("is longer than the model reads at once" in note for note in summary.notes) == 2
    assert 0 < len(summary.text) <= 60


def test_a_sentence_longer_than_the_model_is_split() -> None:
    writer = FirstWords()
    summary = sum_up(
        writer, "".join(f"甲乙丙丁{i}，" for i in range(3000)) + "完成。", max_chars=50
    )
    assert 0 < len(summary.text) <= 50
    assert "characters was read in" in summary.notes[0]


def test_a_model_that_does_not_shorten_is_stopped() -> None:
    sentences = "".join(f"{THEMES[i % 6]}之{chr(0x4E00 + i)}。" for i in range(40))
    with pytest.raises(ModelError, match="summaries are no shorter than what they sum up"):
        sum_up(FirstWords(60, limit=30), sentences, "headline")


def test_many_jobs_share_batches_and_keep_their_order() -> None:
    writer = FirstWords()
    sources = [source_of(f"{theme}{TAIL}。{theme}再{TAIL}。") for theme in THEMES]
    seen: list[tuple[int, int]] = []
    jobs = [
        summary_of(s, lambda: writer, detail="brief", max_chars=40, min_probability=0.0)
        for s in sources
    ]
    summaries = run_together(jobs, lambda: writer, lambda done, known: seen.append((done, known)))
    assert [s.text[:4] for s in summaries] == list(THEMES)
    assert [len(asked) for asked in writer.asked] == [6]
    assert seen == [(6, 6)]


def test_the_condenser_asks_nothing_for_parts_without_room() -> None:
    writer = FirstWords()
    parts = source_of(text_of(3)).by_section()
    [condensed] = run_together(
        [Condenser(writer).condense(parts, [0, 30, 0], ["section"] * 3)], lambda: writer
    )
    assert [line.source for line in condensed.lines] == [parts[1]]
