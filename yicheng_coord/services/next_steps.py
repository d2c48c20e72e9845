"""What to type next about a matter: the command that meets what is owed first."""

from collections.abc import Sequence

from yicheng_coord.queries.duties import Duty

_MEET = {
    "info.approval": "coord info share {ref}",
    "info.penalty": "coord info share {ref}",
    "info.superior": "coord info share {ref}",
    "info.policy": "coord info share {ref}",
    "info.enforcement": "coord info share {ref}",
    "info.hand_over": "coord info hand-over {ref}",
}
"""Rule → the command that records what meets it."""


def next_of_matter(duties: Sequence[Duty], ref: str) -> str:
    """Return what is owed first, and the command for it; nothing when nothing is owed."""
    order = sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on, duty.row["id"]))
    for duty in order:
        if command := _MEET.get(duty.row["rule"]):
            return f"{duty.rule.label}：{command.format(ref=ref)}"
    return ""
