"""`coord crime receive|answer|review|goods|return|lead|lead-sent`: what becomes of it."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, CaseArgument, Document, On
from yicheng_coord.vocabulary import RecordFormat, Reviewer


def add_commands(app: typer.Typer) -> None:
    """Add them to the group `crime`."""
    for name, command in (
        ("receive", receive),
        ("answer", answer),
        ("review", review),
        ("goods", goods),
        ("return", give_back),
        ("lead", lead),
        ("lead-sent", lead_sent),
    ):
        app.command(name)(command)


def receive(
    ctx: typer.Context,
    case: CaseArgument,
    at: Annotated[
        str, typer.Option("--at", "--on", metavar="M", help="日期和时刻，如 2026-11-23 15:30。")
    ],
    by: Annotated[str | None, typer.Option("--by", metavar="N", help="签收人。")] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记公安机关签收；三日内答复是否立案。"""
    from yicheng_coord.cli.values import when_of
    from yicheng_coord.services.police import receive as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    when = when_of(desk, at)
    with desk.recording() as register:
        recorded = record(register, case, when=when, by=by)
    show_recorded(recorded, form)


def answer(
    ctx: typer.Context,
    case: CaseArgument,
    filed: Annotated[bool, typer.Option("--filed/--not-filed", help="立案，或不予立案。")],
    document: Document = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记接到立案或不予立案通知书，复议以后的答复也是；不予立案的，案件退回原处。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.police import answer as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, is_filed=filed, on=day, document=document)
    show_recorded(recorded, form)


def review(
    ctx: typer.Context,
    case: CaseArgument,
    to: Annotated[
        Reviewer, typer.Option("--to", help="向公安机关提请复议，或建议检察机关立案监督。")
    ],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="T", help="认为应当立案的理由，写进文书。")
    ] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记对不予立案提请复议或建议立案监督：可以不用的权利。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.police import review as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, to=to, on=day, reason=reason)
    show_recorded(recorded, form)


def goods(
    ctx: typer.Context, case: CaseArgument, on: On = None, form: AnswerFormat = RecordFormat.TABLE
) -> None:
    """登记移交涉案物品和材料并办结交接。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.police import goods as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day)
    show_recorded(recorded, form)


def give_back(
    ctx: typer.Context,
    case: CaseArgument,
    decided_on: Annotated[
        str | None,
        typer.Option("--decided-on", metavar="DATE", help="公安机关认定的日期，默认同移回日。"),
    ] = None,
    cleared: Annotated[
        bool, typer.Option("--cleared", help="只登记已认定不追究刑事责任，案件尚未移回。")
    ] = False,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记公安机关认定不需要追究刑事责任，案件移回原处。"""
    from yicheng_coord.cli.values import day_of, fact_day
    from yicheng_coord.services.police import give_back as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, decided = fact_day(desk, on), day_of(desk, decided_on)
    with desk.recording() as register:
        recorded = record(register, case, on=day, decided_on=decided, is_back=not cleared)
    show_recorded(recorded, form)


def lead(
    ctx: typer.Context,
    case: CaseArgument,
    text: Annotated[str, typer.Option("--text", metavar="T", help="线索。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记案件中发现的职务犯罪线索；及时移送监察机关。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.misconduct import found as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, text=text, on=day)
    show_recorded(recorded, form)


def lead_sent(
    ctx: typer.Context,
    case: CaseArgument,
    document: Document = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记职务犯罪线索已移送监察机关。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.misconduct import sent as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, case, on=day, document=document)
    show_recorded(recorded, form)
