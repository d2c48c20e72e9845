"""Small modules, small functions; and nothing that reaches out of the office."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Desk
from story import story

import yicheng_coord

PACKAGE = Path(yicheng_coord.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 45


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_at_most_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_has_at_most_45_lines(path: Path) -> None:
    for node in functions(path):
        assert (node.end_lineno or 0) - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_imports_what_talks_to_a_network(path: Path) -> None:
    network = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not {name.partition(".")[0] for name in names} & network, name_of(path)


class ClosedSocket(socket.socket):
    """None that could be opened."""

    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")


def _close_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", ClosedSocket)
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, ClosedSocket)


def test_no_command_opens_a_socket(
    coord: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _close_sockets(monkeypatch)
    for line in story(tmp_path):
        assert coord(*line).code in {0, 4}, line
    for line in (
        ["today"],
        ["overdue"],
        ["pending"],
        ["explain", "D3"],
        ["case", "list"],
        ["case", "show", "1"],
        ["transfer", "list"],
        ["letter", "transfer", "1", "--as", "both", "--out", str(tmp_path / "out")],
        ["stats", "--xlsx", str(tmp_path / "统计.xlsx")],
        ["rules", "list"],
        ["rules", "check"],
        ["check"],
        ["backup", str(tmp_path / "b.zip")],
        ["restore", str(tmp_path / "b.zip"), "--yes"],
        ["unit", "list"],
        ["calendar", "status"],
        ["where"],
        ["--help"],
        ["--version"],
    ):
        coord.ok(*line)


def test_a_socket_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    _close_sockets(monkeypatch)
    with pytest.raises(AssertionError, match="socket"):
        socket.create_connection(("127.0.0.1", 9))
