"""What the duties of a matter hang on: each of its parties, and the matter as a whole."""

from collections.abc import Iterator

from yicheng_coord.duties.subject import Happening, Subject
from yicheng_coord.policy.matters import FIXED_ROLES, GROUPS, LETTERS, MAJOR_ACTIONS, MatterFacts


def matter_subjects(facts: MatterFacts) -> Iterator[Subject]:
    """Yield what the duties of a matter hang on."""
    letter = LETTERS[facts.letter]
    parties = {role: unit for role, unit in facts.parties if role != letter.each}
    owner = {"unit": facts.owner} if facts.owner else {}
    known = {**FIXED_ROLES, **{role: role for role in GROUPS}, **parties}
    whole = {role: unit for role, unit in known.items() if role in letter.as_one}
    if whole:
        yield _subject(facts, facts.ref, owner | whole, None)
    for unit in facts.units(letter.each):
        own = dict.fromkeys((letter.each, *letter.also), unit)
        bureau = {"bureau": FIXED_ROLES["bureau"]}
        yield _subject(facts, f"{facts.ref}:{unit}", bureau | owner | parties | own, unit)


def _subject(facts: MatterFacts, key: str, roles: dict[str, str], unit: str | None) -> Subject:
    events: dict[str, Happening] = {}
    for one in facts.happened:
        if one.unit in (None, unit):
            events.setdefault(one.event, Happening(one.on, one.at))
    return Subject(
        key,
        roles,
        _implied(facts, events) | events,
        urgent=facts.urgent,
        urgent_on=facts.urgent_on,
        extensions=tuple(told for party, told in facts.extensions if party == unit),
    )


def _implied(facts: MatterFacts, events: dict[str, Happening]) -> dict[str, Happening]:
    """What follows from what is on record: what was sent is received some day.

    An urgent request asks for somebody on site too; the police are told before a major action.
    """
    if facts.kind in MAJOR_ACTIONS and "action.planned" in events:
        return {"action.major": events["action.planned"]}
    if "crime.sent" in events:
        return {"crime.received": Happening(None)}
    if "request.sent" not in events:
        return {}
    received = f"{facts.kind}.received"
    implied = {received: Happening(None), "counsel.asked": events["request.sent"]}
    if facts.kind == "appraisal" and facts.urgent:
        implied["on_site.received"] = events.get(received, Happening(None))
    return implied
