"""Tables of the main part, as OOXML text. WPS reads gridCol, Word tcW: both are given."""

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.paper import Table
from yicheng_coord.papers.width import width
from yicheng_coord.papers.word_runs import KEEP, Runs, paragraph

_NARROW = 8  # columns; a table's column of no more is centred
_WIDEST = 40
_COLUMN = fig.SIZE_CELL * 5  # twips: half a character
_SHORT = 10  # columns of a day; no such column is folded
_BY_HAND = 12  # columns, at least, of what is left blank to be filled in by hand
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{fig.TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
)


def table_part(table: Table, runs: Runs, *, is_kept: bool = False) -> str:
    """Make a table; its head is repeated on each page.

    Args:
        table: its cells.
        runs: makes their texts.
        is_kept: whether its last row stays on the page of what follows.

    """
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    centred = [
        all(width(cell) <= _NARROW for cell in cells) for cells in zip(*table.rows, strict=True)
    ]
    last = len(table.rows) - 1
    rows = (
        _row(
            [
                _cell(runs, text, is_head=not place, is_centred=middle, keep=keep)
                for text, middle in zip(row, centred, strict=True)
            ],
            widths,
            is_head=not place,
            is_high=not all(row),
        )
        for place, row in enumerate(table.rows)
        for keep in [KEEP if not place or (is_kept and place == last) else ""]
    )
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _widths(table: Table) -> list[int]:
    """Share the text's width by what stands in the columns.

    Where not all of it fits, heads and short columns (days, counts) stay whole.
    """
    wanted = [_COLUMN * (_wanted(cells) + 4) for cells in zip(*table.rows, strict=True)]
    least = [_COLUMN * (_least(cells) + 4) for cells in zip(*table.rows, strict=True)]
    rest = fig.TEXT_WIDTH - sum(least)
    if sum(wanted) <= fig.TEXT_WIDTH or rest <= 0:
        least, rest = [0] * len(wanted), fig.TEXT_WIDTH
    more = [max(0, want - low) for want, low in zip(wanted, least, strict=True)]
    widths = [low + rest * one // sum(more) for low, one in zip(least, more, strict=True)]
    widths[-1] += fig.TEXT_WIDTH - sum(widths)
    return widths


def _least(cells: tuple[str, ...]) -> int:
    longest = max(map(width, cells))
    return longest if longest <= _SHORT else width(cells[0])


def _wanted(cells: tuple[str, ...]) -> int:
    least = 0 if all(cells[1:]) else _BY_HAND
    return max(least, min(max(map(width, cells)), _WIDEST))


def _row(cells: list[str], widths: list[int], *, is_head: bool, is_high: bool) -> str:
    high = f'<w:trHeight w:val="{fig.HAND_ROW}" w:hRule="atLeast"/>' if is_high else ""
    repeated = high + ("<w:tblHeader/>" if is_head else "")
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{cell}</w:tc>"
        for cell, wide in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{filled}</w:tr>"


def _cell(runs: Runs, text: str, *, is_head: bool, is_centred: bool, keep: str) -> str:
    if is_head:
        return paragraph("GwCellHead", runs.of(text, font=runs.fonts.heiti), keep)
    centre = '<w:jc w:val="center"/>' if is_centred else ""
    return paragraph("GwCell", runs.of(text), keep + centre)
