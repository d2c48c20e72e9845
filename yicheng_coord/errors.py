"""What the program may refuse, and the exit status of each kind.

A refusal is a class beside the code that raises it; these are their parents. The sentence says
what, why (by which clause) and, in `hint`, what to type next.
"""

import errno


class CoordError(Exception):
    """A sentence for the clerk, and the exit status that goes with it."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint


class RefusedError(CoordError):
    """Read, understood and refused, or failed; nothing changed (exit status 1)."""


class InputError(CoordError):
    """What was typed cannot be read: an option, a value, a date (exit status 2)."""

    exit_code = 2


class DatabaseError(CoordError):
    """The database cannot be used: missing, locked, damaged, foreign, newer (exit status 3)."""

    exit_code = 3


PARTLY_DONE = 4
"""Exit status of an import that took the good rows and gave back the bad ones."""


_SYSTEM_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只读，不能写入",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称过长",
    errno.EINVAL: "名称或操作无效",
    errno.EBUSY: "正被占用",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.ELOOP: "链接循环",
}


def reason_of(error: OSError) -> str:
    """Say why the system could not; its own English only for what is not foreseen."""
    return _SYSTEM_REASONS.get(error.errno or 0) or error.strerror or str(error)
