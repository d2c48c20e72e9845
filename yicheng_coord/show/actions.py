"""执法协作文本和联合检查计划 as people read them."""

from collections.abc import Iterator, Sequence
from typing import Any

from yicheng_coord.queries.actions import arrivals, cases_of_action
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format

_ENDS = {"action.finished": ("finished", "已结束"), "action.cancelled": ("cancelled", "已取消")}
_OPEN = ("planned", "未结束")


def action_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of an action, days as ISO text."""
    row = sheet.row
    return {
        "ref": sheet.ref,
        "kind": row["kind"],
        "title": sheet.title,
        "document": sheet.shown(row["document"]),
        "text": sheet.shown(row["text"]),
        "by": row["owner"],
        "units": [unit for unit in sheet.facts.units("member") if unit != row["owner"]],
        "status": _standing(sheet)[0],
        "lead": sheet.details.get("lead", row["owner"]),
        "made_on": sheet.days("action.made"),
        "whistled_on": sheet.days("action.whistled"),
        "arrivals": arrivals(sheet),
        "police_told_on": sheet.days("action.notified"),
        "police_confirmed_on": sheet.days("action.confirmed"),
        "cases": cases_of_action(sheet),
        "from": sheet.days("action.planned"),
        "to": sheet.details.get("until"),
        "place": sheet.details.get("place"),
        "finished_on": sheet.days("action.finished"),
        "cancelled_on": sheet.days("action.cancelled"),
        "result": _said(sheet, "action.finished"),
        "cancel_reason": _said(sheet, "action.cancelled"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def _standing(sheet: MatterSheet) -> tuple[str, str]:
    return next((both for event, both in _ENDS.items() if sheet.facts.of(event)), _OPEN)


def _said(sheet: MatterSheet, event: str) -> str | None:
    return next(
        (sheet.shown(row["text"]) for row in sheet.happenings if row["event"] == event), None
    )


def show_actions(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the actions."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("种类", lambda one: one.row["kind"], drop=3),
                Column("期间", _period, drop=1),
                Column("牵头", _lead, drop=2),
                Column("现状", lambda one: _standing(one)[1]),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("参加单位", _units),
                Column("文号", lambda one: one.shown(one.row["document"])),
                Column("订立日期", lambda one: one.days("action.made")),
                Column("结果", lambda one: _said(one, "action.finished")),
            ),
            as_json=action_json,
            title="联合行动",
            footer=f"共 {len(sheets)} 项。",
            empty="没有登记联合行动。",
        ),
        form,
    )


def _period(sheet: MatterSheet) -> str:
    first = sheet.days("action.planned") or sheet.days("action.whistled")
    days = (first, sheet.details.get("until"))
    return " 至 ".join(day for day in days if day)


def _lead(sheet: MatterSheet) -> str:
    return sheet.unit_name(sheet.details.get("lead", sheet.row["owner"]))


def _came(arrival: dict[str, Any]) -> str:
    """When it came, and how long after the call: to the minute where both are known."""
    if not arrival["arrived_on"]:
        return "未报到"
    minutes, days = arrival["after_minutes"], arrival["after_workdays"]
    after = f"{days} 个工作日" if minutes is None else f"{minutes // 60} 小时 {minutes % 60} 分"
    at = (arrival["arrived_at"] or arrival["arrived_on"]).replace("T", " ")[:16]
    who = f"　{arrival['name']}" if arrival["name"] else ""
    return f"{at}（吹哨后 {after}）{who}"


def _police(sheet: MatterSheet) -> str | None:
    told, confirmed = sheet.days("action.notified"), sheet.days("action.confirmed")
    if not told:
        return None
    return f"{told} 通知" + (f"，{confirmed} 确认" if confirmed else "，未确认")


def _units(sheet: MatterSheet) -> str:
    units = [unit for unit in sheet.facts.units("member") if unit != sheet.row["owner"]]
    return "、".join(map(sheet.unit_name, units))


def show_action(sheet: MatterSheet, form: Format) -> None:
    """Write one action."""
    if form is Format.JSON:
        write_json(action_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    row = sheet.row
    yield "种类", row["kind"]
    called = arrivals(sheet)
    yield "吹哨", sheet.unit_name(row["owner"]) if called else None
    yield "牵头", _lead(sheet)
    yield "参加", _units(sheet) if not called else None
    for one in called:
        yield "报到", f"{sheet.unit_name(one['unit'])}　{_came(one)}"
    yield "期间", _period(sheet)
    yield "地点", sheet.details.get("place")
    yield "榴乡诉递" if called else "文号", sheet.shown(row["document"])
    yield "公安机关", _police(sheet)
    yield "案件", "、".join(cases_of_action(sheet))
    yield "内容", sheet.shown(row["text"])
    yield "现状", _standing(sheet)[1]
