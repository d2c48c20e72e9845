"""Whether a text is the minutes of this meeting: what can be told before it is frozen, 一（四）4."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from yicheng_coord.dates import in_chinese
from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.minutes_parts import parts_of
from yicheng_coord.policy.meetings import topic_status
from yicheng_coord.queries.matters import list_matters
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.text import folded
from yicheng_coord.vocabulary import MeetingStatus, TopicStatus

_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85"
"""Control characters that a text may hold: its tabs and whatever ends a line."""


class OtherMinutesError(RefusedError):
    """The text is that of another meeting's minutes."""

    def __init__(self, ours: MeetingSheet, other: MeetingSheet, document: str) -> None:
        super().__init__(
            f"没有登记：这份纪要写的是 {other.ref} {other.matter.title}（{other.day}），"
            f"不是 {ours.ref} {ours.matter.title}（{ours.day}）的纪要（{document} 一（四）4）。",
            f"{ours.ref} 的纪要：coord meeting minutes {ours.ref} --out 文件",
        )


def is_text(text: str) -> bool:
    """Whether a person could have written it: bytes that happen to decode hold control characters."""
    return not any(unicodedata.category(one) == "Cc" and one not in _BREAKS for one in text)


def check_is_of(sheet: MeetingSheet, text: str) -> None:
    """Refuse what is another meeting's.

    Raises:
        OtherMinutesError: it names another meeting and its day, and not this one, or not its day.

    """
    said = folded(text)
    for one in list_matters(sheet.reading, "M"):
        other = MeetingSheet(one)
        is_it = other.ref != sheet.ref and other.status is not MeetingStatus.CANCELLED
        if is_it and _is_rather(other, sheet, said):
            raise OtherMinutesError(sheet, other, sheet.reading.policy.number)


def _is_rather(other: MeetingSheet, ours: MeetingSheet, said: str) -> bool:
    theirs, own = folded(other.matter.title), folded(ours.matter.title)
    if theirs not in said or not _names_day(said, other.day):
        return False
    if other.day == ours.day:
        return own not in said
    return not _names_day(said, ours.day) and (own == theirs or own not in said)


def not_in(sheet: MeetingSheet, text: str) -> list[str]:
    """Warn of what is on record of the meeting and not in the text."""
    missing = [*_missing(sheet, folded(text))]
    if not missing:
        return []
    return [f"纪要里没有写到{'、'.join(missing)}；核对是不是 {sheet.ref} 的纪要"]


def _missing(sheet: MeetingSheet, said: str) -> Iterator[str]:
    if folded(sheet.matter.title) not in said:
        yield f"会议名称“{sheet.matter.title}”"
    if not _names_day(said, sheet.day):
        yield f"会议日期{in_chinese(sheet.day)}"
    for topic in sheet.topics:
        is_before_it = topic_status(topic.facts) is not TopicStatus.REJECTED
        if is_before_it and folded(topic.title) not in said:
            yield f"议题 {topic.ref} {topic.title}"
    for one in sheet.resolutions:
        if folded(one.title.rstrip("。")) not in said:
            yield f"议定事项 {one.ref} {one.title}"


def _names_day(said: str, day: date) -> bool:
    """2026年9月5日, 2026年09月05日, 2026-09-05, 2026.9.5."""
    pattern = rf"{day.year}[年./-]0?{day.month}[月./-]0?{day.day}(?!\d)"
    return re.search(pattern, said) is not None


def what_is_final(kept: dict[str, str]) -> list[str]:
    """Say what became final: its title, how long it is, its SHA-256."""
    title = parts_of(kept["text"]).title
    named = f"标题“{title}”" if title else "没有标题"
    return [f"定稿{named}，{characters(kept['text'])} 字", f"定稿校验值　{kept['sha256']}"]


def characters(text: str) -> int:
    """Return how many characters a text has, blanks and line breaks not counted."""
    return sum(not one.isspace() for one in text)
