import numpy as np
import pytest

from govtext.classify import load_classifier, predict
from govtext.classify.training import in_context
from govtext.errors import ModelError
from govtext.taxonomy import LABEL_IDS
from tests.classify.conftest import HASHED, train


@pytest.fixture
def members(sentences, tmp_path):
    folders = [tmp_path / "tfidf", tmp_path / "hashed"]
    train(sentences).save(folders[0])
    # The members may have their labels in another order.
    train(sentences, LABEL_IDS[::-1], model=HASHED, context={"parts": ["before"]}).save(folders[1])
    return [str(folder) for folder in folders]


def test_its_scores_are_the_mean_of_its_members(sentences, members, tmp_path):
    joint = train(sentences, model={"kind": "ensemble", "members": members})
    assert joint.labels == LABEL_IDS
    assert joint.context == ("heading", "topic", "before")
    inputs = [in_context(s) for s in sentences]
    logs = [np.log(load_classifier(m).probabilities(inputs)) for m in members]
    wanted = (logs[0] + logs[1][:, ::-1]) / 2
    scores = joint.scores(inputs)
    np.testing.assert_allclose(scores - scores[:, :1], wanted - wanted[:, :1], atol=1e-5)
    joint.save(tmp_path / "joint")
    again = load_classifier(tmp_path / "joint")
    np.testing.assert_allclose(again.probabilities(inputs), joint.probabilities(inputs), atol=1e-6)
    assert predict("听取和审议报告。", model=tmp_path / "joint").label == "supervision"


def test_a_member_that_is_gone_is_named(sentences, members, tmp_path):
    train(sentences, model={"kind": "ensemble", "members": members}).save(tmp_path / "joint")
    (tmp_path / "joint" / "member-2" / "arrays.safetensors").unlink()
    with pytest.raises(ModelError, match=r"missing member-2/arrays\.safetensors"):
        load_classifier(tmp_path / "joint")


def test_members_with_other_labels_are_refused(sentences, members, tmp_path):
    two = [s for s in sentences if s.label in LABEL_IDS[:2]]
    train(two, LABEL_IDS[:2]).save(tmp_path / "two")
    with pytest.raises(ModelError, match="know different labels"):
        train(sentences, model={"kind": "ensemble", "members": [members[0], str(tmp_path / "two")]})
