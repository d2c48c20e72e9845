"""`coord letter`: 文书."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import completed_references
from yicheng_coord.cli.paper_options import AsMedium, Letterhead, Out, PaperNumber
from yicheng_coord.errors import InputError
from yicheng_coord.vocabulary import Letter, Medium


class NoKindError(InputError):
    """A paper needs its kind, and what it is about."""

    def __init__(self) -> None:
        super().__init__(
            "写明文种和案件、事项或期间，如：coord letter transfer 1、coord letter opinion R2、"
            "coord letter circular 2026年第三季度",
            "全部文种：coord letter --list",
        )


def letter(
    ctx: typer.Context,
    kind: Annotated[Letter | None, typer.Argument(metavar="KIND", help="文种。")] = None,
    refs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REF…",
            help="案件，或事项编号（I3、R2、H1、Q1、A1、M1、S1）；通报写期间（2026Q3）；催办的：D57、单位、P12。可多个。",
            autocompletion=completed_references,
        ),
    ] = None,
    out: Out = None,
    medium: AsMedium = None,
    letterhead: Letterhead = None,
    number: PaperNumber = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="成文日期。")] = None,
    list_kinds: Annotated[bool, typer.Option("--list", help="全部文种。")] = False,
    where: Annotated[
        Letter | None, typer.Option("--where", metavar="KIND", help="用的是哪个模板文件。")
    ] = None,
) -> None:
    """出具文书；缺的内容写作【待补：…】。"""
    from yicheng_coord.papers.where import template_folders, template_for
    from yicheng_coord.show.letters import show_kinds

    if list_kinds:
        show_kinds()
    elif where:
        typer.echo(str(template_for(where.value, template_folders(Desk.at(ctx).database))))
    elif kind is None or not refs:
        raise NoKindError
    else:
        _write(Desk.at(ctx), kind, refs, out, medium, letterhead, number, day)


def _write(
    desk: Desk,
    kind: Letter,
    refs: list[str],
    out: Path | None,
    medium: Medium | None,
    letterhead: Path | None,
    number: str | None,
    day: str | None,
) -> None:
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.papers.where import template_folders
    from yicheng_coord.services.letter_files import Sheet, write_letters
    from yicheng_coord.services.letters import (
        LetterOrder,
        draw_letters,
        letters_ahead,
        number_letters,
    )
    from yicheng_coord.show.letters import show_letters, show_numbers

    sheet = Sheet.laid_out(desk.database, out, medium, letterhead)
    order = LetterOrder(kind, refs, number=number, dated_on=day_of(desk, day))
    folders = template_folders(desk.database)
    if number is None:
        with desk.reading() as reading:
            papers = draw_letters(reading, order, folders)
    else:
        ahead = letters_ahead(order)
        with desk.recording(ahead.prepare) as register:
            papers, given = number_letters(register, order, folders, ahead)
        show_numbers(given, register.under_way.number)
    show_letters(write_letters(papers, sheet), sheet.medium)
