"""Where the reports of a file begin: titles, subtitles, and the lines above and below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govtext.reports.lines import Line
from govtext.reports.marks import DASH, MAX_PLAIN, is_ended, is_running, number_of, opens_item
from govtext.reports.phrases import (
    is_address,
    is_aside,
    is_banner,
    is_formal_title,
    is_front,
    is_session,
    is_subtitle,
)
from govtext.text.characters import has_han

_MAX_TITLE = 60
_MAX_TITLE_LINES = 3
_MAX_PARALLEL = 3
_MAX_SPEAKER = 25
# How many lines of a newspaper page may stand above a title that no subtitle follows.
_MAX_HEAD = 20
_NOTES = ("编者按", "编者的话", "核心提示", "导读", "内容提要")


@dataclass(frozen=True, slots=True)
class Opened:
    """The lines of one report.

    Attributes:
        title: Its title in one line, None where it has none.
        front: The lines between title and text: subtitle, session, speaker, salutation.
        body: The lines of its text.
    """

    title: str | None
    front: tuple[Line, ...]
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Indices of lines: of the first of the title, behind its last, behind the front."""

    start: int
    title_end: int
    front_end: int


def find_reports(lines: Sequence[Line]) -> list[Opened]:
    """Return the reports of a file in order.

    A report is opened by a title that a subtitle (——云溪区政协2023年工作综述) or a session line
    follows, or by a title that names the body and the kind of report. Lines of a newspaper page
    above a title belong to no report. Text without a title is one report.
    """
    openings = list(_openings(lines))
    if not openings:
        return [_untitled(lines)]
    head = lines[: openings[0].start]
    reports = [_untitled(head)] if _has_text(head) else []
    ends = [_without_banners(lines, opening.start) for opening in openings[1:]] + [len(lines)]
    for opening, end in zip(openings, ends, strict=True):
        title = _title([line.text for line in lines[opening.start : opening.title_end]])
        front = tuple(lines[opening.title_end : opening.front_end])
        reports.append(Opened(title, front, tuple(lines[opening.front_end : end])))
    return reports


def _openings(lines: Sequence[Line]) -> Iterator[_Opening]:
    floor = 0
    leading = True
    i = 0
    while i < len(lines):
        if _ends_title(lines, i, leading=leading):
            front_end = _front_end(lines, i + 1)
            yield _Opening(_title_start(lines, i, floor), i + 1, front_end)
            leading = False
            floor = i = front_end
        else:
            leading = leading and not _is_text(lines[i])
            i += 1


def _ends_title(lines: Sequence[Line], i: int, *, leading: bool) -> bool:
    """Tell whether line `i` is the last line of a title; `leading`: no text stands before it."""
    line = lines[i]
    rest = [other for other in lines[i + 1 : i + 5] if not is_aside(other.text)]
    if not rest or not _may_be_title(line):
        return False
    following = rest[0]
    strict = not (leading or is_formal_title(line.text))
    if is_session(following.text) or _is_dashed(following, strict=strict):
        return True
    if is_subtitle(following.text) and is_formal_title(following.text) and not is_ended(line.text):
        return leading and not opens_item(following.text) and not is_formal_title(line.text)
    if is_formal_title(line.text):
        if len(rest) > 1 and _may_be_title(following) and is_session(rest[1].text):
            return False
        if _holds_subtitle(line.text):
            return True
        return leading or any(is_session(x.text) or is_address(x.text) for x in rest[:3])
    return leading and i < _MAX_HEAD and _heads_headings(lines, i)


def _heads_headings(lines: Sequence[Line], i: int) -> bool:
    """Tell whether an opening line stands above all headings, so that it is none itself."""
    if lines[i].depth == 1 and not any(line.depth == 1 for line in lines[i + 1 :]):
        return True
    above = [line for line in lines[:i] if not is_banner(line.text)]
    if above or lines[i].depth:
        return False
    following = lines[i + 1]
    if following.depth or number_of(following.text) is not None:
        return not _is_text(following)
    return (
        len(lines) > i + 2
        and _may_be_title(following)
        and not is_front(following.text)
        and _is_text(lines[i + 2])
    )


def _may_be_title(line: Line) -> bool:
    text = line.text
    if len(text) > _MAX_TITLE or not has_han(text) or is_running(text):
        return False
    if is_ended(text) and text[-1] not in "！？!?》”":
        return False
    return not (opens_item(text) or DASH.match(text) or is_front(text) or is_banner(text))


def _is_dashed(line: Line, *, strict: bool) -> bool:
    """Tell whether a line is a subtitle behind a dash; `strict`: it names body, kind or year."""
    match = DASH.match(line.text)
    if match is None or line.depth or len(line.text) > _MAX_TITLE or _is_text(line):
        return False
    return not strict or is_subtitle(line.text[match.end() :])


def _holds_subtitle(text: str) -> bool:
    """Tell whether a line is a title and, behind a dash, its subtitle."""
    dashes = list(DASH.finditer(text))
    return bool(dashes) and is_subtitle(text[dashes[-1].end() :])


def _title_start(lines: Sequence[Line], last: int, floor: int) -> int:
    start = last
    while start > floor and last - start < _MAX_TITLE_LINES - 1:
        above, below = lines[start - 1], lines[start]
        parallel = abs(len(above.text) - len(below.text)) <= _MAX_PARALLEL
        if not _may_be_title(above) or is_ended(above.text) or above.depth != below.depth:
            break
        if below.gap and not parallel and not _is_split_name(above, below):
            break
        start -= 1
    return start


def _is_split_name(above: Line, below: Line) -> bool:
    """Tell whether two lines only together name a body and the kind of its report."""
    return is_formal_title(above.text + below.text) and is_formal_title(f"政协{below.text}")


def _title(texts: Sequence[str]) -> str:
    """Return the lines of a title as one: phrases apart, the parts of a name without a space."""
    joined = "".join(texts)
    return joined if is_formal_title(joined) else " ".join(texts)


def _front_end(lines: Sequence[Line], first: int) -> int:
    """Return the index behind the lines that tell when, where and by whom it was given."""
    while first < len(lines) and is_aside(lines[first].text):
        first += 1
    i = first
    while i < len(lines) and (is_front(lines[i].text) or _is_introduction(lines, i, first)):
        i += 1
    return i


def _is_introduction(lines: Sequence[Line], i: int, first: int) -> bool:
    """Tell whether line `i` is a subtitle or, short and right above the address, the speaker."""
    line = lines[i]
    if line.depth or _is_text(line):
        return False
    if i + 1 < len(lines) and is_address(lines[i + 1].text) and len(line.text) <= _MAX_SPEAKER:
        return True
    if i == first and is_subtitle(line.text) and is_formal_title(line.text):
        return True
    return _is_dashed(line, strict=i > first)


def _is_text(line: Line) -> bool:
    """Tell whether a line is running text."""
    if is_front(line.text) or line.depth:
        return False
    return is_ended(line.text) or is_running(line.text) or len(line.text) > _MAX_TITLE


def _has_text(lines: Sequence[Line]) -> bool:
    return any(_is_text(line) and not line.text.startswith(_NOTES) for line in lines)


def _untitled(lines: Sequence[Line]) -> Opened:
    end = 0
    while end < len(lines) and not lines[end].depth and is_banner(lines[end].text):
        end += 1
    end = _front_end(lines, end)
    if not _has_text(lines[end:]):
        end = 0
    return Opened(None, tuple(lines[:end]), tuple(lines[end:]))


def _without_banners(lines: Sequence[Line], end: int) -> int:
    """Return the end of a report without the newspaper lines above the next title."""
    while end and (is_banner(lines[end - 1].text) or is_aside(lines[end - 1].text)):
        if len(lines[end - 1].text) > MAX_PLAIN or _is_text(lines[end - 1]):
            break
        end -= 1
    return end
