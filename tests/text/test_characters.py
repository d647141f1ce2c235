"""Kinds of characters."""

from __future__ import annotations

from govtext.text.characters import count_han, has_han, lone_surrogate, print_width


def test_han_includes_rare_and_traditional_characters() -> None:
    assert count_han("監督𠮷〇，abc１。") == 4
    assert not has_han("かな, abc 123。")


def test_lone_surrogates_are_found() -> None:
    assert lone_surrogate("代表\ud83d。") == 2
    assert lone_surrogate("代表😀。") is None


def test_latin_takes_half_the_width() -> None:
    assert print_width("2023年") == 3.0
    assert print_width("“双减”") == 4.0
