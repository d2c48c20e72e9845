"""Asking before something is taken back or replaced."""

import sys

import typer

from yicheng_coord.errors import InputError


class NotConfirmedError(InputError):
    """Nobody is there to say yes."""

    def __init__(self, act: str, hint: str) -> None:
        super().__init__(f"{act}前须确认。", hint)


def confirm(is_confirmed: bool, act: str, question: str, hint: str) -> None:
    """Ask on a terminal; elsewhere `--yes` must have been said.

    Raises:
        NotConfirmedError: it was not, and nobody can be asked.
        typer.Abort: the answer is no.

    """
    if is_confirmed:
        return
    if not sys.stdin.isatty():
        raise NotConfirmedError(act, hint)
    typer.confirm(question, abort=True, err=True)
