"""`coord letter`: 文书."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import completed_cases
from yicheng_coord.errors import InputError
from yicheng_coord.vocabulary import Letter, Medium


class NoKindError(InputError):
    """A paper needs its kind and its cases."""

    def __init__(self) -> None:
        super().__init__(
            "写明文种和案件，如：coord letter transfer 1 --out 文书",
            "全部文种：coord letter --list",
        )


def letter(
    ctx: typer.Context,
    kind: Annotated[Letter | None, typer.Argument(metavar="KIND", help="文种。")] = None,
    refs: Annotated[
        list[str] | None,
        typer.Argument(metavar="CASE…", help="案件，可多个。", autocompletion=completed_cases),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="写到这个文件夹；不写则显示。")
    ] = None,
    medium: Annotated[
        Medium, typer.Option("--as", help="文本、Word、两样、模板渲染的原文。")
    ] = Medium.TXT,
    number: Annotated[str | None, typer.Option("--number", metavar="N", help="发文字号。")] = None,
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="成文日期。")] = None,
    list_kinds: Annotated[bool, typer.Option("--list", help="全部文种。")] = False,
    where: Annotated[
        Letter | None, typer.Option("--where", metavar="KIND", help="用的是哪个模板文件。")
    ] = None,
) -> None:
    """出具文书；缺的内容写作【待补：…】。"""
    from yicheng_coord.cli.values import day_of
    from yicheng_coord.papers.where import template_folders, template_for
    from yicheng_coord.services.letters import LetterOrder, write_letters
    from yicheng_coord.show.letters import show_kinds, show_letters

    desk = Desk.at(ctx)
    folders = template_folders(desk.database)
    if list_kinds:
        show_kinds()
    elif where:
        typer.echo(str(template_for(where.value, folders)))
    elif kind is None or not refs:
        raise NoKindError
    else:
        order = LetterOrder(kind, refs, number=number, dated_on=day_of(desk, day))
        with desk.reading() as reading:
            written = write_letters(reading, order, folders, out, medium)
        show_letters(written, medium)
