"""A database that cannot be used: exit status 3, one sentence, and nothing touched."""

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Desk
from frozen import FROZEN, NEWEST
from soundness import assert_sound, count

from yicheng_coord.store import open as store

FILLED = FROZEN[NEWEST]
COMMANDS = {
    "reading": ["overdue"],
    "recording": ["case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02"],
}
NOBODY = 65534


@pytest.fixture(params=COMMANDS.values(), ids=COMMANDS.keys())
def command(request: pytest.FixtureRequest) -> list[str]:
    line: list[str] = request.param
    return line


def refused(coord: Desk, command: list[str]) -> str:
    """Type a command that must be refused, and must leave every file as it was."""
    before = snapshot(coord.database.parent)
    told = coord.refused(*command, code=3)
    assert snapshot(coord.database.parent) == before
    assert len(told.splitlines()) <= 2, "one sentence, and one that says what to do"
    return told


def snapshot(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        str(file.relative_to(folder)): (
            file.stat().st_mode,
            file.read_bytes() if file.is_file() else None,
        )
        for file in folder.rglob("*")
    }


def filled(coord: Desk) -> Desk:
    shutil.copyfile(FILLED, coord.database)
    return coord


# --- what is no database of ours ------------------------------------------------------------------


def test_a_named_database_that_is_not_there(coord: Desk, command: list[str]) -> None:
    coord.database.unlink()
    told = refused(coord, command)
    assert "没有这个数据库" in told
    assert f"coord --db {coord.database} init" in told


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "是空文件"),
        ("今天的便笺\n".encode(), "内容不是数据库"),
        (b"SQLite format 3", "内容不是数据库"),
        (os.urandom(5000), "内容不是数据库"),
        (b"PK\x03\x04" + bytes(4000), "内容不是数据库"),
    ],
    ids=["empty", "text", "nearly", "random", "zip"],
)
def test_a_file_that_is_no_database(
    coord: Desk, command: list[str], content: bytes, why: str
) -> None:
    coord.database.write_bytes(content)
    assert f"（{why}）" in refused(coord, command)


def test_a_folder(coord: Desk, command: list[str]) -> None:
    coord.database.unlink()
    coord.database.mkdir()
    assert "（是文件夹）" in refused(coord, command)


def test_a_path_through_a_file(coord: Desk, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    path = str(tmp_path / "file" / "coord.db")
    assert "路径中有一段不是文件夹" in refused(coord, ["--db", path, *command])
    told = refused(coord, ["--db", path, "init"])
    assert "不能在此新建" in told
    assert "路径中有一段不是文件夹" in told


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["PRAGMA application_id = 0"], "是别的程序的数据库"),
        (["PRAGMA application_id = 252006674"], "是别的程序的数据库"),
        (["DELETE FROM alembic_version"], "没有结构版本"),
        (["UPDATE alembic_version SET version_num = ''"], "没有结构版本"),
        (["DROP TABLE alembic_version"], "没有结构版本"),
        (["UPDATE alembic_version SET version_num = '0999'"], "更新版本"),
        (["UPDATE alembic_version SET version_num = '0000'"], "没有结构版本 0000"),
    ],
)
def test_a_database_of_another_program_or_version(
    coord: Desk, command: list[str], statements: list[str], why: str
) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    assert why in refused(coord, command)


def test_an_empty_sqlite_database(coord: Desk, command: list[str]) -> None:
    coord.database.unlink()
    with closing(sqlite3.connect(coord.database)) as connection:
        connection.execute("CREATE TABLE note (text)")
    assert "是别的程序的数据库" in refused(coord, command)


# --- damage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [16, 100, 4096, 5000, 40_000, 200_000])
def test_a_truncated_database(coord: Desk, command: list[str], size: int) -> None:
    coord.database.write_bytes(FILLED.read_bytes()[:size])
    told = refused(coord, command)
    assert "已损坏" in told or "不是数据库" in told


@pytest.mark.parametrize("start", [4096, 8192])
def test_garbage_in_the_middle(coord: Desk, command: list[str], start: int) -> None:
    content = bytearray(FILLED.read_bytes())
    content[start:-4096] = b"\xa5" * (len(content) - start - 4096)
    coord.database.write_bytes(content)
    told = refused(coord, command)
    assert "文件已损坏" in told
    assert "备份" in told


def test_a_garbled_header(coord: Desk, command: list[str]) -> None:
    content = bytearray(FILLED.read_bytes())
    content[16:100] = b"\xff" * 84
    coord.database.write_bytes(content)
    refused(coord, command)


# --- locks ----------------------------------------------------------------------------------------


def test_a_database_that_another_holds(coord: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(coord.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "正被别的程序占用" in refused(coord, COMMANDS["recording"])
        coord.ok("overdue")  # reading goes on
        other.execute("ROLLBACK")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "正被别的程序占用" in refused(coord, COMMANDS["recording"])
    coord.ok(*COMMANDS["recording"])


def test_a_command_waits_for_its_turn(coord: Desk) -> None:
    with closing(
        sqlite3.connect(coord.database, isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        end = threading.Timer(0.7, other.execute, ["ROLLBACK"])
        end.start()
        coord.ok(*COMMANDS["recording"])
        end.join()


@pytest.mark.skipif(os.name == "nt", reason="locks belong to the process on POSIX alone")
def test_a_second_connection_does_not_give_up_the_locks_of_the_first(coord: Desk) -> None:
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1])\n"
        "c.execute('PRAGMA user_version = 1'); c.close()"
    )
    with closing(store.connect(coord.database)) as first:
        first.execute("SELECT * FROM case_file").fetchall()
        store.connect(coord.database).close()
        subprocess.run([sys.executable, "-c", program, str(coord.database)], check=True)
        assert coord.database.with_name("coord.db-wal").exists(), "it is in use"


# --- rights and room ------------------------------------------------------------------------------


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """As an account that file modes apply to; the superuser's do not."""
    if os.name == "nt":
        pytest.skip("file modes say little on Windows")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared(coord: Desk) -> Iterator[Desk]:
    """A filled register in a folder that any account may enter."""
    coord.ok("overdue")
    coord.ok(*COMMANDS["recording"])  # everything is loaded before rights are dropped
    coord.refused("--db", "none.db", "overdue", code=3)
    folder = Path(tempfile.mkdtemp())
    coord.database = folder / "coord.db"
    filled(coord)
    yield coord
    for place in (folder, coord.database):
        place.chmod(0o700)
    shutil.rmtree(folder)


def test_a_database_that_may_not_be_read(shared: Desk, command: list[str]) -> None:
    shared.database.chmod(0)
    shared.database.parent.chmod(0o755)
    with without_rights():
        told = shared.refused("--db", str(shared.database), *command, code=3)
    assert "没有权限" in told
    assert shared.database.read_bytes() == FILLED.read_bytes()


def test_a_folder_that_may_not_be_entered(shared: Desk, command: list[str]) -> None:
    shared.database.parent.chmod(0)
    with without_rights():
        told = shared.refused("--db", str(shared.database), *command, code=3)
    assert "没有权限" in told


def test_a_read_only_file(shared: Desk) -> None:
    shared.database.chmod(0o444)
    shared.database.parent.chmod(0o777)
    with without_rights():
        told = shared.refused("--db", str(shared.database), *COMMANDS["recording"], code=3)
        shared.ok("--db", str(shared.database), "case", "list")
    assert "没有写入权限" in told
    assert shared.database.read_bytes() == FILLED.read_bytes()


def test_a_read_only_folder(shared: Desk, command: list[str]) -> None:
    shared.database.chmod(0o444)
    shared.database.parent.chmod(0o555)
    with without_rights():
        told = shared.refused("--db", str(shared.database), *command, code=3)
    assert "权限" in told
    assert snapshot(shared.database.parent).keys() == {"coord.db"}
    assert shared.database.read_bytes() == FILLED.read_bytes()


def test_a_folder_where_nothing_can_be_made(shared: Desk) -> None:
    shared.database.parent.chmod(0o555)
    with without_rights():
        told = shared.refused("--db", str(shared.database.with_name("new.db")), "init", code=3)
    assert "不能在此新建" in told
    assert "没有权限" in told


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_takes_whole_operations_or_none(coord: Desk, small_disk: Path) -> None:
    coord.database = small_disk / "coord.db"
    shutil.copyfile(FILLED, coord.database)
    line = ["--db", str(coord.database), *COMMANDS["recording"], "--summary", "长" * 20_000]
    recorded = 0
    while (result := coord(*line)).code == 0:
        recorded += 1
        assert recorded < 100
    assert result.code == 3
    assert "磁盘已满" in result.err or "磁盘读写出错" in result.err
    assert count(coord.database, "case_file") == 6 + recorded
    assert_sound(coord.database)


def test_a_full_disk_takes_no_half_import(coord: Desk, small_disk: Path, tmp_path: Path) -> None:
    coord.database = small_disk / "coord.db"
    shutil.copyfile(FILLED, coord.database)
    rows = "".join(f"堆场{number},zrj,2026-11-02,{'长' * 200}\n" for number in range(3000))
    big = tmp_path / "大.csv"
    big.write_text(f"案件名称,发现单位,发现日期,情况\n{rows}", "utf-8")
    told = coord.refused("--db", str(coord.database), "import", str(big), code=3)
    assert "磁盘" in told
    assert count(coord.database, "case_file") == 6
    assert_sound(coord.database)


def test_a_full_disk_takes_no_half_database(coord: Desk, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(900_000))
    told = coord.refused("--db", str(small_disk / "coord.db"), "init", code=3)
    assert "磁盘已满" in told
    assert [file.name for file in small_disk.iterdir()] == ["filler"]


# --- a new one ------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="file modes say little on Windows")
def test_only_its_owner_may_read_it_whatever_the_umask(coord: Desk, tmp_path: Path) -> None:
    path = tmp_path / "new" / "coord.db"
    before = os.umask(0)
    try:
        coord.ok("--db", str(path), "init")
        with closing(sqlite3.connect(path)) as held:
            held.execute("SELECT * FROM case_file").fetchall()
            coord.ok("--db", str(path), *COMMANDS["recording"])
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"coord.db": 0o600, "coord.db-wal": 0o600, "coord.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_init_never_overwrites(coord: Desk, tmp_path: Path) -> None:
    filled(coord)
    assert "没有改动" in coord.refused("init")
    assert coord.database.read_bytes() == FILLED.read_bytes()
    (tmp_path / "note.txt").write_text("x")
    coord.refused("--db", str(tmp_path / "note.txt"), "init")
    coord.refused("--db", str(tmp_path), "init")
    assert (tmp_path / "note.txt").read_text() == "x"


def test_nothing_is_left_beside_a_database(coord: Desk) -> None:
    coord.ok(*COMMANDS["recording"])
    assert [file.name for file in coord.database.parent.iterdir()] == ["coord.db"]


def test_the_default_database_is_made_by_the_first_command(
    coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COORD_DB")
    monkeypatch.setattr("yicheng_coord.paths.default_database", lambda: tmp_path / "a/b/coord.db")
    assert "没有超期事项" in coord.ok("overdue").out
    coord.ok(*COMMANDS["recording"])
    assert count(tmp_path / "a/b/coord.db", "case_file") == 1


def test_two_first_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = {"HOME": str(home), "XDG_DATA_HOME": str(home), "LOCALAPPDATA": str(home)}
    environment = {key: value for key, value in os.environ.items() if key != "COORD_DB"} | settings
    line = [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", *COMMANDS["recording"]]
    running = [
        subprocess.Popen(
            line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in running:
        assert process.communicate()[1] == ""
        assert process.returncode == 0
    (database,) = home.rglob("coord.db")
    assert [file.name for file in database.parent.iterdir()] == ["coord.db"]
    assert count(database, "case_file") == 4
    assert_sound(database)


def test_a_file_system_without_hard_links_will_do(
    coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "usb" / "coord.db"
    coord.ok("--db", str(path), "init")
    coord.refused("--db", str(path), "init")
    assert [file.name for file in path.parent.iterdir()] == ["coord.db"]
