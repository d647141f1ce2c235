import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.summarization.entailment import Entailment
from govtext.summarization.faithful import (
    Judge,
    Statement,
    Task,
    write_faithfully,
)
from govtext.summarization.generation import Candidate, run_together
from govtext.summarization.support import Support, split_statements
from govtext.text.repetition import repeats
from govtext.text.verify import missing

SOURCE = "全年听取审议专项工作报告12项，督促整改审计问题86个。修订《禾川县养犬条例》。"


class Scripted:
    """Writes what it was told to, the second time something else."""

    max_source_tokens = 500

    def __init__(self, first, second=(), entailment=None):
        self.answers = [list(first), list(second)]
        self.asked: list[str] = []
        self.entailment = entailment

    def count_tokens(self, text):
        return len(text)

    def generate(self, requests):
        self.asked += [request.text for request in requests]
        answer = self.answers.pop(0) if self.answers else []
        return [[Candidate(text, -i / 100) for i, text in enumerate(answer)] for _ in requests]

    def score(self, questions):
        return [[-1.0] for _ in questions]


# Doubts what does not have three quarters of its bigrams in one sentence.
STRICT = Entailment({"sentence": 40.0}, -30.0)


def best(*texts: str, room: int = 60, source: str = SOURCE, **settings):
    writer = Scripted(texts, **settings)
    job = write_faithfully([Task(source, source, "section", room)], writer, 0.5)
    [[statement]] = run_together([job], lambda: writer)
    return statement


def test_what_uses_its_room_wins() -> None:
    assert best("督促整改", "督促整改审计问题").text == "督促整改审计问题。"


def test_a_statement_of_one_sentence_wins_over_one_of_two() -> None:
    source = "常委会检查养犬条例实施情况。代表视察乡村公路建设。"
    found = best("养犬条例、乡村公路建设", "检查养犬条例的情况", source=source, entailment=STRICT)
    assert found.text == "检查养犬条例的情况。"


def test_a_wrong_number_becomes_the_one_that_counts_the_same() -> None:
    assert best("审议报告21项，督促整改").text == "审议报告12项，督促整改。"
    assert best("督促整改审计问题12个").text == "督促整改审计问题86个。"


@pytest.mark.parametrize(
    "invention",
    ["修订《禾川县河道条例》", "打造“金钥匙”品牌", "9月审计问题整改",
     "督促整改旧楼电梯99部"],
)  # fmt: skip
def test_an_invention_loses(invention: str) -> None:
    assert best(invention, "督促整改审计问题").text == "督促整改审计问题。"


def test_a_name_that_no_rule_knows_is_doubtful() -> None:
    found = best("石泷县审计问题整改", "督促整改审计问题", entailment=STRICT)
    assert "石泷县" not in found.text and "督促整改审计问题" in found.text


def test_what_is_doubtful_is_written_again_sentence_by_sentence() -> None:
    writer = Scripted(["督促整改审计问题，修订专项养犬条例"], ["修订养犬条例"], entailment=STRICT)
    job = write_faithfully([Task(SOURCE, SOURCE, "section", 60)], writer, 0.5)
    [[statement]] = run_together([job], lambda: writer)
    assert writer.asked == [SOURCE, SOURCE[: SOURCE.index("。") + 1], "修订《禾川县养犬条例》。"]
    assert statement.text.endswith("督促整改审计问题，修订养犬条例。")


def test_what_is_doubtful_again_gives_way_to_what_the_sentence_begins_with() -> None:
    found = best(
        "督促整改审计问题，修订专项养犬报告", second=["养犬审计"], entailment=STRICT, room=24
    )
    assert found == Statement("督促整改审计问题，修订《禾川县养犬条例》。")


def test_what_sentences_begin_with_fills_the_room_of_what_is_doubtful() -> None:
    found = best("督促整改审计问题，修订专项养犬报告", second=["养犬审计"], entailment=STRICT)
    assert found == Statement(
        "全年听取审议专项工作报告12项，督促整改审计问题，修订《禾川县养犬条例》。"
    )


def test_what_is_doubtful_and_has_no_room_goes() -> None:
    found = best(
        "督促整改审计问题，修订专项养犬报告", second=["养犬审计"], entailment=STRICT, room=18
    )
    assert found == Statement("督促整改审计问题。")


def test_what_was_said_before_does_not_fill_the_room() -> None:
    writer = Scripted(["督促整改审计问题", "修订《禾川县养犬条例》"])
    tasks = [Task(SOURCE, SOURCE, "headline", room) for room in (10, 60)]
    [statements] = run_together([write_faithfully(tasks, writer, 0.5)], lambda: writer)
    assert [s.text for s in statements] == ["督促整改审计问题。", "修订《禾川县养犬条例》。"]


def test_where_all_is_doubtful_sentences_of_the_source_are_taken_over() -> None:
    doubtful = ["修订专项养犬报告"], ["养犬审计报告"]
    found = best(*doubtful[0], second=doubtful[1], entailment=STRICT, room=30)
    assert found.text == "全年听取审议专项工作报告12项，修订《禾川县养犬条例》。"
    found = best(*doubtful[0], second=doubtful[1], entailment=STRICT, room=10)
    assert found.quoted and found.text[:-1] in SOURCE


def test_what_is_sure_of_another_candidate_fills_the_room() -> None:
    found = best(
        "督促整改审计问题，条例专项审议", "修订养犬条例，问题专项整改", entailment=STRICT, room=24
    )
    assert found == Statement("督促整改审计问题，修订养犬条例。")


def test_where_all_invent_the_main_sentence_is_summed_up() -> None:
    writer = Scripted(["打造“金钥匙”品牌"], ["督促整改审计问题"])
    job = write_faithfully([Task(SOURCE, SOURCE, "section", 60)], writer, 0.5)
    [[statement]] = run_together([job], lambda: writer)
    assert statement == Statement("督促整改审计问题。")
    assert writer.asked[1] in SOURCE


def test_a_statement_that_fails_a_check_goes() -> None:
    assert best("打造“金钥匙”品牌工作，督促整改审计问题").text == "督促整改审计问题。"


def test_what_does_not_speak_of_the_source_is_not_said() -> None:
    assert best("加快发展文化旅游产业", "督促整改审计问题").text == "督促整改审计问题。"


def test_where_nothing_is_left_the_source_is_quoted() -> None:
    found = best("打造“金钥匙”品牌", room=30)
    assert found.quoted
    assert found.text[:-1] in SOURCE and len(found.text) <= 30


def test_one_that_fits_wins_over_one_that_must_be_cut() -> None:
    found = best("审议专项工作报告，督促整改审计问题", "审议报告督促整改", room=12)
    assert found.text == "审议报告督促整改。"


@pytest.mark.parametrize(
    "stutter", ["审议报告报告整改", "审计问题、整改和审计问题", "督促整改改改"]
)
def test_what_stutters_loses(stutter: str) -> None:
    assert best(stutter, "督促整改审计问题").text == "督促整改审计问题。"


def test_the_second_text_does_not_say_what_the_first_said() -> None:
    writer = Scripted(["督促整改审计问题", "审议专项工作报告"])
    task = Task(SOURCE, SOURCE, "headline", 12)
    [statements] = run_together([write_faithfully([task, task], writer, 0.5)], lambda: writer)
    assert [s.text for s in statements] == ["督促整改审计问题。", "审议专项工作报告。"]


def test_a_clause_that_was_said_is_left_out() -> None:
    writer = Scripted(["督促整改审计问题86个，审议专项工作报告"])
    tasks = [Task(SOURCE, SOURCE, "headline", room) for room in (12, 30, 30)]
    [statements] = run_together([write_faithfully(tasks, writer, 0.5)], lambda: writer)
    assert [s.text for s in statements[:2]] == ["督促整改审计问题86个。", "审议专项工作报告。"]
    # What could only be said again gives way to a sentence of the source that was not said.
    assert statements[2] == Statement("修订《禾川县养犬条例》。", quoted=True)


@given(
    st.lists(st.text("审议报告督促整改问题12项9个，。；《》“”", max_size=40), max_size=4),
    st.integers(10, 60),
    st.sampled_from([None, STRICT]),
)
def test_whatever_the_model_writes(
    candidates: list[str], room: int, entailment: Entailment | None
) -> None:
    found = best(*candidates, room=room, second=candidates, entailment=entailment)
    assert 0 < len(found.text) <= room
    assert found.text.endswith("。") and not found.text.endswith(("，。", "。。", "、。"))
    assert found.quoted or not (missing(found.text, SOURCE) or repeats(found.text))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("审议报告十二项。", "审议报告十二项。"),
        ("修订养犬条例，督促整改审计查出的问题。", "修订养犬条例。"),
        ("围绕湖泊治理，督促整改审计问题。", "督促整改审计问题。"),
    ],
)
def test_quoting_prefers_what_stands_alone_and_fits(sentence: str, expected: str) -> None:
    source = "一" * 80 + "。" + sentence
    task = Task(source, source, "section", 10)
    assert Judge(task, Scripted([])).quote() == Statement(expected, quoted=True)


def test_a_statement_is_supported_by_one_sentence() -> None:
    support = Support(["常委会检查养犬条例实施情况。", "代表视察乡村公路建设。"])
    assert support.share("检查养犬条例") == 1.0
    assert support.share("代表视察乡村公路，检查养犬条例") == 1.0
    assert support.share("代表视察养犬条例") < 0.6
    assert support.share("开发旅游资源") == support.share("") == 0.0
    assert Support([]).share("检查养犬条例") == 0.0


def test_statements_of_few_words_go_with_the_next() -> None:
    assert split_statements("一年来，审议专项报告，整改。") == ["一年来，审议专项报告，整改。"]
    assert split_statements("审议专项工作报告，督促整改审计问题。") == [
        "审议专项工作报告，",
        "督促整改审计问题。",
    ]
    assert split_statements("整改。") == ["整改。"]
    assert split_statements("") == []
