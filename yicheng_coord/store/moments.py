"""How moments stand in the tables."""

from datetime import datetime

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment of Asia/Shanghai as the schema writes it: 2026-11-23T09:30:00.

    SQLModel's own type takes moments with a time zone alone, and SQLAlchemy's writes a blank for
    the T.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what is stored."""
        return value.isoformat(timespec="seconds") if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return what was stored."""
        return datetime.fromisoformat(value) if value else None
