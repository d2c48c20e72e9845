"""What is kept is its owner's alone (folders 0700, files 0600), also under a lax umask."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk
from frozen import FROZEN, OLDEST

pytestmark = pytest.mark.skipif(os.name == "nt", reason="file modes say little on Windows")
ADD = ["case", "add", "--title", "甲", "--found-by", "zrj", "--found-on", "2026-11-02"]


@pytest.fixture(autouse=True)
def lax_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_every_folder_that_is_made_for_the_default_database(
    tmp_path: Path, coord: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COORD_DB")
    database = tmp_path / "share" / "coord" / "coord.db"
    monkeypatch.setattr("yicheng_coord.paths.default_database", lambda: database)
    coord.ok(*ADD)
    assert mode(database) == "0o600"
    assert mode(database.parent) == mode(database.parent.parent) == "0o700"


def test_a_folder_that_is_there_keeps_its_mode(coord: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    coord.ok("--db", str(folder / "coord.db"), "init")
    assert mode(folder) == "0o750"


def test_the_copy_that_is_kept_before_an_upgrade(coord: Desk) -> None:
    shutil.copyfile(FROZEN[OLDEST], coord.database)
    coord.ok("overdue")
    (copy,) = coord.database.parent.glob("*.bak")
    assert mode(copy) == "0o600"


def test_a_database_and_its_folder_that_a_restoration_makes(coord: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"x")
    coord.ok(*ADD)
    coord.ok("case", "material", "1", "--kind", "证据", "--title", "甲", "--file", str(photo))
    coord.ok("backup", str(tmp_path / "b.zip"))
    database = tmp_path / "new" / "folder" / "coord.db"
    coord.ok("--db", str(database), "restore", str(tmp_path / "b.zip"), "--yes")
    for path in (tmp_path / "new").rglob("*"):
        assert mode(path) == ("0o700" if path.is_dir() else "0o600"), path


def test_the_rejects_of_an_import(coord: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "案件编号,案件名称,发现单位,发现日期\n1,甲,zrj,2026-2-30\n", "utf-8"
    )
    assert coord("import", str(tmp_path / "a.csv"), "--rejects", str(tmp_path / "r.csv")).code == 4
    assert mode(tmp_path / "r.csv") == "0o600"


def test_a_letter_is_handed_on_and_left_to_the_umask(coord: Desk, tmp_path: Path) -> None:
    coord.ok(*ADD, "--competent", "zfj")
    coord.ok("letter", "transfer", "1", "--out", str(tmp_path / "out"))
    (letter,) = (tmp_path / "out").iterdir()
    assert mode(letter) == "0o666"
