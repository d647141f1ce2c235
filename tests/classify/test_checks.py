import pytest

from govtext.classify.training import check_trainable
from govtext.corpus.examples import LabelledSentence
from govtext.errors import DataError


def sentence(text, label, group):
    return LabelledSentence(f"{group}/{text}", text, label, None, None, group, "x:1")


def test_what_cannot_be_trained_on_is_refused():
    one = [sentence(f"甲{i}", "a", f"g{i}") for i in range(5)]
    with pytest.raises(DataError, match="all 5 training sentences have the label 'a'"):
        check_trainable(one)
    with pytest.raises(DataError, match="only one training sentence has the label 'b'"):
        check_trainable([*one, sentence("乙", "b", "g9")])
    few = [*one, sentence("乙", "b", "g8"), sentence("丙", "b", "g9")]
    assert [w.split(";")[0] for w in check_trainable(few)] == [
        "label 'a' has only 5 training sentences",
        "label 'b' has only 2 training sentences",
    ]
