"""The tables as SQLModel classes, for writing the rows of a single case; no behaviour.

Days are `date`; shapes and invariants stand in `schema.sql`.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field, SQLModel

from yicheng_coord.store import meeting_models, reminder_models  # noqa: F401 - tables
from yicheng_coord.store.moments import Moment


class CaseFile(SQLModel, table=True):
    """案件."""

    __tablename__: ClassVar[str] = "case_file"
    id: int = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    year: int
    seq: int
    external_number: str | None = None
    origin: str | None = None
    natural_key: str | None = None
    title: str
    cause: str | None = None
    party: str | None = None
    party_id: str | None = None
    phone: str | None = None
    informant: str | None = None
    place: str | None = None
    source: str | None = None
    summary: str | None = None
    found_by: str
    found_on: date
    competent: str | None = None
    determined_on: date | None = None
    disclaimed_on: date | None = None
    basis: str | None = None
    urgent: bool = False
    urgent_on: date | None = None
    status: str = "registered"
    holder: str | None = None
    closed_on: date | None = None
    voided_on: date | None = None
    void_reason: str | None = None
    same_as: int | None = Field(default=None, foreign_key="case_file.id")
    extra: str | None = None
    action_id: int | None = Field(default=None, foreign_key="matter.id")


class Inquiry(SQLModel, table=True):
    """初步调查, 二（二）1."""

    __tablename__: ClassVar[str] = "inquiry"
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id")
    inquired_on: date
    is_ongoing: bool
    text: str
    measures: str | None = None


class Transfer(SQLModel, table=True):
    """移送的一程."""

    __tablename__: ClassVar[str] = "transfer"
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id")
    leg: int
    predecessor_id: int | None = Field(default=None, foreign_key="transfer.id")
    sender: str
    receiver: str
    sent_on: date | None = None
    assigned_on: date | None = None
    number: str | None = None
    document: str | None = None
    reason: str | None = None
    basis: str | None = None
    received_on: date | None = None
    received_by: str | None = None
    answered_on: date | None = None
    answer: str | None = None
    answer_reason: str | None = None
    referred_on: date | None = None
    withdrawn_on: date | None = None
    withdraw_reason: str | None = None
    replaced_on: date | None = None


class Decision(SQLModel, table=True):
    """处理决定."""

    __tablename__: ClassVar[str] = "decision"
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id")
    ordinal: int
    decided_by: str
    decided_on: date
    outcome: str
    text: str | None = None
    party: str | None = None
    number: str | None = None
    no_copy_reason: str | None = None
    notified_on: date | None = None


class DecisionAddressee(SQLModel, table=True):
    """Whom a decision goes to besides the first sender: 抄送 (copy), 配合执行 (execution)."""

    __tablename__: ClassVar[str] = "decision_addressee"
    id: int = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id")
    purpose: str
    unit: str
    done_on: date | None = None


class Material(SQLModel, table=True):
    """移送的案件材料, 二（三）."""

    __tablename__: ClassVar[str] = "material"
    id: int = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id")
    kind: str
    title: str
    copies: int
    pages: int | None = None
    listed_on: date
    file_hash: str | None = None
    file_name: str | None = None
    file_size: int | None = None


class Duty(SQLModel, table=True):
    """时限: what is owed, by whom, until when."""

    __tablename__: ClassVar[str] = "duty"
    id: int = Field(default=None, primary_key=True)
    rule: str
    rule_version: str
    kind: str
    days: int | None = None
    roll: str
    case_id: int | None = Field(default=None, foreign_key="case_file.id")
    subject: str
    owed_by: str
    owed_to: str | None = None
    started_on: date
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    start_event: str
    assumed_start: bool = False
    due_on: date | None = None
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    original_due_on: date | None = None
    provisional: bool = False
    urgent: bool = False
    urgent_on: date | None = None
    met_on: date | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None
    is_waived: bool = False
    matter_id: int | None = Field(default=None, foreign_key="matter.id")
    extended_by: int | None = None
    met_at: datetime | None = Field(default=None, sa_type=Moment)


class CalendarNotice(SQLModel, table=True):
    """A year's notice on file (放假安排)."""

    __tablename__: ClassVar[str] = "calendar_notice"
    id: int = Field(default=None, primary_key=True)
    year: int
    papers: str
    applied_on: date


class CalendarDay(SQLModel, table=True):
    """A special day of a notice, or (without one) a day that the office set itself."""

    __tablename__: ClassVar[str] = "calendar_day"
    id: int = Field(default=None, primary_key=True)
    notice_id: int | None = Field(default=None, foreign_key="calendar_notice.id")
    day: date
    is_workday: bool
    name: str


class UnitEdition(SQLModel, table=True):
    """单位: what a unit is called, and is, since a day; the lists of names as JSON."""

    __tablename__: ClassVar[str] = "unit_edition"
    id: int = Field(default=None, primary_key=True)
    code: str
    since: date
    name: str
    full_name: str
    kind: str
    is_member: bool
    short_names: str
    aliases: str
    note: str | None = None
    is_closed: bool
    successor: str | None = None
    reason: str | None = None


class Contact(SQLModel, table=True):
    """Who holds a role in a unit, from a day (`since`) until the day before another (`until`)."""

    __tablename__: ClassVar[str] = "contact"
    id: int = Field(default=None, primary_key=True)
    unit: str
    role: str
    name: str
    post: str | None = None
    phone: str | None = None
    since: date
    until: date | None = None


class Matter(SQLModel, table=True):
    """事项: what duties hang on besides cases; its reference is letter and number (I18)."""

    __tablename__: ClassVar[str] = "matter"
    id: int = Field(default=None, primary_key=True)
    letter: str
    number: int
    kind: str
    title: str
    owner: str | None = None
    case_id: int | None = Field(default=None, foreign_key="case_file.id")
    category: int | None = None
    document: str | None = None
    text: str | None = None
    urgent: bool = False
    urgent_on: date | None = None
    secrecy: str = "none"
    meeting_id: int | None = Field(default=None, foreign_key="matter.id")
    details: str | None = None


class MatterParty(SQLModel, table=True):
    """Which unit has a part in a matter, as what."""

    __tablename__: ClassVar[str] = "matter_party"
    id: int = Field(default=None, primary_key=True)
    matter_id: int = Field(foreign_key="matter.id")
    role: str
    unit: str


class Happening(SQLModel, table=True):
    """经过: what happened to a matter, as an event of the policy pack."""

    __tablename__: ClassVar[str] = "happening"
    id: int = Field(default=None, primary_key=True)
    matter_id: int = Field(foreign_key="matter.id")
    event: str
    unit: str | None = None
    happened_on: date
    happened_at: datetime | None = Field(default=None, sa_type=Moment)
    medium: str | None = None
    document: str | None = None
    text: str | None = None
    details: str | None = None


class NumberSeries(SQLModel, table=True):
    """发文字号: how the numbers of a unit's papers of a kind (`*`: of all others) read."""

    __tablename__: ClassVar[str] = "number_series"
    id: int = Field(default=None, primary_key=True)
    unit: str
    kind: str
    form: str
    first_year: int
    first_seq: int


class PaperNumber(SQLModel, table=True):
    """A number that was given out, and to which paper."""

    __tablename__: ClassVar[str] = "paper_number"
    id: int = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    unit: str
    kind: str
    case_id: int | None = Field(default=None, foreign_key="case_file.id")
    addressee: str | None = None
    form: str | None = None
    year: int | None = None
    seq: int | None = None
    dated_on: date
    matter_id: int | None = Field(default=None, foreign_key="matter.id")
    reminder_id: int | None = Field(default=None, foreign_key="reminder.id")


Attendance = meeting_models.Attendance
