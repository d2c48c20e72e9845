"""What becomes of a request: received, attended, answered, refused (四（二）, 四（三）, 七（一）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.matters import REQUEST_NAMES
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import parties_of, record, ref_of, shown_title, still_without
from yicheng_coord.services.register import Register
from yicheng_coord.services.requests import clause_of
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import RequestKind

OVER = ("request.answered", "request.refused")
"""After either nothing more is owed."""
_LAW = (RequestKind.APPRAISAL, RequestKind.OPINION)
_HANDLED = (RequestKind.EXECUTION, RequestKind.REVOCATION, RequestKind.ASSISTANCE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says: 应当适用的法条, 处罚标准, and the rest or the conclusion."""

    articles: str | None = None
    standard: str | None = None
    text: str | None = None


class WhichUnitError(InputError):
    """Several were asked, and each answers for itself."""

    def __init__(self, ref: str, names: str) -> None:
        super().__init__(f"{ref} 请求了几个单位（{names}），须写明是哪一个：--unit 单位。")


class NotSentError(RefusedError):
    """The decision waits for its letter, 四（三）."""

    def __init__(self, ref: str, name: str, clause: str) -> None:
        super().__init__(
            f"不能登记收到：{ref} 还没有函告{name}（{clause}）。",
            f"先登记：coord request send --kind execution --case 编号 --to {name}",
        )


class NotReceivedError(RefusedError):
    """Nobody answers, extends or attends to what was not received."""

    def __init__(self, what: str, ref: str, name: str, clause: str) -> None:
        super().__init__(
            f"不能登记{what}：{ref} 还没有登记{name}收到，时限自收到之日起算（{clause}）。",
            f"先登记：coord request receive {ref} --on 收到日期",
        )


class NotUrgentError(RefusedError):
    """Somebody comes on site when it is urgent, or the evidence may be lost."""

    def __init__(self, ref: str, clause: str) -> None:
        super().__init__(
            f"不能登记到场：{ref} 不是紧急的认定、鉴定请求，没有现场处置的要求（{clause}）。"
        )


class WithoutLawError(RefusedError):
    """An opinion names the articles and the standard of the penalty."""

    def __init__(self, ref: str, kind: str, clause: str) -> None:
        is_appraisal = kind == RequestKind.APPRAISAL
        or_else = "，或者鉴定结论（--text）" if is_appraisal else ""
        super().__init__(
            f"不能登记答复：{ref} 的书面意见须载明应该适用的法条（--articles）和处罚标准"
            f"（--standard）{or_else}（{clause}）。"
        )


class NotToBeRefusedError(RefusedError):
    """Only material may be refused, and only on a ground of law."""

    def __init__(self, ref: str, kind: str, document: str) -> None:
        super().__init__(
            f"不能登记拒绝：{ref} 是{REQUEST_NAMES[kind]}，只有提供材料可以依法定事由拒绝"
            f"（{document} 四（二）3）。",
            f"答复用：coord request reply {ref}",
        )


def receive(register: Register, ref: str, *, on: date, units: Sequence[str] = ()) -> Recorded:
    """Record that it was received: by those named, else by all whose receipt is not on record.

    What was counted from the sending (暂计) is counted anew.

    Raises:
        NotAPartyError, DoneAlreadyError, NotSentError: see each.

    """
    matter = register.matter(ref, "R")
    event = f"{matter.kind}.received"
    facts = register.matter_facts(matter)
    parties = parties_of(register, matter, units)
    waiting = still_without(register, matter, (event,), parties, is_named=bool(units))
    sent = [unit for unit in waiting if facts.of("request.sent", unit)]
    unsent = [unit for unit in waiting if unit not in sent]
    if unsent and (units or not sent):
        name, clause = register.unit_name(unsent[0]), clause_of(register, matter.kind)
        raise NotSentError(ref_of(matter), name, clause)
    for unit in sent:
        record(register, matter, event, on, unit=unit)
    return _answer(register, matter, sent, "receipt", "收到", on)


def attend(register: Register, ref: str, *, on: date, unit: str | None = None) -> Recorded:
    """Record that somebody came on site, 四（二）1; the five days of the opinion run on.

    Raises:
        NotUrgentError, NotReceivedError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "R")
    if matter.kind != RequestKind.APPRAISAL or not matter.urgent:
        clause = clause_of(register, RequestKind.APPRAISAL)
        raise NotUrgentError(ref_of(matter), clause)
    asked = the_one(register, matter, unit, ("request.attended",), "到场")
    record(register, matter, "request.attended", on, unit=asked)
    return _answer(register, matter, [asked], "on_site", "派员到场", on)


def reply(
    register: Register, ref: str, said: Reply, *, on: date, unit: str | None = None
) -> Recorded:
    """Record the answer of the one who was asked, which meets its duty.

    Raises:
        NotReceivedError, DoneAlreadyError, WithoutLawError, StateSecretError: see each.

    """
    matter = register.matter(ref, "R")
    check_no_state_secret(register.policy.number, said.articles, said.standard, said.text)
    asked = the_one(register, matter, unit, OVER, "答复")
    _check_law(register, matter, said)
    details = {"articles": said.articles, "standard": said.standard}
    record(register, matter, "request.answered", on, unit=asked, text=said.text,
           details={name: text for name, text in details.items() if text})  # fmt: skip
    is_bare = matter.kind in _HANDLED and not (said.text or "").strip()
    warnings = ["没有写明处理结果（--text）"] if is_bare else []
    return _answer(register, matter, [asked], "reply", "答复", on, warnings)


def _check_law(register: Register, matter: Matter, said: Reply) -> None:
    if matter.kind not in _LAW:
        return
    has_law = _is_said(said.articles) and _is_said(said.standard)
    is_concluded = matter.kind == RequestKind.APPRAISAL and _is_said(said.text)
    if not has_law and not is_concluded:
        raise WithoutLawError(ref_of(matter), matter.kind, clause_of(register, matter.kind))


def _is_said(text: str | None) -> bool:
    return bool(text and text.strip())


def refuse(
    register: Register, ref: str, ground: str, *, on: date, unit: str | None = None
) -> Recorded:
    """Record that material is not given, on a ground of law (除法定事由外不得拒绝, 四（二）3).

    Raises:
        NotToBeRefusedError, EmptyTextError, NotReceivedError, DoneAlreadyError: see each.

    """
    matter = register.matter(ref, "R")
    document = register.policy.number
    if matter.kind != RequestKind.MATERIALS:
        raise NotToBeRefusedError(ref_of(matter), matter.kind, document)
    if not ground.strip():
        raise EmptyTextError(f"法定事由（--ground，{document} 四（二）3）")
    check_no_state_secret(document, ground)
    asked = the_one(register, matter, unit, OVER, "拒绝")
    record(register, matter, "request.refused", on, unit=asked, text=ground)
    return _answer(register, matter, [asked], "refusal", "依法定事由不予提供", on)


def the_one(
    register: Register, matter: Matter, unit: str | None, over: Sequence[str], what: str
) -> str:
    """Return who is meant: who is named, else the only one left; it must have received it.

    Raises:
        NotAPartyError, DoneAlreadyError, WhichUnitError, NotReceivedError: see each.

    """
    parties = parties_of(register, matter, [unit] if unit else [])
    left = still_without(register, matter, over, parties, is_named=bool(unit))
    if len(left) > 1:
        raise WhichUnitError(ref_of(matter), "、".join(map(register.unit_name, left)))
    facts = register.matter_facts(matter)
    if not facts.of(f"{matter.kind}.received", left[0]):
        name, clause = register.unit_name(left[0]), clause_of(register, matter.kind)
        raise NotReceivedError(what, ref_of(matter), name, clause)
    return left[0]


def _answer(
    register: Register,
    matter: Matter,
    units: Sequence[str],
    sort: str,
    what: str,
    on: date,
    warnings: Sequence[str] = (),
) -> Recorded:
    names = "、".join(map(register.unit_name, units))
    return register.recorded(
        matter,
        facts={"type": sort, "ref": ref_of(matter), "units": list(units), "on": on.isoformat()},
        headline=f"已登记{what}：{ref_of(matter)} {shown_title(matter)}　{names}（{on}）",
        warnings=warnings,
    )
