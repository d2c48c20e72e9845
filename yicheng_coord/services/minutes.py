"""会议纪要, 一（三）3, 一（四）4: signed by 组长, distributed; from then on only amended."""

from datetime import date
from pathlib import Path

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.intake.encodings import (
    LineTooLongError,
    NoMarkError,
    UndecodableError,
    encoding_of,
)
from yicheng_coord.papers.minutes import draft
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.resolutions import due_of
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.final_texts import final_text
from yicheng_coord.services.matters import record, ref_of
from yicheng_coord.services.meeting_state import recorded_meeting, require
from yicheng_coord.services.minutes_text import (
    characters,
    check_is_of,
    is_text,
    not_in,
    what_is_final,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.sittings import sheet_of
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import Letter

_LONGEST = 1 << 20
"""Bytes; minutes are some pages."""


class UndecidedTopicsError(RefusedError):
    """What the meeting said on some topics is not on record."""

    def __init__(self, ref: str, topics: list[MatterSheet], document: str) -> None:
        names, first = [f"{one.ref} {one.title}" for one in topics], topics[0].ref
        super().__init__(
            f"不能签发 {ref} 的纪要：以下议题尚无研究结果：{'；'.join(names)}"
            f"（{document} 一（四）4）。",
            f"逐项登记：coord topic decide {first} --text 结果；有议定事项的：coord resolution add "
            f"--topic {first} --kind 议定 --text 事项 --owner 单位 --due 日期；"
            f"未及研究的：coord topic carry {first}",
        )


class UnreadableMinutesError(RefusedError):
    """The file holds no text that could be signed."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"纪要文件“{path}”{why}，没有登记。",
            "纪要是纯文本文件（.txt），不是 Word 文件；先写出草稿再改：coord meeting minutes 会议 --out 文件",
        )


class SameMinutesError(RefusedError):
    """Nothing was changed."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} 的纪要已经是这样，没有改动。")


def sign(register: Register, ref: str, *, on: date, text: str | None = None) -> Recorded:
    """Record that 组长 signed the minutes; their text is final, its SHA-256 beside it.

    What was resolved is owed from now on, by the days that were resolved (resolution.carry_out).

    Args:
        register: the register.
        ref: the meeting.
        on: the day.
        text: the minutes as they were edited; None = as drafted.

    Raises:
        MeetingNotNowError: it was not held, or they are signed already.
        UndecidedTopicsError: with the topics.
        OtherMinutesError: they are those of another meeting.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "sign")
    sheet = sheet_of(register, meeting)
    if sheet.undecided:
        raise UndecidedTopicsError(ref_of(meeting), sheet.undecided, register.policy.number)
    if text is not None:
        check_is_of(sheet, text)
    kept = final_text(register, draft(sheet) if text is None else text, "纪要")
    record(register, meeting, "minutes.signed", on, details=kept)
    resolved = _set_resolutions(register, sheet)
    return recorded_meeting(
        register,
        meeting,
        *resolved,
        type="minutes_signed",
        headline=f"组长已签发纪要：{ref_of(meeting)} {meeting.title}（{on}）",
        notes=what_is_final(kept),
        warnings=_to_look_at(sheet, kept),
        paper=Letter.MINUTES,
        signed_on=on.isoformat(),
        sha256=kept["sha256"],
        characters=characters(kept["text"]),
    )


def _set_resolutions(register: Register, sheet: MeetingSheet) -> list[Matter]:
    """The clocks of what was resolved run from the signature, 一（四）4."""
    resolved = []
    for one in sheet.resolutions:
        resolution = register.session.get_one(Matter, one.row["id"])
        if not one.facts.of("resolution.set"):
            record(register, resolution, "resolution.set", date.fromisoformat(due_of(one)))
            resolved.append(resolution)
    return resolved


def distribute(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the minutes went out to the members, 一（三）3.

    Raises:
        MeetingNotNowError: they are not signed, or are out already.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "distribute")
    record(register, meeting, "minutes.distributed", on)
    return recorded_meeting(
        register,
        meeting,
        type="minutes_distributed",
        headline=f"已印发纪要：{ref_of(meeting)} {meeting.title}（{on}）",
        distributed_on=on.isoformat(),
    )


def amend(register: Register, ref: str, *, text: str, reason: str, on: date) -> Recorded:
    """Keep other minutes beside the signed ones, dated and with the reason.

    Raises:
        MeetingNotNowError: they are not signed yet, and can still be edited.
        SameMinutesError: nothing was changed.
        OtherMinutesError: they are those of another meeting.
        OutOfOrderError: they were amended later already.

    """
    if not reason.strip():
        raise EmptyTextError("更正的理由（--reason）")
    meeting = register.matter(ref, "M")
    require(register, meeting, "amend")
    sheet = sheet_of(register, meeting)
    check_is_of(sheet, text)
    kept = final_text(register, text, "纪要")
    in_force = sheet.minutes
    if in_force and in_force["sha256"] == kept["sha256"]:
        raise SameMinutesError(ref_of(meeting))
    if before := sheet.amendments:
        last = date.fromisoformat(before[-1]["on"])
        check_order("更正日期", on, register.today, after=("上次更正日期", last))
    record(register, meeting, "minutes.amended", on, text=reason.strip(), details=kept)
    return recorded_meeting(
        register,
        meeting,
        type="minutes_amended",
        headline=f"已更正纪要：{ref_of(meeting)} {meeting.title}（{on}，{reason.strip()}）",
        notes=what_is_final(kept),
        warnings=_to_look_at(sheet, kept),
        paper=Letter.MINUTES,
        amended_on=on.isoformat(),
        sha256=kept["sha256"],
        characters=characters(kept["text"]),
    )


def _to_look_at(sheet: MeetingSheet, kept: dict[str, str]) -> list[str]:
    gaps = ["纪要中还有【待补】的内容"] if "【待补" in kept["text"] else []
    return [*gaps, *not_in(sheet, kept["text"])]


def read_minutes(path: Path) -> str:
    """Read the minutes as they were edited, in whatever encoding the editor left them.

    Raises:
        UnreadableMinutesError: there is no such file, it is no text, or far too long.

    """
    try:
        if path.stat().st_size > _LONGEST:
            raise UnreadableMinutesError(path, "太大")
        text = path.read_bytes().decode(encoding_of(path))
    except OSError as wrong:
        raise UnreadableMinutesError(path, f"读不了（{reason_of(wrong)}）") from wrong
    except (UndecodableError, NoMarkError, LineTooLongError) as wrong:  # these speak of lists
        raise UnreadableMinutesError(path, "不是文字") from wrong
    if not is_text(text):
        raise UnreadableMinutesError(path, "不是文字")
    return text
