"""Papers on the terminal, where their files are, and what they still lack."""

from collections.abc import Sequence

from yicheng_coord.papers.layout import as_text
from yicheng_coord.papers.written import TITLES, Written
from yicheng_coord.show.output import hint, say
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Medium

_BETWEEN = "\n" + "=" * 56 + "\n"


def show_letters(written: Sequence[Written], medium: Medium) -> None:
    """Write the papers themselves, or the names of their files; placeholders on stderr."""
    if any(one.files for one in written):
        for one in written:
            for file in one.files:
                say(f"已写入：{file}")
    else:
        papers = [
            one.paper.source if medium is Medium.SOURCE else as_text(one.paper) for one in written
        ]
        say(_BETWEEN.join(papers).rstrip("\n"))
    for one in written:
        if one.paper.missing:
            hint(f"待补：{one.ref} {one.name}：{'、'.join(one.paper.missing)}")
        for note in one.notes:
            hint(f"注意：{harmless(note)}")


def show_numbers(given: Sequence[str], operation: int) -> None:
    """Say which numbers were given out by this operation."""
    if given:
        hint(f"已编字号：{'、'.join(given)}（P{operation}，撤销：coord undo P{operation}）")


def show_kinds() -> None:
    """Write the kinds of papers."""
    for kind, title in TITLES.items():
        say(f"{kind.value:<15}{title}")
