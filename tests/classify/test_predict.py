import shutil
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govtext
from govtext.classify import predict, predict_columns
from govtext.errors import InputError, InputTypeError, MissingFileError, ModelError
from govtext.taxonomy import LABEL_IDS
from govtext.types import Prediction, Sentence


def test_one_and_several_and_none(model_folder):
    one = predict("听取和审议预算执行情况报告。", model=model_folder)
    assert isinstance(one, Prediction)
    assert one.label == "supervision"
    assert tuple(one.probabilities) == LABEL_IDS
    assert one.score == max(one.probabilities.values())
    assert sum(one.probabilities.values()) == pytest.approx(1)
    many = predict(["举办代表履职培训班。", "听取和审议预算执行情况报告。"], model=model_folder)
    assert [p.label for p in many] == ["self_building", "supervision"]
    assert many[1] == one
    assert predict([], model=model_folder) == []
    assert predict(iter(["开会。"]), model=model_folder)[0].text == "开会。"


def test_columns_say_what_the_records_say(model_folder):
    items = ["举办代表履职培训班。", Sentence("开会。", 0, 3, heading="监督"), "听取和审议报告。"]
    least = sorted(record.score for record in predict(items, model=model_folder))[1]
    records = predict(items, model=model_folder, min_score=least)
    columns = predict_columns(items, model=model_folder, min_score=least)
    assert columns.labels == LABEL_IDS
    assert columns.label.tolist() == [record.label for record in records]
    assert columns.label.tolist().count(None) == 1
    assert columns.score.tolist() == [record.score for record in records]
    rows = [tuple(record.probabilities.values()) for record in records]
    assert list(map(tuple, columns.probabilities.tolist())) == rows


def test_columns_of_one_and_of_none(model_folder):
    assert predict_columns("举办代表履职培训班。", model=model_folder).label.tolist() == [
        "self_building"
    ]
    none = predict_columns([], model=model_folder)
    assert (none.label.shape, none.score.shape, none.probabilities.shape) == ((0,), (0,), (0, 5))
    with pytest.raises(InputError, match="item 0 is empty or has no letter"):
        predict_columns("。", model=model_folder)
    with pytest.raises(InputError, match="min_score is 2"):
        predict_columns(["好。"], model=model_folder, min_score=2)


def test_classify_predict_is_predict():
    assert govtext.classify.predict is govtext.predict


def test_a_report_is_labelled_in_context(model_folder):
    [report] = govtext.read_reports(text="练好本领\n\n加强队伍建设。认真组织活动。\n")
    predictions = predict(report, model=model_folder)
    assert [p.text for p in predictions] == ["加强队伍建设。", "认真组织活动。"]
    assert predictions == predict(report.sentences(), model=model_folder)


@pytest.mark.parametrize(
    ("items", "error", "message"),
    [
        ("", InputError, "the text is empty or has no letter; expected a sentence"),
        (" \n", InputError, "the text is empty"),
        (["好。", ""], InputError, "item 1 is empty"),
        ("\u200b😀。", InputError, "has no letter"),
        (["好。", None], InputTypeError, "item 1 is NoneType, expected a string"),
        ([b"x"], InputTypeError, "item 0 is bytes"),
        (b"x", InputTypeError, "cannot label bytes; expected a string"),
        (7, InputTypeError, "cannot label int"),
        ({"text": "好。"}, InputTypeError, "cannot label dict"),
        (Sentence(" ", 0, 1), InputError, "the text is empty"),
    ],
)
def test_bad_items_are_named(items, error, message, model_folder):
    with pytest.raises(error, match=message):
        predict(items, model=model_folder)


@pytest.mark.parametrize("min_score", [-0.1, 1.5])
def test_min_score_out_of_range(min_score, model_folder):
    with pytest.raises(InputError, match="expected a number from 0 to 1"):
        predict("好。", model=model_folder, min_score=min_score)


def test_min_score_of_another_type(model_folder):
    with pytest.raises(InputTypeError, match="min_score is str, expected a number or None"):
        predict("好。", model=model_folder, min_score="0.5")


def test_min_score_withholds_the_label(model_folder):
    sure = predict("听取和审议预算执行情况报告。", model=model_folder)
    withheld = predict(sure.text, model=model_folder, min_score=1.0)
    assert withheld.label is None
    assert withheld.score == sure.score < 1
    assert predict(sure.text, model=model_folder, min_score=sure.score) == sure


def test_models_that_are_not_there(tmp_path):
    with pytest.raises(ModelError, match="unknown classifier model 'best'; shipped: "):
        predict("好。", model="best")
    with pytest.raises(MissingFileError, match="no such model folder"):
        predict("好。", model=tmp_path / "no")
    with pytest.raises(ModelError, match="not a govtext model folder"):
        predict("好。", model=tmp_path)
    with pytest.raises(ModelError, match="nothing installed reads gopher:/ URIs"):
        predict("好。", model="gopher:/x")


def test_a_model_written_anew_is_read_anew(model_folder):
    before = predict("开会。", model=model_folder)
    manifest = model_folder / "govtext.json"
    content = manifest.read_text(encoding="utf-8").replace('"temperature": ', '"temperature": 9')
    manifest.write_text(content, encoding="utf-8")
    assert predict("开会。", model=model_folder).score < before.score


def test_the_output_folder_of_a_training_will_do(model_folder, tmp_path):
    shutil.copytree(model_folder, tmp_path / "run" / "model")
    assert predict("开会。", model=tmp_path / "run") == predict("开会。", model=model_folder)


def test_threads_share_a_model(model_folder):
    texts = [f"第{i}次听取报告。" for i in range(50)]
    expected = predict(texts, model=model_folder)
    found = [None] * 4

    def work(i):
        found[i] = predict(texts, model=model_folder)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result == expected for result in found)


def test_the_batch_does_not_matter(model_folder):
    texts = [f"举办培训班{i}期，听取意见。" for i in range(20)]
    together = predict(texts, model=model_folder)
    assert [predict(text, model=model_folder) for text in texts] == together
    assert predict(texts[::-1], model=model_folder) == together[::-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1))
def test_any_text_gets_a_distribution(model_folder, text):
    if any(char.isalnum() for char in text):
        prediction = predict(text, model=model_folder)
        assert sum(prediction.probabilities.values()) == pytest.approx(1)
    else:
        with pytest.raises(InputError):
            predict(text, model=model_folder)


def test_a_very_long_sentence(model_folder):
    assert predict("听取报告，" * 4000, model=model_folder).label in LABEL_IDS
