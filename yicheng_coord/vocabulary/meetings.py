"""The words of the joint meeting, 一."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """一（四）1 例行会议, 一（四）2 专题会议."""

    REGULAR = "regular"
    SPECIAL = "special"


class MeetingStatus(StrEnum):
    """Where a meeting stands; the state table is `policy/meetings.py`."""

    PLANNED = "planned"
    HELD = "held"
    SIGNED = "signed"
    DISTRIBUTED = "distributed"
    CANCELLED = "cancelled"


class TopicStatus(StrEnum):
    """Where a topic stands."""

    ADDED = "added"
    APPROVED = "approved"
    REJECTED = "rejected"
    DECIDED = "decided"


class Attending(StrEnum):
    """参会情况; who is absent is not recorded, it follows from the roster."""

    PRESENT = "present"
    LEAVE = "leave"
    GUEST = "guest"


class ResolutionKind(StrEnum):
    """议定事项的种类; 建议 一（二）5, 交办 一（二）6 and 一（三）5, 保障 七（三）（四）."""

    RESOLVED = "议定"
    ASSIGNED = "交办"
    PROPOSED = "建议"
    SUPPORT = "保障"
