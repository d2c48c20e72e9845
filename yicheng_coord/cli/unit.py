"""`coord unit`: 单位."""

from typing import Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import ListFormat, completed_units, new_group
from yicheng_coord.vocabulary import Format

app = new_group()


@app.command("list")
def list_(ctx: typer.Context, form: ListFormat = Format.TABLE) -> None:
    """全部单位。"""
    from yicheng_coord.policy.pack import load
    from yicheng_coord.show.policy import show_units

    show_units(load(Desk.at(ctx).policy_folder).units.all, form)


@app.command("show")
def show(
    ctx: typer.Context,
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="单位。", autocompletion=completed_units)
    ],
    form: ListFormat = Format.TABLE,
) -> None:
    """一个单位：编码、名称、全称、简称、别名。"""
    from yicheng_coord.policy.pack import load
    from yicheng_coord.show.policy import show_unit

    show_unit(load(Desk.at(ctx).policy_folder).units.named(unit), form)
