"""The office itself: its database, and where things lie."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat
from yicheng_coord.vocabulary import Check, Format


def init(ctx: typer.Context) -> None:
    """新建数据库."""
    from yicheng_coord.store.open import create

    desk = Desk.at(ctx)
    create(desk.database)
    typer.echo(f"已新建数据库：{desk.database}")


def where(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """数据库、规则、模板在哪里."""
    from yicheng_coord import paths
    from yicheng_coord.papers.settings import settings_file
    from yicheng_coord.show.table import Column, Listing, show

    desk = Desk.at(ctx)
    places = {
        "数据库": desk.database,
        "材料文件": paths.material_folder(desk.database),
        "规则": desk.policy_folder,
        "模板": paths.carried("templates"),
        "本单位的模板": desk.database.parent / "templates",
        "文书设置": settings_file(desk.database),
        "示例": paths.carried("examples"),
    }
    listing = Listing(
        rows=list(places.items()),
        columns=(Column("项目", lambda row: row[0]), Column("位置", lambda row: str(row[1]))),
        as_json=lambda row: {"what": row[0], "path": str(row[1])},
        empty="",
    )
    show(listing, form)


def check(
    ctx: typer.Context,
    only: Annotated[
        list[Check] | None, typer.Option("--only", metavar="NAME", help="只做这一项，可重复。")
    ] = None,
    names: Annotated[bool, typer.Option("--list", help="列出检查项目。")] = False,
    form: ListFormat = Format.TABLE,
) -> None:
    """检查数据库、操作记录、时限和文件；没有问题就没有输出。"""
    from yicheng_coord.checks.all import run_checks
    from yicheng_coord.checks.finding import Place, has_errors
    from yicheng_coord.show.check import show_checks, show_found

    if names:
        show_checks(form)
        return
    desk = Desk.at(ctx)
    with desk.reading() as reading:
        found = run_checks(Place(reading, desk.database), only or ())
    show_found(found, form)
    raise typer.Exit(1 if has_errors(found) else 0)
