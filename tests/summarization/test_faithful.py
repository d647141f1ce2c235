from govtext.summarization.engine import Candidate
from govtext.summarization.faithful import choose, find_evidence, split_statements
from govtext.types import Sentence

SOURCE = "全年听取审议专项工作报告12项，督促整改审计问题86个。修订《禾川县养犬条例》。"


def best(*texts: str, max_chars: int = 99) -> tuple[str, tuple[str, ...]]:
    candidates = [Candidate(text, -float(i)) for i, text in enumerate(texts)]
    return choose(candidates, SOURCE, max_chars=max_chars)


def test_the_likeliest_wins() -> None:
    assert best("审议报告督促整改", "整改审计问题") == ("审议报告督促整改。", ())


def test_an_invented_number_loses() -> None:
    assert best("审议报告21项，督促整改", "审议报告12项，督促整改")[0] == "审议报告12项，督促整改。"


def test_an_invented_title_loses() -> None:
    assert best("修订《禾川县河道条例》", "修订养犬条例一部")[0] == "修订养犬条例一部。"


def test_one_that_fits_wins_over_one_that_must_be_cut() -> None:
    found, _ = best(
        "审议专项工作报告，督促整改审计问题，修订养犬条例", "审议报告、修订条例", max_chars=12
    )
    assert found == "审议报告、修订条例。"


def test_where_all_invent_the_clause_goes() -> None:
    assert best("审议报告99项，督促整改审计问题") == ("督促整改审计问题。", ())


def test_what_does_not_speak_of_the_source_is_not_said() -> None:
    assert best("加快发展文化旅游产业", "督促整改审计问题")[0] == "督促整改审计问题。"
    assert best("督促整改审计问题，繁荣文化旅游产业")[0] == "督促整改审计问题。"


def test_where_nothing_is_left_the_source_is_quoted() -> None:
    text, notes = best("审议报告99项", max_chars=30)
    assert text == "全年听取审议专项工作报告12项，督促整改审计问题86个。"
    assert notes == ("the first words of the source were taken over",)


def test_statements_of_few_words_go_with_the_next() -> None:
    assert split_statements("一年来，审议专项报告，整改。") == ["一年来，审议专项报告，整改。"]
    assert split_statements("审议专项工作报告，督促整改审计问题。") == [
        "审议专项工作报告，",
        "督促整改审计问题。",
    ]
    assert split_statements("整改。") == ["整改。"]
    assert split_statements("") == []


def test_evidence_names_the_closest_sentences() -> None:
    sentences = [
        Sentence("审议专项工作报告12项。", 0, 12),
        Sentence("举办代表培训班。", 12, 20),
        Sentence("听取审议专项工作汇报。", 20, 31),
    ]
    (first, second) = find_evidence("审议专项工作报告，关心候鸟迁徙。", sentences)
    assert [s.start for s in first.sentences] == [0, 20]
    assert (second.statement, second.sentences) == ("关心候鸟迁徙。", ())
