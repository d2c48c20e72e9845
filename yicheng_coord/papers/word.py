"""A paper as a Word file, laid out to GB/T 9704-2012. The same paper gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping

from yicheng_coord.papers.figures import STANDARD, Layout
from yicheng_coord.papers.paper import Paper, mark
from yicheng_coord.papers.word_base import (
    AUTHOR,
    MARK,
    MARK_LINE,
    MARK_SIZE,
    TITLE,
    app_xml,
    base_for,
    core_xml,
)
from yicheng_coord.papers.word_body import main_part, mark_size
from yicheng_coord.papers.word_runs import xml_text

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry: a clock would tell one run from another
_STAND_IN = re.compile(f"{MARK}|{MARK_SIZE}|{MARK_LINE}|{TITLE}|{AUTHOR}")


def docx_bytes(paper: Paper, layout: Layout = STANDARD) -> bytes:
    """Return a paper as the bytes of a Word file."""
    base = base_for(paper.format, layout)
    words = _words(paper)
    filled = {name: _filled(text, words).encode() for name, text in base.filled.items()}
    main = base.before + main_part(paper, layout) + base.after
    return clock_free({**base.fixed, **filled, "word/document.xml": main.encode()})


def clock_free(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a file that tells nothing of when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def core_part(paper: Paper) -> bytes:
    """`docProps/core.xml`: title and issuer, nobody's name and no time."""
    return _filled(core_xml(), _words(paper)).encode()


def app_part() -> bytes:
    """`docProps/app.xml`, which says nothing."""
    return app_xml().encode()


def _words(paper: Paper) -> dict[str, str]:
    """Return the stand-ins of the base and what takes their place."""
    head = mark(paper)
    size = mark_size(head)
    return {
        MARK_SIZE: str(size),
        MARK_LINE: str(size * 10),
        MARK: xml_text(head),
        TITLE: xml_text(paper.title),
        AUTHOR: "" if "【待补：" in paper.issuer else xml_text(paper.issuer),
    }


def _filled(text: str, words: dict[str, str]) -> str:
    """Put the words in at one pass: a title that reads like a stand-in stays a title."""
    return _STAND_IN.sub(lambda match: words[match.group()], text)
