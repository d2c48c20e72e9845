"""`coord number`: 发文字号."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, ListFormat, Unit, UnitArgument, new_group
from yicheng_coord.vocabulary import Format, Letter, RecordFormat

app = new_group()


@app.command("set")
def set_(
    ctx: typer.Context,
    unit: UnitArgument,
    example: Annotated[
        str, typer.Argument(metavar="N", help="下一个要用的字号，如 峄某发〔2026〕1号。")
    ],
    kind: Annotated[
        Letter | None, typer.Option("--kind", help="只用于这个文种；不写则用于其余各种。")
    ] = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """一个单位的字号怎么编：写下它的下一个字号。"""
    from yicheng_coord.services.numbering import set_series
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        code = register.reading.units.named(unit).code
        recorded = set_series(register, code, example, kind)
    show_recorded(recorded, form)


@app.command("series")
def series(ctx: typer.Context, unit: Unit = None, form: ListFormat = Format.TABLE) -> None:
    """各单位的字号怎么编，下一个是几号。"""
    from yicheng_coord.queries.numbers import list_series
    from yicheng_coord.show.numbers import show_series

    with Desk.at(ctx).reading() as reading:
        show_series(list_series(reading, unit=unit and reading.units.named(unit).code), form)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Unit = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YYYY", help="字号里的年份。")
    ] = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """用过的字号。"""
    from yicheng_coord.queries.numbers import list_numbers
    from yicheng_coord.show.numbers import show_numbers

    with Desk.at(ctx).reading() as reading:
        code = unit and reading.units.named(unit).code
        show_numbers(list_numbers(reading, unit=code, year=year), form)
