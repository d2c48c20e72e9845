"""The tables of the joint meeting alone, 一; see `models.py`."""

from typing import ClassVar

from sqlmodel import Field, SQLModel


class Attendance(SQLModel, table=True):
    """参会: who came to a meeting for a unit, asked for leave, or sat in."""

    __tablename__: ClassVar[str] = "attendance"
    id: int = Field(default=None, primary_key=True)
    matter_id: int = Field(foreign_key="matter.id")
    unit: str
    name: str
    post: str | None = None
    status: str
    reason: str | None = None
