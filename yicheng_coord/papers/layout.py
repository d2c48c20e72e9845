"""A paper as plain text, laid out for a page of 28 characters; can be pasted into Word as it is.

One paragraph is one line: Word wraps it. Only characters of GBK are added.
"""

from collections.abc import Iterator

from yicheng_coord.papers.paper import (
    Paper,
    Paragraph,
    Table,
    addressee_line,
    attachment_lines,
    contact_line,
    copies_line,
    signer_line,
)
from yicheng_coord.papers.width import PAGE, spaces, width

_INDENT = "　　"
_SEAL = 8  # the date of a sealed paper ends four characters before the edge


def as_text(paper: Paper) -> str:
    """Return the laid-out letter, ending in a line break."""
    return "\n".join([*_top(paper), *_body(paper), *_bottom(paper)]) + "\n"


def _top(paper: Paper) -> Iterator[str]:
    number, signer = paper.number, signer_line(paper)
    if signer:
        room = PAGE - 4 - width(number) - width(signer)
        yield f"　{number}{spaces(max(room, 2))}{signer}"
    elif number:
        yield _right(number) if paper.format == "信函" else _centred(number)
    yield from ("", _centred(paper.title), "", addressee_line(paper))


def _body(paper: Paper) -> Iterator[str]:
    for block in paper.body:
        if isinstance(block, Paragraph):
            yield _INDENT + block.text
        else:
            yield from _table(block)


def _bottom(paper: Paper) -> Iterator[str]:
    yield ""
    if paper.attachments:
        first, *others = attachment_lines(paper)
        yield _INDENT + first
        yield from (_INDENT + "　　　" + other for other in others)
        yield ""
    signatory, date = signature(width(paper.signatory), width(paper.date))
    yield spaces(signatory) + paper.signatory
    yield spaces(date) + paper.date
    if contact_line(paper):
        yield _INDENT + contact_line(paper)
    if copies_line(paper):
        yield from ("", copies_line(paper))


def signature(signatory: int, date: int) -> tuple[int, int]:
    """Return where signatory and date begin, in columns, from their widths.

    The date ends four characters before the edge, the signatory is centred over it; one too long
    for that ends at the edge.
    """
    date_at = max(PAGE - _SEAL - date, 0)
    signatory_at = date_at + (date - signatory) // 2
    return max(min(signatory_at, PAGE - signatory), 0), date_at


def _centred(text: str) -> str:
    return "　" * (max(PAGE - width(text), 0) // 4) + text


def _right(text: str) -> str:
    return spaces(max(PAGE - width(text), 0)) + text


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
