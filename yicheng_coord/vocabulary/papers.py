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
    CIRCULAR = "circular"
    BRIEF = "brief"


class Medium(StrEnum):
    """As what a paper is written."""

    TXT = "txt"
    DOCX = "docx"
    BOTH = "both"
    SOURCE = "source"
