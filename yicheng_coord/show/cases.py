"""Cases and transfers as people read them."""

from typing import Any

from yicheng_coord.policy.lifecycle import STATUS_NAMES
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.cases import CaseSheet
from yicheng_coord.queries.disputes import dispute_in_words
from yicheng_coord.queries.labels import ANSWERS
from yicheng_coord.queries.materials import material_gaps
from yicheng_coord.show.duties import MORE, columns
from yicheng_coord.show.matters import course_of
from yicheng_coord.show.output import is_terminal, say, size_in_words, write_fields, write_json
from yicheng_coord.show.requests import request_lines
from yicheng_coord.show.table import Column, Listing, draw, show
from yicheng_coord.text import harmless, harmless_lines
from yicheng_coord.vocabulary import CaseStatus, Format


def show_cases(rows: list[dict[str, Any]], units: Units, form: Format) -> None:
    """Write the list of cases."""

    def name(code: str | None) -> str:
        return units.get(code).name if code else ""

    listed: tuple[Column[dict[str, Any]], ...] = (
        Column("编号", lambda row: row["number"]),
        Column("状态", lambda row: STATUS_NAMES[CaseStatus(row["status"])]),
        Column("发现日期", lambda row: row["found_on"], drop=2),
        Column("发现单位", lambda row: name(row["found_by"]), drop=3),
        Column("现由", lambda row: name(row["holder"]), drop=1),
        Column("案件", lambda row: row["title"], folds=True),
    )
    more: tuple[Column[dict[str, Any]], ...] = (
        Column("来源编号", lambda row: row["external_number"]),
        Column("案由", lambda row: row["cause"]),
        Column("当事人", lambda row: row["party"]),
        Column("地点", lambda row: row["place"]),
        Column("案件来源", lambda row: row["source"]),
        Column("认定管辖", lambda row: name(row["competent"])),
        Column("认定日期", lambda row: row["determined_on"]),
        Column("紧急", lambda row: "是" if row["urgent"] else ""),
    )
    show(
        Listing(
            rows=rows,
            columns=listed,
            more=more,
            as_json=lambda row: row,
            title="案件",
            footer=f"共 {len(rows)} 件。详情：coord case show 编号",
            empty="没有符合条件的案件。",
        ),
        form,
    )


def show_transfers(rows: list[dict[str, Any]], units: Units, form: Format) -> None:
    """Write the list of transfers, leg by leg."""

    def name(code: str | None) -> str:
        return units.get(code).name if code else ""

    listed: tuple[Column[dict[str, Any]], ...] = (
        Column("编号", lambda row: row["case"]),
        Column("程", lambda row: row["leg"], drop=4),
        Column("移送", lambda row: name(row["from"]), drop=3),
        Column("接收", lambda row: name(row["to"])),
        Column("发出或指定", lambda row: row["sent_on"] or row["assigned_on"]),
        Column("收到", lambda row: row["received_on"], drop=2),
        Column("反馈", _answer),
        Column("通报结果", lambda row: row["notified_on"], drop=1),
        Column("案件", lambda row: row["case_title"], drop=5, folds=True),
    )
    show(
        Listing(
            rows=rows,
            columns=listed,
            as_json=lambda row: row,
            title="移送",
            footer=f"共 {len(rows)} 程。",
            empty="没有移送。",
        ),
        form,
    )


def _answer(row: dict[str, Any]) -> str:
    if row["withdrawn_on"]:
        return f"{row['withdrawn_on']} 撤回"
    if not row["answer"]:
        return ""
    return f"{row['answered_on']} {ANSWERS[row['answer']]}"


def show_case(sheet: CaseSheet, units: Units, form: Format) -> None:
    """Write one case: facts, timeline, what is owed, materials, next step and who has it."""
    if form is Format.JSON:
        write_json(sheet.as_json())
        return

    def name(code: str | None) -> str:
        return units.get(code).name if code else ""

    status = STATUS_NAMES[CaseStatus(sheet.row["status"])]
    facts = [(label, value) for label, value in _facts(sheet, name) if value]
    if form is Format.CSV:
        timeline = sorted(_timeline(sheet, name), key=lambda entry: entry[0])
        head = [("编号", sheet.row["number"]), ("名称", sheet.row["title"]), ("状态", status)]
        write_fields([*head, *facts, *timeline, ("下一步", str(sheet.next_step))])
        return
    holder = name(sheet.row["holder"])
    whose = f"　现由 {holder}" if holder else ""  # of a closed case nobody's
    say(harmless(f"{sheet.row['number']} {sheet.row['title']}　{status}{whose}"))
    for label, value in facts:
        say(f"  {label}　{harmless_lines(value)}")
    _show_timeline(sheet, name)
    _show_duties(sheet)
    _show_requests(sheet)
    _show_materials(sheet)
    step = sheet.next_step
    who = f"（{name(step.who)}）" if step.who else ""
    if step.command:
        say()
        say(f"下一步{who}：{step}")


def _facts(sheet: CaseSheet, name: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401
    row = sheet.row
    determined = f"{name(row['competent'])}（{row['determined_on'] or '日期待补'}）"
    return [
        ("来源编号", row["external_number"]),
        ("案由", row["cause"]),
        ("当事人", row["party"]),
        ("证件号码", sheet.shown("party_id")),
        ("电话", sheet.shown("phone")),
        ("举报人", sheet.shown("informant")),
        ("地点", row["place"]),
        ("案件来源", row["source"]),
        ("认定管辖", determined if row["competent"] else None),
        ("认定依据", row["basis"]),
        ("紧急", "是" if row["urgent"] else None),
        ("情况", row["summary"]),
        ("作废", row["void_reason"]),
        ("同一案件", sheet.same_as),
        ("由行动", sheet.action),
        *(("争议", dispute_in_words(one)) for one in sheet.disputes),
        *((harmless(heading), text) for heading, text in sheet.extra.items()),
    ]


def _show_timeline(sheet: CaseSheet, name: Any) -> None:  # noqa: ANN401
    say()
    say("经过")
    for on, what in sorted(_timeline(sheet, name), key=lambda entry: entry[0]):
        say(f"  {on}　{harmless(what)}")


def _timeline(sheet: CaseSheet, name: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    row = sheet.row
    entries: list[tuple[str | None, str]] = [
        (row["found_on"], f"{name(row['found_by'])}发现"),
        (row["determined_on"], f"认定由{name(row['competent'])}管辖"),
        *((one["inquired_on"], f"初步调查：{one['text']}") for one in sheet.inquiries),
    ]
    for leg in sheet.legs:
        receiver = name(leg["receiver"])
        reason = f"：{leg['answer_reason']}" if leg["answer_reason"] else ""
        entries += [
            (leg["sent_on"], f"移送{receiver}"),
            (leg["assigned_on"], f"区人民政府决定由{receiver}管辖"),
            (leg["received_on"], f"{receiver}收到"),
            (leg["answered_on"], f"{receiver}{ANSWERS.get(leg['answer'], '')}{reason}"),
            (leg["referred_on"], f"{receiver}报请区人民政府决定"),
            (leg["withdrawn_on"], f"撤回移送：{leg['withdraw_reason']}"),
        ]
    for decision in sheet.decisions:
        number = f"（{decision['number']}）" if decision["number"] else ""
        entries += [
            (
                decision["decided_on"],
                f"{name(decision['decided_by'])}决定{decision['outcome']}{number}",
            ),
            (decision["notified_on"], "书面通报原移送单位"),
        ]
    entries += [entry for matter in sheet.course_matters for entry in course_of(matter)]
    entries += [(row["closed_on"], "办结"), (row["voided_on"], "作废")]
    return [(on, what) for on, what in entries if on]


def _show_duties(sheet: CaseSheet) -> None:
    if not sheet.open_duties:
        return
    say()
    say("未完成的事项")
    listing = Listing(
        rows=sheet.open_duties, columns=columns("时限")[:-2], more=MORE, as_json=str, empty=""
    )
    if is_terminal():
        draw(listing)
    else:
        show(listing, Format.TABLE)


def _show_requests(sheet: CaseSheet) -> None:
    if not sheet.requests:
        return
    say()
    say("请求协作")
    for one in sheet.requests:
        for line in request_lines(one):
            say(f"  {harmless(line)}")


def _show_materials(sheet: CaseSheet) -> None:
    say()
    has_letter = any(leg["sent_on"] for leg in sheet.legs)
    gaps = material_gaps(sheet.materials, has_letter=has_letter)
    say("材料" + (f"　尚缺：{'、'.join(gaps)}" if gaps else "　齐全"))
    for one in sheet.materials:
        pages = f" {one['pages']} 页" if one["pages"] else ""
        say(harmless(f"  {one['kind']}　{one['title']}　{one['copies']} 份{pages}"))
        if one["file_hash"]:
            say(harmless(f"    文件　{one['file_name']}（{size_in_words(one['file_size'])}）"))
            say(harmless(f"    {_where(one)}"))


def _where(material: dict[str, Any]) -> str:
    path: str | None = material["file_path"]
    return path or f"注意：收存的文件不见了（SHA-256 {material['file_hash']}），可从备份恢复"
