r"""A paper (公文) as roles and texts, and how it is read from its source text.

---
格式: 信函
标题: 涉嫌违法案件移交函
附件: [案源材料2份5页, 初步证据材料1份3页]
---
一、基本情况。甲公司于……        a heading up to the first 。, by its own number
| 序号 | 材料名称 |               a row of a table; the first row is its head
其余每行一个自然段；行首的 \ 表示“下面不是标题，也不是表格”。
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.marks import FENCE, LEVELS, LIST_KEY
from yicheng_coord.text import harmless

FORMATS = ("文件", "信函", "普通")
_KEYS = {
    "格式": "format",
    "发文机关": "issuer",
    "发文字号": "number",
    "标题": "title",
    "主送": "addressee",
    LIST_KEY: "attachments",
    "署名": "signatory",
    "日期": "date",
    "抄送": "copies",
    "签发人": "issuer_signer",
    "联系人": "contact",
}
_NEEDED = ("格式", "发文机关", "标题", "主送", "署名", "日期")
_KEY_LINE = re.compile(r"([\u4e00-\u9fff]+)\s*[:：]\s*(.*)")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ITEM_END = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\([\\|,])")


class PaperSourceError(RefusedError):
    """The source text of a paper does not have its shape."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(
            f"文书“{harmless(kind)}”的模板写出的文本不合格式：{why}。",
            "开头是两行 --- 之间的“键: 值”，见随附的模板。",
        )


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head, all rows are of one length."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter, as both views of it are made from it.

    Attributes:
        kind: transfer, receipt …
        format: 文件, 信函 or 普通.
        issuer, number, title, addressee: 发文机关, 发文字号, 标题, 主送.
        attachments: 附件, by name.
        signatory, date, copies: 署名, 日期, 抄送.
        issuer_signer, contact: 签发人, 联系人; may be "".
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


def parse(kind: str, source: str, missing: tuple[str, ...] = ()) -> Paper:
    """Read a source text.

    Raises:
        PaperSourceError: no head, an unknown or repeated key, or a needed one without a value.

    """
    lines = [line.strip() for line in source.strip().splitlines()]
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        raise PaperSourceError(kind, "没有两行 --- 之间的文头")
    end = lines.index(FENCE, 1)
    head = _head(kind, lines[1:end])
    fields = {name: head.get(key, "") for key, name in _KEYS.items() if key != LIST_KEY}
    return Paper(
        kind=kind,
        attachments=_items(head.get(LIST_KEY, "")),
        body=_body(lines[end + 1 :]),
        source=source,
        missing=missing,
        **fields,
    )


def _head(kind: str, lines: Iterable[str]) -> Mapping[str, str]:
    """Read {标题: 涉嫌违法案件移交函, …}."""
    head: dict[str, str] = {}
    for line in filter(None, lines):
        match = _KEY_LINE.fullmatch(line)
        if match is None or match[1] not in _KEYS or match[1] in head:
            raise PaperSourceError(kind, f"文头里不认识这一行“{harmless(line)}”")
        head[match[1]] = match[2].strip()
    for key in _NEEDED:
        if not head.get(key):
            raise PaperSourceError(kind, f"文头缺“{key}”")
    if head["格式"] not in FORMATS:
        raise PaperSourceError(
            kind, f"格式只有{'、'.join(FORMATS)}，没有“{harmless(head['格式'])}”"
        )
    return head


def _items(text: str) -> tuple[str, ...]:
    inner = text.removeprefix("[").removesuffix("]") if text.startswith("[") else text
    return tuple(filter(None, _split(_ITEM_END, inner)))


def _split(end: re.Pattern[str], text: str) -> list[str]:
    r"""`a\,b, c` → [a,b | c]: an escaped separator separates nothing."""
    marked = end.sub("\\1\0", text)
    return [_ESCAPED.sub(r"\1", part.strip()) for part in marked.split("\0")]


def _body(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(
        block
        for is_row, group in groupby(filter(None, lines), lambda line: line.startswith("|"))
        for block in ([_table(group)] if is_row else map(_paragraph, group))
    )


def _table(lines: Iterable[str]) -> Table:
    rows = [_split(_CELL_END, line.removeprefix("|")) for line in lines]
    cells = [row[:-1] if row[-1] == "" else row for row in rows]
    width = max(map(len, cells))
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in cells))


def _paragraph(line: str) -> Paragraph:
    if line.startswith("\\"):
        return Paragraph("text", line[1:])
    for role, pattern in LEVELS.items():
        if pattern.match(line):
            return Paragraph(role, line)
    return Paragraph("text", line)


def attachment_lines(paper: Paper) -> tuple[str, ...]:
    """附件：1.甲, 2.乙; a single one has no number."""
    names = paper.attachments
    if len(names) > 1:
        names = tuple(f"{place}.{name}" for place, name in enumerate(names, 1))
    return tuple(f"附件：{name}" if not place else name for place, name in enumerate(names))


def texts(paper: Paper) -> tuple[str, ...]:
    """All texts of a paper in their order: what every view of it must show."""
    return tuple(filter(None, _texts(paper)))


def _texts(paper: Paper) -> Iterator[str]:
    yield paper.number
    yield signer_line(paper)
    yield paper.title
    yield addressee_line(paper)
    for block in paper.body:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block.text
    yield from attachment_lines(paper)
    yield paper.signatory
    yield paper.date
    yield contact_line(paper)
    yield copies_line(paper)


def addressee_line(paper: Paper) -> str:
    """主送, with its colon."""
    return f"{paper.addressee.rstrip('：:')}："


def signer_line(paper: Paper) -> str:
    """签发人：…, or nothing."""
    return f"签发人：{paper.issuer_signer}" if paper.issuer_signer else ""


def contact_line(paper: Paper) -> str:
    """附注: the contact in brackets, or nothing."""
    return f"（联系人：{paper.contact}）" if paper.contact else ""


def copies_line(paper: Paper) -> str:
    """抄送：…。, or nothing."""
    return f"抄送：{paper.copies.rstrip('。')}。" if paper.copies else ""
