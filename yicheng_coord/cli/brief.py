"""`coord brief`: 工作简报."""

from typing import TYPE_CHECKING, Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat
from yicheng_coord.cli.paper_options import AsMedium, Letterhead, Out
from yicheng_coord.errors import InputError
from yicheng_coord.vocabulary import Format, RecordFormat

if TYPE_CHECKING:
    from yicheng_coord.services.letter_files import Sheet


class NoPeriodError(InputError):
    """A brief is about a period."""

    def __init__(self) -> None:
        super().__init__(
            "写明期间，如：coord brief --from 2026-07-01 --to 2026-09-30",
            "编发过的：coord brief --list",
        )


class NothingToFormatError(InputError):
    """A paper has its own forms (--as)."""

    def __init__(self) -> None:
        super().__init__(
            "简报的样式用 --as；-f json 用于 --list 和 --number，-f csv 只用于 --list。"
        )


def brief(
    ctx: typer.Context,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="期间的首日。")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="期间的末日。")] = None,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", metavar="<N|auto>", help="本年第几期，或者取下一期；编了期号即定稿。"
        ),
    ] = None,
    copies: Annotated[
        int | None, typer.Option("--copies", metavar="N", min=1, help="印数。")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--on", "--date", metavar="DATE", help="编发日期，默认今天。")
    ] = None,
    out: Out = None,
    medium: AsMedium = None,
    letterhead: Letterhead = None,
    list_issued: Annotated[bool, typer.Option("--list", help="编发过的简报和通报。")] = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """按期间编工作简报，数字取自登记；--number 编期号，从此定稿。"""
    from yicheng_coord.services.letter_files import Sheet

    desk = Desk.at(ctx)
    if list_issued:
        _list(desk, form)
        return
    if form is Format.CSV or (form is Format.JSON and not number):
        raise NothingToFormatError
    if first is None or last is None:
        raise NoPeriodError
    sheet = Sheet.laid_out(desk.database, out, medium, letterhead)
    _write(desk, (first, last), number, copies, day, sheet, RecordFormat(form.value))


def _list(desk: Desk, form: Format) -> None:
    from yicheng_coord.queries.issued import list_issued
    from yicheng_coord.show.briefs import show_issued

    with desk.reading() as reading:
        show_issued(list_issued(reading), form)


def _write(
    desk: Desk,
    ends: tuple[str, str],
    number: str | None,
    copies: int | None,
    day: str | None,
    sheet: "Sheet",
    form: RecordFormat,
) -> None:
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.dates import parse_day
    from yicheng_coord.papers.where import template_folders
    from yicheng_coord.queries.spans import checked
    from yicheng_coord.services.briefs import brief_ahead, draft_brief, issue_brief
    from yicheng_coord.services.letter_files import write_letters
    from yicheng_coord.show.briefs import show_brief, show_draft

    first, last = (parse_day(one, desk.today) for one in ends)
    span, dated_on = checked(first, last), day_of(desk, day)
    folders = template_folders(desk.database)
    if number is None:
        with desk.reading() as reading:
            paper, warnings = draft_brief(reading, span, folders, dated_on=dated_on, copies=copies)
        show_draft(write_letters([paper], sheet), sheet.medium, warnings)
        return
    ahead = brief_ahead(span, dated_on)
    with desk.recording(ahead.prepare) as register:
        recorded, paper = issue_brief(
            register, span, number, folders, ahead=ahead, dated_on=dated_on, copies=copies
        )
    show_brief(write_letters([paper], sheet), sheet.medium, recorded, form)
