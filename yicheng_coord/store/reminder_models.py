"""The tables of what was chased, 一（二）1; see `models.py`."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field, SQLModel

from yicheng_coord.store.moments import Moment


class Reminder(SQLModel, table=True):
    """催办: a letter to a unit about what it owes; level 1 催办函, 2 督办通知."""

    __tablename__: ClassVar[str] = "reminder"
    id: int = Field(default=None, primary_key=True)
    unit: str
    level: int
    reminded_on: date


class ReminderItem(SQLModel, table=True):
    """What a letter is about, and the clock (due day, due moment, 暂计) that it was sent for."""

    __tablename__: ClassVar[str] = "reminder_item"
    id: int = Field(default=None, primary_key=True)
    reminder_id: int = Field(foreign_key="reminder.id")
    duty_id: int = Field(foreign_key="duty.id")
    due_on: date
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    assumed_start: bool
