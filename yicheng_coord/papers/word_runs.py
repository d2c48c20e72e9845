"""Runs and paragraphs as OOXML text (quicker than objects, same result)."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from yicheng_coord.papers.figures import Fonts

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Word takes these for Latin and LibreOffice for what stands before them, unless told otherwise.
_SEGMENT = re.compile("(【待补：[^】]*】)|([“”‘’—…·×]+)")
_HIGHLIGHT = '<w:highlight w:val="yellow"/>'
BLANK = "<w:p/>"
KEEP = "<w:keepNext/>"
KEPT_BLANK = f"<w:p><w:pPr>{KEEP}</w:pPr></w:p>"
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"


def xml_text(text: str) -> str:
    """Escape; what XML cannot hold is shown as text.harmless does."""
    return escape(legal(text), {'"': "&quot;"})


def legal(text: str) -> str:
    """Show what XML cannot hold."""
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def name_fonts(east_asian: str, latin: str, hint: str = "") -> str:
    """Name a font for every script, so that no theme font steps in."""
    eastern = f' w:hint="{hint}"' if hint else ""
    asian, other = xml_text(east_asian), xml_text(latin)
    return (
        f'<w:rFonts{eastern} w:ascii="{other}" w:hAnsi="{other}" w:eastAsia="{asian}"'
        f' w:cs="{other}"/>'
    )


def paragraph(style: str, runs: str, ppr: str = "") -> str:
    """Make a paragraph of a style, with what it has of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{runs}</w:p>'


@dataclass(frozen=True, slots=True)
class Runs:
    """Makes runs of texts with an office's fonts."""

    fonts: Fonts

    def of(self, text: str, style: str = "", font: str = "", size: int = 0) -> str:
        """Split a text where quotes or a placeholder need properties of their own.

        Args:
            text: what is shown.
            style: a character style.
            font: the East Asian font of what it stands in; 仿宋 by default.
            size: half-points, where they are not those of its style.

        """
        runs, start = [], 0
        sized = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
        for match in _SEGMENT.finditer(text):
            runs.append(_run(text[start : match.start()], style, sized))
            named = "" if match[1] else self._punctuation(font or self.fonts.fangsong)
            runs.append(
                _run(match.group(), style, named + sized + (_HIGHLIGHT if match[1] else ""))
            )
            start = match.end()
        runs.append(_run(text[start:], style, sized))
        return "".join(runs)

    def _punctuation(self, font: str) -> str:
        return name_fonts(font, font, "eastAsia")


def _run(text: str, style: str, own: str = "") -> str:
    if not text:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    rpr = f"<w:rPr>{named}{own}</w:rPr>" if named or own else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'
