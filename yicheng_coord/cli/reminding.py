"""`coord remind`: 催办和督办."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, Unit
from yicheng_coord.cli.paper_options import AsMedium, Letterhead, Out, PaperNumber
from yicheng_coord.vocabulary import RecordFormat, ReminderLevel


def remind(
    ctx: typer.Context,
    unit: Unit = None,
    level: Annotated[
        ReminderLevel | None,
        typer.Option("--level", help="只发催办函（1）或督办通知（2）；不写则各按所到的一级。"),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="哪天发的，默认今天。")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会催办什么，不登记，不出文书。")
    ] = False,
    out: Out = None,
    medium: AsMedium = None,
    letterhead: Letterhead = None,
    number: PaperNumber = None,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """催办超期事项：催办函，过几个工作日仍未办的督办通知；每个单位一份，登记在案。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.papers.where import template_folders
    from yicheng_coord.services.letter_files import Sheet
    from yicheng_coord.services.reminders import ReminderOrder, write_reminders
    from yicheng_coord.services.reminders import remind as record
    from yicheng_coord.show.reminders import show_sent, show_trial

    desk = Desk.at(ctx)
    sheet = Sheet.laid_out(desk.database, out, medium, letterhead)
    order = ReminderOrder(
        unit, int(level) if level else None, number, day_of(desk, on), is_trial=dry_run
    )
    with desk.recording() as register:
        sent = record(register, order, template_folders(desk.database), sheet)
    if dry_run:
        show_trial(sent, form)
    else:
        show_sent(sent, write_reminders(sent, sheet), sheet.medium, form)
