"""State secrets do not belong here, 四（二）3: refused at entry, whatever they are called."""

import re
import unicodedata

from yicheng_coord.errors import RefusedError

_MARK = re.compile(r"(?:绝密|机密|秘密)\s*[★☆*]")


class StateSecretError(RefusedError):
    """Said, or marked on the document, to be one."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"不能登记：国家秘密不得录入本系统（{document} 四（二）3）。",
            "按保密规定，在涉密场所、涉密载体上登记和传递；本系统只可登记不涉密的事由。",
        )


def check_no_state_secret(document: str, *texts: str | None, is_said: bool = False) -> None:
    """Refuse a state secret: said to be one, or marked 绝密★, 机密★, 秘密★.

    Args:
        document: the Opinion's number, for the sentence.
        texts: what is about to be recorded.
        is_said: `--secrecy state`.

    Raises:
        StateSecretError: it is one.

    """
    marked = any(_MARK.search(unicodedata.normalize("NFKC", text)) for text in texts if text)
    if is_said or marked:
        raise StateSecretError(document)
