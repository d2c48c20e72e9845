"""Whether what became final (minutes, briefs, circulars) still reads as it did: 一（三）1、3."""

import hashlib
import json
from collections.abc import Iterator

from yicheng_coord.checks.finding import Finding, Place

_FINAL = (
    "SELECT matter.letter || matter.number AS ref, event, happened_on, happening.details "
    "FROM matter JOIN happening ON happening.matter_id = matter.id AND event IN "
    "('minutes.signed', 'minutes.amended', 'brief.issued', 'circular.issued') "
    "WHERE matter.letter IN ('M', 'B') ORDER BY happening.id"
)
_CALLED = {"brief.issued": "简报", "circular.issued": "通报"}


def altered_texts(place: Place) -> Iterator[Finding]:
    """Compare each final text with the SHA-256 that it became final with."""
    for ref, event, on, details in place.reading.connection.execute(_FINAL):
        kept = json.loads(details)
        if hashlib.sha256(kept["text"].encode()).hexdigest() != kept["sha256"]:
            what = f"{on} 定稿的{_CALLED.get(event, '纪要')}与其校验值不符"
            yield Finding(ref, what, f"看是怎么来的：coord history {ref} -v")
