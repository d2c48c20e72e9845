"""How much one rendering may do: counted, since a clock would make a letter a matter of luck."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from jinja2.exceptions import SecurityError

OUTPUT_LIMIT = 1_000_000  # characters of a source text
_BUDGET = 4_000_000  # characters handled and rounds turned

_spent: ContextVar[list[int]] = ContextVar("spent")


class TooMuchError(SecurityError):
    """A template writes, or repeats, without end."""

    def __init__(self) -> None:
        super().__init__("模板写出的内容过多")


@contextmanager
def budget() -> Iterator[None]:
    """Count from nothing."""
    token = _spent.set([0])
    try:
        yield
    finally:
        _spent.reset(token)


def charge(cost: int) -> None:
    """Count so much.

    Raises:
        TooMuchError: the budget is spent.

    """
    spent = _spent.get()
    spent[0] += cost
    if spent[0] > _BUDGET:
        raise TooMuchError


def joined(values: list[str], between: str = "") -> str:
    """Join texts, counted before they are joined."""
    charge(sum(map(len, values)) + len(values) * len(between))
    return between.join(values)
