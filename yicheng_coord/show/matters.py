"""One matter as people read it: its course, what is owed, what comes next; the same for every sort."""

import sqlite3
from collections.abc import Iterable, Iterator

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.queries.matters import MatterSheet, told_of
from yicheng_coord.show.duties import MORE, columns
from yicheng_coord.show.output import is_terminal, say, write_fields
from yicheng_coord.show.table import Listing, draw, show
from yicheng_coord.text import harmless, harmless_lines
from yicheng_coord.vocabulary import DutyStatus, Format

SECRECY = {"commercial": "商业秘密", "privacy": "个人隐私"}
Fields = Iterable[tuple[str, str | None]]


def show_matter(sheet: MatterSheet, facts: Fields, form: Format) -> None:
    """Write a matter: what it says of itself, its course, what is owed."""
    said = [(label, text) for label, text in facts if text]
    course = list(course_of(sheet))
    if form is Format.CSV:
        write_fields([("编号", sheet.ref), ("名称", sheet.title), *said, *course])
        return
    say(harmless(f"{sheet.ref} {sheet.title}"))
    for label, text in said:
        say(f"  {harmless(label)}　{harmless_lines(text)}")
    say()
    say("经过")
    for day, text in course:
        say(harmless(f"  {day}　{text}"))
    _show_duties(sheet)


def course_of(sheet: MatterSheet) -> Iterator[tuple[str, str]]:
    """Yield (day, what happened), also for the timeline of the case that it belongs to."""
    for row in sheet.happenings:
        clock = f" {row['happened_at'][11:16]}" if row["happened_at"] else ""
        who = f"　{sheet.unit_name(row['unit'])}" if row["unit"] else ""
        said = (row["medium"], sheet.shown(row["document"]), _days(row), sheet.shown(row["text"]))
        how = "，".join(filter(None, said))
        what = EVENTS[row["event"]].label + clock + who
        yield row["happened_on"], what + (f"（{how}）" if how else "")


def _days(row: sqlite3.Row) -> str:
    return f"{told_of(row).days} 个工作日" if row["event"] == "request.extended" else ""


def _show_duties(sheet: MatterSheet) -> None:
    owed = [duty for duty in sheet.duties if duty.status is not DutyStatus.CANCELLED]
    if not owed:
        return
    listing = Listing(
        rows=owed, columns=columns("时限"), more=MORE, as_json=lambda one: one.as_json(), empty=""
    )
    say()
    say("时限")
    if is_terminal():
        draw(listing)
    else:
        show(listing, Format.TABLE)
