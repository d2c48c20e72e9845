"""The rows that are given back: untouched, safe to open, and good to import once mended."""

import csv
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.intake.cells import Reason
from yicheng_coord.intake.decode import open_rows
from yicheng_coord.intake.header import find_header
from yicheng_coord.intake.rejects import UnwritableRejectsError, write_rejects
from yicheng_coord.intake.rows import BadRow, CleanRow, read_rows
from yicheng_coord.policy.units import units_from

TODAY = date(2026, 11, 23)
UNITS = units_from(
    {"unit": [{"code": "zfj", "name": "区执法局", "full_name": "峄城区执法局", "kind": "member"}]}
)
HEAD = ["", "案件编号", "案件名称", "发现单位", "发现日期"]


def read(path: Path) -> Any:
    table = open_rows(path)
    header = find_header(table.rows())
    return header, list(read_rows(table, header, None, UNITS, TODAY))


def bad(*cells: Any, line: int = 2) -> BadRow:
    reason = Reason("发现单位不在单位表里", "执法", "相近：区执法局")
    return BadRow(line, [reason, Reason("缺少发现日期")], list(cells))


def test_the_reasons_stand_in_front_and_the_rest_is_untouched(tmp_path: Path) -> None:
    path = tmp_path / "list.rejects.csv"
    assert write_rejects(path, HEAD, [bad("1", "007", '某"店"\n二', "执法", "")]) == 1
    assert (
        path.read_bytes()
        == (
            "\ufeff"
            '"错误","","案件编号","案件名称","发现单位","发现日期"\r\n'
            '"发现单位不在单位表里“执法”（相近：区执法局）；缺少发现日期",'
            '"1","007","某""店""\n二","执法",""\r\n'
        ).encode()
    )


def test_only_the_owner_may_read_it_and_an_older_one_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.rejects.csv"
    path.write_text("old")
    path.chmod(0o644)
    write_rejects(path, HEAD, iter([bad("1")]))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.rejects.csv"]


def test_short_rows_are_filled_up_and_long_ones_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    write_rejects(path, HEAD, [bad("1"), bad(*"1234567")])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row[1:] for row in csv.reader(file)]
    assert rows == [HEAD, ["1", "", "", "", ""], list("1234567")]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@甲", "\tx", "\rx"])
def test_no_cell_is_a_formula(tmp_path: Path, cell: Any) -> None:
    path = tmp_path / "r.csv"
    write_rejects(path, [*HEAD, cell], [bad("1", cell)])
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert head[-1] == row[2] == f"'{cell}"


def test_a_mended_file_is_imported_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(",案件编号,案件名称,发现单位,发现日期\n1,007,-5度,执法,昨天\n", "utf-8")
    header, rows = read(path)
    write_rejects(path, header.headings, rows)
    again, rejected = read(path)
    assert again.columns == {index + 1: field for index, field in header.columns.items()}
    assert [row.reasons for row in rejected] == [row.reasons for row in rows]
    write_rejects(path, again.headings, rejected)  # not mended: no second column of reasons
    assert read(path) == (again, rejected)
    path.write_text(path.read_text("utf-8-sig").replace('"执法"', '"区执法局"'), "utf-8")
    ((clean,),) = (read(path)[1],)
    assert isinstance(clean, CleanRow)
    assert clean.values[:2] == ("007", "-5度")
    assert clean.extra == {}


def test_where_it_cannot_be_written_the_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableRejectsError, match="写不进") as refused:
        write_rejects(tmp_path / "none" / "r.csv", HEAD, [])
    assert "--rejects" in refused.value.hint
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnwritableRejectsError):
        write_rejects(tmp_path / "folder", HEAD, [])
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=6))
def test_whatever_stood_in_a_row_means_the_same_when_it_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: Any
) -> None:
    path = tmp_path_factory.mktemp("rejects") / "r.csv"
    head = ["案件编号", "案由", "备注", "片区"]
    write_rejects(path, head, [bad(*row) for row in texts])
    written = [row for _, row in open_rows(path).rows()]
    assert len(written) == len(texts) + 1
    for row, text in zip(written[1:], texts, strict=True):
        for cell, original in zip(row[1:], text, strict=True):
            assert original in (cell, str(cell).removeprefix("'"))
