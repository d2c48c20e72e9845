"""`coord crime`: 涉嫌犯罪案件移送公安机关（六（二），国务院令第310号）."""

from typing import Annotated

import typer

from yicheng_coord.cli import police
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    CaseArgument,
    ListFormat,
    NoMask,
    On,
    Unit,
    new_group,
)
from yicheng_coord.vocabulary import Format, RecordFormat

app = new_group()

At = Annotated[
    str, typer.Option("--at", "--on", metavar="M", help="日期和时刻，如 2026-11-23 15:30。")
]
By = Annotated[str, typer.Option("--by", metavar="N", help="正职或主持工作的负责人。")]


@app.command("report")
def report(
    ctx: typer.Context,
    case: CaseArgument,
    officers: Annotated[
        list[str], typer.Option("--officer", metavar="N", help="执法人员，两名以上，各写一次。")
    ],
    at: At,
    charge: Annotated[
        str | None, typer.Option("--charge", metavar="T", help="涉嫌的罪名，写进移送书。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记移送涉嫌犯罪案件的书面报告；负责人三日内审批。"""
    from yicheng_coord.cli.values import when_of
    from yicheng_coord.services.referrals import report as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    when = when_of(desk, at)
    with desk.recording() as register:
        recorded = record(register, case, officers=officers, when=when, charge=charge)
    show_recorded(recorded, form)


@app.command("approve")
def approve(
    ctx: typer.Context,
    case: CaseArgument,
    by: By,
    at: At,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记批准移送；24 小时从批准的时刻起算，夜间和休息日不停。"""
    from yicheng_coord.cli.values import when_of
    from yicheng_coord.services.referrals import approve as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    when = when_of(desk, at, is_exact=True)
    with desk.recording() as register:
        recorded = record(register, case, by=by, when=when)
    show_recorded(recorded, form)


@app.command("reject")
def reject(
    ctx: typer.Context,
    case: CaseArgument,
    by: By,
    reason: Annotated[str, typer.Option("--reason", metavar="T", help="理由，记录在案。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记不批准移送，理由记录在案。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.referrals import reject as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, by=by, reason=reason, on=day)
    show_recorded(recorded, form)


@app.command("send")
def send(
    ctx: typer.Context,
    case: CaseArgument,
    at: At,
    number: Annotated[
        str | None, typer.Option("--number", metavar="N", help="移送书字号。")
    ] = None,
    copied: Annotated[
        bool, typer.Option("--copied/--not-copied", help="同时抄送了检察院，或尚未抄送。")
    ] = True,
    goods: Annotated[
        bool, typer.Option("--goods/--no-goods", help="没有涉案物品的，物品清单记为不涉及。")
    ] = True,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记移送同级公安机关；五项材料逐项核对并记录。"""
    from yicheng_coord.cli.values import when_of
    from yicheng_coord.services.sendings import send as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    when = when_of(desk, at)
    with desk.recording() as register:
        recorded = record(
            register, case, when=when, number=number, is_copied=copied, has_goods=goods
        )
    show_recorded(recorded, form)


@app.command("copy")
def copy(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """补登记抄送检察院。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.sendings import copy as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day)
    show_recorded(recorded, form)


police.add_commands(app)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Unit = None,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """报告过涉嫌犯罪的案件和职务犯罪线索。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.referrals import show_referrals

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading(unmasked="涉嫌犯罪清单" if no_mask else "") as reading:
        show_referrals(list_matters(reading, "C", unit=code), form)


@app.command("show")
def show(
    ctx: typer.Context,
    case: CaseArgument,
    no_mask: NoMask = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """一个案件的移送公安机关经过：审批、材料、答复、移交、移回。"""
    from yicheng_coord.queries.referrals import referrals_of_case
    from yicheng_coord.show.referrals import show_referral

    with Desk.at(ctx).reading(unmasked=f"案件 {case} 移送公安" if no_mask else "") as reading:
        show_referral(referrals_of_case(reading, case), form)
