"""Whether the database lies on a network share, where SQLite's write-ahead log does not work."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from yicheng_coord.checks.finding import Finding, Level, Place

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|afpfs|ncpfs|coda|ceph|lustre|gluster\w*|webdav|davfs|"
    r"fuse\.(sshfs|s3fs|rclone|davfs\d?|gvfsd-fuse|gluster\w*|ceph\w*|smb\w*)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTED = re.compile(r".+? on (?P<on>.+) \((?P<kind>[\w.]+)[,)]")
_DRIVE_REMOTE = 4


def check_network(place: Place) -> Iterator[Finding]:
    """Advise against a share."""
    kind = _kind_of(place.database.resolve())
    if kind:
        yield Finding(
            str(place.database),
            f"数据库在网络盘上（{kind}），多台电脑同时写会损坏数据",
            "把数据库放到本机磁盘，用 --db 或 COORD_DB 指明。",
            Level.ADVICE,
        )


def _kind_of(path: Path) -> str:
    if sys.platform == "win32":
        return kind_on_windows(path)
    try:
        if sys.platform == "darwin":
            mounts = subprocess.run(["/sbin/mount"], capture_output=True, timeout=5, check=False)
            return kind_by_mount(mounts.stdout.decode("utf-8", "replace"), path)
        return kind_by_mountinfo(Path("/proc/self/mountinfo").read_text("utf-8", "replace"), path)
    except (OSError, subprocess.SubprocessError):  # nobody can tell
        return ""


def kind_on_windows(path: PurePath) -> str:
    """Return `UNC` or `remote` for a share, else nothing."""
    if path.drive.startswith("\\\\"):
        return "UNC"
    from ctypes import windll  # type: ignore[attr-defined,unused-ignore]

    is_remote = windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _DRIVE_REMOTE
    return "remote" if is_remote else ""


def kind_by_mountinfo(text: str, path: PurePath) -> str:
    """Read Linux's /proc/self/mountinfo: … mount point … - file system …; the deepest counts."""
    mounts = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        if after:
            point = _ESCAPED.sub(lambda one: chr(int(one[1], 8)), before.split(" ")[4])
            mounts.append((point, after.split(" ")[0]))
    return _network_kind(mounts, path)


def kind_by_mount(text: str, path: PurePath) -> str:
    """Read macOS's `mount`: //user@server/share on /Volumes/share (smbfs, nodev)."""
    found = (_MOUNTED.match(line) for line in text.splitlines())
    return _network_kind([(one["on"], one["kind"]) for one in found if one], path)


def _network_kind(mounts: list[tuple[str, str]], path: PurePath) -> str:
    over = [(len(point), kind) for point, kind in mounts if path.is_relative_to(point)]
    _, kind = max(over, key=lambda one: one[0], default=(0, ""))
    return kind if _NETWORK.fullmatch(kind) else ""
