"""Files that were damaged on their way."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.decode import open_rows

damages = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4)
"""(Where, as a part of the file; which byte stands there instead.)"""
kept_parts = st.floats(0.1, 1)
"""How much of the file is left; from a half on, all of it."""


def read_or_refused(
    path: Path, sound: bytes, damaged: Sequence[tuple[float, int]], kept: float, *, head: int
) -> None:
    """Read a file after damage behind its first bytes; nothing but a refusal may be raised."""
    content = bytearray(sound)
    for place, byte in damaged:
        content[head + int(place * (len(content) - head))] = byte
    path.write_bytes(content[: int(kept * len(content))] if kept < 0.5 else content)
    with contextlib.suppress(RefusedError):
        list(open_rows(path).rows())
