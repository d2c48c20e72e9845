"""Tables: East Asian width, columns that go in their order, no number and no date ever cut."""

import re
from collections.abc import Callable

import pytest
from conftest import Desk
from pseudo_terminal import shown as shown_in_bold
from rich.cells import cell_len

from yicheng_coord.show import table as drawing
from yicheng_coord.show.table import Column, Listing, show
from yicheng_coord.vocabulary import Format


def shown(*line: str, columns: int) -> list[str]:
    lines = shown_in_bold(*line, columns=columns)
    return [re.sub(r"\x1b\[[\d;]*m", "", text) for text in lines]


WIDTHS = [40, 80, 100, 140]
LONG = "坛山街道某饭店油烟直排、噪声扰民并占道经营，附近居民多次反映一直没有得到处理"


@pytest.fixture
def desk(coord: Desk) -> Desk:
    """Eight cases: of two years, assumed starts, long titles, emoji, every block of `today`."""

    def add(title: str, unit: str, on: str, *options: str) -> None:
        line = ["case", "add", "--title", title, "--found-by", unit, "--found-on", on]
        coord.ok(*line, *options)

    add("榴园镇朱村东钢结构厂房", "lyz", "2026-11-02", "--competent", "zrj", "--urgent")
    coord.ok(
        "transfer", "send", "1", "--to", "zrj", "--on", "2026-11-09", "--number", "榴〔2026〕1"
    )
    coord.ok("transfer", "receive", "1", "--on", "2026-11-10")
    add("吴林街道堆场占用耕地", "wljd", "2026-11-10", "--competent", "zrj")
    add(LONG, "tsjd", "2026-10-12", "--competent", "zfj")
    add("景区无证采砂👨‍👩‍👧𠮷", "gsly", "2026-11-16", "--competent", "lyzx")
    coord.ok("transfer", "send", "4", "--to", "lyzx", "--on", "2026-11-18")
    old = ["--competent", "zfj", "--determined-on", "2025-12-22", "--on", "2025-12-28"]
    add("河道倾倒建筑垃圾", "swj", "2025-12-20", *old)
    add("校外培训机构", "jtj", "2026-11-19", "--competent", "zfj", "--determined-on", "2026-11-20")
    coord.ok("transfer", "send", "5", "--to", "zfj", "--on", "2026-11-20")
    add("x" * 90, "lyzx", "2026-11-17", "--competent", "zrj", "--determined-on", "2026-11-18")
    add("自己先核实", "zfj", "2026-10-20")
    return coord


LISTS = [
    ["overdue"],
    ["pending"],
    ["today"],
    ["case", "list"],
    ["transfer", "list"],
    ["transfer", "show", "1"],
    ["rules", "list"],
    ["unit", "list"],
    ["calendar", "status"],
    ["calendar", "count", "2026-11-20", "8"],
]


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_of_a_table_is_wider_than_the_terminal(desk: Desk, columns: int) -> None:
    for line in LISTS:
        for text in _table_lines(shown("--db", str(desk.database), *line, columns=columns)):
            assert cell_len(text) <= columns, f"{line}: {text!r}"


def _table_lines(lines: list[str]) -> list[str]:
    """Leave out what is no table: hints and warnings, which the terminal folds itself."""
    return [line for line in lines if not re.match(r"注意：|下一步：|关于建立|\S+ 起 ", line)]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    "line", [["overdue"], ["pending"], ["case", "list"], ["transfer", "list"]], ids=" ".join
)
def test_no_number_and_no_date_is_cut(desk: Desk, line: list[str], columns: int) -> None:
    """What is shown of a column is shown of every row, whole."""
    text = "\n".join(shown("--db", str(desk.database), *line, columns=columns))
    header, *rows = [one.split("\t") for one in desk.ok(*line).out.splitlines()]
    shown_headings = re.split(r"\s+", _header(text).strip())
    assert shown_headings == [name for name in header if name in shown_headings]
    for row in rows:
        for name, cell in zip(header, row, strict=True):
            if name in shown_headings and re.fullmatch(r"[DI]\d+|\d{4}-\d{4,}", cell):
                assert re.search(rf"(?<![\w-]){cell}(?![\w-])", text), (name, cell)
            if name in shown_headings and re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
                short = cell if cell[:4] != "2026" or cell in text else cell[5:]
                assert re.search(rf"(?<!\d){short}(?!\d)", text), (name, cell)
    assert "…" not in text


def _header(text: str) -> str:
    return next(line for line in text.splitlines() if re.match(r"\s*(编号|案件)\s", line))


def test_columns_go_in_their_stated_order(desk: Desk) -> None:
    """The more there is room for, the more is shown; what is shown stays."""
    before: list[str] = []
    for columns in range(30, 160, 10):
        lines = shown("--db", str(desk.database), "overdue", columns=columns)
        headings = re.split(r"\s+", _header("\n".join(lines)).strip())
        assert [name for name in headings if name in before] == before
        before = headings
    assert before == ["编号", "超期", "应办日期", "事项", "责任单位", "案件", "名称"]


def test_columns_stand_below_each_other(desk: Desk) -> None:
    """By the width of what is shown, not by the number of characters."""
    lines = shown("--db", str(desk.database), "case", "list", columns=140)
    start = next(index for index, line in enumerate(lines) if "编号" in line)
    place = cell_len(lines[start][: lines[start].index("发现日期")])
    dates = [line for line in lines[start + 1 :] if re.search(r"20\d\d-\d\d-\d\d", line)]
    assert len(dates) == 8
    for line in dates:
        match = re.search(r"20\d\d-\d\d-\d\d", line)
        assert match
        assert cell_len(line[: match.start()]) == place


@pytest.mark.parametrize("columns", [80, 100, 140])
def test_no_line_ends_in_blanks_that_a_terminal_could_fold(desk: Desk, columns: int) -> None:
    lines = shown("--db", str(desk.database), "today", columns=columns)
    assert max(cell_len(line.rstrip()) for line in lines) > 0
    assert all(cell_len(line) <= columns for line in _table_lines(lines))


# --- the blocks of which tables are made ----------------------------------------------------------

Row = tuple[str, str, str]
Draw = Callable[[list[Row], int], list[str]]


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Draw:
    columns: tuple[Column[Row], ...] = (
        Column("编号", lambda row: row[0]),
        Column("日期", lambda row: row[1], drop=1),
        Column("名称", lambda row: row[2], drop=2, folds=True),
    )

    def drawn(rows: list[Row], width: int) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr(drawing, "is_terminal", lambda: True)
        listing = Listing(rows=rows, columns=columns, as_json=list, empty="没有。")
        show(listing, Format.TABLE)
        return [line.rstrip() for line in capsys.readouterr().out.splitlines()]

    return drawn


def test_wide_and_narrow_characters_share_a_column(draw: Draw) -> None:
    rows = [("D1", "2026-11-02", "堆场"), ("D10", "2026-11-02", "e\u0301x"), ("D2", "", "한글")]
    assert draw(rows, 60) == [
        "  编号  日期        名称",
        "  D1    2026-11-02  堆场",
        "  D10   2026-11-02  e\u0301x",
        "  D2                한글",
    ]


def test_a_title_is_folded_and_loses_nothing(draw: Draw) -> None:
    lines = draw([("D1", "2026-11-02", LONG)], 40)
    assert max(map(cell_len, lines)) <= 40
    assert "".join(re.sub(r"D1|2026-11-02|\s", "", line) for line in lines[1:]) == LONG


def test_columns_are_dropped_highest_first(draw: Draw) -> None:
    rows = [("D1", "2026-11-02", "堆场占用耕地若干亩")]
    assert draw(rows, 40)[0].split() == ["编号", "日期", "名称"]
    assert draw(rows, 24)[0].split() == ["编号", "日期"]
    assert draw(rows, 12)[0].split() == ["编号"]
    assert draw(rows, 3)[1].strip() == "D1"


def test_an_empty_list_is_a_sentence(draw: Draw) -> None:
    assert draw([], 80) == ["没有。"]
