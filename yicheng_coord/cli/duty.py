"""`coord duty`: 时限事项不适用，及其恢复."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, On, new_group
from yicheng_coord.vocabulary import RecordFormat

app = new_group()

DutyArgument = Annotated[str, typer.Argument(metavar="D…", help="时限事项编号，如 D57。")]
Reason = Annotated[str, typer.Option("--reason", metavar="T", help="理由。")]


@app.command("cancel")
def cancel(
    ctx: typer.Context,
    duty: DutyArgument,
    reason: Reason,
    on: On = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """此项时限不适用，写明理由。"""
    from yicheng_coord.cli.values import fact_day
    from yicheng_coord.services.waiving import cancel_duty
    from yicheng_coord.show.recorded import show_recorded

    desk = Desk.at(ctx)
    day = fact_day(desk, on)
    with desk.recording() as register:
        recorded = cancel_duty(register, duty, on=day, reason=reason)
    show_recorded(recorded, form)


@app.command("restore")
def restore(
    ctx: typer.Context,
    duty: DutyArgument,
    reason: Reason,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """恢复被取消的时限。"""
    from yicheng_coord.services.waiving import restore_duty
    from yicheng_coord.show.recorded import show_recorded

    with Desk.at(ctx).recording() as register:
        recorded = restore_duty(register, duty, reason=reason)
    show_recorded(recorded, form)
