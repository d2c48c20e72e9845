"""Wall-clock medians of command lines, taken in turns, so that a busy machine hits all alike."""

import atexit
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
_ROOT = Path(__file__).parents[2]
_COORD = "import sys; sys.argv[0] = 'coord'; from yicheng_coord.cli import run; run()"


@dataclass
class Timed:
    """A command line and how long it took, each time."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    on_terminal: bool = False
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The time that half of the runs took at most."""
        return statistics.median(self.seconds)

    def run(self) -> None:
        """Run it once."""
        environment = compiled() | {"COORD_TODAY": "2026-11-23"} | self.environment
        start = time.perf_counter()
        status = (
            _on_terminal(self.command, environment)
            if self.on_terminal
            else _piped(self.command, environment)
        )
        self.seconds.append(time.perf_counter() - start)
        if status:
            raise SystemExit(f"{self.name}: {status}")


@cache
def compiled() -> dict[str, str]:
    """Let everything be compiled once, as an installer does, also where that was switched off."""
    settings = {key: value for key, value in os.environ.items() if key != _UNCOMPILED}
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return settings | {"PYTHONPYCACHEPREFIX": folder}


def python(name: str, program: str) -> Timed:
    """Return a reference: what bare Python takes for a program."""
    return Timed(name, [sys.executable, "-c", program])


def coord(name: str, *arguments: str, database: Path | None = None, pty: bool = False) -> Timed:
    """Return a command line of this program."""
    environment = {"COORD_DB": str(database)} if database else {}
    return Timed(name, [sys.executable, "-c", _COORD, *arguments], environment, pty)


def take_turns(runs: Sequence[Timed], rounds: int) -> None:
    """Run each in every round; the first round warms up and does not count."""
    for number in range(rounds + 1):
        for run in runs:
            run.run()
            if not number:
                run.seconds.clear()
            sys.stderr.write(f"\r{number}/{rounds} ")
            sys.stderr.flush()
    sys.stderr.write("\r")


def _piped(command: Sequence[str], environment: Mapping[str, str]) -> int:
    result = subprocess.run(
        command,
        env=environment,
        cwd=_ROOT,
        capture_output=True,
        check=False,
    )
    return result.returncode


def _on_terminal(command: Sequence[str], environment: Mapping[str, str]) -> int:
    import pty

    end, inner = pty.openpty()
    process = subprocess.Popen(
        command, env=environment, cwd=_ROOT, stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    try:
        while os.read(end, 65536):
            pass
    except OSError:  # its end, on Linux
        pass
    os.close(end)
    return process.wait()
