"""Backups as people read them: what is in one, what it replaces, what was kept."""

from pathlib import Path
from typing import Any

from yicheng_coord.show.output import hint, say, write_json
from yicheng_coord.store.archive import Manifest
from yicheng_coord.store.backup import Backup
from yicheng_coord.store.copies import Head
from yicheng_coord.store.restore import Restored, Standing
from yicheng_coord.store.unpacking import Unpacked
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import RecordFormat


def show_backup(backup: Backup, form: RecordFormat) -> None:
    """Write what was backed up, and the head of its chain."""
    manifest = backup.manifest
    warnings = _gone(manifest.missing, "备份里没有")
    if form is RecordFormat.JSON:
        value = {"file": str(backup.path), "is_new": backup.is_new}
        write_json(value | _as_json(manifest) | {"warnings": warnings})
    else:
        done = "已备份" if backup.is_new else "没有新的改动，已有备份"
        say(harmless(f"{done}：{backup.path}"))
        say(f"  {_contents(manifest)}")
        say(f"  {_chain(manifest.head)}")
    for warning in warnings:
        hint(f"注意：{warning}")


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "made_at": manifest.made_at.isoformat(),
        "schema": manifest.schema,
        "head": manifest.head.as_json(),
        "counts": manifest.counts | {"files": len(manifest.files)},
    }


def _contents(manifest: Manifest) -> str:
    counts = manifest.counts
    return (
        f"案件 {counts.get('cases', 0)} 件　材料 {counts.get('materials', 0)} 份　"
        f"材料文件 {len(manifest.files)} 个　操作 {counts.get('operations', 0)} 次"
    )


def _chain(head: Head) -> str:
    return f"校验链　P{head.number} {head.hash}" if head.hash else "校验链　还没有操作"


def _gone(hashes: tuple[str, ...], where: str) -> list[str]:
    return [f"材料文件不见了或已损坏，{where}：SHA-256 {one}" for one in hashes]


def show_backup_to_restore(backup: Unpacked, database: Path, there: Standing) -> None:
    """Say in words what is about to be replaced by what."""
    manifest = backup.manifest
    hint(harmless(f"将用备份恢复：{backup.path}（{manifest.made_at:%Y-%m-%d %H:%M}）"))
    hint(f"  {_contents(manifest)}")
    hint(harmless(f"  {_chain(manifest.head)}"))
    hint(harmless(f"  {_replaced(database, there)}"))


def _replaced(database: Path, there: Standing) -> str:
    if not there.is_there:
        return f"{database} 还没有，将新建"
    if there.head is None:
        return f"{database} 已损坏或不是数据库，将改名留在旁边"
    return f"{database} 现有内容（至 P{there.head.number}）先另存在旁边"


def show_restored(restored: Restored, form: RecordFormat) -> None:
    """Write what was restored, and where what it replaced lies now."""
    manifest, kept = restored.backup.manifest, [str(path) for path in restored.kept]
    warnings = _gone(restored.missing, "备份里也没有")
    if form is RecordFormat.JSON:
        value = {"operation": restored.operation, "file": str(restored.backup.path)}
        head = restored.head.as_json()
        write_json(value | _as_json(manifest) | {"head": head, "kept": kept, "warnings": warnings})
    else:
        say(harmless(f"已恢复：{restored.backup.path}（{manifest.made_at:%Y-%m-%d %H:%M}）"))
        say(f"  {_contents(manifest)}")
        for path in kept:
            say(harmless(f"  原来的保存在　{path}"))
        say(f"  {_chain(restored.head)}")
    for warning in warnings:
        hint(f"注意：{warning}")
