"""参会, 一（四）3: who came for a member, asked for leave, or sat in as a guest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import select

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.office_lists import ATTENDANCE, find_office_header, office_rows
from yicheng_coord.intake.rows import SkippedRow
from yicheng_coord.policy.matters import DELEGATES
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import ref_of
from yicheng_coord.services.meeting_state import day_of_meeting, recorded_meeting, require
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Attendance, Matter
from yicheng_coord.vocabulary import Attending

NAMES = {Attending.PRESENT: "出席", Attending.LEAVE: "请假", Attending.GUEST: "列席"}
_SPELLINGS = {
    **{name: status for status, name in NAMES.items()},
    "参会": Attending.PRESENT,
    "到会": Attending.PRESENT,
    "已到": Attending.PRESENT,
}
_ABSENT = ("缺席", "未到", "未参会")
_DELEGATES = {name: code for code, name in DELEGATES.items()}


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person; the unit by code, or DELEGATES. No status: a member is present, others guests.

    Whoever comes for a member is present, also where the list says 列席, 一（四）3.
    """

    unit: str
    name: str
    status: Attending | None = None
    reason: str | None = None
    post: str | None = None


class NotExpectedError(RefusedError):
    """Only members take part; others if they were invited."""

    def __init__(self, ref: str, unit: str, document: str, *, is_over: bool) -> None:
        then = " --on 日期" if is_over else ""
        super().__init__(
            f"不能登记参会：{unit}不是成员单位，{ref} 也没有邀请（{document} 一（四）3）。",
            f"受邀列席的，先登记邀请：coord meeting invite {ref} {unit}{then}",
        )


class NotAMemberError(RefusedError):
    """Who was invited sits in."""

    def __init__(self, ref: str, unit: str, name: str, status: Attending, document: str) -> None:
        super().__init__(
            f"{unit}不是成员单位，只能列席，不能登记为{NAMES[status]}（{document} 一（四）3）。",
            f'来列席的：coord meeting attend {ref} --unit {unit} --name "{name}"',
        )


class AttendsAlreadyError(RefusedError):
    """It is on record already."""

    def __init__(self, ref: str, unit: str, name: str) -> None:
        super().__init__(f"{ref} 已登记{unit}{name}，没有改动。")


_SHOWN = 5


class BadListError(RefusedError):
    """Rows that cannot be taken; nothing of the list is."""

    def __init__(self, name: str, found: Sequence[str]) -> None:
        more = f"；另有 {len(found) - _SHOWN} 行" if len(found) > _SHOWN else ""
        super().__init__(
            f"“{name}”没有登记：{'；'.join(found[:_SHOWN])}{more}。", "改好这些行再登记。"
        )


class NothingNewError(RefusedError):
    """The list is on record already, or names nobody who came or asked for leave."""

    def __init__(self, ref: str, name: str, count: int) -> None:
        why = f"所列 {count} 人都已登记" if count else "没有列出到会或请假的人"
        super().__init__(f"“{name}”{why}，没有改动。", f"查看：coord meeting show {ref}")


class UnknownStatusError(RefusedError):
    """A cell says something that is no 参会情况."""

    def __init__(self, text: str) -> None:
        super().__init__(f"没有这种参会情况：“{text}”，可以是{'、'.join(_SPELLINGS)}。")


def is_member_on(register: Register, code: str, day: date) -> bool:
    """Whether a unit is one of the joint meeting on a day."""
    return code not in DELEGATES and register.reading.units_on(day).get(code).is_member


def attend(register: Register, ref: str, people: Sequence[Attendee]) -> Recorded:
    """Record people of a meeting; who is there already is put otherwise.

    Raises:
        MeetingNotNowError: the minutes are signed, or the meeting was cancelled.
        NotExpectedError, NotAMemberError, AttendsAlreadyError: see each.
        FutureFactError: nobody was present at a meeting that is still to come.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "attend")
    changed = [row for one in people if (row := _put(register, meeting, one)) is not None]
    if not changed:
        first = people[0]
        raise AttendsAlreadyError(ref_of(meeting), register.unit_name(first.unit), first.name)
    return _answer(register, meeting, changed, _sat_in(register, meeting, people))


def attend_from(register: Register, ref: str, path: Path) -> Recorded:
    """Record the attendance of a list: 单位, 姓名, 参会情况, 理由, 职务; all of it or nothing.

    Raises:
        NotThatListError: no row names these columns.
        BadListError: a row cannot be taken.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "attend")
    changed, people, bad = [], [], []
    for line, said in _rows(path):
        try:
            person = _read(register, said)
            row = _put(register, meeting, person) if person else None
        except RefusedError as wrong:
            bad.append(f"第 {line} 行{str(wrong).rstrip('。')}")
            continue
        people += [person] if person else []
        changed += [row] if row is not None else []
    if bad:
        raise BadListError(path.name, bad)
    if not changed:
        raise NothingNewError(ref_of(meeting), path.name, len(people))
    return _answer(register, meeting, changed, _sat_in(register, meeting, people))


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    table = open_rows(path)
    for row in office_rows(table, find_office_header(table, ATTENDANCE)):
        if not isinstance(row, SkippedRow):
            yield row.line, row.said


def _read(register: Register, said: Mapping[str, str]) -> Attendee | None:
    """Read a row; one that says that nobody came says nothing: absence follows from the roster."""
    if said.get("status") in _ABSENT:
        return None
    for field, name in (("unit", "单位"), ("name", "姓名")):
        if field not in said:
            raise EmptyTextError(name)
    status = said.get("status")
    if status and status not in _SPELLINGS:
        raise UnknownStatusError(status)
    return Attendee(
        unit=unit_or_delegates(register, said["unit"]),
        name=said["name"],
        status=_SPELLINGS[status] if status else None,
        reason=said.get("reason"),
        post=said.get("post"),
    )


def unit_or_delegates(register: Register, text: str) -> str:
    """Return the code of a unit, or of 人大代表, 政协委员.

    Raises:
        UnknownUnitError: nothing is called so.

    """
    return _DELEGATES.get(text.strip()) or register.reading.units.named(text).code


def _put(register: Register, meeting: Matter, one: Attendee) -> Attendance | None:
    """Write one person; None where it reads so already."""
    status = _status(register, meeting, one)
    name, reason = one.name.strip(), (one.reason or "").strip() or None
    if not name:
        raise EmptyTextError("姓名（--name）")
    if status is Attending.LEAVE and not reason:
        raise EmptyTextError("请假的理由（--reason）")
    if status is not Attending.LEAVE:
        check_order("参会日期", day_of_meeting(register, meeting), register.today)
    there = select(Attendance).where(
        Attendance.matter_id == meeting.id, Attendance.unit == one.unit, Attendance.name == name
    )
    row = register.session.exec(there).first()
    new = {"post": (one.post or "").strip() or None, "status": status.value, "reason": reason}
    if row is not None and all(getattr(row, field) == value for field, value in new.items()):
        return None
    row = row or Attendance(matter_id=meeting.id, unit=one.unit, name=name, status=status.value)
    for field, value in new.items():
        setattr(row, field, value)
    register.session.add(row)
    register.session.flush()
    return row


def _status(register: Register, meeting: Matter, one: Attendee) -> Attending:
    day, document = day_of_meeting(register, meeting), register.policy.number
    if is_member_on(register, one.unit, day):
        check_there(register, one.unit, day)
        return Attending.LEAVE if one.status is Attending.LEAVE else Attending.PRESENT
    name = register.unit_name(one.unit)
    if one.unit not in register.matter_facts(meeting).units("guest"):
        raise NotExpectedError(ref_of(meeting), name, document, is_over=day < register.today)
    if one.status not in (None, Attending.GUEST):
        raise NotAMemberError(ref_of(meeting), name, one.name.strip(), one.status, document)
    return Attending.GUEST


def _sat_in(register: Register, meeting: Matter, people: Sequence[Attendee]) -> list[str]:
    """Say which members were put down as guests: whoever comes for a member is its attendance."""
    day = day_of_meeting(register, meeting)
    names = [
        f"{register.unit_name(one.unit)}{one.name.strip()}"
        for one in people
        if one.status is Attending.GUEST and is_member_on(register, one.unit, day)
    ]
    if not names:
        return []
    clause = f"（{register.policy.number} 一（四）3）"
    return [f"成员单位来的人是出席，不是列席，已按出席登记：{'、'.join(names)}{clause}"]


def _answer(
    register: Register, meeting: Matter, changed: Sequence[Attendance], warnings: Sequence[str]
) -> Recorded:
    people = [
        {"unit": row.unit, "name": row.name, "status": row.status, "reason": row.reason}
        for row in changed
    ]
    words = "；".join(
        f"{register.unit_name(row.unit)}{row.name}（{NAMES[Attending(row.status)]}）"
        for row in changed[:_SHOWN]
    )
    more = f" 等 {len(changed)} 人" if len(changed) > _SHOWN else ""
    return recorded_meeting(
        register,
        meeting,
        type="attendance",
        headline=f"已登记参会：{ref_of(meeting)}　{words}{more}",
        warnings=warnings,
        people=people,
    )
