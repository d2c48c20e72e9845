"""The parts of minutes, read from their text: what a paper of them prints is this text, no other.

The text is the office's own, edited by hand and frozen when 组长 signs it; so a line of it that
bears a heading's number is a heading, and nothing that it says is left out or put otherwise.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yicheng_coord.papers.marks import LEVELS

HEADING = "联席会议纪要"
"""The first line of a draft; a paper bears it in its mark."""
PRESENT, LEAVE, GUESTS, ABSENT = ATTENDANCE = ("出席", "请假", "列席", "缺席")
_LABELLED = re.compile(r"([\u4e00-\u9fff]{1,4})[:：]\s*(.*)")
_LONGEST_TITLE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body: the number of its heading (一、; "" of a plain one) and its text."""

    ordinal: str
    text: str


@dataclass(frozen=True, slots=True)
class MinutesParts:
    """The minutes in parts.

    Attributes:
        title: as its first line names the meeting; "" where it does not.
        attendance: 出席, 请假, 列席, 缺席, each as its line before the first heading says.
        lines: all else, in its order.

    """

    title: str
    attendance: dict[str, str]
    lines: tuple[Line, ...]


def parts_of(text: str) -> MinutesParts:
    """Read the text of minutes, as drafted or as somebody edited it."""
    lines = list(filter(None, map(str.strip, text.splitlines())))
    if lines and lines[0] == HEADING:
        del lines[0]
    title = lines.pop(0) if len(lines) > 1 and _is_title(lines[0]) else ""
    attendance: dict[str, str] = {}
    return MinutesParts(title, attendance, tuple(map(_line, _without(lines, attendance))))


def _is_title(line: str) -> bool:
    is_other = _LABELLED.fullmatch(line) or _line(line).ordinal or line.endswith(("。", "；"))
    return not is_other and len(line) <= _LONGEST_TITLE


def _without(lines: Iterable[str], attendance: dict[str, str]) -> Iterator[str]:
    """Put 出席 and its like aside, the first of each; below a heading they are but text."""
    is_head = True
    for line in lines:
        is_head = is_head and not _line(line).ordinal
        said = _LABELLED.fullmatch(line) if is_head else None
        if said and said[2] and said[1] in ATTENDANCE and said[1] not in attendance:
            attendance[said[1]] = said[2]
        else:
            yield line


def _line(line: str) -> Line:
    for level in LEVELS.values():
        if number := level.match(line):
            return Line(number[0], line[number.end() :])
    return Line("", line)
