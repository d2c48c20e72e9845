"""What the program may refuse, and the exit status of each kind.

A refusal is a class beside the code that raises it; these are their parents. The sentence says
what, why (by which clause) and, in `hint`, what to type next.
"""


class CoordError(Exception):
    """A sentence for the clerk, and the exit status that goes with it."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint


class RefusedError(CoordError):
    """Read, understood and refused, or failed; nothing changed (exit status 1)."""


class InputError(CoordError):
    """What was typed cannot be read: an option, a value, a date (exit status 2)."""

    exit_code = 2


class DatabaseError(CoordError):
    """The database cannot be used: missing, locked, damaged, foreign, newer (exit status 3)."""

    exit_code = 3


PARTLY_DONE = 4
"""Exit status of an import that took the good rows and gave back the bad ones."""
