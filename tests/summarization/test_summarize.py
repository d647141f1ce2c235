from pathlib import Path

import pytest

from govtext.errors import InputError, InputTypeError, MissingFileError
from govtext.reports import read_reports
from govtext.summarization import summarize
from govtext.summarization.source import is_formal, whole_report
from govtext.types import Report, Summary

TEXT = """\
一、聚焦大局，监督工作更加有力
听取审议专项工作报告12项，督促整改问题86个。对水污染防治法的实施开展执法检查，交办问题清单。
二、立足民意，协商工作更加扎实
在社区召开座谈会24场，听取群众对停车的意见。邀请政协委员与部门协商老旧小区改造，办理建议131件。
"""


@pytest.fixture(scope="module")
def report() -> Report:
    return read_reports(text=TEXT)[0]


def labels_by_word(report: Report) -> list[str | None]:
    return ["supervision" if "监督" in s.text or "检查" in s.text else None
            for s in report.sentences()]  # fmt: skip


@pytest.mark.parametrize("max_chars", [10, 31, 60, 90])
def test_the_limit_is_kept(tiny_model: Path, report: Report, max_chars: int) -> None:
    summary = summarize(report, max_chars=max_chars, model=tiny_model)
    assert isinstance(summary, Summary)
    assert 0 < len(summary.text) <= max_chars
    assert summary.text.endswith("。") and not summary.text.endswith("。。")
    assert "".join(item.statement for item in summary.evidence) == summary.text


def test_a_string_gives_what_its_report_gives(tiny_model: Path, report: Report) -> None:
    assert summarize(TEXT, max_chars=60, model=tiny_model) == summarize(
        report, max_chars=60, model=tiny_model
    )


def test_a_short_text_comes_back() -> None:
    summary = summarize("听取审议专项工作报告12项。", model="never loaded")
    assert summary.text == "听取审议专项工作报告12项。"
    assert summary.notes == ("the text is no longer than max_chars and was returned as it is",)
    assert summary.evidence[0].sentences[0].text == summary.text


def test_focus_keeps_the_sentences_of_a_label(report: Report) -> None:
    summary = summarize(
        report, focus="supervision", labels=labels_by_word, max_chars=60, model="never loaded"
    )
    assert summary.focus == "supervision"
    assert summary.text == "对水污染防治法的实施开展执法检查，交办问题清单。"


def test_focus_without_sentences_says_so(report: Report) -> None:
    summary = summarize(report, focus="legislation", labels=labels_by_word)
    assert (summary.text, summary.evidence) == ("", ())
    assert summary.notes == ("no sentence has the label 'legislation'; labels found: supervision",)


def test_focus_needs_labels(report: Report) -> None:
    with pytest.raises(InputError, match="focus needs labels"):
        summarize(report, focus="supervision")
    with pytest.raises(InputError, match=r"labels gave 1 labels for \d+ sentences"):
        summarize(report, focus="supervision", labels=lambda report: ["supervision"])
    with pytest.raises(InputTypeError, match="focus is int"):
        summarize(report, focus=3, labels=labels_by_word)  # type: ignore[arg-type]


def test_a_sentence_of_twenty_thousand_characters(tiny_model: Path) -> None:
    text = "听取审议报告，办理代表建议，" * 1430 + "完成。"
    summary = summarize(text[-20_000:], max_chars=60, model=tiny_model)
    assert 0 < len(summary.text) <= 60
    assert any("was read in" in note for note in summary.notes)


@pytest.mark.parametrize("text", ["", "  \n ", "no Chinese here", "\x00监督"])
def test_text_that_is_no_chinese_text(text: str) -> None:
    with pytest.raises(InputError):
        summarize(text)


@pytest.mark.parametrize("thing", [None, 3, b"text", ["text"]])
def test_what_is_no_text(thing: object) -> None:
    with pytest.raises(InputTypeError, match=r"cannot summarize .*; expected a string or a report"):
        summarize(thing)  # type: ignore[arg-type]


def test_limits_out_of_range(report: Report) -> None:
    with pytest.raises(InputError, match="max_chars is 9, expected at least 10"):
        summarize(report, max_chars=9)
    for wrong in (True, 20.0, "20"):
        with pytest.raises(InputTypeError, match="expected a whole number of characters"):
            summarize(report, max_chars=wrong)  # type: ignore[arg-type]


def test_an_unknown_folder(report: Report, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        summarize(report, max_chars=20, model=tmp_path / "none")


@pytest.mark.parametrize(
    ("sentence", "formal"),
    [
        ("各位代表：", True),
        ("现在，我受县人大常委会委托，向大会报告工作，请予审议。", True),
        ("谢谢大家！", True),
        ("各位委员积极建言，办理提案30件。", False),
        ("听取审议报告12项。", False),
    ],
)
def test_formal_sentences(sentence: str, formal: bool) -> None:
    assert is_formal(sentence) is formal


def test_formal_sentences_are_left_out_with_a_note() -> None:
    text = "现在，我代表县人大常委会向大会报告工作，请予审议。全年审议报告12项。办理建议30件。"
    (report,) = read_reports(text=text)
    source = whole_report(report)
    assert [s.text for s in source.sentences] == ["全年审议报告12项。", "办理建议30件。"]
    assert source.notes == ("1 formal sentence(s), address or request for review, were left out",)
