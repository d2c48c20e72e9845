"""Word files as pages: rendered by LibreOffice under this project's font map, measured in mm.

What is measured is LibreOffice's view. Word and WPS differ by up to a millimetre in where a line
box holds its characters; a person looks at four printed samples before a release.
"""

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

FONT_MAP = Path(__file__).parent / "fonts.conf"
MUST = "COORD_MUST_RENDER"  # set where a skipped measurement is a failure
ROLES = {
    "仿宋": "FandolFang",
    "楷体": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "BousungEG-Light-GB",
    "小标宋": "FandolSong-Bold",
    "Times": "LiberationSerif",
}
_SECONDS = 180
_DPI = 300
_POINT = 25.4 / 72
_DARK = 190  # of 255: what counts as ink; red is 127


def missing_tool() -> str:
    """Say what this machine lacks for rendering, or nothing."""
    if not shutil.which("soffice"):
        return "LibreOffice is not installed (apt-get install libreoffice-writer-nogui)"
    if not shutil.which("fc-match"):
        return "fontconfig is not installed"
    found = subprocess.run(
        ["fc-match", "仿宋", "file"],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    if "FandolFang" not in found:
        return "the stand-in fonts are not installed (.ci/run shows how)"
    return ""


def render(files: Mapping[str, bytes], folder: Path) -> dict[str, "Document"]:
    """Turn Word files into pages, all by one call of LibreOffice.

    Args:
        files: the Word files, by name.
        folder: an empty folder to work in.

    """
    lacking = missing_tool()
    if lacking:
        if os.environ.get(MUST):
            pytest.fail(f"not rendered: {lacking}")
        pytest.skip(f"not rendered: {lacking}")
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    command = [
        "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", str(folder), *(f"{folder / name}.docx" for name in files),
    ]  # fmt: skip
    subprocess.run(command, env=_environment(), check=True, capture_output=True, timeout=_SECONDS)
    return {name: Document(folder / f"{name}.pdf") for name in files}


def _environment() -> dict[str, str]:
    return {**os.environ, "FONTCONFIG_FILE": str(FONT_MAP), "LC_ALL": "C.UTF-8"}


def _pdf(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its binding, on newer Pythons
        import pymupdf
    return pymupdf.open(path)


@dataclass(frozen=True)
class Box:
    """A place on the sheet, in mm from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def high(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Character:
    """One character, and where it stands."""

    text: str
    font: str
    size: float
    left: float
    right: float
    baseline: float


@dataclass(frozen=True)
class Line:
    """Characters of one baseline."""

    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters).strip()

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return self.characters[-1].right

    @property
    def baseline(self) -> float:
        return self.characters[0].baseline

    def font_of(self, text: str) -> set[str]:
        """Return the fonts that a part of the line is set in."""
        start = "".join(one.text for one in self.characters).index(text)
        return {one.font for one in self.characters[start : start + len(text)]}

    def left_of(self, text: str) -> float:
        """Return where a part of the line begins."""
        return self.characters["".join(one.text for one in self.characters).index(text)].left


class Page:
    """A page and what is on it."""

    def __init__(self, page: Any) -> None:
        self._page = page

    @cached_property
    def lines(self) -> list[Line]:
        """All lines from top to bottom, without spaces at their ends."""
        rows: dict[int, list[Character]] = {}
        for one in self._characters():
            rows.setdefault(round(one.baseline * 2), []).append(one)
        merged = (sorted(row, key=lambda one: one.left) for _, row in sorted(rows.items()))
        return [Line(tuple(_trimmed(row))) for row in merged if _trimmed(row)]

    @cached_property
    def cells(self) -> str:
        """All text in the order in which it was written: a cell of several lines stays whole."""
        return "".join(one.text for one in self._characters())

    def _characters(self) -> Iterator[Character]:
        for block in self._page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", ()):
                for span in line["spans"]:
                    font = span["font"].rpartition("+")[2]
                    for one in span["chars"]:
                        left, _, right, _ = one["bbox"]
                        yield Character(
                            one["c"], font, span["size"], left * _POINT, right * _POINT,
                            one["origin"][1] * _POINT,
                        )  # fmt: skip

    @cached_property
    def written(self) -> str:
        """All of it in the order in which it was set, without spaces: a cell, then the next."""
        return "".join("".join(one.text for one in self._characters()).split())

    def line(self, text: str) -> Line:
        """Return the one line that has a text."""
        found = [line for line in self.lines if text in line.text]
        assert len(found) == 1, f"{text}: {[line.text for line in self.lines]}"
        return found[0]

    @cached_property
    def rules(self) -> list[tuple[Box, bool]]:
        """Drawn horizontal lines from top to bottom: where, and whether they are red."""
        found = []
        for drawing in self._page.get_drawings():
            rect = drawing["rect"]
            box = Box(*(value * _POINT for value in (rect.x0, rect.y0, rect.x1, rect.y1)))
            colour = drawing.get("fill") or drawing.get("color") or (0, 0, 0)
            stroke = (drawing.get("width") or 0) * _POINT if drawing.get("color") else 0
            if box.wide > 50 and box.high < 2:
                middle = Box(box.left, box.top - stroke / 2, box.right, box.bottom + stroke / 2)
                found.append((middle, colour[0] > 0.9 and colour[1] < 0.1))
        return sorted(found, key=lambda one: one[0].top)

    @cached_property
    def shades(self) -> list[tuple[Box, float]]:
        """Filled areas that are no lines and not white: where, and how bright (0 to 1)."""
        found = []
        for drawing in self._page.get_drawings():
            rect, colour = drawing["rect"], drawing.get("fill")
            box = Box(*(value * _POINT for value in (rect.x0, rect.y0, rect.x1, rect.y1)))
            if colour and box.high > 2 and sum(colour) / 3 < 0.99:
                found.append((box, sum(colour) / 3))
        return found

    def ink(self, area: Box) -> Box:
        """Return the box of what is printed within an area."""
        import pymupdf

        clip = pymupdf.Rect(*(v / _POINT for v in (area.left, area.top, area.right, area.bottom)))
        picture = self._page.get_pixmap(dpi=_DPI, clip=clip, colorspace=pymupdf.csGRAY)
        wide, data = picture.width, picture.samples
        rows = [data[n * wide : (n + 1) * wide] for n in range(picture.height)]
        inked = [n for n, row in enumerate(rows) if min(row) < _DARK]
        assert inked, "nothing is printed there"
        columns = [n for n in range(wide) if any(row[n] < _DARK for row in rows)]
        step = 25.4 / _DPI
        left, top = picture.x * step, picture.y * step
        return Box(
            left + columns[0] * step, top + inked[0] * step,
            left + (columns[-1] + 1) * step, top + (inked[-1] + 1) * step,
        )  # fmt: skip

    def ink_of(self, line: Line) -> Box:
        """Return the box of a line's ink."""
        high = line.characters[0].size * _POINT
        return self.ink(
            Box(line.left - 1, line.baseline - high, line.right + 1, line.baseline + high * 0.25)
        )


class Document:
    """The pages of one file."""

    def __init__(self, path: Path) -> None:
        self._pdf = _pdf(path)
        self.pages = [Page(page) for page in self._pdf]

    @property
    def in_order(self) -> str:
        """Its text without spaces, cell by cell, as it was written."""
        return "".join("".join(page.get_text().split()) for page in self._pdf)

    @property
    def fonts(self) -> set[str]:
        """The fonts of all pages."""
        return {font[3].rpartition("+")[2] for page in self._pdf for font in page.get_fonts()}

    def pictures(self, dpi: int) -> Iterator[Any]:
        """Draw the pages, to be looked at."""
        yield from (page.get_pixmap(dpi=dpi) for page in self._pdf)


def _trimmed(row: Iterable[Character]) -> list[Character]:
    kept = list(row)
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    return kept


def contact_sheet(documents: Iterable[Document], path: Path, dpi: int = 60) -> None:
    """Write all pages onto one picture."""
    import pymupdf

    pictures = [one for document in documents for one in document.pictures(dpi)]
    wide, high = pictures[0].width + 8, pictures[0].height + 8
    columns = min(4, len(pictures))
    sheet = pymupdf.open().new_page(
        width=wide * columns, height=high * -(-len(pictures) // columns)
    )
    sheet.draw_rect(sheet.rect, color=None, fill=(0.6, 0.6, 0.6))
    for place, picture in enumerate(pictures):
        x, y = place % columns * wide, place // columns * high
        sheet.insert_image(
            pymupdf.Rect(x, y, x + picture.width, y + picture.height), pixmap=picture
        )
    sheet.get_pixmap().save(path)


if __name__ == "__main__":  # python tests/pages.py SHEET.png FILE.docx…
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        given = {Path(name).stem: Path(name).read_bytes() for name in sys.argv[2:]}
        contact_sheet(render(given, Path(work)).values(), Path(sys.argv[1]))
