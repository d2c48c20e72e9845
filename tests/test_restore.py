"""Restoring: looked at first, the old or the new, what it replaces is kept, and hostile files."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import AddCase, Desk
from dump import dump
from soundness import assert_sound, count
from test_backup import CONTENT, HASH, MEMBER, desk, head, names, recorder
from test_store_open import snapshot

from yicheng_coord import paths

assert desk  # the fixture

FROZEN = Path(__file__).parent / "data" / "schema-0001.db"
Members = dict[str, bytes]


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    """A backup of the register of one case with a file; the register has gone on since."""
    path = tmp_path / "backups" / "b.zip"
    path.parent.mkdir()
    desk.ok("backup", str(path))
    add = ["case", "add", "--title", "后来的", "--found-by", "zrj", "--found-on", "2026-11-02"]
    desk.ok(*add)
    return path


def material(coord: Desk, *options: str) -> dict[str, Any]:
    (found,) = coord.json(*options, "case", "show", "1")["materials"]
    return dict(found)


# --- there and back -------------------------------------------------------------------------------


def test_a_newer_state_is_replaced_kept_and_can_be_restored_itself(
    desk: Desk, backup: Path
) -> None:
    newer = head(desk.database)
    answer = desk.json("restore", str(backup), "--yes")
    assert count(desk.database, "case_file") == 1
    assert_sound(desk.database)
    (kept,) = answer["kept"]
    told = desk.refused("undo", "--yes")
    assert "没有改动登记内容" in told
    assert Path(kept).name in told, "where to find what was before"
    assert Path(kept).parent == desk.database.parent
    desk.ok("restore", kept, "--yes")
    assert count(desk.database, "case_file") == 2
    assert_sound(desk.database)
    with closing(sqlite3.connect(desk.database)) as connection:
        told = connection.execute("SELECT id, hash FROM operation").fetchall()
    assert newer in told
    assert head(desk.database)[0] == newer[0] + 1


def test_a_restoration_stands_in_the_history_that_was_restored(desk: Desk, backup: Path) -> None:
    restored = desk.json("restore", str(backup), "--yes")
    *_, last = desk.json("history")
    assert last["ref"] == f"P{restored['operation']}" == "P4"
    assert last["summary"].startswith("已从备份 b.zip 恢复（2026-11-23 00:00，P3）")
    assert Path(restored["kept"][0]).name in last["summary"]
    assert last["operator"] == "测试员"
    assert last["hash"] == restored["head"]["hash"]
    assert last["changes"] == []


def test_a_restored_register_goes_on(desk: Desk, backup: Path, add_case: AddCase) -> None:
    desk.ok("restore", str(backup), "--yes")
    assert add_case(title="再一件") == "2"
    desk.ok("undo", "--yes")
    desk.ok("transfer", "send", "1", "--to", "zfj")
    assert_sound(desk.database)


def test_a_restored_database_has_every_table_index_view_and_trigger(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    def schema(path: Path) -> list[Any]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(
                "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
            ).fetchall()

    before = schema(desk.database)
    desk.ok("restore", str(backup), "--yes")
    desk.ok("--db", str(tmp_path / "new.db"), "restore", str(backup), "--yes")
    assert schema(desk.database) == before
    assert schema(tmp_path / "new.db") == before


def test_a_new_machine_gets_database_and_files(desk: Desk, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "新" / "电脑" / "coord.db"
    told = desk.ok("--db", str(new), "restore", str(backup), "--yes")
    assert "还没有，将新建" in told.err
    assert "原来的" not in told.out
    there = material(desk, "--db", str(new))
    assert Path(there["file_path"]).read_bytes() == CONTENT
    assert Path(there["file_path"]).is_relative_to(paths.material_folder(new))
    assert names(new.parent) == {"coord.db", "coord.db.files"}
    assert_sound(new)


def test_files_that_are_gone_or_spoilt_come_back(desk: Desk, backup: Path) -> None:
    folder = paths.material_folder(desk.database)
    shutil.rmtree(folder)
    desk.ok("restore", str(backup), "--yes")
    path = Path(material(desk)["file_path"])
    assert path.read_bytes() == CONTENT
    path.write_bytes(b"spoilt")
    desk.ok("restore", str(backup), "--yes")
    assert Path(material(desk)["file_path"]).read_bytes() == CONTENT
    assert b"spoilt" in [one.read_bytes() for one in folder.rglob("damaged-*")]


def test_files_of_what_was_replaced_stay_and_lie_in_what_was_kept(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.pdf"
    later.write_bytes(b"later")
    desk.ok("case", "material", "1", "--kind", "案源", "--title", "后来", "--file", str(later))
    kept = desk.json("restore", str(backup), "--yes")["kept"][0]
    with zipfile.ZipFile(kept) as zipped:
        assert len([name for name in zipped.namelist() if name.startswith("files/")]) == 2
    assert len(list(paths.material_folder(desk.database).rglob("*.*"))) == 2


def test_an_older_schema_s_backup_is_brought_up_to_date(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    old = _rebuilt(backup, tmp_path, database=FROZEN.read_bytes(), schema="0001")
    desk.ok("restore", str(old), "--yes")
    assert count(desk.database, "case_file") == 6
    assert_sound(desk.database)
    assert names(desk.database.parent) & {"raw.db"} == set()


# --- damaged --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"text of another kind", os.urandom(9000), FROZEN.read_bytes()[:5000]]
)
def test_a_damaged_database_is_set_aside_and_replaced(
    desk: Desk, backup: Path, content: bytes
) -> None:
    desk.database.write_bytes(content)
    beside = desk.database.with_name("coord.db-journal")
    beside.write_bytes(b"left over")
    told = desk.ok("restore", str(backup), "--yes")
    assert "已损坏或不是数据库，将改名留在旁边" in told.err
    stem = desk.database.with_name("coord.db.before-restore-20261123-000000")
    assert stem.read_bytes() == content
    assert str(stem) in told.out
    assert not beside.exists()
    if content[:6] != b"SQLite":  # else SQLite has looked at it, and cleared it away
        assert stem.with_name(f"{stem.name}-journal").read_bytes() == b"left over"
    assert count(desk.database, "case_file") == 1
    assert_sound(desk.database)


def test_damage_in_the_middle_is_found_and_the_file_is_set_aside(desk: Desk, backup: Path) -> None:
    content = bytearray(desk.database.read_bytes())
    for page in range(20, len(content) // 4096 - 1):
        content[page * 4096 + 8 : page * 4096 + 64] = b"\xa5" * 56
    desk.database.write_bytes(content)
    kept = desk.json("restore", str(backup), "--yes")["kept"]
    assert Path(kept[0]).read_bytes() == content
    assert_sound(desk.database)


@pytest.mark.skipif(os.name == "nt", reason="Windows itself holds an open file")
def test_a_damaged_database_that_somebody_has_open_stays(desk: Desk, backup: Path) -> None:
    program = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM case_file').fetchall()\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(desk.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        damaged = b"x" * 9000
        desk.database.write_bytes(damaged)
        told = desk.refused("restore", str(backup), "--yes")
        other.stdin.close()
    assert "正被占用" in told
    assert desk.database.read_bytes() == damaged


@pytest.mark.parametrize("statement", ["PRAGMA application_id = 7", "DELETE FROM alembic_version"])
def test_another_program_s_database_is_not_replaced(
    desk: Desk, backup: Path, statement: str
) -> None:
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.execute(statement)
        connection.commit()
    before = desk.database.read_bytes()
    assert "不是 coord 的数据库" in desk.refused("restore", str(backup), "--yes", code=3)
    assert desk.database.read_bytes() == before


def test_a_folder_in_its_place_is_not_replaced(desk: Desk, backup: Path) -> None:
    desk.database.unlink()
    desk.database.mkdir()
    assert "是文件夹" in desk.refused("restore", str(backup), "--yes", code=3)


# --- asked first ----------------------------------------------------------------------------------


def test_nothing_is_restored_unconfirmed(desk: Desk, backup: Path) -> None:
    before = snapshot(desk.database.parent)
    told = desk.refused("restore", str(backup), code=2)
    assert "加 --yes" in told
    assert "现有内容（至 P4）先另存在旁边" in told
    assert snapshot(desk.database.parent) == before


def test_on_a_terminal_one_is_asked(desk: Desk, backup: Path) -> None:
    from pseudo_terminal import Terminal

    for answer, cases in (("n", 2), ("y", 1)):
        terminal = Terminal("restore", str(backup))
        terminal.wait_for("[y/N]")
        terminal.type(answer)
        assert (terminal.finish() == 0) == (answer == "y")
        assert count(desk.database, "case_file") == cases


# --- hostile and broken files ---------------------------------------------------------------------


def _members(backup: Path) -> Members:
    with zipfile.ZipFile(backup) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _write(path: Path, members: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in members:
            kind = zipfile.ZIP_DEFLATED if name == "coord.db" else zipfile.ZIP_STORED
            zipped.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return path


def _rebuilt(backup: Path, folder: Path, database: bytes | None = None, **said: object) -> Path:
    """Rebuild a backup with another database, whose manifest agrees with it."""
    members = _members(backup)
    manifest = json.loads(members["manifest.json"])
    if database is not None:
        members["coord.db"] = database
        digest = hashlib.sha256(database).hexdigest()
        manifest["database"] |= {"size": len(database), "sha256": digest}
        (folder / "other.db").write_bytes(database)
        with closing(sqlite3.connect(folder / "other.db")) as connection:
            number, chained = connection.execute(
                "SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1"
            ).fetchone()
        manifest["head"] = {"number": number, "hash": chained}
    members["manifest.json"] = json.dumps(manifest | said).encode()
    return _write(folder / "rebuilt.zip", list(members.items()))


def refused(desk: Desk, path: Path) -> str:
    """Type a restoration that must be refused, and must leave every file as it was."""
    before = snapshot(desk.database.parent)
    told = desk.refused("restore", str(path), "--yes")
    assert snapshot(desk.database.parent) == before
    assert len(told.splitlines()) <= 2
    return told


def test_what_is_no_backup(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("text")
    (tmp_path / "empty.zip").touch()
    _write(tmp_path / "other.zip", [("readme.txt", b"x")])
    for name in ("text.zip", "empty.zip", "other.zip", "none.zip", "."):
        assert "不能用来恢复" in refused(desk, tmp_path / name)
    assert "不能用来恢复" in refused(desk, desk.database)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_backup(desk: Desk, backup: Path, part: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * part)])
    assert "不能用来恢复" in refused(desk, backup)


def test_a_byte_changed_anywhere_is_found(desk: Desk, backup: Path) -> None:
    content = backup.read_bytes()
    rows = dump(desk)
    for place in range(0, len(content), max(1, len(content) // 60)):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        backup.write_bytes(changed)
        result = desk("restore", str(backup), "--yes")
        assert "Traceback" not in result.err
        assert "程序出错" not in result.err
        if result.code:  # a time or an attribute in the zip's own tables matters to nobody
            assert dump(desk) == rows
        else:
            assert count(desk.database, "case_file") == 1
            desk.ok("restore", str(desk.database.parent / _newest_kept(desk)), "--yes")
            rows = dump(desk)


def _newest_kept(desk: Desk) -> str:
    return max(desk.database.parent.glob("*.before-restore-*.zip"), key=os.path.getmtime).name


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "files/../../evil",
        "C:\\evil",
        "files\\..\\evil",
        f"files/{HASH[:2]}/{HASH}.jpg/../../../evil",
        f"files/00/{HASH}.jpg",
        f"files/{HASH[:2]}/{HASH}",
        "coord.db-wal",
        "files/",
    ],
)
def test_a_name_that_no_backup_has(desk: Desk, backup: Path, tmp_path: Path, name: str) -> None:
    members = _members(backup)
    manifest = json.loads(members["manifest.json"])
    manifest["files"][name] = 4
    members["manifest.json"] = json.dumps(manifest).encode()
    hostile = _write(tmp_path / "h.zip", [*members.items(), (name, b"evil")])
    refused(desk, hostile)
    assert not list(tmp_path.rglob("evil"))


def test_members_that_the_manifest_does_not_name_or_names_twice(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    members = list(_members(backup).items())
    other = f"files/aa/{'a' * 64}"
    assert "内容与清单不符" in refused(desk, _write(tmp_path / "1.zip", [*members, (other, b"x")]))
    less = [one for one in members if one[0] != MEMBER]
    assert "内容与清单不符" in refused(desk, _write(tmp_path / "2.zip", less))
    with pytest.warns(UserWarning, match="Duplicate"):
        doubled = _write(tmp_path / "3.zip", [*members, ("coord.db", b"x")])
    assert "内容与清单不符" in refused(desk, doubled)


def test_a_file_whose_content_is_not_what_its_name_says(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    members = _members(backup) | {MEMBER: bytes(len(CONTENT))}
    hostile = _write(tmp_path / "h.zip", list(members.items()))
    assert "与校验值不符" in refused(desk, hostile)


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Desk, backup: Path, tmp_path: Path) -> None:
    members = _members(backup)
    members["coord.db"] = bytes(64 << 20)
    hostile = _write(tmp_path / "h.zip", list(members.items()))
    assert "内容与清单不符" in refused(desk, hostile)
    members = _members(backup)
    manifest = json.loads(members["manifest.json"])
    manifest["database"]["size"] = 1 << 60
    members["manifest.json"] = json.dumps(manifest).encode()
    assert "内容与清单不符" in refused(desk, _write(tmp_path / "i.zip", list(members.items())))
    with zipfile.ZipFile(tmp_path / "j.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("manifest.json", bytes(100 << 20))
    assert "manifest.json" in refused(desk, tmp_path / "j.zip")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format": true}',
        '{"format": "1"}',
        '{"format": -1}',
        "[" * 100_000,
        '{"format": 1, "schema": 2}',
        '{"format": 1, "schema": "0002", "made_at": "gestern"}',
    ],
)
def test_a_manifest_that_is_none(desk: Desk, backup: Path, tmp_path: Path, text: str) -> None:
    members = _members(backup) | {"manifest.json": text.encode()}
    assert "manifest.json" in refused(desk, _write(tmp_path / "h.zip", list(members.items())))


def test_a_later_program_s_backup(desk: Desk, backup: Path, tmp_path: Path) -> None:
    for said in ({"format": 2}, {"schema": "0999"}):
        assert "更新版本" in refused(desk, _rebuilt(backup, tmp_path, **said))


def _changed(backup: Path, folder: Path, *statements: str) -> bytes:
    path = folder / "changed.db"
    path.write_bytes(_members(backup)["coord.db"])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA journal_mode = DELETE")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["PRAGMA application_id = 7"], "不是 coord 的数据库"),
        (["DROP TABLE duty"], "有错误"),
        (["DROP TABLE contact", "CREATE TABLE contact (id)"], "有错误"),
        (["DROP TABLE alembic_version"], "缺少"),
        (["UPDATE alembic_version SET version_num = '0001'"], "不符"),
        (["DROP TABLE contact", "CREATE VIEW contact AS SELECT 1 AS id"], "有错误"),
        (
            [
                "PRAGMA ignore_check_constraints = ON",
                "DROP TRIGGER case_file_update_recorded",
                "UPDATE case_file SET status = 'odd'",
            ],
            "已损坏",
        ),
        (["DROP TRIGGER material_update_recorded", "UPDATE material SET case_id = 9"], "有错误"),
    ],
)
def test_a_database_in_it_that_is_not_ours_or_not_right(
    desk: Desk, backup: Path, tmp_path: Path, statements: list[str], why: str
) -> None:
    database = _changed(
        backup, tmp_path, "DROP VIEW duty_list", "DROP VIEW transfer_list", *statements
    )
    assert why in refused(desk, _rebuilt(backup, tmp_path, database))


def test_no_trigger_view_or_table_of_the_file_comes_along(
    desk: Desk, backup: Path, tmp_path: Path
) -> None:
    database = _changed(
        backup,
        tmp_path,
        "CREATE TABLE evil (x)",
        "CREATE VIEW evil_view AS SELECT * FROM evil",
        "CREATE TRIGGER evil_trigger AFTER INSERT ON case_file BEGIN DELETE FROM duty; END",
        "DROP TRIGGER operation_stays",
        "DROP INDEX duty_open_dated",
    )
    desk.ok("restore", str(_rebuilt(backup, tmp_path, database)), "--yes")
    with closing(sqlite3.connect(desk.database)) as connection:
        held = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert not {name for name in held if name.startswith("evil")}
    assert {"operation_stays", "duty_open_dated"} <= held
    assert_sound(desk.database)


def test_a_random_file_with_a_zip_s_signs_is_refused(desk: Desk, tmp_path: Path) -> None:
    for number in range(20):
        noise = bytearray(os.urandom(400))
        noise[:4], noise[200:204] = b"PK\x03\x04", b"PK\x01\x02"
        noise[-22:-18] = b"PK\x05\x06"
        noise[-2:] = b"\0\0"
        path = tmp_path / f"{number}.zip"
        path.write_bytes(noise)
        assert "不能用来恢复" in desk.refused("restore", str(path), "--yes")


# --- others at work -------------------------------------------------------------------------------


def test_ten_recorders_while_it_is_restored_wait_and_lose_nothing_half(
    desk: Desk, backup: Path
) -> None:
    running = [recorder(desk.database, f"第{clerk}人", 4) for clerk in range(10)]
    restored = []
    while any(process.poll() is None for process in running) and len(restored) < 8:
        restored.append(desk.json("restore", str(backup), "--yes"))
    told = [process.communicate()[1] for process in running]
    assert told == [""] * 10
    assert [process.returncode for process in running] == [0] * 10
    assert restored
    assert_sound(desk.database)
    recorded = 0
    for answer in restored:
        with zipfile.ZipFile(answer["kept"][0]) as zipped:
            manifest = json.loads(zipped.read("manifest.json"))
        recorded += manifest["counts"]["cases"] - 1
    recorded += count(desk.database, "case_file") - 1
    assert recorded == 10 * 4 + 1  # all of them, and the one before; each kept by one or the other


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_leaves_what_was_there(desk: Desk, backup: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    size = f"size={desk.database.stat().st_size // 1024 + 400}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("may not mount")
    try:
        database = small / "coord.db"
        shutil.copyfile(desk.database, database)
        before = snapshot(small)
        result = desk("--db", str(database), "restore", str(backup), "--yes")
        assert result.code in {1, 3}
        assert "磁盘已满" in result.err
        assert snapshot(small) == before
        assert_sound(database)
    finally:
        subprocess.run(["umount", str(small)], check=True)
