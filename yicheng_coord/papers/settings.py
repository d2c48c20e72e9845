"""How an office lays out its papers: `papers.toml` beside its database; without it, the standard."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.papers.figures import PROFILES, STANDARD, Fonts, Layout, ProfileName
from yicheng_coord.text import harmless

_ROLES = tuple(one.name for one in fields(Fonts))
_FORBIDDEN = frozenset('<>&"')
_LONGEST = 40


class PaperSettingsError(RefusedError):
    """The office's file cannot be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"文书设置 {harmless(str(path))} 不能用：{harmless(why)}。",
            '例：profile = "gbt9704"；[fonts] 下 fangsong = "仿宋_GB2312"。删掉这个文件即用默认值。',
        )


def settings_file(database: Path) -> Path:
    """Return where the office's settings lie, whether or not they are there."""
    return database.parent / "papers.toml"


def layout_for(database: Path) -> Layout:
    """Return how the papers of an office are laid out.

    Raises:
        PaperSettingsError: its file cannot be read, or says what is not known.

    """
    path = settings_file(database)
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return STANDARD
    except OSError as error:
        raise PaperSettingsError(path, reason_of(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PaperSettingsError(path, f"不是 UTF-8 的 TOML 文本（{error}）") from None
    return _layout(path, raw)


def _layout(path: Path, raw: Mapping[str, object]) -> Layout:
    unknown = sorted(raw.keys() - {"profile", "fonts"})
    if unknown:
        raise PaperSettingsError(path, f"不认识 {unknown[0]}；可设 profile 和 [fonts]")
    profile, named = raw.get("profile", ProfileName.GBT9704.value), raw.get("fonts", {})
    if profile not in list(ProfileName):
        raise PaperSettingsError(path, f"profile 只有 {'、'.join(ProfileName)}")
    if not isinstance(named, dict):
        raise PaperSettingsError(path, "fonts 应写成 [fonts] 一节")
    for role, font in named.items():
        if role not in _ROLES:
            raise PaperSettingsError(path, f"[fonts] 里不认识 {role}；可设 {'、'.join(_ROLES)}")
        if not _is_font(font):
            raise PaperSettingsError(path, f"[fonts] 的 {role} 不是字体名")
    return Layout(PROFILES[ProfileName(str(profile))], Fonts(**named))


def _is_font(font: object) -> bool:
    plain = isinstance(font, str) and 0 < len(font.strip()) <= _LONGEST
    return plain and not _FORBIDDEN & set(str(font)) and harmless(str(font)) == font
