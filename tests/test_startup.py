"""What a command loads, in a fresh process: the daily ones load little, none more than its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk

from yicheng_coord.cli.contents import CONTENTS

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "jinja2", "docx", "alembic", "openpyxl"}
PROGRAM = """
import sys
from yicheng_coord.cli import main
status = main()
sys.stdout.flush()
with open({target!r}, "w") as file:
    print(*sys.modules, sep="\\n", file=file)
sys.exit(status)
"""
DAILY = [
    ["--help"],
    ["--version"],
    [],
    ["case", "--help"],
    ["case", "add", "--help"],
    ["today"],
    ["overdue"],
    ["overdue", "-f", "json"],
    ["overdue", "-f", "csv"],
    ["pending"],
    ["explain", "D1"],
    ["case", "list"],
    ["case", "show", "1"],
    ["transfer", "list"],
    ["transfer", "show", "1"],
    ["calendar", "status"],
    ["calendar", "count", "2026-11-20", "3"],
    ["rules", "list"],
    ["unit", "list"],
    ["where"],
    ["history"],
    ["stats"],
]


@pytest.fixture
def desk(coord: Desk) -> Desk:
    add = ["case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02"]
    coord.ok(*add, "--competent", "zfj")
    return coord


def loaded(tmp_path: Path, *arguments: str) -> set[str]:
    """Type a command line in a fresh process; return the modules that it loaded."""
    target = tmp_path / "modules.txt"
    subprocess.run(
        [sys.executable, "-c", PROGRAM.format(target=str(target)), *arguments],
        env=os.environ | {"COORD_TODAY": "2026-11-23"},
        capture_output=True,
        check=False,
    )
    return set(target.read_text("utf-8").split())


@pytest.mark.parametrize("line", DAILY, ids=" ".join)
def test_a_daily_command_loads_nothing_heavy(desk: Desk, tmp_path: Path, line: list[str]) -> None:
    modules = loaded(tmp_path, *line)
    assert "yicheng_coord.cli" in modules
    assert modules & HEAVY == set()
    assert "rich" not in modules, "the output goes into a pipe"
    assert desk.database.exists()


def test_an_import_and_its_undo_load_nothing_heavy(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("编号,案件名称,发现单位,发现日期\n1,乙,区自然资源局,2026-11-02", "utf-8")
    for line in (["import", str(path)], ["undo", "--yes"]):
        assert loaded(tmp_path, *line) & HEAVY == set()
    assert len(desk.json("history")) == 4


def test_backup_and_restore_load_nothing_heavy(desk: Desk, tmp_path: Path) -> None:
    for line in (["backup", "b.zip"], ["restore", "b.zip", "--yes"]):
        line[1] = str(tmp_path / line[1])
        assert loaded(tmp_path, *line) & HEAVY == set()
    assert len(list(tmp_path.glob("*.zip"))) == 2, "both were done"
    assert desk.database.exists()


def test_what_is_loaded_is_seen_at_all(desk: Desk, tmp_path: Path) -> None:
    add = ["case", "add", "--title", "乙", "--found-by", "zrj", "--found-on", "2026-11-02"]
    assert loaded(tmp_path, *add) >= {"sqlmodel", "sqlalchemy", "pydantic"}
    assert "jinja2" in loaded(tmp_path, "letter", "transfer", "1")
    assert desk.database.exists()


@pytest.mark.parametrize("word", CONTENTS)
def test_only_what_was_typed_is_built(tmp_path: Path, word: str) -> None:
    modules = loaded(tmp_path, word, "--help")
    commands = {f"yicheng_coord.cli.{entry.module}" for entry in CONTENTS.values()}
    assert modules & commands == {f"yicheng_coord.cli.{CONTENTS[word].module}"}


@pytest.mark.parametrize("line", [["--help"], [], ["no-such-command"]], ids=" ".join)
def test_the_contents_load_no_command(tmp_path: Path, line: list[str]) -> None:
    modules = loaded(tmp_path, *line)
    commands = {f"yicheng_coord.cli.{entry.module}" for entry in CONTENTS.values()}
    assert modules & commands == set()


def test_the_calendar_of_the_country_is_left_alone_where_no_day_is_counted(tmp_path: Path) -> None:
    assert "chinese_calendar" not in loaded(tmp_path, "unit", "list")
