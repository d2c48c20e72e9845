"""Backups: consistent while others write, whole or not at all, never over another file."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import AddCase, Desk
from frozen import FROZEN, NEWEST, OLDEST
from soundness import assert_sound, count
from test_store_open import filled, without_rights

from yicheng_coord import paths

needs_modes = pytest.mark.skipif(os.name == "nt", reason="file modes say little on Windows")
CONTENT = "现场照片的内容".encode()
HASH = hashlib.sha256(CONTENT).hexdigest()
MEMBER = f"files/{HASH[:2]}/{HASH}.jpg"
RECORDER = (
    "import sys; from yicheng_coord.cli import main\n"
    "line = ['case', 'add', '--title', sys.argv[1], '--found-by', 'zrj', "
    "'--found-on', '2026-11-02', '--competent', 'zfj']\n"
    "sys.exit(max(main(['--today', '2026-11-23', *line]) for _ in range(int(sys.argv[2]))))"
)


@pytest.fixture
def desk(coord: Desk, add_case: AddCase, tmp_path: Path) -> Desk:
    """A register of one case, with a material that is a file."""
    add_case("--competent", "zfj")
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(CONTENT)
    line = ["case", "material", "1", "--kind", "证据", "--title", "照片", "--pages", "1"]
    coord.ok(*line, "--file", str(photo))
    return coord


@pytest.fixture
def lax_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def recorder(database: Path, title: str, times: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, title, str(times)],
        env=os.environ | {"COORD_DB": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def head(database: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(database)) as connection:
        row: tuple[int, str] = connection.execute(
            "SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return row


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- what is in one -------------------------------------------------------------------------------


def test_a_backup_is_a_zip_of_the_database_its_files_and_a_manifest(
    desk: Desk, tmp_path: Path
) -> None:
    answer = desk.json("backup", str(tmp_path / "b.zip"))
    number, chained = head(desk.database)
    assert answer["head"] == {"number": number, "hash": chained}
    assert answer["counts"] == {"operations": 3, "cases": 1, "materials": 1, "files": 1}
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        assert sorted(zipped.namelist()) == sorted(["coord.db", "manifest.json", MEMBER])
        assert zipped.read(MEMBER) == CONTENT
        manifest = json.loads(zipped.read("manifest.json"))
        (tmp_path / "copy.db").write_bytes(zipped.read("coord.db"))
    assert manifest["format"] == 1
    assert manifest["schema"] == NEWEST
    assert manifest["made_at"] == "2026-11-23T00:00:00"
    assert manifest["head"] == answer["head"]
    assert manifest["files"] == {MEMBER: len(CONTENT)}
    assert manifest["missing_files"] == []
    assert_sound(tmp_path / "copy.db")


def test_nothing_else_is_left_behind(desk: Desk, tmp_path: Path) -> None:
    before = names(tmp_path)
    desk.ok("backup", str(tmp_path / "b.zip"))
    assert names(tmp_path) - before == {"b.zip"}
    (kept,) = desk.json("restore", str(tmp_path / "b.zip"), "--yes")["kept"]
    assert names(tmp_path) - before == {"b.zip", Path(kept).name}


def test_the_chain_s_head_is_printed(desk: Desk, tmp_path: Path) -> None:
    number, chained = head(desk.database)
    out = desk.ok("backup", str(tmp_path / "b.zip")).out
    assert f"校验链　P{number} {chained}" in out


@pytest.mark.skipif(not (shutil.which("unzip") and shutil.which("sqlite3")), reason="no such tools")
def test_plain_unzip_and_sqlite3_read_a_backup(desk: Desk, tmp_path: Path) -> None:
    desk.ok("backup", str(tmp_path / "b.zip"))
    subprocess.run(["unzip", "-q", "b.zip", "-d", "out"], cwd=tmp_path, check=True)
    told = subprocess.run(
        ["sqlite3", "out/coord.db", "SELECT title FROM case_file"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "堆场占用耕地\n"
    assert (tmp_path / "out" / MEMBER).read_bytes() == CONTENT


def test_an_empty_register_can_be_backed_up(coord: Desk, tmp_path: Path) -> None:
    assert "还没有操作" in coord.ok("backup", str(tmp_path / "b.zip")).out
    coord.ok("--db", str(tmp_path / "new.db"), "restore", str(tmp_path / "b.zip"), "--yes")
    assert_sound(tmp_path / "new.db")


def test_a_file_that_is_gone_or_spoilt_is_told_and_the_rest_is_backed_up(
    desk: Desk, tmp_path: Path
) -> None:
    (stored,) = (path for path in paths.material_folder(desk.database).rglob("*.jpg"))
    stored.write_bytes(b"spoilt")
    first = desk("backup", str(tmp_path / "1.zip"))
    stored.unlink()
    second = desk("backup", str(tmp_path / "2.zip"), "-f", "json")
    assert first.code == second.code == 4
    assert f"注意：材料文件不见了或已损坏，备份里没有：SHA-256 {HASH}" in first.err
    assert second.json["warnings"]
    for name in ("1.zip", "2.zip"):
        with zipfile.ZipFile(tmp_path / name) as zipped:
            assert json.loads(zipped.read("manifest.json"))["missing_files"] == [HASH]
    restored = desk.ok(
        "--db", str(tmp_path / "new.db"), "restore", str(tmp_path / "1.zip"), "--yes"
    )
    assert HASH in restored.err


# --- where it goes --------------------------------------------------------------------------------


def test_a_backup_is_never_written_over_a_file(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_text("somebody's")
    assert "已经存在" in desk.refused("backup", str(target))
    assert target.read_text() == "somebody's"


def test_a_folder_needs_auto_and_auto_a_folder(desk: Desk, tmp_path: Path) -> None:
    before = names(tmp_path)
    assert "--auto" in desk.refused("backup", str(tmp_path))
    assert "没有这个文件夹" in desk.refused("backup", str(tmp_path / "none"), "--auto")
    assert "不是文件夹" in desk.refused("backup", str(desk.database), "--auto")
    assert "没有这个文件" in desk.refused("backup", str(tmp_path / "none" / "b.zip"))
    assert names(tmp_path) == before


def test_auto_names_by_day_and_writes_nothing_twice(
    desk: Desk, add_case: AddCase, tmp_path: Path
) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    desk.ok("backup", str(folder), "--auto")
    again = desk.json("backup", str(folder), "--auto", today="2026-11-24")
    assert again["is_new"] is False
    assert again["file"] == str(folder / "coord-2026-11-23.zip")
    add_case(title="第二件")
    assert desk.json("backup", str(folder), "--auto")["is_new"] is True
    add_case(title="第三件")
    desk.ok("backup", str(folder), "--auto", today="2026-11-24")
    assert names(folder) == {
        "coord-2026-11-23.zip",
        "coord-2026-11-23-2.zip",
        "coord-2026-11-24.zip",
    }


def test_auto_is_not_satisfied_by_a_backup_that_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    desk.ok("backup", str(folder), "--auto")
    first = folder / "coord-2026-11-23.zip"
    first.write_bytes(first.read_bytes()[:-200])
    spoilt = first.read_bytes()
    assert desk.json("backup", str(folder), "--auto")["is_new"] is True
    assert first.read_bytes() == spoilt


def test_auto_is_not_satisfied_by_one_that_lacks_a_file_that_is_back(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    (stored,) = (path for path in paths.material_folder(desk.database).rglob("*.jpg"))
    aside = stored.rename(tmp_path / "aside")
    assert desk("backup", str(folder), "--auto").code == 4
    assert desk("backup", str(folder), "--auto").code == 4
    assert len(names(folder)) == 1
    aside.rename(stored)
    assert desk.json("backup", str(folder), "--auto")["is_new"] is True


@needs_modes
@pytest.mark.usefixtures("lax_umask")
def test_a_backup_is_its_owner_s_under_a_lax_umask(desk: Desk, tmp_path: Path) -> None:
    desk.ok("backup", str(tmp_path / "b.zip"))
    desk.ok("restore", str(tmp_path / "b.zip"), "--yes")
    for path in (*tmp_path.glob("*.zip"), *tmp_path.glob("coord.db*")):
        mode = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert len(list(tmp_path.glob("coord.db.before-restore-*.zip"))) == 1


@needs_modes
def test_a_folder_without_permission(coord: Desk, add_case: AddCase, tmp_path: Path) -> None:
    add_case()
    folder = Path("/tmp") / f"coord-test-{os.getpid()}"  # noqa: S108 – any account may enter it
    folder.mkdir(mode=0o755)
    database = folder / "coord.db"
    try:
        shutil.copyfile(coord.database, database)
        coord.ok("--db", str(database), "backup", str(tmp_path / "warm.zip"))
        (folder / "in").mkdir(mode=0o555)
        os.chown(folder, 65534, 65534)
        os.chown(database, 65534, 65534)
        with without_rights():
            told = coord.refused("--db", str(database), "backup", str(folder / "in" / "b.zip"))
        assert "没有权限" in told
        assert names(folder / "in") == set()
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(small)], check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount")
    try:
        assert "磁盘已满" in desk.refused("backup", str(small / "b.zip"))
        assert names(small) == set()
    finally:
        subprocess.run(["umount", str(small)], check=True)


# --- while others write ---------------------------------------------------------------------------


def test_every_backup_made_while_another_records_is_sound_and_of_its_history(
    desk: Desk, tmp_path: Path
) -> None:
    backups = []
    with recorder(desk.database, "旁边登记", 60) as other:
        while other.poll() is None or len(backups) < 3:
            backups.append(tmp_path / f"{len(backups)}.zip")
            desk.ok("backup", str(backups[-1]))
        assert other.communicate()[1] == ""
    assert other.returncode == 0
    with closing(sqlite3.connect(desk.database)) as connection:
        history = dict(connection.execute("SELECT id, hash FROM operation").fetchall())
    copy = tmp_path / "copy.db"
    for backup in backups:
        with zipfile.ZipFile(backup) as zipped:
            copy.write_bytes(zipped.read("coord.db"))
            said = json.loads(zipped.read("manifest.json"))["head"]
        assert_sound(copy)
        assert head(copy) == (said["number"], said["hash"])
        assert history[said["number"]] == said["hash"]
    assert count(desk.database, "case_file") == 61


# --- a database that cannot be backed up ----------------------------------------------------------


def test_a_damaged_database_is_not_passed_off_as_a_backup(coord: Desk, tmp_path: Path) -> None:
    filled(coord)
    coord.ok("overdue")
    content = bytearray(coord.database.read_bytes())
    for page in range(20, len(content) // 4096 - 1):
        content[page * 4096 + 8 : page * 4096 + 64] = b"\xa5" * 56
    coord.database.write_bytes(content)
    before = names(tmp_path)
    told = coord.refused("backup", str(tmp_path / "b.zip"), code=3)
    assert "损坏" in told
    assert "coord restore" in told
    assert names(tmp_path) == before


def test_a_database_that_is_not_there(coord: Desk, tmp_path: Path) -> None:
    coord.database.unlink()
    assert "没有这个数据库" in coord.refused("backup", str(tmp_path / "b.zip"), code=3)


def test_an_older_database_is_brought_up_to_date_and_backed_up(coord: Desk, tmp_path: Path) -> None:
    shutil.copyfile(FROZEN[OLDEST], coord.database)
    assert coord.json("backup", str(tmp_path / "b.zip"))["schema"] == NEWEST
    coord.ok("--db", str(tmp_path / "new.db"), "restore", str(tmp_path / "b.zip"), "--yes")
    assert_sound(tmp_path / "new.db")
