"""Tables of the main part, as OOXML text. WPS reads gridCol, Word tcW: both are given."""

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.paper import Table
from yicheng_coord.papers.width import width
from yicheng_coord.papers.word_runs import KEEP, Runs, paragraph

_NARROW = 8  # columns; a table's column of no more is centred
_WIDEST = 40
_SHORT = 10  # columns of a day
_SIGN = fig.SIZE_CELL * 5  # twips of half a character
_ROOM = 240  # twips left and right of it
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
        )
        for place, row in enumerate(table.rows)
        for keep in [KEEP if not place or (is_kept and place == last) else ""]
    )
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _widths(table: Table) -> list[int]:
    """Share the text's width by what stands in the columns.

    Where not all of it fits, short columns (days, counts) have what they need, so that only long
    texts are folded.
    """
    long = [max(map(width, cells)) for cells in zip(*table.rows, strict=True)]
    wanted = [min(one, _WIDEST) + 4 for one in long]
    needed = [one * _SIGN + _ROOM for one in long]
    kept = sum(need for need, one in zip(needed, long, strict=True) if one <= _SHORT)
    if sum(needed) <= fig.TEXT_WIDTH or not 0 < kept < fig.TEXT_WIDTH // 2:
        return _shared(wanted, fig.TEXT_WIDTH)
    folded = iter(_shared([w for w, o in zip(wanted, long, strict=True) if o > _SHORT],
                          fig.TEXT_WIDTH - kept))  # fmt: skip
    return [need if one <= _SHORT else next(folded) for need, one in zip(needed, long, strict=True)]


def _shared(wanted: list[int], wide: int) -> list[int]:
    widths = [wide * want // sum(wanted) for want in wanted]
    widths[-1] += wide - sum(widths)
    return widths


def _row(cells: list[str], widths: list[int], *, is_head: bool) -> str:
    repeated = "<w:tblHeader/>" if is_head else ""
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
