"""`coord demo`: the main job on the shipped examples, in a throw-away register."""

import contextlib
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from yicheng_coord import paths
from yicheng_coord.errors import PARTLY_DONE, RefusedError

TODAY = "2026-11-23"
_PROMPT = "$ coord "
_EXPECTED = frozenset({0, PARTLY_DONE})


class DemoError(RefusedError):
    """A step of the demonstration did not do what it should."""

    def __init__(self, line: str, status: int) -> None:
        super().__init__(f"演示没有走完：{line}（退出码 {status}）。")


def demo() -> None:
    """走一遍主要工作：导入、移送、收到、超期、计算依据、移交函."""
    from yicheng_coord.cli import main

    script = (paths.carried("examples") / "demo.txt").read_text("utf-8")
    with _throw_away_desk():
        for line in script.splitlines():
            typer.echo(line)
            if line.startswith(_PROMPT):
                status = main(shlex.split(line.removeprefix(_PROMPT)))
                if status not in _EXPECTED:
                    raise DemoError(line, status)
                typer.echo()


@contextlib.contextmanager
def _throw_away_desk() -> Iterator[None]:
    """A folder with the examples and a register of its own; nothing of it stays."""
    settings = {"COORD_DB": "coord.db", "COORD_TODAY": TODAY, "COORD_OPERATOR": "演示"}
    before, folder_before = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="coord-demo-", ignore_cleanup_errors=True) as folder:
        shutil.copytree(paths.carried("examples"), folder, dirs_exist_ok=True)
        os.environ.update(settings)
        os.environ.pop("COORD_POLICY", None)
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(folder_before)
            os.environ.clear()
            os.environ.update(before)
