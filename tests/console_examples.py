r"""The console examples of a Markdown file, run in order at one fresh desk.

    ```console
    # 第一次使用
    $ coord init
    已新建数据库：coord.db
    ```

A block may begin with comment lines. A command may end in `> FILE`, and may go on after a `\` at
a line's end. The desk is a temporary folder with a copy of `examples/`, no database, and
2026-11-23 as today. Output is what a person sees in a terminal of 100 columns, stdout and stderr
as they come; only spaces at line ends are not compared.

`COORD_UPDATE_EXAMPLES=1 pytest …` writes into the file what the commands print now; read the
difference before it is committed.
"""

import difflib
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from yicheng_coord.cli import main
from yicheng_coord.paths import carried

TODAY = "2026-11-23"  # a Monday

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "


@dataclass(frozen=True)
class Example:
    """One command of a file, and what it is said to print."""

    line: int
    typed: list[str]
    expected: list[str]

    @property
    def words(self) -> list[str]:
        """The words of the command line, without `coord`."""
        program, *words = shlex.split(" ".join(line.removesuffix("\\") for line in self.typed))
        assert program == "coord", f"line {self.line}: an example begins with `$ coord`"
        return words


class _Screen(io.TextIOWrapper):
    """A stdout that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run_examples(markdown_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the examples of a file in order; return how many there are.

    Raises:
        AssertionError: something else is printed than the file says.

    """
    _lay_out(tmp_path, monkeypatch)
    text = markdown_path.read_text("utf-8")
    pieces, end, count = [], 0, 0
    for block in _BLOCK.finditer(text):
        comments, examples = _read_block(block.group(), text.count("\n", 0, block.start()) + 1)
        printed = [_said(example, monkeypatch) for example in examples]
        _compare(markdown_path, examples, printed)
        pieces += [text[end : block.start()], _written(comments, examples, printed)]
        end, count = block.end(), count + len(examples)
    if _is_updating():
        markdown_path.write_text("".join([*pieces, text[end:]]), "utf-8")
    return count


def _is_updating() -> bool:
    return bool(os.environ.get("COORD_UPDATE_EXAMPLES"))


def _lay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(carried("examples"), tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for name in ("COORD_POLICY", "COORD_DEBUG", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    settings = {
        "COORD_DB": "coord.db",
        "COORD_TODAY": TODAY,
        "COORD_OPERATOR": "经办人",
        "COLUMNS": "100",
        "LINES": "40",
        "TERM": "dumb",  # tables without colours
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def _read_block(block: str, first_line: int) -> tuple[list[str], list[Example]]:
    comments: list[str] = []
    examples: list[Example] = []
    is_typing = False
    for number, line in enumerate(block.splitlines(), first_line):
        if line.startswith(_PROMPT):
            examples.append(Example(number, [line.removeprefix(_PROMPT)], []))
        elif not examples:
            assert line.startswith("#"), f"line {number}: output without a command: {line}"
            comments.append(line)
        elif is_typing:
            examples[-1].typed.append(line)
        else:
            examples[-1].expected.append(line.rstrip())
        is_typing = bool(examples) and line.endswith("\\") and not examples[-1].expected
    return comments, examples


def _said(example: Example, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Type a command; return what stands on the screen after it."""
    words, target = example.words, None
    if words[-2:-1] == [">"]:
        words, target = words[:-2], Path(words[-1])
    screen, file = io.BytesIO(), io.BytesIO()
    out = _stream(io.TextIOWrapper, file) if target else _stream(_Screen, screen)
    err = _stream(io.TextIOWrapper, screen)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.StringIO())
        patch.setattr(sys, "argv", ["coord", *words])
        main(words)
    out.flush()
    if target:
        target.write_bytes(file.getvalue())
    return [line.rstrip() for line in screen.getvalue().decode("utf-8").rstrip().splitlines()]


def _stream(kind: type[io.TextIOWrapper], buffer: io.BytesIO) -> io.TextIOWrapper:
    """Both streams reach the screen at once, in the order in which they are written."""
    return kind(buffer, encoding="utf-8", newline="", write_through=True)


def _compare(path: Path, examples: list[Example], printed: list[list[str]]) -> None:
    if _is_updating():
        return
    for example, lines in zip(examples, printed, strict=True):
        while example.expected and not example.expected[-1]:
            example.expected.pop()
        difference = difflib.unified_diff(
            example.expected, lines, "written", "printed", lineterm=""
        )
        told = "\n".join(difference)
        assert not told, f"{path.name}:{example.line}: {example.typed[0]}\n{told}"


def _written(comments: list[str], examples: list[Example], printed: list[list[str]]) -> str:
    return "".join(f"{line}\n" for line in _lines(comments, examples, printed))


def _lines(comments: list[str], examples: list[Example], printed: list[list[str]]) -> Iterator[str]:
    yield from comments
    for example, lines in zip(examples, printed, strict=True):
        yield _PROMPT + example.typed[0]
        yield from example.typed[1:]
        yield from lines
