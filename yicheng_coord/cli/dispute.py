"""`coord dispute`: 执法争议."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import (
    AnswerFormat,
    ListFormat,
    On,
    Unit,
    completed_cases,
    completed_matters,
    new_group,
    unit_option,
)
from yicheng_coord.vocabulary import Format, RecordFormat

app = new_group()

DisputeArgument = Annotated[
    str,
    typer.Argument(metavar="Q…", help="争议编号，如 Q1。", autocompletion=completed_matters("Q")),
]
Number = Annotated[str | None, typer.Option("--number", metavar="N", help="文号。")]


@app.command("open")
def open_(
    ctx: typer.Context,
    between: Annotated[list[str], unit_option("--between", "争议的一方，重复写出各方。")],
    subject: Annotated[str, typer.Option("--subject", metavar="T", help="争议事项。")],
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="CASE", help="因哪个案件发生。", autocompletion=completed_cases
        ),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="T", help="各方意见。")] = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记区综合行政执法局与相关单位的争议，由区司法局协商（四（四））。"""
    from yicheng_coord.cli.values import fact_day, units_of
    from yicheng_coord.services.disputes import NewDispute, open_dispute
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    new = NewDispute(
        between=units_of(desk, between),
        subject=subject,
        on=fact_day(desk, on),
        case=case,
        text=text,
    )
    with desk.recording() as register:
        recorded = open_dispute(register, new)
    show_recorded(recorded, form)


@app.command("settle")
def settle(
    ctx: typer.Context,
    dispute: DisputeArgument,
    text: Annotated[str, typer.Option("--text", metavar="T", help="协商结果。")],
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记协商解决。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.disputes import settle as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, dispute, on=day, text=text)
    show_recorded(recorded, form)


@app.command("refer")
def refer(
    ctx: typer.Context,
    dispute: DisputeArgument,
    number: Number = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记协商不成，报区政府决定。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.disputes import refer as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, dispute, on=day, document=number)
    show_recorded(recorded, form)


@app.command("decide")
def decide(
    ctx: typer.Context,
    dispute: DisputeArgument,
    text: Annotated[str, typer.Option("--text", metavar="T", help="区政府的决定。")],
    number: Number = None,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记区政府的决定。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.disputes import decide as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = record(register, dispute, on=day, text=text, document=number)
    show_recorded(recorded, form)


@app.command("list")
def list_(ctx: typer.Context, unit: Unit = None, form: ListFormat = Format.TABLE) -> None:
    """争议清单。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.matters import list_matters
    from yicheng_coord.show.disputes import show_disputes

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_disputes(list_matters(reading, "Q", unit=code), form)


@app.command("show")
def show(ctx: typer.Context, dispute: DisputeArgument, form: ListFormat = Format.TABLE) -> None:
    """一项争议：各方、经过、结果。"""
    from yicheng_coord.queries.matters import matter_sheet
    from yicheng_coord.show.disputes import show_dispute

    with Desk.at(ctx).reading() as reading:
        show_dispute(matter_sheet(reading, dispute, "Q"), form)
