"""Suspected crimes (六（二）) as people read them."""

from collections.abc import Iterator, Sequence
from typing import Any

from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.referrals import referral_json, standing_of
from yicheng_coord.show.matters import show_matter
from yicheng_coord.show.output import say, write_json
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format

_KINDS = {"police": "涉嫌犯罪", "misconduct": "职务犯罪线索"}


def show_referrals(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write the list."""
    show(
        Listing(
            rows=sheets,
            columns=(
                Column("案件", lambda one: one.case_number),
                Column("种类", lambda one: _KINDS[one.row["kind"]], drop=2),
                Column("承办", lambda one: one.unit_name(one.row["owner"]), drop=3),
                Column("报告", lambda one: one.happenings[0]["happened_on"], drop=1),
                Column("现状", lambda one: standing_of(one)[1]),
                Column("名称", lambda one: one.title, folds=True),
            ),
            more=(
                Column("编号", lambda one: one.ref),
                Column("批准", lambda one: referral_json(one)["approved_at"]),
                Column("移送", lambda one: referral_json(one)["sent_at"]),
                Column("答复", lambda one: referral_json(one)["answered_on"]),
                Column("线索", lambda one: one.text),
            ),
            as_json=referral_json,
            title="涉嫌犯罪案件",
            footer=f"共 {len(sheets)} 件。详情：coord crime show 案件编号",
            empty="没有报告涉嫌犯罪的案件。",
        ),
        form,
    )


def show_referral(sheets: Sequence[MatterSheet], form: Format) -> None:
    """Write what was reported of one case: an object of the latest, with those before it."""
    if form is Format.JSON:
        newest = sheets[-1] if sheets else None
        earlier = [referral_json(one) for one in sheets[:-1]]
        write_json(referral_json(newest) | {"earlier": earlier} if newest else {})
        return
    if not sheets:
        say("这个案件没有报告涉嫌犯罪。")
    for number, sheet in enumerate(sheets):
        if number:
            say()
        show_matter(sheet, _facts(sheet), form)


def _facts(sheet: MatterSheet) -> Iterator[tuple[str, str | None]]:
    known: dict[str, Any] = referral_json(sheet)
    yield "案件", sheet.case_number
    yield "种类", _KINDS[sheet.row["kind"]]
    yield "承办", sheet.unit_name(sheet.row["owner"])
    yield "现状", standing_of(sheet)[1]
    yield "执法人员", "、".join(known["officers"])
    yield "涉嫌罪名", known["charge"]
    yield "批准人", known["approved_by"]
    yield "材料", "；".join(f"{name} {state}" for name, state in known["materials"].items())
    yield "抄送检察院", known["copied_on"]
    yield "内容", known["text"]
