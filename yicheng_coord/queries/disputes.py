"""Disputes over enforcement (四（四）) as they are shown, also within their case."""

from typing import Any

from yicheng_coord.queries.matters import MatterSheet

_COURSE = {
    "dispute.decided": ("decided", "区政府已决定"),
    "dispute.settled": ("settled", "已协商解决"),
    "dispute.referred": ("referred", "已报区政府，待决定"),
}
_OPENED = ("opened", "待协商")


def dispute_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a dispute, days as ISO text."""
    return {
        "ref": sheet.ref,
        "title": sheet.title,
        "between": list(sheet.facts.units("disputant")),
        "case": sheet.case_number,
        "status": _standing(sheet)[0],
        "opened_on": sheet.days("dispute.opened"),
        "settled_on": sheet.days("dispute.settled"),
        "referred_on": sheet.days("dispute.referred"),
        "decided_on": sheet.days("dispute.decided"),
        "result": result_of(sheet),
        "document": _ending(sheet, "document"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def _standing(sheet: MatterSheet) -> tuple[str, str]:
    return next((both for event, both in _COURSE.items() if sheet.facts.of(event)), _OPENED)


def status_in_words(sheet: MatterSheet) -> str:
    """Return where it stands."""
    return _standing(sheet)[1]


def result_of(sheet: MatterSheet) -> str | None:
    """Return what was agreed or decided."""
    return _ending(sheet, "text")


def _ending(sheet: MatterSheet, column: str) -> str | None:
    ends = ("dispute.settled", "dispute.decided")
    return next(
        (sheet.shown(row[column]) for row in sheet.happenings if row["event"] in ends), None
    )


def disputants(sheet: MatterSheet) -> str:
    """Return who disputes."""
    return "、".join(map(sheet.unit_name, sheet.facts.units("disputant")))


def dispute_in_words(sheet: MatterSheet) -> str:
    """Return a dispute in one line, as its case says it."""
    return f"{sheet.ref} {sheet.title}（{disputants(sheet)}）：{status_in_words(sheet)}"
