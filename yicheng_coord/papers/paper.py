"""A paper (公文) as roles and texts; every view of it is made from this."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

FORMATS = ("文件", "信函", "纪要", "普通", "简报")
UNSIGNED = ("纪要", "简报")
"""Formats that name their issuer and day above the red line, and bear no signature."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body.

    Attributes:
        role: text, or level1 (一、) … level4 (（1）).
        text: all of it, its number included.

    """

    role: str
    text: str

    @property
    def heading(self) -> str:
        """The part that is the heading: up to the first 。; nothing of a plain paragraph."""
        if self.role == "text":
            return ""
        head, stop, _ = self.text.partition("。")
        return head + stop


NOTHING = "\u3000"
"""A cell in which nothing is to stand, for which a full-width space is written; one that is left
blank ("") is to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head, all rows are of one length."""

    rows: tuple[tuple[str, ...], ...]


class Bar(NamedTuple):
    """A line of a chart: what it is of, how much of it is full (0 to 100), the figure in words."""

    label: str
    percent: int
    caption: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars, one below the other."""

    rows: tuple[Bar, ...]


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: pages of its own after the signature.

    Attributes:
        label: 附件, or 附件1.
        title: its title.
        body: its paragraphs and tables.

    """

    label: str
    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    Attributes:
        kind: transfer, receipt …
        format: one of FORMATS.
        issuer, number, title, addressee: 发文机关, 发文字号, 标题, 主送.
        attachments: 附件说明, by name.
        signatory, date, copies: 署名, 日期, 抄送.
        issuer_signer, contact: 签发人, 联系人; may be "", as all that follows.
        mark: 标志, where it is not the issuer's name (文件: with 文件 after it).
        urgency: 紧急程度.
        note: 附注.
        printed_by, printed_on: 印发机关, 印发日期.
        is_sealed: whether a seal is to be put on the signature.
        attendance: 出席, 请假, 列席, 缺席 of minutes, as (label, who).
        circulation: 报, 送, 发 of a 简报, as (label, who).
        print_run: 印数 of a 简报.
        annexes: 附件, on pages of their own.
        source: the source text.
        missing: what is still to be filled in, by its Chinese name, in the order of the text.

    """

    kind: str
    format: str
    issuer: str
    number: str
    title: str
    addressee: str
    attachments: tuple[str, ...]
    signatory: str
    date: str
    copies: str
    issuer_signer: str
    contact: str
    body: tuple[Block, ...]
    source: str
    missing: tuple[str, ...] = ()
    mark: str = ""
    urgency: str = ""
    note: str = ""
    printed_by: str = ""
    printed_on: str = ""
    is_sealed: bool = True
    attendance: tuple[tuple[str, str], ...] = ()
    circulation: tuple[tuple[str, str], ...] = ()
    print_run: str = ""
    annexes: tuple[Annex, ...] = ()


def texts(paper: Paper) -> tuple[str, ...]:
    """All texts of a paper in their order: what every view of it must show.

    The mark of a 信函 is its letterhead, and not among them.
    """
    return tuple(filter(None, _texts(paper)))


def _texts(paper: Paper) -> Iterator[str]:
    yield from top_texts(paper)
    yield paper.title
    yield addressee_line(paper)
    yield from _block_texts(paper.body)
    yield from attachment_lines(paper)
    yield from attendance_lines(paper)
    if paper.format not in UNSIGNED:
        yield paper.signatory
        yield paper.date
    yield from note_lines(paper)
    for annex in paper.annexes:
        yield from (annex.label, annex.title)
        yield from _block_texts(annex.body)
    yield from copies_lines(paper)
    yield from imprint(paper)


def _block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Chart):
            yield from (text for bar in block.rows for text in (bar.label, bar.caption))
        else:
            yield block.text


def top_texts(paper: Paper) -> tuple[str, ...]:
    """From the sheet's upper edge to the title."""
    if paper.format in UNSIGNED:
        return (paper.urgency, mark(paper), paper.number, paper.issuer, paper.date)
    head = (mark(paper),) if paper.format == "文件" else ()
    return (paper.urgency, *head, paper.number, signer_line(paper))


def mark(paper: Paper) -> str:
    """发文机关标志; a paper of no format has none."""
    if paper.format == "普通":
        return ""
    return paper.mark or paper.issuer + {"文件": "文件", "纪要": "纪要"}.get(paper.format, "")


def attachment_lines(paper: Paper) -> tuple[str, ...]:
    """附件：1.甲, 2.乙; a single one has no number."""
    names = paper.attachments
    if len(names) > 1:
        names = tuple(f"{place}.{name}" for place, name in enumerate(names, 1))
    return tuple(f"附件：{name}" if not place else name for place, name in enumerate(names))


def attendance_lines(paper: Paper) -> tuple[str, ...]:
    """出席：……."""
    return tuple(f"{label}：{who}" for label, who in paper.attendance)


def addressee_line(paper: Paper) -> str:
    """主送, with its colon, or nothing."""
    return f"{paper.addressee.rstrip('：:')}：" if paper.addressee else ""


def signer_line(paper: Paper) -> str:
    """签发人：…, of a 文件 that goes upward, or nothing."""
    is_upward = paper.format == "文件" and paper.issuer_signer
    return f"签发人：{paper.issuer_signer}" if is_upward else ""


def note_lines(paper: Paper) -> tuple[str, ...]:
    """附注: in brackets, the contact too."""
    contact = f"联系人：{paper.contact}" if paper.contact else ""
    return tuple(f"（{text}）" for text in (paper.note, contact) if text)


def copies_lines(paper: Paper) -> tuple[str, ...]:
    """抄送：…。, or 报：…。, 送：…。, 发：…。; nothing where there is nobody."""
    to = paper.circulation or ((("抄送", paper.copies),) if paper.copies else ())
    return tuple(f"{label}：{who.rstrip('。')}。" for label, who in to)


def imprint(paper: Paper) -> tuple[str, ...]:
    """Who printed it, and when; a 信函 does not say so, a 简报 how many were printed."""
    if paper.format == "简报":
        return ("", f"共印{paper.print_run}份") if paper.print_run else ()
    if not paper.printed_by or paper.format == "信函":
        return ()
    return (
        (paper.printed_by, f"{paper.printed_on}印发") if paper.printed_on else (paper.printed_by,)
    )
