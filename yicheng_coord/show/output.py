"""Writing to stdout: text for the terminal, bytes of fixed encoding for programs."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from yicheng_coord.text import formula_safe, harmless

_KILO = 1024


def is_terminal() -> bool:
    """Whether a person is looking at stdout."""
    return sys.stdout.isatty()


def say(line: str = "") -> None:
    """Write a line of the result."""
    sys.stdout.write(f"{line}\n")


def hint(line: str) -> None:
    """Write a line that is not the result: a hint, a warning, a footer of piped lines."""
    sys.stderr.write(f"{line}\n")


def write_json(value: Any) -> None:  # noqa: ANN401 – whatever JSON takes
    """Write JSON, UTF-8 whatever the console speaks, not escaped."""
    _write_utf8(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV for Excel: BOM, CRLF, every field quoted, no field a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_field(value) for value in row] for row in rows)
    _write_utf8("\ufeff" + buffer.getvalue())


def write_fields(fields: Iterable[tuple[str, object]]) -> None:
    """Write one thing as CSV: a field a line."""
    write_csv(("项目", "内容"), fields)


def _field(value: object) -> str:
    return "" if value is None else formula_safe(str(value))


def _write_utf8(text: str) -> None:
    """A terminal gets harmless characters; a file or a pipe gets all of it as UTF-8."""
    if is_terminal():
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        sys.stdout.write("\n".join(map(harmless, lines)))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def write_plain(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write tab-separated lines with a header: nothing cut, no colour, no box."""
    say("\t".join(headings))
    for row in rows:
        say("\t".join("" if value is None else harmless(str(value)) for value in row))


def size_in_words(size: int) -> str:
    """Return a size in bytes as people say it: 812 字节, 1.2 MB."""
    if size < _KILO:
        return f"{size} 字节"
    for unit in ("KB", "MB"):
        size_of_unit = size / _KILO
        if size_of_unit < _KILO:
            return f"{size_of_unit:.1f} {unit}"
        size = int(size_of_unit)
    return f"{size / _KILO:.1f} GB"
