"""`coord calendar`: 工作日历."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, ListFormat, Reason, new_group
from yicheng_coord.vocabulary import CountKind, DayStatus, Format, RecordFormat

app = new_group()


@app.command("status")
def status(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """各年放假安排是否载入，依据是什么。"""
    from yicheng_coord.queries.calendar import years_on_file
    from yicheng_coord.show.calendar import show_years

    with Desk.at(ctx).reading() as reading:
        show_years(years_on_file(reading.workdays, reading.today), reading.workdays, form)


@app.command("count")
def count(
    ctx: typer.Context,
    start: Annotated[
        str, typer.Argument(metavar="DATE", help="起算日（小时制写时刻），当日不计。")
    ],
    n: Annotated[int, typer.Argument(metavar="N", min=0, max=99_999, help="天数、月数或小时数。")],
    kind: Annotated[
        CountKind, typer.Option("--kind", help="工作日、自然日、倒推、倒推工作日、月、小时。")
    ] = CountKind.WORKING,
    form: ListFormat = Format.TABLE,
) -> None:
    """数日子：从某日起第 N 日是哪一天，逐日列出。"""
    from yicheng_coord.cli.values import moment_of
    from yicheng_coord.queries.counts import count as counted
    from yicheng_coord.show.calendar import show_count

    desk = Desk.at(ctx)
    moment = moment_of(desk, start)
    with desk.reading() as reading:
        show_count(counted(reading, moment, n, kind), form)


@app.command("apply")
def apply(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="一年的放假安排（JSON）。")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看哪些时限会变，不保存。")] = False,
    force: Annotated[bool, typer.Option("--force", help="天数核对不上也载入。")] = False,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """载入一年的放假安排，重新计算未完成的时限。"""
    from yicheng_coord.services.calendar import apply_notice, read_notice
    from yicheng_coord.show.recorded import show_recorded

    notice = read_notice(file)
    with Desk.at(ctx).recording(keeps_time=not dry_run) as register:
        recorded = apply_notice(register, notice, is_forced=force, is_trial=dry_run)
    show_recorded(recorded, form)


@app.command("set")
def set_(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="日期。")],
    day_status: Annotated[DayStatus, typer.Argument(metavar="rest|work", help="休息或上班。")],
    reason: Reason,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """设定本单位某日休息或上班，重新计算未完成的时限。"""
    from yicheng_coord.cli.values import plan_day
    from yicheng_coord.services.calendar import set_day
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    with desk.recording() as register:
        recorded = set_day(register, plan_day(desk, day), day_status, reason)
    show_recorded(recorded, form)
