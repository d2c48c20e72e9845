"""`coord backup`, `coord restore`: 备份与恢复."""

from pathlib import Path
from typing import Annotated

import typer

from yicheng_coord.cli import desk as typed_at
from yicheng_coord.cli.confirming import confirm
from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat, Yes
from yicheng_coord.errors import PARTLY_DONE
from yicheng_coord.vocabulary import RecordFormat


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="备份文件；加 --auto 时写已有的文件夹。")
    ],
    auto: Annotated[
        bool,
        typer.Option("--auto", help="按日期命名；自上次备份以来没有改动的，不再写。"),
    ] = False,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """备份数据库和材料文件，写成一个 zip；从不覆盖、从不删除文件。"""
    from yicheng_coord.show.backups import show_backup
    from yicheng_coord.store.backup import back_up, back_up_into

    desk = Desk.at(ctx)
    made = (back_up_into if auto else back_up)(desk.database, file, desk.now)
    show_backup(made, form)
    if made.manifest.missing:
        raise typer.Exit(PARTLY_DONE)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")],
    yes: Yes = False,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """用备份恢复数据库和材料文件；原来的另存在旁边。"""
    from yicheng_coord.show.backups import show_backup_to_restore, show_restored
    from yicheng_coord.store.restore import Occasion, standing
    from yicheng_coord.store.restore import restore as put_back
    from yicheng_coord.store.unpacking import unpacked

    desk = Desk.at(ctx)
    with unpacked(file, desk.database) as found:
        there = standing(desk.database)
        show_backup_to_restore(found, desk.database, there)
        confirm(yes, "恢复", "恢复", "看清要恢复的备份后，加 --yes。")
        occasion = Occasion(desk.now, desk.operator, ["coord", *typed_at.typed])
        show_restored(put_back(desk.database, found, there, occasion), form)
