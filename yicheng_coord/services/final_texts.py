"""Texts that become final: kept with the SHA-256 that tells whether they still are."""

import hashlib

from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret


def final_text(register: Register, text: str, name: str) -> dict[str, str]:
    """Return the text with one sort of line breaks, and its SHA-256.

    Raises:
        EmptyTextError: there is none.
        StateSecretError: it bears the mark of a state secret.

    """
    lines = "\n".join(text.splitlines()).strip()
    if not lines:
        raise EmptyTextError(name)
    check_no_state_secret(register.policy.number, lines)
    final = f"{lines}\n"
    return {"text": final, "sha256": hashlib.sha256(final.encode()).hexdigest()}
