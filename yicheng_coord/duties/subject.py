"""What a duty hangs on, as plain values: its events and its roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from yicheng_coord.policy.extensions import Told


@dataclass(frozen=True, slots=True)
class Happening:
    """When an event happened; without a day it is known to be so, but its date is not recorded."""

    on: date | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What duties hang on.

    Attributes:
        key: stable within the case: `case`, `leg:1`, `decision:1`, `copy:1:zrj`.
        roles: role → unit code.
        events: event → when.
        extensions: what was told of extending the duty of the rule that can be extended.

    """

    key: str
    roles: Mapping[str, str]
    events: Mapping[str, Happening]
    urgent: bool = False
    urgent_on: date | None = None
    extensions: tuple[Told, ...] = ()
