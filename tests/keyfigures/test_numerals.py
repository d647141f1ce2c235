import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.keyfigures.numerals import parse_approximate, parse_number

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def under_myriad(number):
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text


def in_chinese(number):
    """Write a number the long way, as a bank does: 一万零二百零三."""
    text = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, unit)
        if part:
            text += ("零" if text and part < 1000 else "") + under_myriad(part) + name
    return text or "零"


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_round_trip(number):
    assert parse_number(in_chinese(number)) == number


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_thousands_separators_and_width(number):
    printed = f"{number:,}"
    assert parse_number(printed) == number
    assert parse_number(printed.replace(",", "，").translate(FULL_WIDTH)) == number


@settings(deadline=None)
@given(
    st.decimals(0, 9999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千万", 10**7)])
)
def test_digits_before_wan_and_yi(number, scale):
    name, factor = scale
    assert parse_number(f"{number}{name}") == pytest.approx(float(number) * factor)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("十二", 12), ("二十", 20), ("百", 100), ("一百一", 110), ("两千三", 2300), ("一万二", 12000),
        ("六万八", 68000), ("二〇二三", 2023), ("两万三千", 23000), ("1.2亿", 1.2e8), ("3千", 3000),
        ("三万亿", 3e12), ("１，２００", 1200), ("一亿二千万", 1.2e8), ("个", None), ("", None),
    ],
)  # fmt: skip
def test_forms(form, value):
    assert parse_number(form) == value


@pytest.mark.parametrize(
    ("form", "bounds"),
    [
        ("两三", (2, 3)),
        ("七八十", (70, 80)),
        ("十二三", (12, 13)),
        ("三四百", (300, 400)),
        ("十二", (12, None)),
    ],
)
def test_neighbouring_digits_are_a_range(form, bounds):
    assert parse_approximate(form) == bounds
