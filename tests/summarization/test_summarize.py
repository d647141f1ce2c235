from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govtext
from govtext import summarize, summarize_all, summarize_sections
from govtext.errors import InputError, InputTypeError, MissingFileError
from govtext.reports import read_reports
from govtext.summarization.source import is_formal, labelled, whole_report
from govtext.types import Report, Section, Summary

TEXT = """\
一、聚焦大局，监督工作更加有力
听取审议专项工作报告12项，督促整改问题86个。对水污染防治法的实施开展执法检查，交办问题清单。
二、立足民意，协商工作更加扎实
在社区召开座谈会24场，听取群众对停车的意见。邀请政协委员与部门协商老旧小区改造，办理建议131件。
"""
LIST = "1.审议预算报告；\n2.检查水污染防治法实施；\n3.听取代表建议办理；\n4.开展代表培训。" * 6


@pytest.fixture(scope="module")
def report() -> Report:
    return read_reports(text=TEXT)[0]


@pytest.mark.parametrize("max_chars", [10, 31, 60, 90])
@pytest.mark.parametrize("detail", ["heading", "headline", "brief", "full"])
def test_the_limit_is_kept(tiny_model: Path, report: Report, max_chars: int, detail) -> None:
    summary = summarize(report, max_chars=max_chars, detail=detail, model=tiny_model)
    assert isinstance(summary, Summary)
    assert 0 < len(summary.text) <= max_chars
    assert summary.text.endswith("。") and not summary.text.endswith("。。")
    statements = "".join(item.statement for item in summary.evidence)
    assert statements == summary.text.replace("\n", "")
    assert all(check.outcome != "missing" for check in summary.checks)


def test_details_have_their_own_limits(tiny_model: Path) -> None:
    longer = TEXT.replace("。\n", "。" + "研究办理意见，持续跟踪问效，确保事事有回音。" * 6 + "\n")
    (report,) = read_reports(text=longer)
    texts = {d: summarize(report, detail=d, model=tiny_model).text for d in ("headline", "brief", "full")}  # fmt: skip
    assert len(texts["headline"]) <= 30 and len(texts["brief"]) <= 120
    assert [len(line) <= 90 for line in texts["full"].split("\n")] == [True] * 2


def test_a_string_gives_what_its_report_gives(tiny_model: Path, report: Report) -> None:
    assert summarize(TEXT, max_chars=60, model=tiny_model) == summarize(
        report, max_chars=60, model=tiny_model
    )


def test_a_section_and_a_paragraph(tiny_model: Path, report: Report) -> None:
    section = report.sections[1]
    summary = summarize(section, max_chars=30, model=tiny_model)
    assert summary == summarize(section.paragraphs[0], max_chars=30, model=tiny_model)
    cited = [s for item in summary.evidence for s in item.sentences]
    assert all(report.text[s.start : s.end] == s.text for s in cited)
    empty = Section("一、总体情况", 1, 0, 6, ())
    with pytest.raises(InputError, match="the section has no paragraphs of its own"):
        summarize(empty)


def test_many_at_once_give_what_each_gives_alone(tiny_model: Path, report: Report) -> None:
    things = [TEXT, report, report.sections[0], "听取审议报告。"] * 20
    together = list(summarize_all(things, max_chars=40, model=tiny_model))
    assert together == [summarize(thing, max_chars=40, model=tiny_model) for thing in things]


def test_texts_are_taken_as_they_are_needed(report: Report) -> None:
    def texts():
        yield from ["听取审议报告。"] * 64
        raise AssertionError("taken too early")

    assert next(summarize_all(texts(), model="never loaded")).text == "听取审议报告。"


def test_sections_come_as_they_finish(tiny_model: Path, report: Report) -> None:
    found = list(summarize_sections(report, max_chars=30, model=tiny_model))
    assert [section.heading for section, _ in found] == [s.heading for s in report.sections]
    for section, summary in found:
        assert summary == summarize(section, max_chars=30, model=tiny_model)


def test_a_short_text_comes_back() -> None:
    summary = summarize("听取审议专项工作报告12项。", model="never loaded")
    assert summary.text == "听取审议专项工作报告12项。"
    assert summary.notes == ("the text is no longer than 120 characters and was returned as it is",)
    assert summary.evidence[0].sentences[0].text == summary.text
    assert summary.evidence[0].quoted
    assert [check.outcome for check in summary.checks] == ["found", "found"]


@given(st.text("监督审议报告12项个，。；、《》“”\n", min_size=1, max_size=200), st.integers(10, 60))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_text(tiny_model: Path, text: str, max_chars: int) -> None:
    try:
        summary = summarize(text, max_chars=max_chars, model=tiny_model)
    except InputError:
        return
    assert 0 < len(summary.text) <= max_chars
    if not any("was returned as it is" in note for note in summary.notes):
        assert not summary.text.endswith(("，", "、", "；", "。。"))


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        "春眠不觉晓，处处闻啼鸟。" * 30,
        "def f(x):\n    return x\n" * 20 + "监督。",
        "监督" * 400,
    ],
)
def test_texts_of_another_kind(tiny_model: Path, text: str) -> None:
    summary = summarize(text, max_chars=40, model=tiny_model)
    assert 0 < len(summary.text) <= 40 and summary.text.endswith("。")


def test_focus_keeps_the_sentences_of_a_label(report: Report) -> None:
    source = labelled(
        report,
        "supervision",
        lambda report: ["supervision" if "检查" in s.text else None for s in report.sentences()],
    )
    assert source.text == "对水污染防治法的实施开展执法检查，交办问题清单。"
    assert source.focus == "supervision"


def test_focus_uses_the_classifier(report: Report) -> None:
    found = {p.label for p in govtext.predict(report)}
    summary = summarize(report, focus=sorted(found)[0], max_chars=300, model="never loaded")
    assert summary.focus == sorted(found)[0] and summary.text


def test_focus_without_sentences_says_so(report: Report) -> None:
    source = labelled(report, "other", lambda report: ["supervision"] * len(report.sentences()))
    assert source.sections == ()
    assert source.notes == ("no sentence has the label 'other'; labels found: supervision",)


def test_focus_that_is_none(report: Report) -> None:
    with pytest.raises(InputError, match="focus is 'poetry'; the classifier's labels are"):
        summarize(report, focus="poetry")
    with pytest.raises(InputTypeError, match="focus is int"):
        summarize(report, focus=3)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"labels gave 1 labels for \d+ sentences"):
        labelled(report, "supervision", lambda report: ["supervision"])


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
    with pytest.raises(
        InputTypeError, match=r"cannot summarize .*; expected a string, or a report"
    ):
        summarize(thing)  # type: ignore[arg-type]


def test_options_out_of_range(report: Report) -> None:
    with pytest.raises(InputError, match="max_chars is 9, expected at least 10"):
        summarize(report, max_chars=9)
    for wrong in (True, 20.0, "20"):
        with pytest.raises(InputTypeError, match="expected a whole number of characters"):
            summarize(report, max_chars=wrong)  # type: ignore[arg-type]
    with pytest.raises(
        InputError, match="detail is 'long', expected heading, headline, brief, full"
    ):
        summarize_all([report], detail="long")  # type: ignore[arg-type]


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
