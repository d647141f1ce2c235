import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govtext.errors import InputError
from govtext.summarization.denoising import GAP, denoising_pair, denoising_pairs
from govtext.summarization.gap_sentences import gap_pairs
from govtext.summarization.parts import read_by_parts
from govtext.summarization.pretraining_pairs import (
    cut_at_paragraph,
    heading_pair,
    is_held_out,
    split_topic,
    topic_pairs,
)
from govtext.summarization.prompt import model_input
from govtext.text.facts import numbers, quoted_terms, titles

BODY = "新建改建农村公路三百公里，危桥全部改造完成。开通城乡公交专线九条，群众出行更方便。"


def row(**fields: object) -> dict[str, object]:
    return {"level": "county", "region": "禾川县", "year": 2020, **fields}


def test_a_heading_and_its_body() -> None:
    pair = heading_pair(row(heading="（三）着力改善交通条件。", body=BODY))
    assert pair is not None
    assert (pair.summary, pair.text, pair.group) == ("着力改善交通条件", BODY, "禾川县")


@pytest.mark.parametrize(
    "fields",
    [
        {"year": 1997, "heading": "着力改善交通条件", "body": BODY},
        {"heading": "交通", "body": BODY},
        {"heading": "改善交通条件88项", "body": BODY},
        {"heading": "危桥全部改造完成", "body": BODY},
        {"heading": "着力改善交通条件", "body": "很短。"},
    ],
)
def test_pairs_that_teach_nothing(fields: dict[str, object]) -> None:
    assert heading_pair(row(**fields)) is None


def test_a_topic_sentence_sums_up_its_paragraph() -> None:
    assert split_topic("（一）交通面貌焕然一新。" + BODY) == ("交通面貌焕然一新", BODY)
    assert split_topic("各位代表，同志们。" + BODY) is None
    assert split_topic("") is None
    assert split_topic("交通面貌焕然一新。") is None


def test_runs_of_topics_give_a_section_pair() -> None:
    topics = [
        "城乡交通面貌焕然一新",
        "公共服务能力稳步提升",
        "生态环境质量持续改善",
        "基层治理水平不断提高",
    ]
    text = "\n".join(f"{topic}。{BODY}" for topic in topics)
    kinds = [pair.kind for pair in topic_pairs(row(text=text))]
    assert kinds.count("heading") == 4
    sections = [pair for pair in topic_pairs(row(text=text)) if pair.kind == "section"]
    assert [pair.summary for pair in sections] == ["，".join(topics) + "。"]


def test_a_paragraph_and_its_main_sentence() -> None:
    main = "全年新建改建农村公路300公里，改造危桥12座，开通公交9条，方便群众。"
    paragraphs = [
        f"第{n}区交通更方便。{main}群众出行靠农村公路，危桥改造和公交开通都在继续，"
        f"今后还要新建改建更多公路，让村里的孩子上学、老人看病都少走路，这是第{n}件实事。"
        for n in range(200)
    ]
    pairs = list(gap_pairs(row(text="\n".join(paragraphs))))
    assert 8 <= len(pairs) <= 50
    assert {pair.summary for pair in pairs} == {
        "全年新建改建农村公路300公里，改造危桥12座，开通公交9条"
    }
    # Its figures are nowhere else, so no text may lose it.
    assert all(main in pair.text for pair in pairs)
    assert list(gap_pairs(row(text="\n".join(paragraphs), year=2001))) == []


def test_sentences_with_gaps_and_as_they_were() -> None:
    paragraphs = [f"第{n}条乡村公路建成通车，沿线群众出行更加方便。{BODY}" for n in range(400)]
    pairs = list(denoising_pairs(row(text="\n".join(paragraphs))))
    assert 5 <= len(pairs) <= 40
    assert all(pair.summary in paragraphs for pair in pairs)
    assert any(GAP in pair.text for pair in pairs)
    assert list(denoising_pairs(row(text="\n".join(paragraphs), year=1990))) == []


@example(["把住“民生路”", "。0。", *["检查《农村公路条例》实施情况", "0"] * 2])
@given(
    st.lists(
        st.sampled_from(
            [*"，。0二…年会", "检查《农村公路条例》实施情况", "把住“民生路”", "修路12条"]
        ),
        max_size=30,
    )
)
def test_gaps_take_no_facts(parts: list[str]) -> None:
    pair = denoising_pair("".join(parts), "禾川县")
    if pair is None:
        return
    for facts in (numbers, titles, quoted_terms):
        assert sorted(facts(pair.text)) == sorted(facts(pair.summary))
    assert denoising_pair("".join(parts), "禾川县") == pair


def test_bodies_are_cut_at_paragraphs() -> None:
    assert cut_at_paragraph("一" * 30 + "\n" + "二" * 30, 50) == "一" * 30
    assert cut_at_paragraph("一一。二二。三三。", 6) == "一一。二二。"


def test_the_same_regions_are_always_held_out() -> None:
    regions = [f"第{i}县" for i in range(2000)]
    held = [region for region in regions if is_held_out(region)]
    assert held == [region for region in regions if is_held_out(region)]
    assert 30 <= len(held) <= 90


def test_a_long_text_is_read_by_its_parts(example) -> None:
    first = example("听取审议报告。督促整改。", "盯紧整改", "headline")
    second = example("办理建议百件。", "建议有着落", "headline")
    section = example("听取审议报告。督促整改。\n办理建议百件。", "监督办理都有力。")
    report = example(
        "工作综述\n\n一、监督\n\n听取审议报告。督促整改。\n\n办理建议百件。", "全年。", "report"
    )
    other = example("与此无关的段落。", "无关", "headline", group="h")
    found = read_by_parts([first, second, section, report, other], limit=15, count=len)
    assert [pair.text for pair in found] == [
        first.text,
        second.text,
        "盯紧整改\n建议有着落",
        "监督办理都有力。",
        other.text,
    ]
    assert [pair.summary for pair in found][2:4] == ["监督办理都有力。", "全年。"]


def test_a_long_text_without_parts_stays(example) -> None:
    pair = example("听取审议报告。" * 9, "监督有力。")
    assert read_by_parts([pair], limit=10, count=len) == [pair]


def test_the_kind_stands_before_the_text() -> None:
    assert model_input("（一）监督\n听取报告。", "section") == "段落摘要：（一）监督。听取报告。"
    assert model_input("听取报告", "headline") == "标题：听取报告。"
    with pytest.raises(InputError, match="kind 'x' is not known"):
        model_input("听取报告", "x")
