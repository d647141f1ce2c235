"""Numbers, titles and quoted terms, and n-grams."""

from __future__ import annotations

from govtext.text.facts import numbers, quoted_terms, titles, unsupported
from govtext.text.ngrams import bare, char_ngrams, jaccard, novel_bigrams
from govtext.text.normal import normal_form


def test_numbers_have_one_form() -> None:
    assert numbers("投入１，２００万元，增长３．５％，办理1,234件") == ["1200万", "3.5%", "1234"]


def test_what_a_summary_invents_is_named() -> None:
    source = "检查《云溪区养犬条例》，办理建议26件，推行“双报到”。"
    assert titles(source) == ["《云溪区养犬条例》"]
    assert quoted_terms(source) == ["“双报到”"]
    assert unsupported("办理26件，推行“双报到”。", source) == []
    assert unsupported("办理27件，检查《养猫条例》。", source) == ["27", "《养猫条例》"]


def test_an_invented_name_is_named() -> None:
    source = "云溪区人大常委会检查《云溪区养犬管理条例》，区财政部门与卫生健康委员会到会。"
    assert unsupported("云溪区人大常委会监督财政局和卫健委，检查养犬条例。", source) == []
    assert unsupported("石泷县人大常委会监督教育局，听取法院报告，检查旅游条例。", source) == [
        "石泷县", "教育局", "法院", "旅游条例",
    ]  # fmt: skip
    assert unsupported("推行“石泷县”经验", source) == ["“石泷县”"]


def test_ngrams_ignore_marks() -> None:
    assert bare("听取，和 审议。") == "听取和审议"
    assert char_ngrams("听取，和", 2) == {"听取", "取和"}
    assert novel_bigrams("听取和审", "听取，报告") == (2, 3)
    assert jaccard(set(), set()) == 0.0


def test_the_normal_form_unifies() -> None:
    assert normal_form("Ａ类, 12.5 亿元!") == normal_form("a类，7亿元！") == "a类，0亿元！"
