"""Databases of released schemas, as they were written then; and the step that comes next."""

from pathlib import Path

from yicheng_coord.store import open as store

FROZEN = {path.stem[-4:]: path for path in sorted(Path(__file__).parent.glob("data/schema-*.db"))}
"""Schema → its frozen file. Rows are invented; the files are never made anew once released."""
OLDEST, NEWEST = min(FROZEN), store.LATEST
NEXT = f"{int(store.LATEST) + 1:04d}"
"""The schema that an invented step leads to."""
