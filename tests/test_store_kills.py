"""Nothing lost: real kills at any instant, and ten clerks at once."""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Desk
from frozen import FROZEN, NEXT, OLDEST
from soundness import assert_sound, count

from yicheng_coord import paths

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no SIGKILL on Windows")
ROWS = 600

NURSERY = """
import os, signal, sys
from itertools import count, cycle
from pathlib import Path
from yicheng_coord import paths
from yicheng_coord.cli import main
from yicheng_coord.store import migrations, open as store

def add(where):
    for n in count():
        said(main(["case", "add", "--title", f"第{n}件", "--found-by", "zrj",
                   "--found-on", "2026-11-02", "--competent", "zfj"]))

def work(where):
    for n in count(1):
        said(main(["transfer", "send", str(n), "--to", "zfj"]))
        said(main(["transfer", "receive", str(n)]))
        said(main(["transfer", "accept", str(n)]))

def load(where):
    said(main(["import", where]))

def back_up(where):
    for n in count():
        said(main(["backup", f"{where}/{n}.zip"]))

def keep(where):
    for n in count():
        Path(f"{where}-{n}.jpg").write_bytes(f"{where}{n}".encode() * 9000)
        said(main(["case", "material", "1", "--kind", "证据", "--title", "照片", "--pages", "1",
                   "--file", f"{where}-{n}.jpg"]))

def restore(where):
    for name in cycle(where.split(";")):
        said(main(["restore", name, "--yes"]))

def upgrade(where):
    store.LATEST = NEXT
    paths.migrations_folder = lambda: Path(where)
    store.connect(Path(os.environ["COORD_DB"])).close()
    said(0)

def said(status):
    os.write(1, f"status {status}\\n".encode())

warm = ["--db", sys.argv[1]]  # everything that a command needs is loaded once
NEXT = sys.argv[2]
sys.argv = ["coord"]
main([*warm, "init"])
main([*warm, "case", "add", "--title", "x", "--found-by", "zrj", "--found-on", "2026-11-02"])
main([*warm, "transfer", "send", "1", "--to", "zfj"])
main([*warm, "import", "none.csv"])
main([*warm, "backup", warm[1] + ".zip"])
main([*warm, "restore", warm[1] + ".zip", "--yes"])
quiet = os.open(os.devnull, os.O_WRONLY)
for line in sys.stdin:
    task, _, where = line.strip().partition(" ")
    pid = os.fork()
    if not pid:
        sys.stdout = sys.stderr = open(quiet, "w")
        globals()[task](where)
        signal.pause()  # it is killed in any case
    os.write(1, f"child {pid}\\n".encode())
    os.waitpid(pid, 0)
    os.write(1, b"gone\\n")
"""


class Nursery:
    """A process with the program loaded, whose children work until they are killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def kill_at(self, instant: float | None, task: str, where: Path | str = "") -> list[int]:
        """Let a child work, kill it after so many seconds; return what it had been told.

        Without an instant it may do one thing.
        """
        assert self._process.stdin
        print(task, where, file=self._process.stdin, flush=True)
        child = int(self._line().removeprefix("child "))
        told = []
        if instant is None:
            told.append(int(self._line().removeprefix("status ")))
        else:
            time.sleep(instant)
        os.kill(child, signal.SIGKILL)
        while (line := self._line()) != "gone":
            told.append(int(line.removeprefix("status ")))
        return told

    def _line(self) -> str:
        assert self._process.stdout
        while not (line := self._process.stdout.readline().strip()).startswith(
            ("child", "status", "gone")
        ):
            assert self._process.poll() is None
        return line


@pytest.fixture
def nursery(coord: Desk, tmp_path: Path) -> Iterator[Nursery]:
    environment = os.environ | {"COORD_DB": str(coord.database), "COORD_TODAY": "2026-11-23"}
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(tmp_path / "warm.db"), NEXT],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Nursery(process)
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def instants() -> Iterator[float]:
    """Fractions of the time in which something happens; spread, and not the same each time."""
    return (random.random() for _ in iter(int, 1))  # noqa: S311


@needs_fork
def test_recording_commands_killed_at_any_instant_leave_whole_operations(
    coord: Desk, nursery: Nursery, instants: Iterator[float]
) -> None:
    coord.ok("today")
    assert nursery.kill_at(None, "add")[0] == 0
    known = count(coord.database, "case_file")
    for _ in range(16):
        told = nursery.kill_at(0.01 + 0.12 * next(instants), "add")
        assert set(told) <= {0}
        stored = count(coord.database, "case_file")
        assert stored - known in {len(told), len(told) + 1}  # the last one may not have been told
        assert count(coord.database, "operation") == stored + 1
        assert_sound(coord.database)
        known = stored
    coord.checked()


@needs_fork
def test_transfers_killed_at_any_instant_leave_case_clock_and_history_together(
    coord: Desk, nursery: Nursery, instants: Iterator[float]
) -> None:
    nursery.kill_at(1.0, "add")
    for _ in range(12):
        nursery.kill_at(0.01 + 0.15 * next(instants), "work")
        assert_sound(coord.database)
        with closing(sqlite3.connect(coord.database)) as connection:
            torn = connection.execute(
                "SELECT case_file.number FROM case_file LEFT JOIN transfer ON case_id = case_file.id "
                "WHERE (status = 'registered') <> (transfer.id IS NULL) "
                "OR (status = 'accepted') <> (answer IS 'accepted')"
            ).fetchall()
        assert torn == []
    coord.checked()


@needs_fork
def test_an_import_killed_at_any_instant_went_in_whole_or_not_at_all(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    for number in range(12):
        before = count(coord.database, "case_file")
        lines = "".join(f"{number}-{row},堆场{row},zrj,2026-11-02,zfj\n" for row in range(ROWS))
        path = tmp_path / f"{number}.csv"
        path.write_text(f"案件编号,案件名称,发现单位,发现日期,有权处理单位\n{lines}", "utf-8")
        told = nursery.kill_at(0.01 + 0.14 * next(instants), "load", path)
        came = count(coord.database, "case_file") - before
        assert came in ({ROWS} if told else {0, ROWS})
        assert_sound(coord.database)
    coord.checked()
    coord.ok("import", str(path))
    coord.ok("import", str(path))
    assert count(coord.database, "case_file") in {before + came, before + ROWS}


@needs_fork
def test_a_ledger_killed_at_any_instant_went_in_whole_or_not_at_all(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    tables = ("case_file", "transfer", "decision", "matter", "happening")
    columns = "案件编号,案件名称,发现单位,发现日期,移送日期,接收单位,反馈日期,处理决定日期,决定结果"
    told_of = "2025-11-03,2025-11-06,zfj,2025-11-10,2025-12-01,处罚"
    coord.ok("today")
    path = tmp_path / "ledger.csv"
    for number in range(24):
        before = [count(coord.database, table) for table in tables]
        lines = "".join(f"{number}-{row},堆场{row},zrj,{told_of}\n" for row in range(ROWS))
        path.write_text(f"{columns}\n{lines}", "utf-8")
        told = nursery.kill_at(0.01 + 0.2 * next(instants), "load", path)
        came = {
            count(coord.database, table) - had for table, had in zip(tables, before, strict=True)
        }
        assert came in ([{ROWS}] if told else [{0}, {ROWS}])
        assert_sound(coord.database)
    coord.checked()


@needs_fork
def test_an_upgrade_killed_at_any_instant_is_done_or_can_be_done(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    from test_migrations import STEP

    steps = tmp_path / "steps"
    shutil.copytree(paths.migrations_folder(), steps)
    (steps / "versions" / f"{NEXT}_invented.py").write_text(STEP, "utf-8")
    for _ in range(8):
        for file in tmp_path.glob("coord.db*"):
            file.unlink()
        shutil.copyfile(FROZEN[OLDEST], coord.database)
        told = nursery.kill_at(0.02 + 0.25 * next(instants), "upgrade", steps)
        with closing(sqlite3.connect(coord.database)) as connection:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert version == NEXT if told else version in {OLDEST, NEXT}
        if version == OLDEST:
            assert_sound(coord.database)
        assert nursery.kill_at(None, "upgrade", steps) == [0]
        assert count(coord.database, "case_file") == 6


@needs_fork
def test_a_backup_killed_at_any_instant_is_whole_or_not_there(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    _with_material(coord, tmp_path)
    told = 0
    for number in range(10):
        folder = tmp_path / f"backups-{number}"
        folder.mkdir()
        told += len(nursery.kill_at(0.005 + 0.15 * next(instants), "back_up", folder))
        for backup in folder.glob("*.zip"):
            target = tmp_path / "restored" / "coord.db"
            coord.ok("--db", str(target), "restore", str(backup), "--yes")
            assert_sound(target)
            shutil.rmtree(target.parent)
        assert_sound(coord.database)
    assert told


@needs_fork
def test_a_restoration_killed_at_any_instant_leaves_the_old_or_the_new(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    _with_material(coord, tmp_path)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    coord.ok("backup", str(first))
    coord.ok("case", "add", "--title", "乙", "--found-by", "zrj", "--found-on", "2026-11-02")
    coord.ok("backup", str(second))
    start = time.monotonic()
    coord.ok("restore", str(second), "--yes")
    took = time.monotonic() - start  # on this machine, as busy as it is now
    seen = set()
    for _ in range(12):
        before = coord.database.read_bytes()
        shutil.rmtree(paths.material_folder(coord.database), ignore_errors=True)
        nursery.kill_at(0.01 + 2.5 * took * next(instants), "restore", f"{second};{first}")
        assert_sound(coord.database)
        seen.add(count(coord.database, "case_file"))
        if coord.database.read_bytes() != before:  # reading it moved what was committed there
            (material,) = coord.json("case", "show", "1")["materials"]
            assert Path(material["file_path"]).read_bytes() == b"x" * 100_000
    assert seen == {1, 2}
    for kept in tmp_path.glob("coord.db.before-restore-*.zip"):
        coord.ok("--db", str(tmp_path / "kept.db"), "restore", str(kept), "--yes")
        assert_sound(tmp_path / "kept.db")


@needs_fork
def test_a_damaged_database_whose_restoration_is_killed_can_be_restored_still(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    _with_material(coord, tmp_path)
    coord.ok("backup", str(tmp_path / "b.zip"))
    damaged = b"what is left" * 1000
    known = 0
    for _ in range(10):
        coord.database.write_bytes(damaged)
        nursery.kill_at(0.01 + 0.15 * next(instants), "restore", tmp_path / "b.zip")
        if coord.database.read_bytes() != damaged:
            assert_sound(coord.database)
            kept = [one.read_bytes() for one in tmp_path.glob("coord.db.before-restore-*")]
            assert kept.count(damaged) > known
        known = sum(
            one.read_bytes() == damaged for one in tmp_path.glob("coord.db.before-restore-*")
        )
        coord.ok("restore", str(tmp_path / "b.zip"), "--yes")
        assert_sound(coord.database)
    assert known


@needs_fork
def test_material_killed_at_any_instant_has_its_file_with_its_row(
    coord: Desk, nursery: Nursery, instants: Iterator[float], tmp_path: Path
) -> None:
    _with_material(coord, tmp_path)
    (tmp_path / "many").mkdir()
    told = 0
    for number in range(10):
        told += len(
            nursery.kill_at(0.02 + 0.4 * next(instants), "keep", f"{tmp_path}/many/{number}")
        )
        assert_sound(coord.database)
        for material in coord.json("case", "show", "1")["materials"]:
            content = Path(material["file_path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == material["file_hash"]
    assert told


def _with_material(coord: Desk, folder: Path) -> None:
    coord.ok("case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02")
    file = folder / "照片.jpg"
    file.write_bytes(b"x" * 100_000)
    line = ["case", "material", "1", "--kind", "证据", "--title", "照片", "--pages", "1"]
    coord.ok(*line, "--file", str(file))


def test_whole_commands_killed_as_they_start_and_end(coord: Desk) -> None:
    line = ["case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02"]
    coord.ok("today")
    for tenth in range(1, 9):
        process = subprocess.Popen(
            [sys.executable, "-m", "yicheng_coord", "--db", str(coord.database), *line],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(tenth / 10)
        process.kill()
        process.wait()
        assert_sound(coord.database)
        assert count(coord.database, "operation") == count(coord.database, "case_file") + 1
    coord.ok(*line)


def test_ten_clerks_at_once_lose_nothing(coord: Desk) -> None:
    program = (
        "import sys; from yicheng_coord.cli import main\n"
        "line = ['case', 'add', '--title', sys.argv[1], '--found-by', 'zrj', "
        "'--found-on', '2026-11-02', '--competent', 'zfj']\n"
        "sys.exit(max(main(['--today', '2026-11-23', *line]) for _ in range(5)))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, f"第{clerk}人"],
            env=os.environ | {"COORD_DB": str(coord.database)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for clerk in range(10)
    ]
    answers = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 10, answers
    assert {err for _, err in answers} == {""}
    with closing(sqlite3.connect(coord.database)) as connection:
        numbers = [n for (n,) in connection.execute("SELECT number FROM case_file ORDER BY id")]
        by_clerk = connection.execute("SELECT count(*) FROM case_file GROUP BY title").fetchall()
    assert numbers == [f"2026-{n:04d}" for n in range(1, 51)]
    assert by_clerk == [(5,)] * 10
    assert_sound(coord.database)
    coord.checked()
