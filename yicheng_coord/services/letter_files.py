"""Papers as files: text, Word, or both; a letter that was worked on is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.papers.figures import STANDARD, Layout
from yicheng_coord.papers.filenames import safe_name
from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.paper import Paper
from yicheng_coord.papers.settings import layout_for
from yicheng_coord.papers.written import Written
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Medium

if TYPE_CHECKING:
    from yicheng_coord.papers.letterhead import Letterhead

_WORD = (Medium.DOCX, Medium.BOTH)


Contents = list[tuple[str, bytes]]
"""The files of one paper: suffix and bytes."""


class NowhereToWriteError(InputError):
    """A Word file does not go to the terminal."""

    def __init__(self) -> None:
        super().__init__(
            "Word 文件须用 --out 指定文件夹。", "如：coord letter transfer 1 --out 文书 --as docx"
        )


class LetterheadForWordError(InputError):
    """A letterhead is a Word file; a text cannot stand on it."""

    def __init__(self) -> None:
        super().__init__("信头只用于 Word 文件。", "用 --as docx 或 --as both。")


class NotAFolderError(RefusedError):
    """Papers are to go where a file is."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            f"{harmless(str(out))} 是文件，不是文件夹；没有改动。", "用 --out 指定另一个文件夹。"
        )


@dataclass(frozen=True)
class Sheet:
    """What papers are written on.

    Attributes:
        out: the folder; None = no files.
        medium: text, Word, both, or the rendered source.
        layout: how Word files are laid out.
        letterhead: the office's own Word file, if one is to be filled.

    """

    out: Path | None
    medium: Medium
    layout: Layout
    letterhead: "Letterhead | None" = None

    @classmethod
    def laid_out(
        cls, database: Path, out: Path | None, medium: Medium | None, letterhead: Path | None
    ) -> "Sheet":
        """Lay it out, before anything is done.

        Args:
            database: beside it lie the office's settings.
            out: the folder.
            medium: None: text, or Word on a letterhead.
            letterhead: the office's own Word file.

        Raises:
            NowhereToWriteError: a Word file without a folder.
            NotAFolderError: a file lies where the folder is to be.
            LetterheadForWordError: a text on a letterhead.
            LetterheadError, PaperSettingsError: these files cannot be used.

        """
        chosen = medium or (Medium.DOCX if letterhead else Medium.TXT)
        if letterhead and chosen not in _WORD:
            raise LetterheadForWordError
        if out is None and chosen in _WORD:
            raise NowhereToWriteError
        if out is not None and out.exists() and not out.is_dir():
            raise NotAFolderError(out)
        layout = layout_for(database) if chosen in _WORD else STANDARD
        if letterhead is None:
            return cls(out, chosen, layout)
        from yicheng_coord.papers.letterhead import Letterhead

        return cls(out, chosen, layout, Letterhead.read(letterhead))


def write_letters(papers: Sequence[Written], sheet: Sheet) -> list[Written]:
    """Write the papers into the folder, which is made where it is missing.

    All are made before the first is written: an error in one writes none.

    Returns:
        The same, with the names of their files.

    Raises:
        LetterheadError: the letterhead cannot be filled.

    """
    return put_letters(papers, made_letters(papers, sheet), sheet)


def made_letters(papers: Sequence[Written], sheet: Sheet) -> list[Contents]:
    """Make what is to be written of each paper; nothing where it is not to be written.

    Raises:
        LetterheadError: the letterhead cannot be filled.

    """
    return [_contents(one.paper, sheet) for one in papers]


def put_letters(papers: Sequence[Written], made: Sequence[Contents], sheet: Sheet) -> list[Written]:
    """Write what was made into the folder, which is made where it is missing.

    Returns:
        The same papers, with the names of their files.

    """
    if sheet.out is None:
        return list(papers)
    out = sheet.out
    out.mkdir(parents=True, exist_ok=True)
    return [
        replace(one, files=tuple(_put(out, one.stem, *content) for content in contents))
        for one, contents in zip(papers, made, strict=True)
    ]


def _contents(paper: Paper, sheet: Sheet) -> Contents:
    made: Contents = []
    if sheet.out is None:
        return made
    if sheet.medium in (Medium.TXT, Medium.BOTH):
        made.append((".txt", as_text(paper).encode("utf-8-sig")))
    if sheet.medium is Medium.SOURCE:
        made.append((".txt", paper.source.encode()))
    if sheet.medium in _WORD:
        made.append((".docx", _word(paper, sheet)))
    return made


def _word(paper: Paper, sheet: Sheet) -> bytes:
    if sheet.letterhead:
        return sheet.letterhead.filled(paper, sheet.layout)
    from yicheng_coord.papers.word import docx_bytes

    return docx_bytes(paper, sheet.layout)


def _put(out: Path, stem: str, suffix: str, content: bytes) -> Path:
    """Write under a free name."""
    attempt = 1
    while True:
        again = f"（{attempt}）" if attempt > 1 else ""
        path = out / safe_name(stem, f"{again}{suffix}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            attempt += 1
        else:
            return path
