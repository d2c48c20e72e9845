"""What duties hang on besides cases: which sorts there are, and what is on record about one.

A matter (事项) has parties in roles and a course of happenings, each an event of the policy pack.
A rule of the pack says which event starts a clock and which meets it, so a new sort of matter is
an entry of `LETTERS`, its events and rules, and the commands that record them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from yicheng_coord.policy.extensions import Told
from yicheng_coord.vocabulary import PlanKind, RequestKind

BUREAU, GOVERNMENT, LEGAL, OFFICE, POLICE = "zfj", "qzf", "sfj", "lxb", "gaj"
COURT, PROCURATORATE, SUPERVISOR = "fy", "jcy", "jw"
FIXED_ROLES: Mapping[str, str] = {
    "bureau": BUREAU,
    "government": GOVERNMENT,
    "legal": LEGAL,
    "office": OFFICE,
    "police": POLICE,
    "court": COURT,
    "supervisor": SUPERVISOR,
}
"""Roles that are the same unit in every matter."""
GROUPS = ("disputants", "members", "leader", "party")
"""Roles that are no single unit: what is owed to them is owed to the role itself."""
DELEGATES: Mapping[str, str] = {"deputies": "人大代表", "advisers": "政协委员"}
"""Who may be invited to a meeting, and is of no unit: 一（四）3."""


MEETING, MEETING_OWED = "M", "J"
"""A meeting that was fixed; the regular one that an interval owes, which nobody types."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A sort of matter, by the letter of its reference.

    Attributes:
        name: what people call it.
        each: the role of those who have the matter each for themselves: a duty for each; they
            also bear the roles `also`.
        as_one: roles that owe, or are owed, something about the matter as a whole.
        opened_by: event with which the matter begins; `{kind}` is its kind.
        follows: event → the events of which one must have happened before (same party).
        together: event → those that are told with it and moved with it, while on the same day.
        comes_first: what is owed of it comes before the next step of the case that it belongs to.

    """

    name: str
    each: str = ""
    also: tuple[str, ...] = ()
    as_one: tuple[str, ...] = ()
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    comes_first: bool = False


REQUEST_NAMES: dict[str, str] = {
    RequestKind.APPRAISAL: "认定鉴定",
    RequestKind.OPINION: "书面征询",
    RequestKind.GUIDANCE: "业务指导",
    RequestKind.COUNSEL: "法律顾问服务",
    RequestKind.MATERIALS: "提供材料",
    RequestKind.EXECUTION: "配合执行",
    RequestKind.REVOCATION: "撤销证件",
    RequestKind.ASSISTANCE: "公安协助",
}
"""What a kind of request is called."""
RECEIVED = tuple(f"{kind}.received" for kind in RequestKind)
"""A request of each kind is received by an event of its own, since each has its own clock."""

LETTERS: Mapping[str, Letter] = {
    "I": Letter(
        "信息",
        each="addressee",
        follows={
            "info.shared": ("approval.made", "penalty.decided", "superior.received",
                            "policy.logged", "enforcement.logged", "info.logged"),
            "info.told": ("superior.received", "approval.made", "penalty.decided",
                          "policy.logged", "enforcement.logged", "info.logged"),
            "info.handed_over": ("info.told",),
        },
    ),
    "R": Letter(
        "请求",
        each="asked",
        also=("addressee",),
        follows={
            "request.sent": ("execution.decided", "revocation.needed"),
            **dict.fromkeys(RECEIVED, ("request.sent",)),
            "request.attended": RECEIVED,
            "request.extended": RECEIVED,
            "request.answered": (*RECEIVED, "request.extended"),
            "request.refused": RECEIVED,
        },
    ),
    "H": Letter(
        "隐患",
        each="addressee",
        as_one=("bureau", "government"),
        follows={"hazard.told": ("hazard.found",), "hazard.reported": ("hazard.found",)},
    ),
    "Q": Letter(
        "争议",
        each="disputant",
        as_one=("legal", "disputants", "government"),
        follows={
            "dispute.settled": ("dispute.opened",),
            "dispute.referred": ("dispute.opened",),
            "dispute.decided": ("dispute.referred",),
        },
        comes_first=True,
    ),
    "A": Letter(
        "行动",
        each="member",
        also=("called",),
        as_one=("bureau", "police"),
        follows={
            "action.planned": ("action.made",),
            "action.arrived": ("action.whistled",),
            "action.notified": ("action.made",),
            "action.confirmed": ("action.notified",),
            "action.finished": ("action.planned", "action.made", "action.whistled"),
            "action.cancelled": ("action.made", "action.whistled"),
        },
    ),
    MEETING: Letter(
        "会议",
        as_one=("office", "members", "leader"),
        follows={
            "meeting.fixed": ("meeting.planned",),
            "special.fixed": ("meeting.planned",),
            "meeting.moved": ("meeting.planned",),
            "meeting.cancelled": ("meeting.planned",),
            "meeting.invited": ("meeting.planned",),
            "meeting.solicited": ("meeting.planned",),
            "meeting.circulated": ("meeting.planned",),
            "meeting.held": ("meeting.planned", "meeting.solicited", "meeting.circulated"),
            "minutes.signed": ("meeting.held",),
            "minutes.distributed": ("minutes.signed",),
            "minutes.amended": ("minutes.signed",),
        },
        together={"meeting.held": ("topic.carried",)},
    ),
    MEETING_OWED: Letter("例行会议", as_one=("office",)),
    "T": Letter(
        "议题",
        as_one=("office", "members", "leader"),
        follows={
            "topic.approved": ("topic.added",),
            "special.approved": ("topic.added",),
            "topic.rejected": ("topic.added",),
            "meeting.called": ("special.approved",),
            "meeting.circulated": ("topic.approved", "special.approved"),
            "topic.decided": ("topic.approved", "special.approved"),
        },
    ),
    "S": Letter(
        "议定事项",
        as_one=("owner", "office"),
        follows={
            "resolution.set": ("resolution.made",),
            "resolution.progressed": ("resolution.made",),
            "resolution.done": ("resolution.made",),
        },
    ),
    "B": Letter("简报、通报", as_one=("office",)),
    "W": Letter(
        "工作开展情况",
        as_one=("office",),
        follows={"work.received": ("interval.begun",)},
    ),
    "C": Letter(
        "涉嫌犯罪移送",
        as_one=("holder", "sender", "police", "supervisor"),
        follows={
            "crime.approved": ("crime.reported",),
            "crime.rejected": ("crime.reported",),
            "crime.sent": ("crime.reported", "crime.approved"),
            "crime.copied": ("crime.sent",),
            "crime.received": ("crime.sent",),
            "crime.filed": ("crime.sent", "crime.received", "crime.challenged",
                            "crime.supervised", "crime.upheld"),
            "crime.declined": ("crime.sent", "crime.received"),
            "crime.challenged": ("crime.declined",),
            "crime.supervised": ("crime.declined",),
            "crime.upheld": ("crime.declined", "crime.challenged"),
            "crime.handed_over": ("crime.filed",),
            "crime.cleared": ("crime.sent", "crime.filed"),
            "crime.returned": ("crime.sent", "crime.filed", "crime.cleared"),
            "decision.notified": ("crime.sent",),
            "misconduct.sent": ("misconduct.found",),
        },
        together={"crime.sent": ("crime.copied",)},
        comes_first=True,
    ),
    "E": Letter(
        "强制执行",
        as_one=("bureau", "party", "court"),
        follows={
            "penalty.served": ("decision.made",),
            "penalty.defaulted": ("decision.made", "penalty.served"),
            "appeal.expired": ("decision.made", "penalty.served"),
            "enforce.urged": ("penalty.served", "penalty.defaulted"),
            "enforce.started": ("penalty.defaulted", "enforce.urged"),
            "enforce.applied": ("appeal.expired", "enforce.urged"),
            "penalty.performed": ("decision.made", "penalty.served"),
            "enforce.ended": ("decision.made", "enforce.started", "enforce.applied"),
        },
        comes_first=True,
    ),
}  # fmt: skip

MAJOR_ACTIONS = (PlanKind.MAJOR, PlanKind.SPECIAL)
"""The kinds of which the police are told before, 七（二）."""
ENDS_OF_ENFORCEMENT = ("penalty.performed", "enforce.ended")
"""What a case whose penalty is being enforced waits for."""
NAMED_BY_CASE = ("C", "E")
"""Matters of a case that people name by it: no list of theirs asks for the reference."""


KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "meeting.fixed": ("meeting.planned",),
    "resolution.set": ("resolution.made", "minutes.signed"),
    "action.major": ("action.made",),
    "penalty.defaulted": ("penalty.served",),
    "appeal.expired": ("penalty.served",),
}
"""A day that is planned → the events, of the matter or of its meeting, since which it stands.

A clock that starts on such a day is owed since the last of these."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a matter: when, and to or by which unit (None: to all)."""

    event: str
    on: date
    at: datetime | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """One matter.

    Attributes:
        ref: I18.
        kind: what sort of its letter: approval, opinion …
        owner: the unit whose matter it is.
        parties: (role, unit).
        extensions: (party, what it told of extending its duty).
        urgent_on: since when it is urgent; None = from the start.

    """

    ref: str
    kind: str
    owner: str | None = None
    parties: tuple[tuple[str, str], ...] = ()
    happened: tuple[Happened, ...] = ()
    extensions: tuple[tuple[str, Told], ...] = ()
    urgent: bool = False
    urgent_on: date | None = None

    @property
    def letter(self) -> str:
        """I."""
        return self.ref[0]

    def units(self, role: str) -> tuple[str, ...]:
        """Return who has a part in it as that."""
        return tuple(unit for one, unit in self.parties if one == role)

    def of(self, event: str, unit: str | None = None) -> Happened | None:
        """Return the first such happening that concerns a party."""
        wanted = (one for one in self.happened if one.event == event)
        return next((one for one in wanted if unit is None or one.unit in (None, unit)), None)


def never_came(action: MatterFacts) -> tuple[str, ...]:
    """Return the departments that a town called and that did not report (五)."""
    if not action.of("action.whistled"):
        return ()
    called = action.units("member")
    return tuple(unit for unit in called if not action.of("action.arrived", unit))
