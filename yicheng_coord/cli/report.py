"""`coord report`: 各单位的工作开展情况."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, ListFormat, On, Unit, completed_units, new_group
from yicheng_coord.vocabulary import Format, RecordFormat

app = new_group()


@app.command("receive")
def receive(
    ctx: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT",
            help="报送的单位，或未报送的那一期（W3）。",
            autocompletion=completed_units,
        ),
    ],
    title: Annotated[
        str, typer.Option("--title", metavar="T", help="名称；不写则是应报送的那一期。")
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="T", help="说明。")] = "",
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """登记收到一个单位报送的工作开展情况（一（三）1）。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.queries.matters import is_matter_ref
    from yicheng_coord.services.work_reports import receive as record
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day, is_ref = fact_day(desk, on), is_matter_ref(unit)
    named = unit if is_ref else desk.unit(unit)
    with desk.recording() as register:
        recorded = record(register, named, on=day, is_ref=is_ref, title=title, text=note)
    show_recorded(recorded, form)


@app.command("list")
def list_(
    ctx: typer.Context,
    unit: Unit = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """各单位报送了没有。"""
    from yicheng_coord.cli.values import unit_of
    from yicheng_coord.queries.work_reports import list_work_reports
    from yicheng_coord.show.work_reports import show_work_reports

    desk = Desk.at(ctx)
    code = unit_of(desk, unit)
    with desk.reading() as reading:
        show_work_reports(list_work_reports(reading, code), form)
