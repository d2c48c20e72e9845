"""Which template a paper is written by: the office's own, else the one brought along."""

import re
from collections.abc import Sequence
from pathlib import Path

from yicheng_coord.errors import RefusedError
from yicheng_coord.paths import carried
from yicheng_coord.text import harmless

_KIND = re.compile(r"[a-z]+(-[a-z]+)*")


class NoTemplateError(RefusedError):
    """No folder has a template of this kind."""

    def __init__(self, kind: str, folders: Sequence[Path]) -> None:
        looked = "、".join(harmless(str(folder)) for folder in folders)
        super().__init__(f"没有文种“{harmless(kind)}”的模板（找过：{looked}）。")


def template_folders(database: Path) -> tuple[Path, ...]:
    """Return the office's own folder beside its database, then the one brought along."""
    return database.parent / "templates", carried("templates")


def template_for(kind: str, folders: Sequence[Path]) -> Path:
    """Return the template's file, from the first folder that has it.

    Raises:
        NoTemplateError: none has it.

    """
    if _KIND.fullmatch(kind):
        for folder in folders:
            if (folder / f"{kind}.j2").is_file():
                return folder / f"{kind}.j2"
    raise NoTemplateError(kind, folders)
