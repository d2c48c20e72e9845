"""Command lines in children that die at an instant told beforehand; POSIX only.

`python doomed.py WARM_DB` loads the program once, then takes one order a line (JSON) and forks a
child for each: a kill costs what the command takes, and nothing for loading. An order names the
command line, and at most one of the ways to die:

- `tick`: SIGKILL at so many ticks of SQLite's virtual machine (its progress handler, which is called
  every `step` instructions);
- `statement`: SIGKILL as so many statements have begun; one more than there are, after the last;
- `size`: SIGXFSZ, by which the system ends whoever writes past so many bytes of any file; what lies
  before is written, so that pages are torn;
- `refused`: not to die, but to be refused every write past so many bytes, as by a failing disk.

It answers how the child ended, and what it counted when it was let live.
"""

import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class End:
    """How a child ended: its exit status, or the signal as a negative number; what it counted."""

    status: int
    ticks: int = 0
    statements: int = 0


class Doomed:
    """The process that forks; use it within `with`."""

    def __init__(self, warm: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(warm)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, argv: list[str], **way: int) -> End:
        """Run a command line in a child, which dies the way that is told, or ends by itself."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps({"argv": argv, **way}), file=self._process.stdin, flush=True)
        return End(**json.loads(self._process.stdout.readline()))


class _Child:
    """Counts what the connection does; dies at the instant."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.ticks = self.statements = 0

    def listen(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.set_progress_handler(self._tick, self._order.get("step", 1))
        connection.set_trace_callback(self._begun)
        return connection

    def _tick(self) -> int:
        self.ticks += 1
        if self.ticks == self._order.get("tick"):
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def _begun(self, _: str) -> None:
        self.statements += 1
        if self.statements == self._order.get("statement"):
            os.kill(os.getpid(), signal.SIGKILL)

    def live(self) -> int:
        from yicheng_coord.cli import main
        from yicheng_coord.store import open as store

        plain = store._connected
        store._connected = lambda path: self.listen(plain(path))
        if "size" in self._order:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it
        _end_writing_at(self._order.get("size", self._order.get("refused")))
        sys.argv = ["coord", *self._order["argv"]]
        status = main(self._order["argv"])
        self._begun("")  # everything is committed
        return status


def _end_writing_at(size: int | None) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if size is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _fork(order: dict[str, Any]) -> dict[str, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reader)
        child = _Child(order)
        status = child.live()
        counted = {"status": status, "ticks": child.ticks, "statements": child.statements}
        os.write(writer, json.dumps(counted).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        counted = json.loads(told.read() or "{}")
    _, how = os.waitpid(pid, 0)
    return counted or {"status": os.waitstatus_to_exitcode(how)}


def _take_orders(warm: str) -> None:
    answers = sys.stdout
    with Path(os.devnull).open("w", encoding="utf-8") as sys.stdout:
        sys.stderr = sys.stdout
        _warm_up(warm)
        for order in sys.stdin:
            print(json.dumps(_fork(json.loads(order))), file=answers, flush=True)


def _warm_up(database: str) -> None:
    """Load what commands need, so that no child has to."""
    from yicheng_coord.cli import main

    sys.argv = ["coord"]
    add = ["case", "add", "--title", "x", "--found-by", "zrj", "--found-on", "2026-11-02"]
    for line in (["init"], add, ["import", "none.csv"], ["undo", "--yes"]):
        main(["--db", database, *line])
    gc.disable()
    gc.freeze()  # else the first collection of every child would copy all that was loaded


if __name__ == "__main__":
    _take_orders(sys.argv[1])
