"""What the papers about a period say, read before the write lock is taken.

It is told from the whole of the history, which takes its time; nobody is to wait for that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.issuing import Issue
from yicheng_coord.services.period_facts import brief_facts, circular_facts
from yicheng_coord.store.copies import Head, head_of
from yicheng_coord.vocabulary import Letter

Wanted = Callable[[Reading], Iterable[Issue]]
"""Which papers there are to be, once the register can be asked."""


def facts_about(reading: Reading, issue: Issue) -> dict[str, Any]:
    """Return the facts of a brief or circular, without its number."""
    told = brief_facts if issue.kind is Letter.BRIEF else circular_facts
    return told(reading, issue.span, issue.day)


@dataclass
class ReadAhead:
    """The facts of some papers, and the head of the history that they were read from."""

    wanted: Wanted = lambda _reading: ()
    _head: Head | None = None
    _facts: dict[Issue, dict[str, Any]] = field(default_factory=dict)

    def prepare(self, reading: Reading) -> None:
        """Read them; the head first, so that what is recorded meanwhile is noticed."""
        self._head = head_of(reading.connection)
        self._facts = {issue: facts_about(reading, issue) for issue in self.wanted(reading)}

    def facts(self, reading: Reading, issue: Issue) -> dict[str, Any]:
        """Return the facts of a paper; read anew where something was recorded since."""
        if self._head == head_of(reading.connection) and issue in self._facts:
            return self._facts[issue]
        return facts_about(reading, issue)
