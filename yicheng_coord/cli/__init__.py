"""The command line: a table of contents, and the one place where errors become exit codes.

Only the commands of the group that was typed are built; the others are names with their help.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from yicheng_coord import __version__
from yicheng_coord.cli import contents, usage
from yicheng_coord.cli.desk import Desk
from yicheng_coord.errors import CoordError, reason_of

INTERRUPTED = 130
_OBJECTS_OF_A_COMMAND = 250_000
"""Before garbage is looked for: loading the ORM makes so many, and none of them is garbage."""


def run() -> None:
    """Console script `coord`."""
    gc.set_threshold(_OBJECTS_OF_A_COMMAND)
    status = main()
    gc.freeze()  # as it ends, Python would look through all of them again, for a fifth of the time
    sys.exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status; see `errors.py`.

    Never a traceback, unless COORD_DEBUG=1.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    usage.soften_streams()
    try:
        status = usage.run(build(arguments), arguments)
        sys.stdout.flush()
    except CoordError as error:
        return _told(error)
    except (KeyboardInterrupt, typer.Abort):
        usage.complain("已中断，没有改动。")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # Typer ends the process when nobody reads on
        usage.drop_stdout()
        return 0
    except Exception as error:
        if os.environ.get("COORD_DEBUG") == "1":
            raise
        return _told(_worded(error))
    return status


def _told(error: CoordError) -> int:
    usage.complain(str(error), error.hint)
    return error.exit_code


def _worded(error: Exception) -> CoordError:
    """Word what the database or the system could not do; the rest is a bug, and says so."""
    import sqlite3

    original = getattr(error, "orig", error)
    if isinstance(original, sqlite3.IntegrityError):
        return CoordError(f"数据库拒绝了这次登记：{original}。", "没有改动。")
    if isinstance(original, sqlite3.Error):
        from yicheng_coord.store.open import explained

        return explained(original, Desk.current_database())
    if isinstance(error, OSError):
        where = f"：{error.filename}" if error.filename else ""
        return CoordError(
            f"文件无法读写{where}（{reason_of(error)}）。", "检查路径、权限与磁盘空间。"
        )
    if isinstance(error, MemoryError):
        return CoordError("内存不足，没有改动。")
    return CoordError(
        f"程序出错：{type(error).__name__}：{error}。",
        "没有改动。设 COORD_DEBUG=1 再执行一次，可得到详情。",
    )


def build(arguments: Sequence[str]) -> typer.Typer:
    """Build the app with the commands of the first word only."""
    app = typer.Typer(
        name="coord",
        help="峄政办发〔2022〕1号 综合行政执法协调配合：案件移送、时限、文书。",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_globals)
    contents.add_commands(app, usage.first_word(arguments))
    return app


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"coord {__version__}")
        raise typer.Exit


def _globals(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option("--db", envvar="COORD_DB", metavar="PATH", help="数据库文件。"),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today", envvar="COORD_TODAY", metavar="DATE", help="把这一天（或时刻）当作现在。"
        ),
    ] = None,
    operator: Annotated[
        str | None,
        typer.Option(
            "--operator", envvar="COORD_OPERATOR", metavar="NAME", help="操作人，默认为系统用户。"
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", help="显示版本。", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    ctx.obj = Desk.of(db=db, today=today, operator=operator)
