"""The words of the field that options, tables and views share; standard library only."""

from enum import StrEnum

from yicheng_coord.vocabulary.actions import ActionKind as ActionKind
from yicheng_coord.vocabulary.actions import PlanKind as PlanKind
from yicheng_coord.vocabulary.facts import ALSO_CALLED as ALSO_CALLED
from yicheng_coord.vocabulary.facts import Fact as Fact
from yicheng_coord.vocabulary.meetings import Attending as Attending
from yicheng_coord.vocabulary.meetings import MeetingKind as MeetingKind
from yicheng_coord.vocabulary.meetings import MeetingStatus as MeetingStatus
from yicheng_coord.vocabulary.meetings import ResolutionKind as ResolutionKind
from yicheng_coord.vocabulary.meetings import TopicStatus as TopicStatus
from yicheng_coord.vocabulary.papers import Letter as Letter
from yicheng_coord.vocabulary.papers import Medium as Medium
from yicheng_coord.vocabulary.papers import ReminderLevel as ReminderLevel


class Format(StrEnum):
    """How a list or an answer is written (`-f`)."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class RecordFormat(StrEnum):
    """How a recording command answers (`-f`)."""

    TABLE = "table"
    JSON = "json"


class Kind(StrEnum):
    """How a rule counts; see `policy/workdays.py`."""

    WORKING = "working"
    CALENDAR = "calendar"
    CALENDAR_BACK = "calendar_back"
    WORKING_BACK = "working_back"
    IMMEDIATE = "immediate"  # 立即
    HOURS = "hours"
    MONTHS = "months"
    DATE = "date"
    QUARTER = "quarter"
    PROMPT = "prompt"  # 及时
    WINDOW = "window"  # a right that lapses


class Roll(StrEnum):
    """Where a calendar due day goes that falls on a rest day."""

    NONE = "none"
    FORWARD = "forward"
    BACK = "back"


class CountKind(StrEnum):
    """The kinds that `coord calendar count` takes."""

    WORKING = "working"
    CALENDAR = "calendar"
    BACK = "back"
    WORKING_BACK = "working-back"
    MONTHS = "months"
    HOURS = "hours"


class DayStatus(StrEnum):
    """What `coord calendar set` makes of a day."""

    REST = "rest"
    WORK = "work"


class DutyStatus(StrEnum):
    """Derived from a duty's dates and today; never stored."""

    OPEN = "open"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    AGEING = "ageing"
    MET = "met"
    MET_LATE = "met_late"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


class CaseStatus(StrEnum):
    """Where a case stands; the state table is `policy/lifecycle.py`."""

    REGISTERED = "registered"
    SENT = "sent"
    RECEIVED = "received"
    DECLINED = "declined"
    REFERRED = "referred"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    TO_POLICE = "to_police"
    DECIDED = "decided"
    NOTIFIED = "notified"
    CLOSED = "closed"
    VOID = "void"


class Source(StrEnum):
    """案件来源."""

    INSPECTION = "检查"
    REPORT = "举报"
    ORDER = "交办"
    TRANSFER = "移送"
    OTHER = "其他"


class Outcome(StrEnum):
    """处理决定; each starts the duty to tell the first sender."""

    PENALTY = "处罚"
    NO_PENALTY = "不予处罚"
    DISMISSED = "撤案"
    OTHER = "其他"


class MaterialKind(StrEnum):
    """移送的案件材料, 二（三）; 物品清单 counts as 其他需要移交的材料.

    移送书, 调查报告, 物品清单, 鉴定 go to the police with a suspected crime (国务院令第310号 第六条).
    """

    LETTER = "移交函"
    SOURCE = "案源"
    EVIDENCE = "证据"
    GOODS = "物品清单"
    CRIME_LETTER = "移送书"
    CRIME_REPORT = "调查报告"
    APPRAISAL = "鉴定"
    OTHER = "其他"


class OnConflict(StrEnum):
    """What an import does with a row whose case is there and reads otherwise."""

    SKIP = "skip"
    UPDATE = "update"
    FAIL = "fail"


class InfoKind(StrEnum):
    """What is shared (三（四）, 三（一）); only the first three have a clock in days."""

    APPROVAL = "approval"
    PENALTY = "penalty"
    SUPERIOR = "superior"
    POLICY = "policy"
    ENFORCEMENT = "enforcement"
    OTHER = "other"


class RequestKind(StrEnum):
    """What 执法局 asks of others (四（二）, 四（三）, 七（一）)."""

    APPRAISAL = "appraisal"
    OPINION = "opinion"
    GUIDANCE = "guidance"
    COUNSEL = "counsel"
    MATERIALS = "materials"
    EXECUTION = "execution"
    REVOCATION = "revocation"
    ASSISTANCE = "assistance"


class ShareBy(StrEnum):
    """How something is shared: in writing (the first four), or by telephone or word of mouth."""

    LETTER = "书面"
    PLATFORM = "平台"
    BULLETIN = "简报"
    REPORT = "专项通报"
    PHONE = "电话"
    SPOKEN = "口头"


class HazardKind(StrEnum):
    """重大隐患, 四（一）."""

    ORDER = "治安"
    SAFETY = "安全"
    STABILITY = "稳定"


class Reviewer(StrEnum):
    """Whom a unit may ask when the police do not file a case (国务院令第310号 第九条)."""

    POLICE = "police"  # 复议
    PROCURATORATE = "procuratorate"  # 立案监督


class Secrecy(StrEnum):
    """四（二）3; `state` is refused at entry."""

    NONE = "none"
    COMMERCIAL = "commercial"
    PRIVACY = "privacy"
    STATE = "state"


class What(StrEnum):
    """What a file holds (`coord import --what`)."""

    CASES = "cases"
    UNITS = "units"
    CONTACTS = "contacts"
    ROSTER = "roster"


class UnitKind(StrEnum):
    """What a unit is, and so what may be asked of it."""

    MEMBER = "member"
    TOWN = "town"
    POLICE = "police"
    GOVERNMENT = "government"
    OFFICE = "office"
    PARTY = "party"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    DEPARTMENT = "department"
    COUNSEL = "counsel"
    APPRAISER = "appraiser"


class Role(StrEnum):
    """What a person is to the joint meeting or to a unit: 一（一）, 三（二）, 四（五）, 附件."""

    LEADER = "组长"
    MEMBER = "成员"
    HEAD = "主要负责人"
    OFFICE_HEAD = "办公室主任"
    DEPUTY = "分管负责人"
    CONTACT = "具体联络人"
    LIAISON = "对接专人"


class Check(StrEnum):
    """The checks of `coord check`, in the order in which they run."""

    INTEGRITY = "integrity"
    FOREIGN_KEYS = "foreign_keys"
    STRUCTURE = "structure"
    INVARIANTS = "invariants"
    DUTIES = "duties"
    HISTORY_CHAIN = "history_chain"
    HISTORY_REPLAY = "history_replay"
    FILES = "files"
    MODES = "modes"
    CALENDAR = "calendar"
    CONTACTS = "contacts"
    NETWORK = "network"


class Grouping(StrEnum):
    """What statistics are counted by (`coord stats --by`)."""

    UNIT = "unit"
    RULE = "rule"
    MONTH = "month"


class Exported(StrEnum):
    """What a file is to hold (`coord export --what`)."""

    CASES = "cases"
    TRANSFERS = "transfers"
    DUTIES = "duties"
    UNITS = "units"
    HISTORY = "history"
    ALL = "all"
