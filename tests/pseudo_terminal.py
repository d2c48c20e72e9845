"""The program at a terminal, as a person sees it: a pseudo-terminal of a given width."""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

import pytest

try:
    import fcntl
    import pty
    import struct
    import termios
except ImportError:  # Windows
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

_PATIENCE = 30.0


def _take_terminal() -> None:
    """Ctrl-C goes to who holds the terminal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A terminal with one command line in it."""

    def __init__(
        self, *arguments: str, columns: int = 100, environment: Mapping[str, str] | None = None
    ) -> None:
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        settings = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "yicheng_coord", "--today", "2026-11-23", *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=settings | {"TERM": "xterm-256color", "NO_COLOR": "1"} | dict(environment or {}),
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 – nothing runs beside
        )
        os.close(inner)
        self._raw = b""

    @property
    def text(self) -> str:
        """Everything that was shown so far."""
        return self._raw.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait_for(self, sign: str, after: int = 0) -> int:
        """Read until something is shown; return where it ends."""
        until = time.monotonic() + _PATIENCE
        while sign not in self.text[after:]:
            assert time.monotonic() < until, self.text
            assert self._read(), self.text
        return self.text.index(sign, after) + len(sign)

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self._end, f"{line}\n".encode())

    def press(self, key: bytes) -> None:
        """Press a key, such as Ctrl-C."""
        os.write(self._end, key)

    def finish(self) -> int:
        """Read to the end; return the exit status."""
        until = time.monotonic() + _PATIENCE
        while self._read() or (self._process.poll() is None and time.monotonic() < until):
            pass
        status = self._process.wait(_PATIENCE)
        while self._read(0):
            pass
        os.close(self._end)  # not before it ended: that would hang up on it
        return status

    def _read(self, patience: float = _PATIENCE) -> bool:
        if not select.select([self._end], [], [], patience)[0]:
            return False
        with contextlib.suppress(OSError):  # its end, on Linux
            if chunk := os.read(self._end, 65536):
                self._raw += chunk
                return True
        return False


def shown(
    *arguments: str, columns: int = 100, environment: Mapping[str, str] | None = None
) -> Sequence[str]:
    """Return the lines that a command line shows on a terminal."""
    terminal = Terminal(*arguments, columns=columns, environment=environment)
    assert terminal.finish() == 0, terminal.text
    return terminal.text.splitlines()
