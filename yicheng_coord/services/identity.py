"""When two rows are one case: the natural key, alike for the command line and for lists."""

from collections.abc import Sequence
from hashlib import blake2b

_SEPARATOR = "\x1f"


def natural_key(
    *,
    external_number: str | None,
    origin: str,
    descriptive: Sequence[str | None],
) -> str:
    """Return the key under which a case is found again.

    Args:
        external_number: the source's own number, which is unique within its source.
        origin: the source: the unit that found it, or the name of the list's map.
        descriptive: finder, finding date, party, title, place and cause; they are the key where
            the source has no number.

    """
    parts = (
        ("number", origin, external_number)
        if external_number
        else ("facts", *(part or "" for part in descriptive))
    )
    return blake2b(
        _SEPARATOR.join(parts).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()
