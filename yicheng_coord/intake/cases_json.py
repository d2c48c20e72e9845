"""Cases that `coord export FILE.json` wrote, as the rows of the same list in CSV."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.intake.fields import ALL_FIELDS, LABELS
from yicheng_coord.intake.ours import heading_beside
from yicheng_coord.queries.sheets import NUMBER, ORIGIN, VIEW_ONLY, VIEW_ONLY_WORDS
from yicheng_coord.text import formula_safe_again

_LARGEST = 256 << 20
_OF_LEG = {
    "sent_on": "sent_on",
    "receiver": "to",
    "transfer_number": "number",
    "received_on": "received_on",
    "answered_on": "answered_on",
    "answer": "answer",
    "answer_reason": "answer_reason",
    "referred_on": "referred_on",
}
_OF_DECISION = {
    "decided_on": "decided_on",
    "outcome": "outcome",
    "decision_text": "text",
    "decision_number": "number",
    "notified_on": "notified_on",
}


class NotCasesError(RefusedError):
    """JSON of something else, or broken."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是 JSON 文件，不是 coord export 导出的案件。",
            "能读入的 JSON：coord export 文件.json，或加 --what all。",
        )


def case_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the header, then a row a case; void ones are left out, as in a table of cases.

    Raises:
        NotCasesError: it is no array of cases.

    """
    cases = _cases(path)
    extras = list(dict.fromkeys(heading for case in cases for heading in case["extra"]))
    labels = [LABELS[field] for field in ALL_FIELDS]
    yield 1, [NUMBER, *labels, ORIGIN, VIEW_ONLY, *map(heading_beside, extras)]
    for line, case in enumerate(cases, 2):
        said = _said(case)
        values = [
            case["number"],
            *(said.get(field) for field in ALL_FIELDS),
            case["origin"],
            VIEW_ONLY_WORDS if len(case["transfers"]) > 1 or len(case["decisions"]) > 1 else "",
            *(case["extra"].get(heading) for heading in extras),
        ]
        yield line, [formula_safe_again(str(value)) if value else "" for value in values]


def _cases(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise NotCasesError(path.name)
        cases = [case for case in json.loads(path.read_bytes()) if not case["voided_on"]]
        for case in cases:
            _ = case["number"], case["origin"], *case["transfers"], *case["decisions"]
            _ = [text for heading, text in case["extra"].items()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotCasesError(path.name) from None
    return cases


def _said(case: Mapping[str, Any]) -> dict[str, Any]:
    sent = [leg for leg in case["transfers"] if not leg.get("withdrawn_on")]
    leg: Mapping[str, Any] = sent[0] if sent else {}
    decision = case["decisions"][-1] if case["decisions"] else {}
    return {
        **case,
        "urgent": "是" if case.get("urgent") else "",
        **{field: leg.get(name) for field, name in _OF_LEG.items()},
        **{field: decision.get(name) for field, name in _OF_DECISION.items()},
    }
