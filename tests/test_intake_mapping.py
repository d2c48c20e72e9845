"""Maps: what they say, what they may not say, and that a guess written out reads back."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.fields import FIELDS
from yicheng_coord.intake.header import columns_of, find_header
from yicheng_coord.intake.mapping import Map, MapError, TitleJoin, guess_as_toml, load_map

WHOLE = """
name = "数字城管"
sheet = "Sheet1"
header_row = 3
encoding = "gb18030"
default_found_by = "zfj"

[columns]
"上报 时间" = "found_on"
"监督员" = "-"
"案由" = ""

[title]
join = ["问题类型", "地址 描述"]
sep = "："
max = 40

[dates]
found_on = "%Y-%m-%d %H:%M:%S"

[units]
"某某河道所" = "swj"

[defaults]
source = "移送"
determined_on = 2026-01-01
"""


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Map]:
    def write_and_load(text: str) -> Map:
        path = tmp_path / "map.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_map(path)

    return write_and_load


def test_a_map_is_read_whole(load: Callable[..., Map]) -> None:
    assert load(WHOLE) == Map(
        name="数字城管",
        sheet="Sheet1",
        header_row=3,
        encoding="gb18030",
        columns={"上报时间": "found_on", "监督员": "-", "案由": ""},
        title=TitleJoin(("问题类型", "地址描述"), "：", 40),
        dates={"found_on": "%Y-%m-%d %H:%M:%S"},
        units={"某某河道所": "swj"},
        defaults={"source": "移送", "determined_on": "2026-01-01", "found_by": "zfj"},
        where="map.toml",
    )


def test_an_empty_map_and_one_with_a_mark_say_nothing(load: Callable[..., Map]) -> None:
    assert load("") == Map(where="map.toml")
    assert load(b"\xef\xbb\xbfname = 'x'") == Map(name="x", where="map.toml")


@pytest.mark.parametrize(
    "text, said, known",
    [
        ("colums = 1", "不认识：colums", "columns"),
        ("[title]\njion = ['a']", "不认识：title.jion", "join"),
        ("[columns]\n'甲' = 'fuond_on'", "没有字段：fuond_on", "found_on"),
        ("[dates]\ntitle = '%Y'", "没有字段：title", "determined_on"),
        ("[defaults]\nfoo = 'x'", "没有字段：foo", "urgent"),
        ("[defaults.source]\nx = 1", "写法不对：source", ""),
        ("header_row = '3'", "header_row 写法不对", ""),
        ("header_row = true", "header_row 写法不对", ""),
        ("columns = 'x'", "columns 写法不对", ""),
        ("[title]\nsep = ''", "title.join", "join = "),
        ("[title]\njoin = [1]", "title.join", ""),
        ("[title]\njoin = ['a']\nmax = 0", "title.max", ""),
        ("name = ", "不是能读的 TOML", ""),
        (b"\xff\xfe", "不是能读的 TOML", ""),
    ],
)
def test_what_a_map_may_not_say_is_named_with_what_it_may(
    load: Callable[..., Map], text: str, said: str, known: str
) -> None:
    with pytest.raises(MapError) as refused:
        load(text)
    assert said in str(refused.value)
    assert known in refused.value.hint
    assert isinstance(refused.value, RefusedError)
    assert refused.value.hint


def test_a_missing_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"“none.toml”打不开"):
        load_map(tmp_path / "none.toml")


def test_a_guess_proposes_a_column_for_what_is_missing() -> None:
    header = find_header([(1, ["序号", "案号", "案由", "发布日期", "备注"])])
    text = guess_as_toml(header, ["found_by", "found_on"], "某来源")
    assert tomllib.loads(text) == {
        "name": "某来源",
        "default_found_by": "",
        "columns": {
            "序号": "-",
            "案号": "external_number",
            "案由": "cause",
            "发布日期": "found_on",
            "备注": "",
        },
    }
    assert "determined_on" in text  # the fields are listed
    header = find_header([(1, ["案号", "名字", "处理机关", "机关"])])
    assert tomllib.loads(guess_as_toml(header, ["found_by", "found_on", "title"]))["columns"] == {
        "案号": "external_number",
        "名字": "",
        "处理机关": "found_by",
        "机关": "",
    }


headings = st.lists(st.text(max_size=8) | st.sampled_from(["案号", "案由", "序号"]), max_size=8)


@given(headings, st.lists(st.sampled_from(FIELDS), unique=True))
def test_a_guess_written_out_reads_back_as_the_same_columns(
    tmp_path_factory: pytest.TempPathFactory, cells: Any, missing: Any
) -> None:
    try:
        header = find_header([(1, cells)])
    except RefusedError:
        return
    path = tmp_path_factory.mktemp("map") / "guess.toml"
    path.write_text(guess_as_toml(header), "utf-8", newline="")
    again = load_map(path)
    assert columns_of(header.headings, again) == header.columns
    path.write_text(guess_as_toml(header, missing, "'\"\x7f\\"), "utf-8", newline="")
    assert load_map(path).name == "'\"\x7f\\"
