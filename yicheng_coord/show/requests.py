"""Requests as people read them."""

from collections.abc import Iterator, Sequence

from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import REQUEST_NAMES
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.requests import request_json
from yicheng_coord.show.matters import SECRECY, show_matter
from yicheng_coord.show.output import write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format

_OVER = ("request.answered", "request.refused")


def show_request_list(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the requests."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("编号", lambda one: one.ref),
                Column("种类", lambda one: REQUEST_NAMES[one.row["kind"]], drop=2),
                Column("发出日期", lambda one: request_json(one)["sent_on"], drop=3),
                Column("向谁", _progress, drop=1),
                Column("案件", lambda one: one.case_number, drop=4),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("紧急", lambda one: "是" if one.row["urgent"] else ""),
                Column("保密", lambda one: SECRECY.get(one.row["secrecy"], "")),
            ),
            as_json=request_json,
            title="请求协作",
            footer=f"共 {len(sheets)} 项；括号里是已答复的单位数。",
            empty="没有登记请求。",
        ),
        form,
    )


def _progress(sheet: MatterSheet) -> str:
    units = sheet.facts.units("asked")
    done = sum(any(sheet.days(event, unit) for event in _OVER) for unit in units)
    names = "、".join(map(sheet.unit_name, units[:2])) + ("等" if units[2:] else "")
    return f"{names}（{done}/{len(units)}）"


def show_request(sheet: MatterSheet, form: Format) -> None:
    """Write one request."""
    if form is Format.JSON:
        write_json(request_json(sheet))
        return
    show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    row = sheet.row
    yield "种类", REQUEST_NAMES[row["kind"]]
    yield "向谁", "、".join(map(sheet.unit_name, sheet.facts.units("asked")))
    yield "案件", sheet.case_number
    yield "紧急", "是" if row["urgent"] else None
    yield "保密", SECRECY.get(row["secrecy"])
    yield "请求", sheet.shown(row["text"])
    asked = sheet.facts.units("asked")
    for unit in asked:
        said = sheet.said("request.answered", unit)
        by = f"（{sheet.unit_name(unit)}）" if len(asked) > 1 else ""
        yield f"法条{by}", said.get("articles")
        yield f"处罚标准{by}", said.get("standard")


def request_lines(sheet: MatterSheet) -> Iterator[str]:
    """Yield one line for each who was asked: R3　认定鉴定　区林业发展服务中心　2026-11-12 收到."""
    for unit in sheet.facts.units("asked"):
        steps = ("request.sent", f"{sheet.row['kind']}.received", "request.attended", *_OVER)
        days = [(sheet.days(event, unit), EVENTS[event].short) for event in steps]
        known = [f"{day} {word}" for day, word in days if day]
        so_far = known[-1] if known else "尚未函告"
        yield f"{sheet.ref}　{REQUEST_NAMES[sheet.row['kind']]}　{sheet.unit_name(unit)}　{so_far}"
