"""The minutes of a meeting, drafted from what is on record, for people to edit, 一（三）3."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from yicheng_coord.dates import in_chinese
from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.minutes_parts import HEADING
from yicheng_coord.policy.meetings import topic_status
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.resolutions import due_of
from yicheng_coord.queries.topics import said_of
from yicheng_coord.vocabulary import Attending, TopicStatus

_ORDINALS = "零一二三四五六七八九十"
_TEN = 10


class MinutesThereError(RefusedError):
    """What was edited is not overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}”已存在，没有覆盖。", "换一个文件名，或先移走原来的文件。")


def draft(sheet: MeetingSheet) -> str:
    """Return the minutes as plain text: head, attendance, topics, what was resolved."""
    blocks = [[*_head(sheet)], [*_attendance(sheet)], *_topics(sheet), *_others(sheet)]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def minutes_of(sheet: MeetingSheet) -> str:
    """Return the minutes in force; while they are not signed, their draft."""
    in_force = sheet.minutes
    return str(in_force["text"]) if in_force else draft(sheet)


def write_minutes(path: Path, text: str) -> None:
    """Write them to a file of their own, for an editor.

    Raises:
        MinutesThereError: something is there already; it may have been edited.

    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise MinutesThereError(path) from None


def _head(sheet: MeetingSheet) -> Iterator[str]:
    yield HEADING
    yield sheet.matter.title
    yield ""
    time = sheet.matter.details.get("time") or "【待补：时间】"
    yield f"时间：{in_chinese(sheet.day)} {time}"
    yield f"地点：{sheet.place}"
    yield f"主持：{sheet.attendance.leader or '【待补：组长】'}"


def _attendance(sheet: MeetingSheet) -> Iterator[str]:
    people = sheet.attendance
    present = [_person(sheet, row) for row in people.of(Attending.PRESENT)]
    yield f"出席：{'；'.join(present) or '【待补：出席人员】'}"
    leave = [f"{_person(sheet, row)}（{row['reason']}）" for row in people.of(Attending.LEAVE)]
    if leave:
        yield f"请假：{'；'.join(leave)}"
    guests = [_person(sheet, row) for row in people.of(Attending.GUEST)]
    if guests:
        yield f"列席：{'；'.join(guests)}"
    if people.absent and present:
        yield f"缺席：{'、'.join(sheet.reading.unit_name(unit) for unit, _ in people.absent)}"


def _person(sheet: MeetingSheet, row: sqlite3.Row) -> str:
    return " ".join(filter(None, (sheet.reading.unit_name(row["unit"]), row["name"], row["post"])))


def _topics(sheet: MeetingSheet) -> Iterator[list[str]]:
    for number, topic in enumerate(_dealt_with(sheet), start=1):
        by = sheet.reading.unit_name(topic.row["owner"])
        lines = [f"{_ordinal(number)}、{topic.title}（{by}提出）"]
        resolved = [one for one in sheet.resolutions if one.details.get("topic") == topic.ref]
        lines += [_resolved(sheet, one) for one in resolved]
        if not resolved:
            lines.append(said_of(topic, "topic.decided") or "【待补：研究结果】")
        yield lines


def _dealt_with(sheet: MeetingSheet) -> list[MatterSheet]:
    return [one for one in sheet.topics if topic_status(one.facts) is not TopicStatus.REJECTED]


def _others(sheet: MeetingSheet) -> Iterator[list[str]]:
    """What was resolved beyond the topics, and what was not reached."""
    others = [_resolved(sheet, one) for one in sheet.resolutions if not one.details.get("topic")]
    before = len(_dealt_with(sheet))
    if others:
        yield [f"{_ordinal(before + 1)}、{'其他' if before else ''}议定事项", *others]
    if sheet.carried:
        yield [f"未及研究、转下次会议的议题：{'；'.join(sheet.carried)}"]


def _resolved(sheet: MeetingSheet, one: MatterSheet) -> str:
    helpers = "、".join(map(sheet.reading.unit_name, one.facts.units("with")))
    due = in_chinese(date.fromisoformat(due_of(one)))
    owner = sheet.reading.unit_name(one.row["owner"])
    return (
        f"{one.row['kind']}：{one.title.rstrip('。')}。责任单位：{owner}"
        f"{f'；配合单位：{helpers}' if helpers else ''}；办结期限：{due}。"
    )


def _ordinal(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, _TEN)
    if not tens:
        return _ORDINALS[ones]
    head = "十" if tens == 1 else f"{_ORDINALS[tens]}十"
    return head + (_ORDINALS[ones] if ones else "")
