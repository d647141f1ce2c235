import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govtext.features.hashing import hashed_ngrams
from govtext.text.normal import normal_form

TEXTS = st.lists(st.text(st.sampled_from("监督报告，一0aＡ\0 \n😀𠮷é\u0301")), max_size=6)


def slots(texts, **options):
    """Return the slots of each text, sorted."""
    found = [[] for _ in texts]
    options = {"span": (1, 3), "buckets": 2**16, **options}
    for numbers, bounds in hashed_ngrams(texts, **options):
        assert len(bounds) == len(texts) + 1
        assert bounds[-1] == len(numbers)
        for i in range(len(texts)):
            found[i] += numbers[bounds[i] : bounds[i + 1]].tolist()
    return [sorted(numbers) for numbers in found]


@given(TEXTS)
def test_a_text_has_the_same_slots_alone_and_among_others(texts):
    assert slots(texts) == [slots([text])[0] for text in texts]


@given(st.text(st.sampled_from("监督报告，一0a"), max_size=12))
def test_every_ngram_has_one_slot(text):
    length = len(normal_form(text))
    assert len(slots([text])[0]) == sum(max(length - n + 1, 0) for n in (1, 2, 3))


def test_forms_of_one_character_share_a_slot():
    assert slots(["ＡＢ,12"]) == slots(["ab，345"])


def test_the_order_of_characters_counts():
    assert slots(["监督"], span=(2, 2)) != slots(["督监"], span=(2, 2))


def test_a_salt_gives_other_slots():
    assert slots(["监督报告"]) != slots(["监督报告"], salt=1)


def test_slots_are_spread_over_all_buckets():
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 8192)]
    used = np.bincount([s[0] for s in slots(characters, span=(1, 1), buckets=1024)], minlength=1024)
    assert used.min() > 0
    assert used.max() < 30


def test_nothing_has_no_slots():
    assert slots([]) == []
    assert slots(["", " "]) == [[], []]
