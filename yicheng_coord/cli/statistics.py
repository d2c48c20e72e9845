"""`coord stats`: who is in time and who is late, for 通报."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat
from yicheng_coord.vocabulary import Format, Grouping


def stats(
    ctx: typer.Context,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="此日及以后起算的。")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="此日及以前起算的。")
    ] = None,
    by: Annotated[Grouping, typer.Option("--by", help="按责任单位、事项或起算的月份。")] = (
        Grouping.UNIT
    ),
    xlsx: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="另写成 Excel 工作簿（新文件），带图表。"),
    ] = None,
    form: ListFormat = Format.TABLE,
) -> None:
    """按期完成、逾期完成、未到期、超期，按期率，迟了几天；一般应、暂计、及时另计。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.queries.statistics import statistics
    from yicheng_coord.show.statistics import show_statistics, show_workbook

    desk = Desk.at(ctx)
    if xlsx:
        from yicheng_coord.services.statistics_workbook import check_workbook, write_statistics

        check_workbook(xlsx)
    with desk.reading() as reading:
        counted = statistics(reading, by, day_of(desk, first), day_of(desk, last))
    if xlsx:
        write_statistics(xlsx, counted)
    show_statistics(counted, form)
    if xlsx:
        show_workbook(xlsx)
