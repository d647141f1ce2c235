"""Bytes to text: UTF-8, UTF-16 and GB18030, told apart by what they hold."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from govtext.errors import InputError
from govtext.text.characters import count_han, has_han

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BIG5 = frozenset(("big5", "big5-hkscs", "cp950"))
_CHINESE_UTF8 = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Shares above which bytes are taken for UTF-16, or for UTF-8 with damage.
_MIN_PLAIN = 0.95
_MIN_UTF8 = 0.8
_PLAIN = re.compile(
    r"[\t\n\r\x20-\x7e\u00b7\u2010-\u2030\u2460-\u249b\u3000-\u303f\u3400-\u9fff\uff00-\uffee]"
)

# Characters without a meaning of their own: what Big5 turns into when it is read as GB18030.
_MOST_PRIVATE = 0.01
# Japanese in Shift-JIS has kana, and read as GB18030 or UTF-16 few of the 3,755 most frequent
# characters (the first level of GB2312), which make up most of any Chinese text.
_MIN_FREQUENT = 0.3
_MIN_KANA = 0.2
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file.

    A byte order mark decides. Without one, the first of these that fits: UTF-8 with Chinese
    characters, UTF-16 where nearly every character is Chinese, Latin or punctuation, GB18030
    (which holds GBK and GB2312), UTF-8 without Chinese characters. Bytes that are mostly UTF-8
    are never read as GB18030: it would make other characters of them.

    Args:
        data: Content of the file.
        name: What messages call the file.

    Raises:
        InputError: The bytes are none of these; the message gives the offset of the first that
            cannot be decoded.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name, skip=len(bom))
    utf8 = _try(data, "utf-8")
    if utf8 is not None and has_han(utf8):
        return utf8
    wide = None if data.isascii() and b"\0" not in data else _utf16(data)
    if utf8 is None and _is_shift_jis(data, (wide, _try(data, "gb18030"))):
        raise InputError(
            f"{name}: neither UTF-8 nor GB18030, perhaps Shift-JIS; save the file again as UTF-8"
        )
    if wide is not None:
        return wide
    if utf8 is not None and (utf8.isascii() or not has_han(_try(data, "gb18030") or "")):
        return utf8
    if utf8 is None and _is_damaged_utf8(data):
        return _decode_as(data, "utf-8", name)
    return _gb18030(data, name)


def decode_declared(data: bytes, declared: str, name: str) -> str:
    """Return the text of a file that names its encoding.

    A declaration counts only where it names Big5, which cannot be told from GB18030 by what the
    file holds; for the rest the content is the better witness (see `decode`).

    Raises:
        InputError: See `decode`.
    """
    if declared.lower() in _BIG5 and not has_han(_try(data, "utf-8") or ""):
        text = _try(data, "big5hkscs")
        if text is not None:
            return text
    return decode(data, name)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_as(data: bytes, encoding: str, name: str, *, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: not valid {encoding.upper()} at byte {error.start + skip}; "
            "save the file again as UTF-8"
        ) from error


def _utf16(data: bytes) -> str | None:
    """Return data read as UTF-16 where one byte order makes clear Chinese text of it."""
    readings = [_try(data, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    clear = [text for text in readings if text and _is_plain(text)]
    return clear[0] if len(clear) == 1 else None


def _is_plain(text: str) -> bool:
    return has_han(text) and sum(1 for _ in _PLAIN.finditer(text)) >= _MIN_PLAIN * len(text)


def _is_damaged_utf8(data: bytes) -> bool:
    high = sum(1 for _ in _HIGH.finditer(data))
    valid = sum(len(match.group()) for match in _CHINESE_UTF8.finditer(data))
    return valid >= _MIN_UTF8 * high and count_han(data.decode("utf-8", "ignore")) > 0


def _gb18030(data: bytes, name: str) -> str:
    text = _try(data, "gb18030")
    if text is not None:
        if sum("\ue000" <= char <= "\uf8ff" for char in text) > _MOST_PRIVATE * len(text):
            raise InputError(
                f"{name}: neither UTF-8 nor GB18030, perhaps Big5; save the file again as UTF-8"
            )
        return text
    starts = []
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            starts.append(error.start)
    raise InputError(
        f"{name}: neither UTF-8 (fails at byte {starts[0]}) nor GB18030 (fails at byte "
        f"{starts[-1]}) nor UTF-16; save the file again as UTF-8"
    )


def _is_shift_jis(data: bytes, readings: Iterable[str | None]) -> bool:
    """Return whether data is Japanese text of which no other reading makes Chinese text."""
    japanese = _try(data, "cp932") or ""
    kana = sum(1 for _ in _KANA.finditer(japanese))
    return kana > _MIN_KANA * len(japanese) and not any(map(_is_chinese, filter(None, readings)))


def _is_chinese(text: str) -> bool:
    han = "".join(_HAN.findall(text))
    leads = han.encode("gb2312", "ignore")[::2]
    return sum(0xB0 <= lead <= 0xD7 for lead in leads) >= _MIN_FREQUENT * max(1, len(han))
