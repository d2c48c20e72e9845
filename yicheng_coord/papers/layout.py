"""A paper as plain text, laid out for a page of 28 characters; can be pasted into Word as it is.

One paragraph is one line: Word wraps it. Only characters of GBK are added.
"""

from collections.abc import Iterable, Iterator

from yicheng_coord.papers.paper import (
    UNSIGNED,
    Annex,
    Block,
    Chart,
    Paper,
    Paragraph,
    Table,
    addressee_line,
    attachment_lines,
    attendance_lines,
    copies_lines,
    imprint,
    mark,
    note_lines,
    signer_line,
)
from yicheng_coord.papers.signature import places
from yicheng_coord.papers.width import PAGE, spaces, width

_INDENT = "　　"
_BAR = 10
"""Signs of a whole bar, as `coord stats` draws it."""


def as_text(paper: Paper) -> str:
    """Return the laid-out letter, ending in a line break."""
    lines = [*_top(paper), *_blocks(paper.body), *_bottom(paper)]
    for annex in paper.annexes:
        lines += _annex(annex)
    return "\n".join([*lines, *_foot(paper)]) + "\n"


def _top(paper: Paper) -> Iterator[str]:
    if paper.urgency:
        yield paper.urgency
    if paper.format in ("文件", *UNSIGNED):
        yield from (_centred(mark(paper)), "")
    yield from _numbered(paper)
    if paper.title:
        yield from ("", _centred(paper.title))
    yield ""
    if paper.addressee:
        yield addressee_line(paper)


def _numbered(paper: Paper) -> Iterator[str]:
    number, signer = paper.number, signer_line(paper)
    if signer:
        yield _apart(f"　{number}", signer, 2)
    elif number:
        yield _right(number) if paper.format == "信函" else _centred(number)
    if paper.format in UNSIGNED:
        yield _apart(paper.issuer, paper.date, 0)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _INDENT + block.text
        elif isinstance(block, Chart):
            yield from _bars(block)
        else:
            yield from _table(block)


def _bottom(paper: Paper) -> Iterator[str]:
    yield ""
    if paper.attachments:
        first, *others = attachment_lines(paper)
        yield _INDENT + first
        yield from (_INDENT + "　　　" + other for other in others)
        yield ""
    yield from (_INDENT + line for line in attendance_lines(paper))
    if paper.format not in UNSIGNED:
        yield from _signed(paper)
    yield from (_INDENT + line for line in note_lines(paper))


def _signed(paper: Paper) -> Iterator[str]:
    signatory, date = places(
        paper.signatory, paper.date, is_sealed=paper.is_sealed, boundary=0
    )  # fmt: skip
    yield spaces(int(signatory.left * 2)) + paper.signatory
    yield spaces(int(date.left * 2)) + paper.date


def _annex(annex: Annex) -> list[str]:
    return ["", annex.label, "", _centred(annex.title), "", *_blocks(annex.body)]


def _foot(paper: Paper) -> Iterator[str]:
    """版记, the last of all."""
    copies, printed = copies_lines(paper), imprint(paper)
    if copies or printed:
        yield ""
    yield from copies
    if printed:
        yield _apart(printed[0], printed[-1] if len(printed) > 1 else "", 0)


def _centred(text: str) -> str:
    return "　" * (max(PAGE - width(text), 0) // 4) + text


def _right(text: str) -> str:
    return spaces(max(PAGE - width(text), 0)) + text


def _apart(left: str, right: str, free: int) -> str:
    """One at the left, one at the right, so many columns before the edge."""
    room = PAGE - free - width(left) - width(right)
    return f"{left}{spaces(max(room, 2))}{right}".rstrip()


def _table(table: Table) -> Iterator[str]:
    """Columns side by side, two characters apart, under their heads."""
    columns = [max(map(width, cells)) for cells in zip(*table.rows, strict=True)]
    yield ""
    for row in table.rows:
        cells = [
            cell + spaces(wide - width(cell) + 2) for cell, wide in zip(row, columns, strict=True)
        ]
        yield (_INDENT + "".join(cells)).rstrip()
    yield ""


def bar(percent: int) -> str:
    """Ten signs; full only at 100, empty only at 0: ASCII, whose width no console doubts."""
    full = max(percent * _BAR // 100, 1 if percent else 0)
    return "#" * full + "." * (_BAR - full)


def _bars(chart: Chart) -> Iterator[str]:
    """Draw it as `coord stats` does."""
    widest = max(width(one.label) for one in chart.rows)
    yield ""
    for one in chart.rows:
        room = spaces(widest - width(one.label) + 2)
        yield f"{_INDENT}{one.label}{room}{bar(one.percent)}　{one.caption}".rstrip()
    yield ""
