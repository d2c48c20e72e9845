"""The main part of a Word file: all paragraphs and tables of a paper in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from yicheng_coord.papers import figures as fig
from yicheng_coord.papers.figures import Layout
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
    mark,
    note_lines,
    signer_line,
)
from yicheng_coord.papers.signature import LINE, places
from yicheng_coord.papers.titles import title_lines
from yicheng_coord.papers.width import width
from yicheng_coord.papers.word_charts import chart_part
from yicheng_coord.papers.word_imprint import imprint_part
from yicheng_coord.papers.word_runs import (
    BLANK,
    BREAK,
    KEEP,
    KEPT_BLANK,
    TAB,
    Runs,
    paragraph,
)
from yicheng_coord.papers.word_styles import exact
from yicheng_coord.papers.word_tables import table_part

_STYLES = {"text": "GwBody"} | {f"level{n}": f"GwHeading{n}" for n in range(1, 5)}
_HEADS = {f"level{n}": f"GwHead{n}" for n in range(1, 5)}
_FEW = 8  # attachments that stay on the page of the signature with the end of the text


def main_part(paper: Paper, layout: Layout) -> str:
    """Return the paragraphs and tables of a paper."""
    return "".join(_Writer(paper, layout, Runs(layout.fonts)).parts())


def below_mark(paper: Paper, layout: Layout) -> str:
    """Return a paper from its title to its foot, for a letterhead that has the rest."""
    writer = _Writer(paper, layout, Runs(layout.fonts))
    return "".join(writer.from_title())


def text_part(paper: Paper, layout: Layout) -> str:
    """Return the text alone."""
    writer = _Writer(paper, layout, Runs(layout.fonts))
    return "".join(map(writer.block, paper.body))


def mark_size(text: str) -> int:
    """Return the size of a mark in half-points: as large as fits."""
    return min(fig.SIZE_MARK, 2 * fig.TEXT_WIDTH // 10 // max(width(text), 1))


def _introduces(block: Block, after: Block) -> bool:
    """Whether a paragraph says what the table or chart below it is, and stays on its page."""
    is_drawn = not isinstance(after, Paragraph)
    return is_drawn and isinstance(block, Paragraph) and block.text.endswith("：")


@dataclass(frozen=True, slots=True)
class _Writer:
    paper: Paper
    layout: Layout
    runs: Runs

    def parts(self) -> Iterator[str]:
        """Go through the paper from top to foot."""
        yield from self._top()
        if self.paper.format != "普通":
            yield BLANK * 2
        yield from self.from_title()

    def from_title(self) -> Iterator[str]:
        """Go on from the title to the foot."""
        yield from self._title()
        yield from self._text()
        yield from self._closing()
        for annex in self.paper.annexes:
            yield from self._annex(annex)
        yield imprint_part(self.paper, self.runs)

    def _top(self) -> Iterator[str]:
        """From the sheet's upper edge to the red line."""
        paper = self.paper
        if paper.format in ("文件", *UNSIGNED):
            yield from self._mark()
            yield BLANK * 2
        elif paper.format == "信函":
            yield paragraph("GwNumber", self._urgency() + TAB + self.runs.of(paper.number))
        elif paper.urgency or paper.number:
            yield paragraph("GwUrgency", self._urgency())
            yield paragraph("GwNumberCentred", self.runs.of(paper.number))
        if paper.format == "文件":
            yield self._number_above_line()
        elif paper.format in UNSIGNED:
            if paper.number:
                yield paragraph("GwNumberCentred", self.runs.of(paper.number))
            yield paragraph("GwIssue", TAB.join(map(self.runs.of, (paper.issuer, paper.date))))

    def _urgency(self) -> str:
        heiti = self.layout.fonts.heiti
        return self.runs.of(self.paper.urgency, "GwHead1" if self.paper.urgency else "", heiti)

    def _mark(self) -> Iterator[str]:
        """Three lines, the first for the urgency, so that it never moves the mark below them."""
        text, profile = mark(self.paper), self.layout.profile
        size = mark_size(text)
        yield paragraph("GwUrgency", self._urgency())
        yield BLANK * 2
        before = fig.MARK - profile.top - 3 * profile.line
        run = self.runs.of(text, font=self.layout.fonts.xiaobiaosong, size=size)
        yield paragraph("GwMark", run, exact(size * 10, before=before))

    def _number_above_line(self) -> str:
        signer = signer_line(self.paper)
        number = self.runs.of(self.paper.number)
        if not signer:
            return paragraph("GwNumberDown", number)
        title, colon, name = signer.partition("：")
        called = self.runs.of(name, "GwHead2", self.layout.fonts.kaiti)
        return paragraph("GwNumberUp", number + TAB + self.runs.of(title + colon) + called)

    def _title(self) -> Iterator[str]:
        paper = self.paper
        if paper.title:
            yield paragraph("GwTitle", self._broken(paper.title))
            yield KEPT_BLANK
        if paper.addressee:
            yield paragraph("GwAddressee", self.runs.of(addressee_line(paper)))

    def _broken(self, title: str) -> str:
        font = self.layout.fonts.xiaobiaosong
        return BREAK.join(self.runs.of(line, font=font) for line in title_lines(title))

    def _text(self) -> Iterator[str]:
        """Keep the end of the text on the page of the signature, which never stands alone."""
        is_signed = self.paper.format not in UNSIGNED and len(self.paper.attachments) <= _FEW
        for block, after in zip_longest(self.paper.body, self.paper.body[1:]):
            is_kept = is_signed if after is None else _introduces(block, after)
            yield self.block(block, is_kept=is_kept)

    def block(self, block: Block, *, is_kept: bool = False) -> str:
        """Make a paragraph or a table; a kept one stays on the page of what follows."""
        if isinstance(block, Table):
            return table_part(block, self.runs, is_kept=is_kept)
        if isinstance(block, Chart):
            return chart_part(block, self.runs, is_kept=is_kept)
        return self._paragraph(block, KEEP if is_kept else "")

    def _paragraph(self, block: Paragraph, keep: str) -> str:
        """Lend only the first sentence the heading's font, where text follows it."""
        heading = block.heading
        font = self._heading_font(block.role)
        if not heading or heading == block.text:
            return paragraph(_STYLES[block.role], self.runs.of(block.text, font=font), keep)
        rest = block.text[len(heading) :]
        head = self.runs.of(heading, _HEADS[block.role], font)
        return paragraph("GwBody", head + self.runs.of(rest), keep)

    def _heading_font(self, role: str) -> str:
        fonts = self.layout.fonts
        return {"level1": fonts.heiti, "level2": fonts.kaiti}.get(role, fonts.fangsong)

    def _closing(self) -> Iterator[str]:
        """From 附件说明 to 附注; the end of the paper stays together."""
        yield from self._attachments()
        yield from self._attendance()
        if self.paper.format not in UNSIGNED:
            yield KEPT_BLANK * (2 if self.paper.is_sealed else 1)
            yield from self._signed()
        notes = note_lines(self.paper)
        for place, line in enumerate(notes, 1):
            yield paragraph("GwBody", self.runs.of(line), KEEP if place < len(notes) else "")

    def _attachments(self) -> Iterator[str]:
        lines = attachment_lines(self.paper)
        if not lines:
            return
        few = len(lines) <= _FEW
        yield KEPT_BLANK if few else BLANK
        first = "GwAttachmentFirst" if len(lines) > 1 else "GwAttachment"
        for place, line in enumerate(lines):
            keep = KEEP if few or place == len(lines) - 1 else ""
            yield paragraph("GwAttachmentNext" if place else first, self.runs.of(line), keep)

    def _attendance(self) -> Iterator[str]:
        """出席： in 黑体, who in 仿宋, wrapping behind the colon."""
        for place, line in enumerate(attendance_lines(self.paper)):
            label, colon, who = line.partition("：")
            if not place:
                yield KEPT_BLANK
            head = self.runs.of(label + colon, "GwHead1", self.layout.fonts.heiti)
            yield paragraph("GwAttendance", head + self.runs.of(who))

    def _signed(self) -> Iterator[str]:
        paper = self.paper
        signatory, date = places(paper.signatory, paper.date, is_sealed=paper.is_sealed)
        keep = KEEP if note_lines(paper) else ""
        if paper.is_sealed:  # the date ends where its style says
            place = f'<w:ind w:right="{round(signatory.right * fig.CHARACTER)}"/>'
            own = ""
        else:  # both from the left: how wide a date is depends on who sets it
            place, own = (
                f'<w:ind w:left="{fig.TEXT_WIDTH - round((LINE - one.left) * fig.CHARACTER)}"'
                ' w:right="0"/><w:jc w:val="left"/>'
                for one in (signatory, date)
            )
        yield paragraph("GwSignature", self.runs.of(paper.signatory), KEEP + place)
        yield paragraph("GwSignature", self.runs.of(paper.date), keep + own)

    def _annex(self, annex: Annex) -> Iterator[str]:
        """附件1 at the edge of line 1 of a new page, the title on line 3."""
        yield paragraph("GwAnnex", self.runs.of(annex.label, font=self.layout.fonts.heiti))
        yield KEPT_BLANK
        yield paragraph("GwTitle", self._broken(annex.title))
        yield KEPT_BLANK
        yield from map(self.block, annex.body)
