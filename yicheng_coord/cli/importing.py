"""`coord import`: the lists that other units send."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yicheng_coord.cli.desk import Desk
from yicheng_coord.cli.options import AnswerFormat
from yicheng_coord.errors import PARTLY_DONE
from yicheng_coord.vocabulary import OnConflict, RecordFormat, What

if TYPE_CHECKING:
    from yicheng_coord.intake.report import ImportReport
    from yicheng_coord.services.imports import ImportOrder

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="清单文件，可多个。")]
Content = Annotated[What, typer.Option("--what", help="清单的内容。")]
MapFile = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="列名对照表（TOML）。")]
MapOut = Annotated[
    Path | None,
    typer.Option("--write-map", metavar="FILE", help="只写出识别到的列名对照，供修改。"),
]
Rejects = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="退回的行写到哪里。")
]
Conflict = Annotated[
    OnConflict, typer.Option("--on-conflict", help="与已登记的不一致时：不动、更新、不导入。")
]


def import_files(
    ctx: typer.Context,
    files: Files,
    what: Content = What.CASES,
    map_file: MapFile = None,
    map_out: MapOut = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表。")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="文本编码。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写入。")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="逐行说明。")] = False,
    rejects: Rejects = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行错就全部不导入。")] = False,
    on_conflict: Conflict = OnConflict.SKIP,
    form: AnswerFormat = RecordFormat.TABLE,
) -> None:
    """导入案件清单；正确的行一次全部写入，有错的行原样退回。"""
    from yicheng_coord.services.imports import ImportOrder
    from yicheng_coord.show.importing import show_import

    order = ImportOrder(
        paths=files,
        map_file=map_file,
        sheet=sheet,
        encoding=encoding,
        rejects=rejects,
        on_conflict=on_conflict,
        is_strict=strict,
        is_trial=dry_run,
        is_verbose=verbose,
    )
    if what is What.CASES and map_out:
        _write_map(order, map_out)
        return
    desk = Desk.at(ctx)
    report = (
        _cases(desk, order) if what is What.CASES else _office_lists(desk, order, what, map_out)
    )
    show_import(report, form)
    raise typer.Exit(PARTLY_DONE if report.total("rejected") and not dry_run else 0)


def _write_map(order: "ImportOrder", path: Path) -> None:
    from yicheng_coord.services.maps import write_map

    typer.echo(f"已写出对照表：{write_map(order, path)}")


def _cases(desk: Desk, order: "ImportOrder") -> "ImportReport":
    """Case lists, or a whole register that was exported."""
    from yicheng_coord.services.imports import Import
    from yicheng_coord.services.whole_register import is_register_file, only_one, put_back
    from yicheng_coord.show.importing import import_progress

    if any(map(is_register_file, order.paths)):
        with desk.recording(keeps_time=False) as register:
            return put_back(register, only_one(order.paths), is_trial=order.is_trial)
    with import_progress() as progress:
        under_way = Import(order, *progress)
        with desk.recording(under_way.stage, keeps_time=not order.is_trial) as register:
            return under_way.finish(register)


def _office_lists(
    desk: Desk, order: "ImportOrder", what: What, map_out: Path | None
) -> "ImportReport":
    """Units, people, a roster."""
    from yicheng_coord.services.office_lists import check_no_map, import_office_lists

    check_no_map(order.map_file, map_out)
    with desk.recording(keeps_time=not order.is_trial) as register:
        return import_office_lists(register, order, what)
