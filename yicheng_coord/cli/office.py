"""The office itself: its database, and where things lie."""

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat
from yicheng_coord.vocabulary import Format


def init(ctx: typer.Context) -> None:
    """新建数据库."""
    from yicheng_coord.store.open import create

    desk = Desk.at(ctx)
    create(desk.database)
    typer.echo(f"已新建数据库：{desk.database}")


def where(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """数据库、规则、模板在哪里."""
    from yicheng_coord import paths
    from yicheng_coord.show.table import Column, Listing, show

    desk = Desk.at(ctx)
    places = {
        "数据库": desk.database,
        "材料文件": paths.material_folder(desk.database),
        "规则": desk.policy_folder,
        "模板": paths.carried("templates"),
        "本单位的模板": desk.database.parent / "templates",
        "示例": paths.carried("examples"),
    }
    listing = Listing(
        rows=list(places.items()),
        columns=(Column("项目", lambda row: row[0]), Column("位置", lambda row: str(row[1]))),
        as_json=lambda row: {"what": row[0], "path": str(row[1])},
        empty="",
    )
    show(listing, form)
