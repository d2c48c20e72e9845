"""`papers.toml` beside the database: profile and fonts of an office's Word files."""

from pathlib import Path

import pytest
from word_file import File

from yicheng_coord.papers.figures import STANDARD
from yicheng_coord.papers.settings import PaperSettingsError, layout_for, settings_file


@pytest.fixture
def case(coord, add_case) -> str:
    made: str = add_case()
    coord.ok("transfer", "send", made, "--to", "zfj", "--on", "2026-11-05")
    return made


def written(coord, case: str, folder: Path) -> File:
    coord.ok("letter", "transfer", case, "--as", "docx", "--out", str(folder))
    (path,) = folder.iterdir()
    return File(path.read_bytes())


def test_without_the_file_the_standard_holds(coord, case, tmp_path) -> None:
    assert layout_for(tmp_path / "coord.db") == STANDARD
    file = written(coord, case, tmp_path / "o")
    assert file.style("Normal", "w:rPr/w:rFonts/@w:eastAsia") == "仿宋"


def test_fonts_and_profile_are_the_office_s_own(coord, case, tmp_path) -> None:
    settings_file(tmp_path / "coord.db").write_text(
        'profile = "gbt33476"\n[fonts]\nfangsong = "仿宋_GB2312"\nxiaobiaosong = "方正小标宋_GBK"\n',
        "utf-8",
    )
    layout = layout_for(tmp_path / "coord.db")
    assert (layout.profile.top, layout.profile.bottom, layout.profile.line) == (1960, 1847, 589)
    file = written(coord, case, tmp_path / "o")
    assert file.style("Normal", "w:rPr/w:rFonts/@w:eastAsia") == "仿宋_GB2312"
    assert file.style("GwTitle", "w:rPr/w:rFonts/@w:eastAsia") == "方正小标宋_GBK"
    assert file.style("GwHeading1", "w:rPr/w:rFonts/@w:eastAsia") == "黑体"
    assert 'w:name="仿宋_GB2312"' in file.parts["word/fontTable.xml"].decode()


@pytest.mark.parametrize(
    "text, why",
    [
        ("profile = 1", "profile 只有 gbt9704、gbt33476"),
        ('profile = "a4"', "profile 只有"),
        ("fonts = 3", "一节"),
        ('[fonts]\nbold = "黑体"', "不认识 bold"),
        ("[fonts]\nheiti = 3", "不是字体名"),
        ('[fonts]\nheiti = ""', "不是字体名"),
        ('[fonts]\nheiti = "\\"/><w:x/>"', "不是字体名"),
        ("margin = 3", "不认识 margin"),
        ("profile = ", "不是 UTF-8 的 TOML"),
    ],
)
def test_a_wrong_setting_is_refused_in_a_sentence(coord, case, tmp_path, text, why) -> None:
    settings_file(tmp_path / "coord.db").write_text(text, "utf-8")
    told = coord.refused("letter", "transfer", case, "--as", "docx", "--out", str(tmp_path / "o"))
    assert why in told
    assert not (tmp_path / "o").exists()


def test_a_file_of_another_encoding_is_refused(tmp_path) -> None:
    settings_file(tmp_path / "coord.db").write_bytes('profile = "甲"'.encode("gbk"))
    with pytest.raises(PaperSettingsError, match="不是 UTF-8"):
        layout_for(tmp_path / "coord.db")


def test_where_names_the_file(coord, tmp_path) -> None:
    places = {one["what"]: one["path"] for one in coord.json("where")}
    assert places["文书设置"] == str(tmp_path / "papers.toml")
