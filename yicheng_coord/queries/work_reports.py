"""各单位的工作开展情况, 一（三）1: what was to be reported, and what came."""

from typing import Any

from yicheng_coord.queries.matters import MatterSheet, list_matters
from yicheng_coord.queries.reading import Reading


def list_work_reports(reading: Reading, unit: str | None = None) -> list[MatterSheet]:
    """Return the reports by number; that of an interval which lies ahead is not awaited yet."""
    today = reading.today.isoformat()
    sheets = list_matters(reading, "W", unit=unit)
    return [one for one in sheets if (one.days("interval.begun") or today) <= today]


def work_report_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a report, days as ISO text; without an interval it began with nothing."""
    received = sheet.latest("work.received")
    return {
        "ref": sheet.ref,
        "unit": sheet.row["owner"],
        "title": sheet.title,
        "begun_on": sheet.days("interval.begun"),
        "received_on": received["happened_on"] if received else None,
        "note": sheet.shown(received["text"]) if received else None,
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }
