"""Facts and a template → a paper."""

import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.facts import plain
from yicheng_coord.papers.marks import gaps, sealed
from yicheng_coord.papers.paper import Paper
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.sandbox import run
from yicheng_coord.papers.where import template_for
from yicheng_coord.text import harmless

_WHY_LENGTH = 200


class TemplateFailedError(RefusedError):
    """A template is wrong, or does what templates may not."""

    def __init__(self, path: Path, error: Exception) -> None:
        name, line = _place(path, error)
        where = f"第 {line} 行" if line else ""
        why = harmless(_why(error))[:_WHY_LENGTH]
        super().__init__(
            f"模板 {harmless(name)} {where}有问题：{why}。",
            f"改好 {harmless(str(path))}，或者先移开它，用随附的模板。",
        )


def render(kind: str, facts: Mapping[str, object], folders: Sequence[Path]) -> Paper:
    """Write a paper.

    Args:
        kind: transfer, receipt, feedback, refer, result: the template's name.
        facts: plain values by the names of `labels.LABELS`; an absent one shows as a placeholder.
        folders: where templates lie; the first folder that has the kind's file wins.

    Raises:
        NoTemplateError: no folder has a template of this kind.
        TemplateFailedError: the template is wrong.
        PaperSourceError: what it wrote is no paper.
        TypeError: a fact is no plain value.

    """
    path = template_for(kind, folders)
    values = plain(facts)
    try:
        marked = run(folders, path.name, values)
    except Exception as error:  # noqa: BLE001 - a template may fail in any way
        raise TemplateFailedError(path, error) from None
    return parse(kind, sealed(marked), gaps(marked))


def _why(error: Exception) -> str:
    """Say it in Chinese where it is common, else as Jinja says it."""
    if isinstance(error, TemplateNotFound):
        return f"没有要引用的模板 {error.name}"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 文本"
    if isinstance(error, RecursionError):
        return "没完没了地引用自己"
    return getattr(error, "message", None) or str(error) or type(error).__name__


def _place(path: Path, error: Exception) -> tuple[str, int]:
    """Return the template and its line; 0 where nothing says it."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or path.name, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith(path.suffix):
            return Path(frame.filename).name, frame.lineno or 0
    return path.name, 0
