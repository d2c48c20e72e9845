"""Meetings as people read them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from yicheng_coord.policy.meetings import KIND_NAMES, STATUS_NAMES, TOPIC_STATUS_NAMES, topic_status
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import hint, say, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.text import harmless, harmless_lines
from yicheng_coord.vocabulary import Attending, Format, MeetingKind, MeetingStatus


def show_meetings(sheets: Sequence[MeetingSheet], form: Format) -> None:
    """Write the meetings."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("会期", lambda one: one.at),
                Column("状态", lambda one: STATUS_NAMES[one.status], drop=1),
                Column("计入", _counts_for, drop=2),
                Column("议题", lambda one: len(one.topics), drop=3),
                Column("议定事项", lambda one: len(one.resolutions), drop=4),
                Column("名称", lambda one: one.matter.title, folds=True),
            ),
            more=(
                Column("种类", _kind),
                Column("地点", lambda one: one.place),
            ),
            as_json=MeetingSheet.as_json,
            title="联席会议",
            footer=f"共 {len(sheets)} 次。",
            empty="没有登记会议。",
        ),
        form,
    )


def show_meeting(sheet: MeetingSheet, form: Format) -> None:
    """Write one meeting."""
    if form is Format.JSON:
        write_json(sheet.as_json())
        return
    show_matter(sheet.matter, _facts(sheet), form)
    if form is Format.TABLE and sheet.next_step:
        say(f"下一步：{sheet.next_step}")


def show_minutes(text: str) -> None:
    """Write the minutes, for people to read."""
    say(harmless_lines(text.rstrip("\n")))


def show_written(path: Path, ref: str) -> None:
    """Say where the minutes are, and what to do with them."""
    say(f"已写出：{path}")
    hint(f"改好后：coord meeting sign {harmless(ref)} --file {path}")


def _kind(sheet: MeetingSheet) -> str:
    return KIND_NAMES[MeetingKind(sheet.matter.row["kind"])]


def _counts_for(sheet: MeetingSheet) -> str:
    return sheet.counts_for.label if sheet.counts_for else ""


def _facts(sheet: MeetingSheet) -> Iterator[tuple[str, str | None]]:
    name = sheet.reading.unit_name
    yield "种类", _kind(sheet)
    yield "状态", STATUS_NAMES[sheet.status]
    yield "会期", sheet.at
    yield "计入", _counts_for(sheet)
    yield "地点", sheet.place
    yield "邀请", "、".join(map(name, sheet.invited))
    if sheet.status is MeetingStatus.PLANNED:
        for item in sheet.agenda:
            yield f"议程{item['item']}", _item_in_words(sheet, item)
    for topic in sheet.topics:
        status = TOPIC_STATUS_NAMES[topic_status(topic.facts)]
        yield "议题", f"{topic.ref} {topic.title}　{name(topic.row['owner'])}（{status}）"
    people = sheet.attendance
    for label, status in (("出席", Attending.PRESENT), ("请假", Attending.LEAVE),
                          ("列席", Attending.GUEST)):  # fmt: skip
        said = (f"{name(row['unit'])} {row['name']}" + (f"（{row['reason']}）" if row["reason"] else "")
                for row in people.of(status))  # fmt: skip
        yield label, "；".join(said)
    yield "缺席", "、".join(name(unit) for unit, _ in people.absent)
    for one in sheet.resolutions:
        yield "议定事项", f"{one.ref} {one.title}　{name(one.row['owner'])}"
    minutes = sheet.minutes
    yield "纪要校验值", minutes["sha256"] if minutes else None


def _item_in_words(sheet: MeetingSheet, item: dict[str, object]) -> str:
    resolutions = item.get("resolutions")
    if isinstance(resolutions, list):
        return f"{item['title']}：{'、'.join(one['ref'] for one in resolutions)}"
    return f"{item['topic']} {item['title']}　{sheet.reading.unit_name(str(item['by']))}"
