"""`coord export`: the register as a file for others, or to be imported again."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, NoMask
from yicheng_coord.vocabulary import Exported, RecordFormat


def export_file(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="新文件，结尾决定格式：CSV、Excel（XLSX）、JSON。"),
    ],
    what: Annotated[Exported, typer.Option("--what", help="导出什么。")] = Exported.CASES,
    no_mask: NoMask = False,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """导出案件、移送、时限、单位、操作记录，或整个登记簿；默认遮盖证件号码、电话、举报人。"""
    from yicheng_coord.services.export import check_export, export
    from yicheng_coord.show.exporting import show_export

    check_export(file, what)
    unmasked = f"导出 {what.value} 到 {file.name}" if no_mask else ""
    with Desk.at(ctx).reading(unmasked=unmasked) as reading:
        written = export(reading, file, what)
    show_export(
        written.path,
        what,
        written.counts,
        is_masked=written.is_masked,
        voided=written.voided,
        form=form,
    )
