import pytest

from govtext.corpus.judged import JudgedStatement
from govtext.errors import DataError, ModelError
from govtext.summarization.engine import Engine
from govtext.summarization.entailment import Entailment, Reading, probabilities
from govtext.summarization.generation import run_together

SENTENCES = ["常委会检查养犬条例实施情况。", "代表视察乡村公路建设，提出建议十二条。"]


class Scorer:
    max_source_tokens = 200
    entailment = None

    def __init__(self):
        self.asked = []

    def score(self, questions):
        self.asked += questions
        return [[-0.5] * len(question.statement) for question in questions]


def test_signs_tell_how_words_stand_together():
    reading = Reading(SENTENCES, 200)
    own = reading.signs("检查养犬条例", [-0.1, -0.3])
    melted = reading.signs("视察养犬条例", [-0.1, -4.0])
    new = reading.signs("发展旅游产业", [-9.0, -50.0])
    assert own["sentence"] == own["clause"] == own["source"] == 1.0
    assert new["sentence"] < melted["sentence"] < melted["source"] <= 1.0
    assert own["likelihood"] == pytest.approx(-0.2)
    assert melted["least"] == -4.0
    assert new["least"] == new["likelihood"] == -8.0


@pytest.mark.parametrize(
    ("statement", "ends"),
    [
        ("视察乡村公路建设", 1.0),
        ("视察公路建设，", 1.0),
        ("提建议十二条。", 1.0),
        ("视察乡村公路", 0.0),
        ("提出建议", 0.0),
        ("发展旅游产业", 0.0),
        ("", 0.0),
    ],
)
def test_a_statement_ends_where_a_clause_of_the_source_does(statement, ends):
    assert Reading(SENTENCES, 200).signs(statement, [])["ends"] == ends


def test_the_model_reads_what_is_nearest_within_its_limit():
    sentences = [f"第{i}项议题由主任会议研究。" for i in range(40)] + SENTENCES
    question = Reading(sentences, 60).question("视察乡村公路，")
    assert question.statement == "视察乡村公路"
    assert SENTENCES[1] in question.text.split("\n")
    assert len(question.text.replace("\n", "")) <= 60
    assert len(Reading(["一" * 500 + "。"], 60).question("一").text) <= 60


def test_the_nearest_sentence_is_found():
    reading = Reading(SENTENCES, 200)
    assert reading.nearest("公路视察") == SENTENCES[1]
    assert reading.place("养犬") == 0


def test_probability_rises_with_the_signs_that_count():
    entailment = Entailment({"sentence": 4.0}, -2.0)
    assert entailment.probability({"sentence": 0.5}) == 0.5
    assert entailment.probability({"sentence": 1.0}) > 0.8


def test_all_statements_are_asked_at_once():
    readings = [Reading([sentence], 200) for sentence in SENTENCES]
    stated = [["检查养犬条例", "视察公路"], ["视察乡村公路"]]
    scorer = Scorer()
    job = probabilities(list(zip(readings, stated, strict=True)), Entailment({"sentence": 4}, -2))
    [found] = run_together([job], lambda: scorer)
    assert [list(by) for by in found] == stated
    assert found[0]["检查养犬条例"] > 0.8 > 0.5 > found[0]["视察公路"]
    assert len(scorer.asked) == 3


def judged(count, true):
    return [
        JudgedStatement(
            f"{i}/{k}",
            f"常委会检查第{i}部条例。代表视察第{i}处公路。",
            f"检查第{i}部条例" if k < true else f"视察第{i}部条例",
            k < true,
            "g",
            "here",
        )
        for i in range(count)
        for k in range(2)
    ]


def test_a_model_learns_to_judge_and_keeps_it(tiny_model, tmp_path):
    import shutil

    from govtext.summarization.entailment_training import fit_entailment, write_entailment

    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    engine = Engine.load(folder, threads=1)
    assert engine.entailment is None
    fitted = fit_entailment(judged(20, 1), engine)
    assert fitted.auc > 0.9
    assert (fitted.statements, fitted.true_share) == (40, 0.5)
    write_entailment(folder, fitted.entailment)
    assert Engine.load(folder, threads=1).entailment == fitted.entailment
    assert set(fitted.entailment.weights) == set(Reading([], 9).signs("检查", [-1.0]))


def test_it_does_not_learn_from_too_little(tiny_model):
    from govtext.summarization.entailment_training import fit_entailment

    engine = Engine.load(tiny_model, threads=1)
    with pytest.raises(DataError, match="at least 5 texts"):
        fit_entailment(judged(3, 1), engine)
    with pytest.raises(DataError, match="true statements and others"):
        fit_entailment(judged(9, 2), engine)


def test_a_malformed_entailment_is_named(tiny_model, tmp_path):
    import json
    import shutil

    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    manifest = json.loads((folder / "govtext.json").read_text(encoding="utf-8"))
    manifest["settings"]["entailment"] = {"weights": ["sentence"]}
    (folder / "govtext.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="entailment is malformed"):
        Engine.load(folder, threads=1)
