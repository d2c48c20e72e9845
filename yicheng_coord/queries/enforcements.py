"""The enforcement of penalties as it is shown."""

from typing import Any

from yicheng_coord.queries.matters import MatterSheet

_STANDINGS = (
    ("penalty.performed", "performed", "当事人已履行"),
    ("enforce.ended", "ended", "已结束"),
    ("enforce.applied", "applied", "已申请法院"),
    ("enforce.started", "started", "已启动强制执行"),
    ("enforce.urged", "urged", "已催告"),
    ("penalty.defaulted", "open", "未履行"),
)
"""What tells most comes first: the standing, and how it is worded."""


def enforcement_standing(sheet: MatterSheet) -> tuple[str, str]:
    """Return where it stands, for programs and in words."""
    return next((code, words) for event, code, words in _STANDINGS if sheet.facts.of(event))


def enforcement_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of an enforcement, days as ISO text."""
    ends = ("penalty.performed", "enforce.ended")
    said = (sheet.shown(row["text"]) for row in sheet.happenings if row["event"] in ends)
    return {
        "ref": sheet.ref,
        "case": sheet.case_number,
        "case_title": sheet.title,
        "decision": sheet.details.get("decision"),
        "status": enforcement_standing(sheet)[0],
        "served_on": sheet.days("penalty.served"),
        "perform_by": sheet.days("penalty.defaulted"),
        "appeal_until": sheet.days("appeal.expired"),
        "urged_on": sheet.days("enforce.urged"),
        "started_on": sheet.days("enforce.started"),
        "applied_on": sheet.days("enforce.applied"),
        "performed_on": sheet.days("penalty.performed"),
        "ended_on": sheet.days("enforce.ended"),
        **{name: sheet.shown(sheet.details.get(name)) for name in ("how", "object", "appeals")},
        "result": next(said, None),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }
