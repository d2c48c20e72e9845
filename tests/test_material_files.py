"""Material that is a file: kept once beside the database, found again, and in no one's way."""

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import AddCase, Desk
from soundness import assert_sound, count

from yicheng_coord import paths
from yicheng_coord.store.files import stored_file

needs_modes = pytest.mark.skipif(os.name == "nt", reason="file modes say little on Windows")
CONTENT = "现场照片的内容".encode()
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def case(add_case: AddCase) -> str:
    return add_case("--competent", "zfj")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "desk" / "现场 照片.JPG"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def lax_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def add(case: str, file: Path, title: str = "现场照片", kind: str = "证据") -> list[str]:
    line = ["case", "material", case, "--kind", kind, "--title", title, "--pages", "4"]
    return [*line, "--file", str(file)]


def kept(coord: Desk) -> list[Path]:
    folder = paths.material_folder(coord.database)
    return sorted(path for path in folder.rglob("*") if path.is_file())


# --- kept and found again -------------------------------------------------------------------------


def test_a_file_is_kept_under_its_hash_and_found_by_case_show(
    coord: Desk, case: str, photo: Path
) -> None:
    recorded = coord.json(*add(case, photo))["recorded"]
    photo.unlink()
    (material,) = coord.json("case", "show", case)["materials"]
    path = coord.database.parent / "coord.db.files" / HASH[:2] / f"{HASH}.jpg"
    assert path.read_bytes() == CONTENT
    assert material["file_path"] == str(path)
    assert material["file_name"] == recorded["file_name"] == "现场 照片.JPG"
    assert material["file_size"] == recorded["file_size"] == len(CONTENT)
    assert material["file_hash"] == recorded["file_hash"] == HASH
    shown = coord.ok("case", "show", case).out
    assert f"文件　现场 照片.JPG（{len(CONTENT)} 字节）" in shown
    assert str(path) in shown
    assert_sound(coord.database)


def test_a_paper_without_a_file_says_so_in_json(coord: Desk, case: str) -> None:
    coord.ok("case", "material", case, "--kind", "证据", "--title", "笔录")
    (material,) = coord.json("case", "show", case)["materials"]
    names = ("file_name", "file_size", "file_hash", "file_path")
    assert [material[name] for name in names] == [None] * 4
    assert "文件" not in coord.ok("case", "show", case).out


def test_a_file_is_listed_in_the_letter_with_copies_and_pages_alone(
    coord: Desk, case: str, photo: Path
) -> None:
    coord.ok(*add(case, photo), "--copies", "2")
    letter = coord.ok("letter", "transfer", case).out
    assert "现场照片" in letter
    assert "照片.JPG" not in letter
    assert HASH not in letter


def test_the_same_content_is_kept_once_whatever_it_is_called(
    coord: Desk, case: str, add_case: AddCase, photo: Path
) -> None:
    other = photo.with_name("副本.png")
    shutil.copyfile(photo, other)
    coord.ok(*add(case, photo))
    second = add_case(title="另一个")
    coord.ok(*add(second, other))
    assert len(kept(coord)) == 1
    (material,) = coord.json("case", "show", second)["materials"]
    assert material["file_name"] == "副本.png"
    assert Path(material["file_path"]).read_bytes() == CONTENT


def test_the_same_file_as_the_same_thing_is_refused_and_as_another_is_pointed_out(
    coord: Desk, case: str, photo: Path
) -> None:
    coord.ok(*add(case, photo))
    assert "已登记过这个文件：证据　现场照片" in coord.refused(*add(case, photo))
    warned = coord.json(*add(case, photo, title="检查记录", kind="案源"))
    assert warned["warnings"] == ["本案已有同一个文件：证据　现场照片"]
    assert count(coord.database, "material") == 2


def test_an_undo_takes_the_row_and_leaves_the_file_so_that_it_can_be_undone(
    coord: Desk, case: str, photo: Path
) -> None:
    coord.ok(*add(case, photo))
    coord.ok("undo", "--yes")
    assert coord.json("case", "show", case)["materials"] == []
    assert len(kept(coord)) == 1
    coord.ok("undo", "--yes")
    (material,) = coord.json("case", "show", case)["materials"]
    assert Path(material["file_path"]).read_bytes() == CONTENT


def test_a_file_that_is_gone_is_missed_by_case_show(coord: Desk, case: str, photo: Path) -> None:
    coord.ok(*add(case, photo))
    kept(coord)[0].unlink()
    assert f"收存的文件不见了（SHA-256 {HASH}）" in coord.ok("case", "show", case).out
    assert coord.json("case", "show", case)["materials"][0]["file_path"] is None


def test_a_spoilt_copy_is_mended_by_the_file_itself_and_kept_aside(
    coord: Desk, case: str, photo: Path
) -> None:
    coord.ok(*add(case, photo))
    kept(coord)[0].write_bytes(b"spoilt")
    coord.ok(*add(case, photo, title="再次"))
    content = {path.name.startswith("damaged-"): path.read_bytes() for path in kept(coord)}
    assert content == {False: CONTENT, True: b"spoilt"}
    (first, second) = coord.json("case", "show", case)["materials"]
    assert first["file_path"] == second["file_path"]


def test_a_hash_that_is_none_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "abc").write_text("x")
    assert stored_file(tmp_path, "ab*") is None
    assert stored_file(tmp_path, "../ab/abc") is None


# --- what cannot be kept --------------------------------------------------------------------------


def refused(coord: Desk, line: list[str]) -> str:
    """Type a line that must be refused, and keep nothing."""
    told = coord.refused(*line)
    assert len(told.splitlines()) <= 2
    assert kept(coord) == []
    assert count(coord.database, "material") == 0
    return told


def test_a_missing_file(coord: Desk, case: str, tmp_path: Path) -> None:
    assert "没有这个文件" in refused(coord, add(case, tmp_path / "none.jpg"))


def test_a_folder(coord: Desk, case: str, tmp_path: Path) -> None:
    assert "是文件夹" in refused(coord, add(case, tmp_path))


def test_an_empty_file(coord: Desk, case: str, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert "是空文件" in refused(coord, add(case, tmp_path / "empty.pdf"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name")
def test_a_pipe_is_refused_and_not_waited_for(coord: Desk, case: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "不是普通文件" in refused(coord, add(case, tmp_path / "pipe"))


def test_a_name_that_is_too_long(coord: Desk, case: str, tmp_path: Path) -> None:
    assert "名称过长" in refused(coord, add(case, tmp_path / ("长" * 300)))


def test_a_file_that_grows_while_it_is_read(coord: Desk, case: str, tmp_path: Path) -> None:
    path, ended = tmp_path / "video.mp4", threading.Event()
    path.write_bytes(bytes(32 << 20))  # long enough that the other gets its turn meanwhile

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not ended.is_set():
                file.write(bytes(64 * 1024))
                time.sleep(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        told = refused(coord, add(case, path))
    finally:
        ended.set()
        writer.join()
    assert "在读取时有变化" in told


def test_a_case_that_takes_no_material_is_refused_before_anything_is_copied(
    coord: Desk, case: str, photo: Path
) -> None:
    assert "没有这个案件" in refused(coord, add("77", photo))
    coord.ok("case", "void", case, "--reason", "误录")
    assert "不再登记新的事项" in refused(coord, add(case, photo))


@needs_modes
def test_a_folder_that_may_not_be_written(coord: Desk, case: str, photo: Path) -> None:
    folder = paths.material_folder(coord.database)
    folder.write_text("a file in the way")
    told = coord.refused(*add(case, photo))
    assert "收存不进" in told
    assert "路径中有一段不是文件夹" in told
    assert count(coord.database, "material") == 0


# --- names ----------------------------------------------------------------------------------------


@needs_modes
@pytest.mark.parametrize(
    "name",
    ["a\x1b[31m红\x07.pdf", "假\u202efdp.exe", "断\n行.txt", "[red]标记[bold].doc", "{{ x }}.j2"],
)
def test_a_hostile_name_is_shown_and_never_obeyed(
    coord: Desk, case: str, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(CONTENT)
    coord.ok(*add(case, path))
    shown = coord.ok("case", "show", case).out
    for sign in ("\x1b", "\x07", "\u202e", "断\n行"):
        assert sign not in shown
    assert coord.json("case", "show", case)["materials"][0]["file_name"] == name
    (stored,) = kept(coord)
    assert stored.stem == HASH
    assert stored.suffix in {".pdf", ".exe", ".txt", ".doc", ".j2"}


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("CON", ""),
        ("nul.txt", ".txt"),
        ("无后缀", ""),
        (".bashrc", ""),
        ("x.很", ""),
        ("a.tar.GZ", ".gz"),
        ("x.verylongsuffix", ""),
        ("x.a b", ""),
    ],
)
def test_only_a_plain_suffix_reaches_the_disk(
    coord: Desk, case: str, tmp_path: Path, name: str, suffix: str
) -> None:
    path = tmp_path / "desk" / name
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    coord.ok(*add(case, path))
    assert [stored.name for stored in kept(coord)] == [HASH + suffix]


@needs_modes
def test_a_link_is_kept_as_what_it_leads_to_under_its_own_name(
    coord: Desk, case: str, photo: Path, tmp_path: Path
) -> None:
    link = tmp_path / "链接.pdf"
    link.symlink_to(photo)
    coord.ok(*add(case, link))
    (stored,) = kept(coord)
    assert not stored.is_symlink()
    assert stored.read_bytes() == CONTENT
    assert coord.json("case", "show", case)["materials"][0]["file_name"] == "链接.pdf"


@needs_modes
def test_files_lie_beside_the_database_also_where_a_link_names_it(
    coord: Desk, case: str, photo: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(coord.database)
    coord.ok("--db", str(link), *add(case, photo))
    assert [stored.read_bytes() for stored in kept(coord)] == [CONTENT]
    coord.checked()
    coord.ok("--db", str(link), "backup", str(tmp_path / "b.zip"))
    coord.ok("--db", str(link), "restore", str(tmp_path / "b.zip"), "--yes")
    assert not list(tmp_path.glob("link.db.*"))
    assert list(tmp_path.glob("coord.db.before-restore-*.zip"))
    assert link.is_symlink()


@needs_modes
@pytest.mark.usefixtures("lax_umask")
def test_files_and_folders_are_their_owner_s_under_a_lax_umask(
    coord: Desk, case: str, photo: Path
) -> None:
    coord.ok(*add(case, photo))
    (stored,) = kept(coord)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    for folder in (stored.parent, stored.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_large_file_is_streamed(coord: Desk, case: str, tmp_path: Path) -> None:
    path = tmp_path / "大.bin"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    tracemalloc.start()
    try:
        coord.ok(*add(case, path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100 << 20
    assert "200.0 MB" in coord.ok("case", "show", case).out


def test_clerks_who_keep_the_same_file_at_once_keep_it_once(
    coord: Desk, add_case: AddCase, photo: Path
) -> None:
    cases = [add_case(title=f"第{number}件") for number in range(4)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", *add(case, photo)],
            stdout=subprocess.DEVNULL,
        )
        for case in cases
    ]
    assert [process.wait() for process in running] == [0] * 4
    assert len(kept(coord)) == 1
    with closing(sqlite3.connect(coord.database)) as connection:
        rows = connection.execute("SELECT DISTINCT file_hash FROM material").fetchall()
    assert rows == [(HASH,)]
    assert_sound(coord.database)
