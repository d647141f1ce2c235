from govtext.summarization.evidence import EvidenceFinder
from govtext.types import Sentence


def test_evidence_names_the_closest_sentences() -> None:
    finder = EvidenceFinder(
        [
            Sentence("审议专项工作报告12项。", 0, 12),
            Sentence("举办代表培训班。", 12, 20),
            Sentence("听取审议专项工作汇报。", 20, 31),
        ]
    )
    assert [s.start for s in finder.find("审议专项工作报告，")] == [0, 20]
    assert finder.find("关心候鸟迁徙。") == ()
    assert finder.find("") == ()


def test_words_said_anew_are_found_by_their_characters() -> None:
    finder = EvidenceFinder(
        [
            Sentence("查出长期闲置的厂房137处。", 0, 14),
            Sentence("举办代表培训班三期。", 14, 24),
            Sentence("听取法院执行工作汇报。", 24, 35),
        ]
    )
    assert finder.find("摸清闲置厂房底数")[0].start == 0


def test_no_sentences() -> None:
    assert EvidenceFinder([]).find("审议报告。") == ()


def test_what_a_sentence_begins_with_is_a_quote() -> None:
    finder = EvidenceFinder(
        [Sentence("全年共举办视察三次,审议报告12项；修订条例。", 0, 24),
         Sentence("围绕河湖治理，开展专题视察。", 0, 14),
         Sentence("其余的报告交主任会议研究。", 26, 39)]
    )  # fmt: skip
    assert finder.quotes("全年共举办视察三次，")
    assert finder.quotes("围绕河湖治理，开展专题视察。")
    assert finder.quotes("开展专题视察。")
    assert not finder.quotes("举办视察三次。")
    # Of what comes later, or leans on what stands before, the sense may depend on the rest.
    assert not finder.quotes("审议报告12项。")
    assert not finder.quotes("其余的报告交主任会议研究。")
    assert not finder.quotes("，")
    assert not EvidenceFinder([]).quotes("审议报告12项。")
