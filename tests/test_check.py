"""`coord check`: silent and 0 when all is well; whatever was done behind the program's back is found."""

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from conftest import AddCase, Desk
from freeze import CONTENT
from frozen import FROZEN, NEWEST
from story import live, story

from yicheng_coord import paths
from yicheng_coord.checks.all import CHECKS, MOST_OF_A_CHECK
from yicheng_coord.checks.network import kind_by_mount, kind_by_mountinfo, kind_on_windows
from yicheng_coord.store.history import operation_hash
from yicheng_coord.vocabulary import Check

posix = pytest.mark.skipif(os.name == "nt", reason="file modes say little on Windows")


@pytest.fixture
def lived(coord: Desk, tmp_path: Path) -> Desk:
    """A register in which every recording command was used."""
    live(coord, tmp_path)
    return coord


def tamper(desk: Desk, *statements: str) -> None:
    """Change the database behind the program's back: triggers are dropped and made again."""
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def found(desk: Desk, *, today: str | None = None) -> list[dict[str, str]]:
    """Return what is wrong; advice is not."""
    result = desk("check", "-f", "json", today=today)
    errors = [one for one in result.json if one["level"] == "error"]
    assert result.code == (1 if errors else 0), result
    return errors


def checks_with_findings(desk: Desk) -> list[str]:
    return list(dict.fromkeys(one["check"] for one in found(desk)))


# --- when all is well -----------------------------------------------------------------------------


def test_a_register_in_which_everything_was_done_passes_in_silence(lived: Desk) -> None:
    result = lived.ok("check")
    assert result.out == ""
    assert found(lived) == []


@pytest.mark.parametrize("version", FROZEN)
def test_every_frozen_database_passes_once_it_is_upgraded(coord: Desk, version: str) -> None:
    shutil.copyfile(FROZEN[version], coord.database)
    coord.database.chmod(0o600)
    keep_invented_file(coord)
    assert found(coord) == []


def test_checking_writes_nothing(lived: Desk) -> None:
    before = lived.database.read_bytes()
    lived.ok("check")
    assert lived.database.read_bytes() == before


def test_the_checks_have_names_and_run_one_by_one(lived: Desk) -> None:
    listed = lived.json("check", "--list")
    assert [one["check"] for one in listed] == [check.value for check in Check]
    assert [named.check for named in CHECKS] == list(Check)
    assert all(one["about"] for one in listed)
    tamper(lived, "UPDATE case_file SET title = '改了' WHERE id = 1")
    lived.ok("check", "--only", "integrity", "--only", "invariants")
    assert lived("check", "--only", "history_replay").code == 1
    assert "只能是" in lived.refused("check", "--only", "所有", code=2)


# --- what people see ------------------------------------------------------------------------------


def test_findings_are_lines_with_what_to_do(lived: Desk) -> None:
    tamper(lived, "UPDATE case_file SET title = '张某的秘密' WHERE id = 1")
    result = lived("check")
    assert result.code == 1
    heading, line = result.out.splitlines()
    assert heading.split("\t") == ["检查", "位置", "问题", "处理", "级别"]
    check, where, what, hint, level = line.split("\t")
    assert (check, where, level) == ("history_replay", "2026-0001", "error")
    assert what == "与操作记录不符：案件名称"
    assert "备份" in hint
    assert list(lived("check", "-f", "json").json[0]) == ["check", "level", "where", "what", "hint"]
    assert "秘密" not in result.out + result.err


def test_a_terminal_gets_a_line_a_finding_and_once_what_to_do(lived: Desk) -> None:
    from pseudo_terminal import Terminal

    tamper(lived, "UPDATE case_file SET title = '改了'")
    terminal = Terminal("check", environment={"COORD_DB": str(lived.database)})
    assert terminal.finish() == 1
    lines = [line.rstrip() for line in terminal.text.splitlines()]
    assert lines[:4] == [
        "检查发现 8 处问题",
        "",
        "history_replay",
        "  2026-0001　与操作记录不符：案件名称",
    ]
    assert sum(line.startswith("  处理：") for line in lines) == 1


def test_advice_is_told_beside_and_fails_nothing(coord: Desk) -> None:
    result = coord.ok("check")
    assert result.out == ""
    assert (
        "提示（contacts）全部 17 个成员单位：没有登记分管负责人、具体联络人、对接专人" in result.err
    )
    assert "coord contact set" in result.err
    assert {one["level"] for one in coord.json("check")} == {"advice"}


def test_of_very_many_findings_some_are_told_and_the_rest_are_counted(
    coord: Desk, tmp_path: Path
) -> None:
    rows = "".join(f"堆场{number},zrj,2026-11-02\n" for number in range(MOST_OF_A_CHECK + 30))
    (tmp_path / "多.csv").write_text(f"案件名称,发现单位,发现日期\n{rows}", "utf-8")
    coord.ok("import", str(tmp_path / "多.csv"))
    tamper(coord, "UPDATE case_file SET title = '改了'")
    told = found(coord)
    assert len(told) == MOST_OF_A_CHECK + 1
    assert told[-1]["what"] == "还有 30 处，没有逐一列出"


# --- the file and its structure -------------------------------------------------------------------


@pytest.mark.parametrize("start", [8192, 40_960, 122_880])
def test_damage_is_found_or_told_in_a_sentence(coord: Desk, start: int) -> None:
    content = bytearray(FROZEN[NEWEST].read_bytes())
    content[start : start + 4096] = b"\xa5" * 4096
    coord.database.write_bytes(content)
    result = coord("check")
    assert result.code in {1, 3}
    assert "Traceback" not in result.err
    assert "程序出错" not in result.err
    assert "损坏" in result.out + result.err


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER case_file_update_recorded",
        "DROP TRIGGER no_second_transfer",
        "DROP VIEW duty_list",
        "DROP INDEX one_open_transfer",
        "DROP TABLE inquiry",
        "ALTER TABLE duty ADD COLUMN note TEXT",
        "CREATE TRIGGER quiet AFTER UPDATE ON duty BEGIN SELECT 1; END",
        "CREATE TABLE note (text)",
    ],
)
def test_a_structure_that_is_not_ours_is_found(lived: Desk, statement: str) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        connection.execute(statement)
        name = statement.split()[2]
    wrong = [one for one in found(lived) if one["check"] == "structure"]
    assert name in {one["where"] for one in wrong}
    assert all(one["hint"] for one in wrong)


def test_a_trigger_that_was_made_harmless_is_found(lived: Desk) -> None:
    with closing(sqlite3.connect(lived.database)) as connection:
        name = "case_file_update_recorded"
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql.replace("AFTER UPDATE ON", "AFTER UPDATE OF id ON"))
    (wrong,) = found(lived)
    assert (wrong["where"], wrong["what"]) == (name, "触发器被改过")


def test_a_row_that_points_nowhere_is_found(lived: Desk) -> None:
    tamper(lived, "PRAGMA foreign_keys = OFF", "UPDATE material SET case_id = 99")
    assert "foreign_keys" in checks_with_findings(lived)


# --- the history ----------------------------------------------------------------------------------

CHAIN = [
    ("UPDATE operation SET operator = '别人' WHERE id = 3", "P3"),
    ("UPDATE operation SET hash = NULL WHERE id = 3", "P3"),
    ("UPDATE change SET after = replace(after, '照片', '图片') WHERE operation_id = 4", "P4"),
    ("DELETE FROM change WHERE id = (SELECT min(id) FROM change)", "P1"),
    ("DELETE FROM operation WHERE id = 3", "P3"),
    ("DELETE FROM operation WHERE id IN (3, 4)", "P3 至 P4"),
]


@pytest.mark.parametrize(("statement", "where"), CHAIN)
def test_a_changed_history_breaks_the_chain(lived: Desk, statement: str, where: str) -> None:
    tamper(lived, "PRAGMA foreign_keys = OFF", statement)
    wrong = [one["where"] for one in found(lived) if one["check"] == "history_chain"]
    assert wrong[0] == where


TABLES = [
    ("UPDATE case_file SET title = '改了' WHERE id = 1", "2026-0001", "与操作记录不符：案件名称"),
    ("DELETE FROM inquiry", "2026-0001 初步调查 1", "操作记录里有，表里没有了"),
    (
        "INSERT INTO inquiry (case_id, inquired_on, is_ongoing, text) VALUES (1, '2026-11-04', 0, '')",
        "2026-0001 初步调查 2",
        "没有操作记录",
    ),
    (
        "UPDATE duty SET original_due_on = '2026-11-30' WHERE id = 3",
        "2026-0001 D3",
        "与操作记录不符：原应办日期",
    ),
    ("UPDATE contact SET name = '李某'", "联络人 1", "与操作记录不符：姓名"),
    ("UPDATE material SET file_size = 1", "2026-0001 材料 1", "与操作记录不符：文件大小"),
]


@pytest.mark.parametrize(("statement", "where", "what"), TABLES)
def test_a_row_changed_behind_the_programs_back_is_found(
    lived: Desk, statement: str, where: str, what: str
) -> None:
    tamper(lived, statement)
    wrong = [one for one in found(lived) if one["check"] == "history_replay"]
    assert [(one["where"], one["what"]) for one in wrong] == [(where, what)]


def test_a_change_is_found_even_after_the_row_was_worked_with(
    coord: Desk, add_case: AddCase
) -> None:
    add_case("--competent", "zfj")
    tamper(coord, "UPDATE case_file SET title = '改了' WHERE id = 1")
    coord.ok("transfer", "send", "1", "--to", "zfj")
    (wrong,) = found(coord)
    assert wrong["check"] == "history_replay"
    assert (wrong["where"], wrong["what"]) == ("P3 2026-0001", "改动以前已被改过：案件名称")


def test_a_last_operation_that_was_cut_off_is_found(lived: Desk) -> None:
    tamper(
        lived,
        "DELETE FROM change WHERE operation_id = (SELECT max(id) FROM operation)",
        "DELETE FROM operation WHERE id = (SELECT max(id) FROM operation)",
    )
    wrong = [one for one in found(lived) if one["check"] == "history_replay"]
    assert "放假安排 1" in {one["where"] for one in wrong}
    assert {one["what"] for one in wrong} == {"没有操作记录"}


def test_a_forged_chain_still_shows_in_the_tables(coord: Desk, add_case: AddCase) -> None:
    add_case()
    tamper(coord, "UPDATE operation SET operator = '别人', hash = NULL WHERE id = 2")
    with closing(sqlite3.connect(coord.database)) as connection:
        digest = operation_hash(connection, 2)
        connection.execute("UPDATE operation SET hash = ? WHERE id = 2", (digest,))
        connection.commit()
    assert found(coord) == []  # whoever can compute hashes is found by the head kept elsewhere
    tamper(coord, "UPDATE change SET after = replace(after, '堆场', '厂房')")
    assert checks_with_findings(coord) == ["history_chain", "history_replay"]


# --- cases and duties -----------------------------------------------------------------------------

BROKEN = [
    ("UPDATE case_file SET status = 'closed' WHERE id = 2", "状态记作“已办结”"),
    ("UPDATE case_file SET holder = 'zrj' WHERE id = 2", "现由区自然资源局承办"),
    ("UPDATE case_file SET number = '2026-9999' WHERE id = 2", "编号与年份、顺序号不符"),
    ("UPDATE transfer SET sent_on = '2026-11-01' WHERE case_id = 2 AND leg = 1", "早于"),
    ("UPDATE transfer SET sender = 'swj' WHERE case_id = 2 AND leg = 1", "不是由发现单位移送的"),
    (
        "UPDATE transfer SET referred_on = NULL WHERE case_id = 2 AND leg = 1",
        "第 2 程的指定没有报请在先",
    ),
    ("UPDATE transfer SET replaced_on = NULL WHERE case_id = 2", "同时有几次未完的移送"),
    (
        "UPDATE transfer SET assigned_on = NULL, predecessor_id = NULL, sent_on = '2026-11-10' WHERE id = 3",
        "第 2 程不是区人民政府指定的，不得再行移送（二（二）2）",
    ),
    (
        "INSERT INTO transfer (case_id, leg, sender, receiver, sent_on) VALUES (1, 2, 'zrj', 'swj', '2026-11-20')",
        "受理之后又有第 2 程移送，不得再行移送（二（二）2）",
    ),
]


@pytest.mark.parametrize(("statement", "what"), BROKEN)
def test_a_case_that_cannot_be_is_found(lived: Desk, statement: str, what: str) -> None:
    tamper(lived, "DROP INDEX one_open_transfer", statement)
    wrong = [one for one in found(lived) if one["check"] == "invariants"]
    assert any(what in one["what"] for one in wrong), wrong
    assert all(one["where"].startswith("2026-") and one["hint"] for one in wrong)


@pytest.fixture
def timed(coord: Desk, add_case: AddCase) -> Desk:
    """D3 and D4 of case 1 are open; case 2's D5 is met, its D7 runs."""
    add_case("--competent", "zfj", "--determined-on", "2026-11-20", found_on="2026-11-20")
    add_case("--competent", "zfj", "--determined-on", "2026-11-20", found_on="2026-11-20")
    coord.ok("transfer", "send", "2", "--to", "zfj", "--on", "2026-11-21")
    assert found(coord) == []
    return coord


OFF = [
    ("UPDATE duty SET due_on = '2026-12-25' WHERE rule = 'transfer.send' AND case_id = 1",
     "应办日期 2026-12-25，应为 2026-11-25（按日历）"),
    ("UPDATE duty SET due_on = '2026-12-25' WHERE rule = 'transfer.send' AND case_id = 2",
     "应办日期 2026-12-25，应为 2026-11-25（按日历）"),
    ("UPDATE duty SET met_on = '2026-11-22' WHERE rule = 'transfer.send' AND case_id = 1",
     "完成日期 2026-11-22，应为 空"),
    ("UPDATE duty SET met_on = NULL WHERE rule = 'transfer.send' AND case_id = 2",
     "完成日期 空，应为 2026-11-21"),
    ("UPDATE duty SET started_on = '2026-11-19' WHERE rule = 'transfer.send' AND case_id = 1",
     "起算日期 2026-11-19，应为 2026-11-20"),
    ("UPDATE duty SET owed_by = 'swj' WHERE rule = 'transfer.send' AND case_id = 1",
     "应办单位 swj，应为 zrj"),
    ("UPDATE duty SET cancelled_on = '2026-11-21' WHERE rule = 'transfer.send' AND case_id = 1",
     "不再适用的日期 2026-11-21，应为 空"),
    ("DELETE FROM duty WHERE rule = 'transfer.send' AND case_id = 1", "缺少时限"),
    ("UPDATE duty SET subject = 'leg:9' WHERE rule = 'transfer.feedback'", "没有所依据的事实"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "what"), OFF)
def test_a_duty_that_is_not_what_it_must_be_is_found(
    timed: Desk, statement: str, what: str
) -> None:
    tamper(timed, statement)
    wrong = [one for one in found(timed) if one["check"] == "duties"]
    assert any(what in one["what"] for one in wrong), wrong


def test_a_duty_that_was_waived_by_hand_is_respected(timed: Desk) -> None:
    timed.ok("duty", "cancel", "D3", "--reason", "不适用")
    assert found(timed) == []
    timed.ok("duty", "restore", "D3", "--reason", "仍适用")
    assert found(timed) == []


@pytest.fixture
def own_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules of an office that has a pack of its own."""
    own = tmp_path / "pack"
    shutil.copytree(paths.policy_folder(), own, ignore=shutil.ignore_patterns("*.py", "__pyc*"))
    monkeypatch.setenv("COORD_POLICY", str(own))
    return own / "opinion.toml"


def test_a_duty_keeps_the_rule_that_it_was_counted_by(timed: Desk, own_pack: Path) -> None:
    text = own_pack.read_text("utf-8")
    assert "days = 3" in text
    own_pack.write_text(text.replace("days = 3", "days = 7"), "utf-8")
    assert timed.json("rules", "show", "transfer.send")["days"] == 7
    assert found(timed) == []


def test_a_rule_that_is_gone_or_new_makes_nothing_wrong(timed: Desk, own_pack: Path) -> None:
    text = own_pack.read_text("utf-8")
    assert 'id = "transfer.inquiry"' in text
    own_pack.write_text(text.replace('id = "transfer.inquiry"', 'id = "transfer.look"'), "utf-8")
    assert found(timed) == []
    assert [one["where"] for one in advice(timed, "duties")] == ["2026-0001", "2026-0002"]


def test_what_the_calendar_moved_is_right_and_what_was_met_before_stays(timed: Desk) -> None:
    timed.ok("calendar", "set", "2026-11-24", "rest", "--reason", "停电")
    assert found(timed) == []
    timed.ok("undo", "--yes")
    assert found(timed) == []


# --- files and modes ------------------------------------------------------------------------------


def keep_invented_file(desk: Desk, content: bytes = CONTENT) -> Path:
    """Lay the file down that the newest frozen database speaks of."""
    from hashlib import sha256

    digest = sha256(CONTENT).hexdigest()
    path = paths.material_folder(desk.database) / digest[:2] / f"{digest}.txt"
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    return path


@pytest.fixture
def with_file(coord: Desk) -> Desk:
    """A register with a material that is a file."""
    shutil.copyfile(FROZEN[NEWEST], coord.database)
    coord.database.chmod(0o600)
    keep_invented_file(coord)
    return coord


def test_a_material_whose_file_is_whole_is_well(with_file: Desk) -> None:
    assert found(with_file) == []


@pytest.mark.parametrize(
    ("content", "what"), [(b"invented!", "文件内容被改过"), (b"short", "文件大小不对")]
)
def test_a_changed_file_is_found(with_file: Desk, content: bytes, what: str) -> None:
    path = keep_invented_file(with_file, content)
    (wrong,) = found(with_file)
    assert (wrong["check"], wrong["where"]) == ("files", "2026-0001")
    assert f"材料“现场照片”（照片.txt）的{what}" in wrong["what"]
    assert str(path) in wrong["hint"]


def test_a_missing_file_is_found(with_file: Desk) -> None:
    keep_invented_file(with_file).unlink()
    (wrong,) = found(with_file)
    assert "文件不见了" in wrong["what"]


def test_a_hash_that_would_lead_elsewhere_is_found(with_file: Desk) -> None:
    for digest in ("/etc/passwd", "../../coord.db", "**", ""):
        tamper(with_file, f"UPDATE material SET file_hash = '{digest}' WHERE file_hash IS NOT NULL")
        assert "files" in checks_with_findings(with_file), digest


@posix
def test_whatever_others_can_read_is_found(with_file: Desk) -> None:
    file = keep_invented_file(with_file)
    copy = with_file.database.with_name("coord.db.0001-before-0002.bak")
    copy.write_bytes(b"")
    copy.with_name("coord.db2").touch(mode=0o644)  # somebody else's
    lax = {with_file.database: 0o644, copy: 0o640, file: 0o604, file.parent: 0o755}
    lax[file.parent.parent] = 0o750
    for path, mode in lax.items():
        path.chmod(mode)
    with_file.database.parent.chmod(0o755)  # the user's own folder
    wrong = found(with_file)
    assert {one["where"] for one in wrong if not one["where"].endswith(("-wal", "-shm"))} == {
        path.name for path in lax
    }
    for path, mode in lax.items():
        path.chmod(0o700 if stat.S_ISDIR(path.stat().st_mode) else 0o600)
        assert stat.S_IMODE(path.stat().st_mode) != mode
    assert found(with_file) == []


@posix
def test_the_default_folder_is_ours_too(coord: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    coord.database.parent.chmod(0o755)
    assert found(coord) == []
    monkeypatch.setattr(paths, "default_database", lambda: coord.database)
    assert [one["where"] for one in found(coord)] == [coord.database.parent.name]


# --- advice ---------------------------------------------------------------------------------------


def advice(desk: Desk, check: str, today: str | None = None) -> list[dict[str, Any]]:
    return [
        one
        for one in json.loads(desk.ok("check", "-f", "json", today=today).out)
        if one["check"] == check
    ]


def test_a_year_that_open_deadlines_rest_on_is_asked_for(
    coord: Desk, add_case: AddCase, tmp_path: Path
) -> None:
    assert advice(coord, "calendar") == []
    coord.today = "2026-12-31"
    add_case("--competent", "zfj", "--determined-on", "2026-12-30", found_on="2026-12-30")
    (wanted,) = advice(coord, "calendar")
    assert (wanted["where"], wanted["level"]) == ("2027年", "advice")
    assert "1 项未完成的时限为暂定" in wanted["what"]
    assert "coord calendar apply" in wanted["hint"]
    story(tmp_path)
    coord.ok("calendar", "apply", str(tmp_path / "2027.json"), "--force")
    assert advice(coord, "calendar") == []


def test_contacts_are_those_of_today(coord: Desk) -> None:
    with closing(sqlite3.connect(coord.database)) as connection:
        for number, since, until in ((1, "2026-01-01", "2026-06-01"), (2, "2026-12-01", None)):
            tampered = ("zrj", "具体联络人", f"张某{number}", since, until)
            connection.execute("INSERT INTO operation (at, operator, command) VALUES ('','','[]')")
            connection.execute(
                "INSERT INTO contact (unit, role, name, since, until) VALUES (?, ?, ?, ?, ?)",
                tampered,
            )
        connection.commit()

    def gaps(today: str) -> int:
        line = ["check", "--only", "contacts", "-f", "json"]
        return len(coord.ok(*line, today=today).json)

    assert [gaps(day) for day in ("2026-05-31", "2026-06-01", "2026-11-30", "2026-12-01")] == [
        2, 1, 1, 2,
    ]  # fmt: skip


MOUNTINFO = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:50 / /mnt/share rw,relatime shared:9 - cifs //server/share rw
41 22 0:51 / /mnt/办公\\040网盘 rw - nfs4 server:/x rw
42 40 8:2 / /mnt/share/local rw - ext4 /dev/sdb1 rw
43 22 0:52 / /home/a/ssh rw master:3 - fuse.sshfs a@b:/ rw
broken line
"""
MOUNT = """\
/dev/disk1s1 on / (apfs, local, journaled)
//clerk@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by clerk)
server:/x on /Volumes/n f s (nfs)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/coord.db", ""),
        ("/mnt/share/coord.db", "cifs"),
        ("/mnt/shared/coord.db", ""),
        ("/mnt/share/local/coord.db", ""),
        ("/mnt/办公 网盘/数据/coord.db", "nfs4"),
        ("/home/a/ssh/coord.db", "fuse.sshfs"),
    ],
)
def test_a_share_is_known_by_its_mount_on_linux(path: str, kind: str) -> None:
    assert kind_by_mountinfo(MOUNTINFO, PurePosixPath(path)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/Users/a/coord.db", ""), ("/Volumes/share/x.db", "smbfs"), ("/Volumes/n f s/x", "nfs")],
)
def test_a_share_is_known_by_its_mount_on_macos(path: str, kind: str) -> None:
    assert kind_by_mount(MOUNT, PurePosixPath(path)) == kind


def test_a_share_is_known_by_its_name_on_windows() -> None:
    assert kind_on_windows(PureWindowsPath(r"\\server\share\coord.db")) == "UNC"


def test_this_machine_can_be_asked(coord: Desk) -> None:
    coord.ok("check", "--only", "network")
