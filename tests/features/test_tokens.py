import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govtext.errors import ModelError
from govtext.features.context import TextInContext
from govtext.features.tokens import TokenReader

PARTS = ("heading", "before")


@pytest.fixture(scope="module")
def reader(tiny_encoder):
    return TokenReader(tiny_encoder, first="<s>", separator="</s>", context=PARTS, max_tokens=12)


def test_the_sentence_comes_first_and_the_context_behind_it(reader):
    tokens = reader.read(TextInContext("监督", heading="协商"))
    first, last = tokens.ids[0], tokens.ids[-1]
    assert tokens.ids.count(last) == 2
    assert tokens.ids.index(last) == 1 + tokens.sentence
    assert tokens.ids[1 : 1 + tokens.sentence] == reader.read(TextInContext("监督")).ids[1:-1]
    assert first not in tokens.ids[1:]


def test_the_context_is_cut_before_the_sentence(reader):
    alone = reader.read(TextInContext("监督报告"))
    crowded = reader.read(TextInContext("监督报告", heading="协商" * 20))
    assert len(crowded.ids) == 12
    assert crowded.sentence == alone.sentence


def test_parts_that_are_not_asked_for_or_are_the_sentence_are_left_out(reader):
    alone = reader.read(TextInContext("监督"))
    assert reader.read(TextInContext("监督", topic="协商", after="报告")) == alone
    assert reader.read(TextInContext("监督", heading="监督")) == alone


@given(st.text(st.sampled_from("监督报告委员会座谈，。"), min_size=1, max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_long_sentence_is_read_in_parts_that_lose_nothing(reader, text):
    parts = reader.read_whole(TextInContext(text, heading="协商"))
    assert all(len(part.ids) <= 12 for part in parts)
    assert sum(part.sentence for part in parts) == reader.length(TextInContext(text)) - 2


def test_a_token_that_the_vocabulary_lacks_is_named(tiny_encoder):
    with pytest.raises(ModelError, match=r"no token '\[CLS\]'"):
        TokenReader(tiny_encoder, first="[CLS]", separator="</s>", context=(), max_tokens=12)
