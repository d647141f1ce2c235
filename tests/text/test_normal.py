import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from govtext.text.normal import normal_form

MARKS = "，,；;：:？?！!（）()％%…12３．.é\u0301　 ①ﬁＡ监督"


def plainly(text):
    """Return the normal form by its definition, without what makes it fast."""
    text = "".join(unicodedata.normalize("NFKC", text).lower().split())
    for narrow, wide in zip(",;:?!", "，；：？！", strict=True):
        text = text.replace(narrow, wide)
    return re.sub(r"[0-9]+(?:[.,，][0-9]+)*", "0", text)


@given(st.text(st.sampled_from(MARKS)) | st.text())
def test_the_fast_way_gives_what_the_definition_says(text):
    assert normal_form(text) == plainly(text)


def test_forms_that_mean_the_same_are_one():
    assert normal_form("完成１２３件， 满意率98.5％。") == normal_form("完成7件,满意率3%。")
