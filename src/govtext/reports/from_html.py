"""The text of an HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from govtext.errors import InputError
from govtext.reports.encoding import decode_declared

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_BYTES = 4096
# fmt: off
_DROPPED = frozenset((
    "head", "script", "style", "nav", "aside", "footer", "noscript", "template", "svg", "iframe",
    "object", "button", "select", "textarea",
))
_BLOCKS = frozenset((
    "html", "body", "main", "article", "section", "header", "div", "p", "center", "hr", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "figure", "figcaption", "form",
    "fieldset", "details", "summary", "address",
))
# fmt: on
_HEADINGS = {f"h{depth}": "#" * depth + " " for depth in range(1, 7)}
_CELLS = frozenset(("td", "th"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
# A line break of the source: no space between Chinese characters, a space elsewhere.
_SOFT = "\x01"
_SOFT_BREAK = re.compile(rf"(?<=[^\x00-\x7f]){_SOFT}+(?=[^\x00-\x7f])")


def html_text(data: bytes, name: str) -> str:
    """Return the text of a page, a block element a line, headings marked with `#`.

    What is no part of the running text (script, style, nav, aside, footer, controls) is dropped.

    Raises:
        InputError: The page cannot be decoded or has no element.
    """
    declared = _META.search(data[:_META_BYTES])
    encoding = declared[1].decode("ascii", "replace") if declared else ""
    markup = decode_declared(data, encoding, name).replace("\x00", "").replace(_SOFT, "")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(markup.encode(), parser)
    if root is None:
        raise InputError(f"{name}: no HTML element found; expected a page with text")
    joined = _SOFT_BREAK.sub("", "".join(_pieces(root)))
    return joined.replace(_SOFT, " ")


def _pieces(root: etree._Element) -> Iterator[str]:
    walker = etree.iterwalk(root, events=("start", "end"))
    in_heading = False
    for event, element in walker:
        tag = element.tag
        if event == "start" and tag in _DROPPED:
            walker.skip_subtree()
        elif event == "start":
            in_heading = in_heading or tag in _HEADINGS
            yield _opening(tag, in_heading=in_heading)
            yield _collapse(element.text)
        else:
            in_heading = in_heading and tag not in _HEADINGS
            yield "\n" if tag in _BLOCKS else " " if tag in _CELLS else ""
            yield _collapse(element.tail)


def _opening(tag: str, *, in_heading: bool) -> str:
    if tag == "br":
        return " " if in_heading else "\n"
    if tag in _BLOCKS:
        return "\n" + _HEADINGS.get(tag, "")
    return ""


def _collapse(text: str | None) -> str:
    return _SPACE.sub(lambda run: _SOFT if "\n" in run[0] else " ", text or "")
