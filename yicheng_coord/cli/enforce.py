"""`coord enforce`: 处罚决定的催告和强制执行（六（二），《行政强制法》）."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    CaseArgument,
    Document,
    ListFormat,
    On,
    new_group,
)
from yicheng_coord.vocabulary import Format, RecordFormat

app = new_group()

AppealUntil = Annotated[
    str | None,
    typer.Option("--appeal-until", metavar="DATE", help="复议和诉讼期限的末日，可在今天之后。"),
]


@app.command("open")
def open_(
    ctx: typer.Context,
    case: CaseArgument,
    perform_by: Annotated[
        str | None,
        typer.Option("--perform-by", metavar="DATE", help="履行期限，可在今天之后。"),
    ] = None,
    served_on: Annotated[
        str | None, typer.Option("--served-on", metavar="DATE", help="处罚决定书送达日。")
    ] = None,
    appeal_until: AppealUntil = None,
    how: Annotated[
        str | None, typer.Option("--how", metavar="T", help="履行方式，写进催告书。")
    ] = None,
    object_: Annotated[
        str | None, typer.Option("--object", metavar="T", help="执行标的，写进申请书。")
    ] = None,
    appeals: Annotated[
        str | None,
        typer.Option("--appeals", metavar="T", help="申请复议、起诉的情况，写进申请书。"),
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记处罚决定的送达日、履行期限、复议诉讼期满日；期满日和文书的内容可以后补。"""
    from yicheng_coord.cli.values import day_of, planned_day
    from yicheng_coord.services.penalty_terms import record_dates as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    served = day_of(desk, served_on)
    by, until = planned_day(desk, perform_by), planned_day(desk, appeal_until)
    told = {"how": how, "object": object_, "appeals": appeals}
    with desk.recording() as register:
        recorded = record(
            register, case, served_on=served, perform_by=by, appeal_until=until, texts=told
        )
    show_recorded(recorded, form)


@app.command("urge")
def urge(
    ctx: typer.Context,
    case: CaseArgument,
    perform_by: Annotated[
        str | None,
        typer.Option("--perform-by", metavar="DATE", help="处罚决定的履行期限，没有登记过的。"),
    ] = None,
    appeal_until: AppealUntil = None,
    document: Document = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记催告书送达；--on 是送达日，当事人此后还有十个工作日。"""
    from yicheng_coord.cli.values import fact_day, planned_day
    from yicheng_coord.services.enforcement import urge as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    by, until = planned_day(desk, perform_by), planned_day(desk, appeal_until)
    with desk.recording() as register:
        recorded = record(
            register, case, on=day, perform_by=by, appeal_until=until, document=document
        )
    show_recorded(recorded, form)


@app.command("start")
def start(
    ctx: typer.Context,
    case: CaseArgument,
    text: Annotated[str | None, typer.Option("--text", metavar="T", help="说明。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记执法局自己启动强制执行程序。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.enforcement import start as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day, text=text)
    show_recorded(recorded, form)


@app.command("apply")
def apply(
    ctx: typer.Context,
    case: CaseArgument,
    document: Document = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记向人民法院申请强制执行；期满后三个月内。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.enforcement import apply as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day, document=document)
    show_recorded(recorded, form)


@app.command("result")
def result(
    ctx: typer.Context,
    case: CaseArgument,
    text: Annotated[str | None, typer.Option("--text", metavar="T", help="执行结果。")] = None,
    performed: Annotated[bool, typer.Option("--performed", help="当事人自己履行了。")] = False,
    revoked: Annotated[
        bool, typer.Option("--revoked", help="处罚决定被撤销、变更，不再执行。")
    ] = False,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记执行结果：当事人履行，或强制执行的结果。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.enforcement import result as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(
            register, case, on=day, text=text, is_performed=performed, is_revoked=revoked
        )
    show_recorded(recorded, form)


@app.command("list")
def list_(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """处罚决定的执行清单。"""
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.enforcements import show_enforcements

    with Desk.at(ctx).reading() as reading:
        show_enforcements(list_matters(reading, "E"), form)
