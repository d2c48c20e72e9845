"""One clerk's desk for each test: a real database in a temporary folder, and `main()`."""

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from yicheng_coord.cli import main

settings.register_profile("default", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "default")

TODAY = "2026-11-23"  # a Monday


@dataclass(frozen=True)
class Result:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Desk:
    """Types command lines at one database, as a clerk would."""

    def __init__(self, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.database = database
        self.today = TODAY
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str, today: str | None = None) -> Result:
        """Type `coord ARGUMENTS…` on a day; the output is what a pipe would get."""
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        full = ["--today", today or self.today, *arguments]
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.StringIO())
            patch.setattr(sys, "argv", ["coord", *full])
            code = main(full)
        return Result(code, _text(out), _text(err))

    def ok(self, *arguments: str, today: str | None = None) -> Result:
        """Type a command line that must succeed."""
        result = self(*arguments, today=today)
        assert result.code == 0, f"{arguments}: {result.code}\n{result.out}\n{result.err}"
        return result

    def json(self, *arguments: str, today: str | None = None) -> Any:
        """Type a command line that must succeed, and read its JSON."""
        return self.ok(*arguments, "-f", "json", today=today).json

    def refused(self, *arguments: str, code: int = 1, today: str | None = None) -> str:
        """Type a command line that must be refused; return the sentence, all of stderr."""
        result = self(*arguments, today=today)
        assert result.code == code, f"{arguments}: {result.code}\n{result.out}\n{result.err}"
        assert "Traceback" not in result.err
        assert "程序出错" not in result.err
        return result.err

    def checked(self) -> None:
        """Type `coord check`, which must find nothing."""
        result = self("check")
        assert (result.code, result.out) == (0, ""), f"{result.out}\n{result.err}"

    def checked_of_duties(self) -> None:
        """Have duties and states computed anew: they are what is stored."""
        result = self("check", "--only", "duties", "--only", "invariants", "-f", "json")
        assert result.json == []

    def owed(self, today: str | None = None) -> list[dict[str, Any]]:
        """Return what is pending beside the meeting of the quarter, which every register owes."""
        pending = self.json("pending", today=today)
        others = [one for one in pending if one["rule"] != "meeting.quarterly"]
        assert len(pending) == len(others) + 1
        return others

    def duty(self, rule: str, case: str = "1", today: str | None = None) -> dict[str, Any]:
        """Return the one duty of a rule that a case has, open or not."""
        import sqlite3
        from contextlib import closing

        number = case if "-" in case else f"2026-{int(case):04d}"
        with closing(sqlite3.connect(self.database)) as connection:
            ids = connection.execute(
                "SELECT duty.id FROM duty JOIN case_file ON case_file.id = duty.case_id "
                "WHERE rule = ? AND case_file.number = ?",
                (rule, number),
            ).fetchall()
        assert len(ids) == 1, f"{rule}: {ids}"
        found: dict[str, Any] = self.json("explain", f"D{ids[0][0]}", today=today)
        return found


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads a real register, or the settings of whoever runs it."""
    for name in ("COORD_DB", "COORD_TODAY", "COORD_OPERATOR", "COORD_POLICY", "COORD_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COORD_DB", str(tmp_path / "coord.db"))
    monkeypatch.setenv("COORD_OPERATOR", "测试员")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def coord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty register."""
    desk = Desk(tmp_path / "coord.db", monkeypatch)
    desk.ok("init")
    return desk


AddCase = Callable[..., str]


@pytest.fixture
def add_case(coord: Desk) -> AddCase:
    """Register a case of 区自然资源局; return its tail."""

    def add(*options: str, found_on: str = "2026-11-02", title: str = "堆场占用耕地") -> str:
        answer = coord.json(
            "case", "add", "--title", title, "--found-by", "zrj", "--found-on", found_on, *options
        )
        return str(int(answer["recorded"]["ref"].partition("-")[2]))

    return add
