"""What the page knows of a report before it is laid out."""

import pytest

import govtext
from govtext.digests.build import label_names
from govtext.digests.view import SentenceView
from govtext.errors import InputError, InputTypeError
from govtext.taxonomy import LABEL_IDS
from govtext.types import Report, Section


def test_every_sentence_is_shown_once_with_its_label(report, view):
    predictions = govtext.predict(report)
    shown = list(view.sentences())
    assert [sentence.text for sentence in shown] == [s.text for s in report.sentences()]
    assert [sentence.label.id for sentence in shown] == [p.label for p in predictions]
    assert [sentence.number for sentence in shown] == list(range(1, len(shown) + 1))
    for sentence, prediction in zip(shown, predictions, strict=True):
        assert sentence.uncertain == (prediction.score < 0.995)
        assert sum(sentence.shares) == pytest.approx(100, abs=3)


def test_functions_share_the_sentences_out(view):
    assert [function.label.id for function in view.functions] == list(LABEL_IDS)
    assert sum(len(function.sentences) for function in view.functions) == view.sentence_count
    assert sum(function.share for function in view.functions) == pytest.approx(1)
    assert sum(function.char_share for function in view.functions) == pytest.approx(1)


def test_statements_and_sentences_point_at_each_other(view):
    summaries = [view.summary, *(f.summary for f in view.functions if f.summary)]
    statements = [statement for summary in summaries for statement in summary.statements]
    assert any(statement.sources for statement in statements)
    sentences = {sentence.number: sentence for sentence in view.sentences()}
    for statement in statements:
        for number in statement.sources:
            assert statement in sentences[number].cited_by
    anchors = [statement.anchor for statement in statements]
    assert len(set(anchors)) == len(anchors)


def test_pieces_of_a_summary_are_its_text(report, view):
    summary = govtext.summarize(report, max_chars=300)
    shown = [piece if isinstance(piece, str) else piece.text for piece in view.summary.pieces]
    assert "".join(shown) == summary.text


def test_functions_without_a_sentence_and_other_have_no_summary(view):
    for function in view.functions:
        if function.label.id == "other" or not function.sentences:
            assert function.summary is None
        else:
            assert function.summary.statements


def test_figures_stand_with_the_function_of_their_sentence(report, view):
    assert [item.figure for item in view.figures] == govtext.key_figures(report)
    sentences = {sentence.number: sentence for sentence in view.sentences()}
    for item in view.figures:
        assert sentences[item.number].text == item.figure.sentence.text
        assert sentences[item.number].label == item.label


def test_leading_figures_are_the_first_that_say_what_was_done(view):
    assert 0 < len(view.leading_figures) <= 6
    assert all(item.figure.action and item.figure.object for item in view.leading_figures)
    starts = [item.figure.start for item in view.leading_figures]
    assert starts == sorted(starts)


def test_the_whole_text_is_there(report, view):
    lines = [
        "".join(p.text if isinstance(p, SentenceView) else p for p in block.pieces)
        for block in view.blocks
    ]
    assert lines == [line for line in report.text.split("\n") if line]
    kinds = [block.kind for block in view.blocks]
    assert kinds[0] == "title"
    assert kinds.count("heading") == 3


def test_labels_of_the_user_keep_their_names():
    names = label_names({"投诉处理": 0.2, "supervision": 0.5, "x": 0.3})
    assert [(n.id, n.name, n.tag, n.index) for n in names] == [
        ("supervision", "监督", "监督", 0),
        ("x", "x", "x", 1),
        ("投诉处理", "投诉处理", "投诉", 2),
    ]


def test_nothing_but_other():
    [report] = govtext.read_reports(text="青屿三面环水。县里有古榕树二十棵。渔港千年不冻。")
    [view] = govtext.digest(report).reports
    shares = {function.label.id: function.share for function in view.functions}
    assert shares["other"] == 1
    assert [f.summary for f in view.functions] == [None] * 5


def test_one_sentence():
    [report] = govtext.read_reports(text="听取和审议专项工作报告18项。")
    page = govtext.digest(report)
    assert page.reports[0].sentence_count == 1
    assert "听取和审议专项工作报告18项。" in page.html


def test_marks_without_letters_are_no_sentences():
    text = "青屿县人大工作报告\n\n……\n\n听取专项工作报告3项。……！！！\n\n。。。\n\n召开座谈会2场。"
    [report] = govtext.read_reports(text=text)
    page = govtext.digest(report)
    assert page.reports[0].sentence_count == 2
    assert "。。。" in page.html


def test_without_headings_and_title():
    [report] = govtext.read_reports(text="听取专项工作报告3项。召开协商座谈会2场。")
    assert "（无标题）" in govtext.digest(report).html


def test_a_report_without_sentences():
    heading = Section("一、监督工作", 1, 0, 6, ())
    report = Report("一、监督工作", None, None, None, (heading,), source="empty.docx")
    with pytest.raises(InputError, match="empty.docx: has no sentence, only headings"):
        govtext.digest(report)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("听取报告。", "cannot digest str"),
        (3, "cannot digest int"),
        (["听取报告。"], "item 0 is str"),
    ],
)
def test_what_is_no_report(given, message):
    with pytest.raises(InputTypeError, match=message):
        govtext.digest(given)


def test_none_and_too_many(report):
    with pytest.raises(InputError, match="no report"):
        govtext.digest([])
    with pytest.raises(InputError, match="13 reports are too many"):
        govtext.digest([report] * 13)


@pytest.mark.parametrize("score", [-0.1, 1.5, float("nan")])
def test_limit_that_is_no_probability(report, score):
    with pytest.raises(InputError, match="min_score"):
        govtext.digest(report, min_score=score)


def test_limit_that_is_no_number(report):
    with pytest.raises(InputTypeError, match="min_score is str"):
        govtext.digest(report, min_score="high")
