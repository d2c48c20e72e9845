"""Whether the minutes that were signed still read as they did, 一（四）4."""

import hashlib
import json
from collections.abc import Iterator

from yicheng_coord.checks.finding import Finding, Place

_FINAL = (
    "SELECT matter.number, happening.happened_on, happening.details FROM matter "
    "JOIN happening ON happening.matter_id = matter.id "
    "AND happening.event IN ('minutes.signed', 'minutes.amended') "
    "WHERE matter.letter = 'M' ORDER BY happening.id"
)


def altered_minutes(place: Place) -> Iterator[Finding]:
    """Compare each final text with the SHA-256 that it was signed, or amended, with."""
    for number, on, details in place.reading.connection.execute(_FINAL):
        kept = json.loads(details)
        if hashlib.sha256(kept["text"].encode()).hexdigest() != kept["sha256"]:
            what = f"{on} 定稿的纪要与其校验值不符"
            yield Finding(f"M{number}", what, f"看是怎么来的：coord history M{number} -v")
