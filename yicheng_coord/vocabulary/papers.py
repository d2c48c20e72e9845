"""The words of papers: their kinds, and as what they are written; standard library only."""

from enum import StrEnum


class Letter(StrEnum):
    """The papers whose facts exist (文种)."""

    TRANSFER = "transfer"
    RECEIPT = "receipt"
    FEEDBACK = "feedback"
    REFER = "refer"
    RESULT = "result"
    COPY = "copy"
    EXECUTION = "execution"
    SUPERIOR = "superior"
    APPRAISAL = "appraisal"
    OPINION = "opinion"
    MATERIALS = "materials"
    REVOCATION = "revocation"
    ASSISTANCE = "assistance"
    REPLY = "reply"
    EXTENSION = "extension"
    HAZARD = "hazard"
    HAZARD_REPORT = "hazard-report"
    DISPUTE = "dispute"
    DISPUTE_REPORT = "dispute-report"
    ACTION = "action"
    POLICE = "police"
    CRIME = "crime"
    CRIME_APPROVAL = "crime-approval"
    CRIME_REVIEW = "crime-review"
    CRIME_GOODS = "crime-goods"
    URGE = "urge"
    COURT = "court"
    SOLICIT = "solicit"
    TOPICS = "topics"
    NOTICE = "notice"
    ATTENDANCE = "attendance"
    MINUTES = "minutes"
    SUPERVISE = "supervise"
    CHASE = "chase"
    CIRCULAR = "circular"
    BRIEF = "brief"


class ReminderLevel(StrEnum):
    """How a unit is reminded of what is overdue: 催办函, and later 督办通知."""

    CHASE = "1"
    SUPERVISE = "2"


class Medium(StrEnum):
    """As what a paper is written."""

    TXT = "txt"
    DOCX = "docx"
    BOTH = "both"
    SOURCE = "source"
