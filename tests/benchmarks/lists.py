"""Long lists: 500 rows drawn on a terminal, and 5,000 overdue of 100,000 beside Taskwarrior."""

import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.timing import Timed

TASK = shutil.which("task")
_TASK = (
    '[description:"移送有管辖权的单位" due:"{due}" entry:"{entry}" modified:"{entry}" '
    'project:"第 {n} 号堆场占用耕地" status:"pending" uuid:"{uuid}"]\n'
)
_ENTRY, _PAST, _FUTURE = (
    int(datetime(year, 11, 2, tzinfo=UTC).timestamp()) for year in (2025, 2026, 2036)
)
"""Taskwarrior goes by the machine's clock: days that stay past, and to come, for years."""


def taskwarrior(folder: Path, items: int, overdue: int) -> Timed:
    """Return `task overdue` of so many items with a due day, all pending.

    Its settings are its own, but for colour, the folder and the questions of a first run.
    """
    folder.mkdir()
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder}\nconfirmation=off\ncolor=off\nhooks=off\n")
    with (folder / "pending.data").open("w", encoding="utf-8") as file:
        for n in range(items):
            due = _PAST if n >= items - overdue else _FUTURE
            file.write(_TASK.format(due=due, entry=_ENTRY, n=n, uuid=uuid.uuid4()))
    return Timed("`task overdue`", [TASK or "task", f"rc:{settings}", "overdue"])
