"""What lists show of people: never a whole identity number or phone, never an informant."""

import json
import re
from collections.abc import Callable, Mapping

_ID_LENGTHS = (15, 18)
_PHONE_LENGTH = 7
_MOBILE_LENGTH = 11
_INFORMANT = ("举报人", "投诉人", "来电", "反映人", "诉求人", "信访人", "留言人", "线索提供人")
_PHONE = ("电话", "手机", "联系方式")
_BETWEEN = re.compile(r"[、，,；;/（）()\s]+|等")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PARTED = re.compile(r"[\u4e00-\u9fff]+(?:[·•・][\u4e00-\u9fff]+)+")
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "东方",
)
_NO_PERSON = tuple("司厂店社部场站所心行院校局村组会馆户园吧市城铺坊庄处办镇街区队网")
"""How what is no person ends: 公司, 餐馆, 合作社."""
_DIGITS = re.compile(
    r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])"
)
_LONGEST_PHONE = 13

Mask = Callable[[str], str]


def masked_id(value: str) -> str:
    """Mask the birth date of an identity number: 110105********002X.

    A 统一社会信用代码 is public and stays: it never has seventeen digits in front.
    """
    if len(value) in _ID_LENGTHS and value[:-1].isdigit() and not value.startswith(("91", "92")):
        return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"
    return value


def masked_phone(value: str) -> str:
    """Mask the middle of a phone number, 138****1234; of a short one its beginning, ***1234."""
    if len(value) < _PHONE_LENGTH:
        return "*" * len(value)
    shown = 3 if len(value) >= _MOBILE_LENGTH else 0
    return f"{value[:shown]}{'*' * (len(value) - shown - 4)}{value[-4:]}"


def masked_extra(heading: str, value: str) -> str:
    """Mask a column that no field takes, by what its heading says that it is."""
    return extra_mask(heading)(value)


def extra_mask(heading: str) -> Mask:
    """Return what masks a column that no field takes."""
    if any(word in heading for word in _INFORMANT):
        return masked_informant
    return masked_phone if any(word in heading for word in _PHONE) else masked_id


def masked_informant(_value: str) -> str:
    """举报人: that there is one is all that is shown."""
    return "***"


def masked_lead(_value: str) -> str:
    """职务犯罪线索: what it says of whom is for 监察机关; that there is one is all that is shown."""
    return "***"


def masked_extra_json(text: str) -> str:
    """Mask all that a list said beside the known fields, as it is stored."""
    kept = {
        heading: masked_extra(heading, str(value)) for heading, value in json.loads(text).items()
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def masked_person(name: str) -> str:
    """张三 → 张某, 王小明 → 王某某, 欧阳某; a firm's name is public and stays."""
    if _PARTED.fullmatch(name):
        return f"{name[0]}某某"
    if not _PERSON.fullmatch(name) or name.endswith(_NO_PERSON):
        return name
    surname = 2 if len(name) > 2 and name.startswith(_COMPOUND) else 1  # noqa: PLR2004
    return name[:surname] + "某" * min(len(name) - surname, 2)


def masked_names(names: str) -> str:
    """Mask each of several persons: 张三、李四 → 张某、李某."""
    return masked_text(names, names)


def masked_text(text: str, *names: str | None) -> str:
    """Mask in a free text what was recorded as somebody's name, and what reads like a number of his.

    Args:
        text: what is shown outside of the office.
        names: party, informant: each may be several, as people write them.

    """
    parts = {part for one in names if one for part in _BETWEEN.split(one) if len(part) > 1}
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, masked_person(part))
    return _DIGITS.sub(lambda found: _masked_digits(found.group()), text)


def _masked_digits(digits: str) -> str:
    is_phone = len(digits) <= _LONGEST_PHONE
    return masked_phone(digits) if is_phone else masked_id(digits)


MASKS: Mapping[str, Mask] = {
    "party_id": masked_id,
    "phone": masked_phone,
    "informant": masked_informant,
    "extra": masked_extra_json,
}
"""Columns of the register that are not shown whole."""

_LEFT: Mapping[Mask, re.Pattern[str]] = {
    masked_id: re.compile(r"[0-9]{6}(?:\*{5}|\*{8})[0-9]{3}.", re.DOTALL),
    masked_phone: re.compile(r"\*+|(?:.{3})?\*+.{4}", re.DOTALL),
    masked_informant: re.compile(r".?\*+|(?:.{3})?\*+.{4}", re.DOTALL),
}
"""What each mask leaves of what it hides."""


def is_left_by(mask: Mask, value: str) -> bool:
    """Whether a text is what a mask leaves: it hides a value, and is none itself."""
    return "*" in value and _LEFT[mask].fullmatch(value) is not None


def is_masked(field: str, value: str) -> bool:
    """Whether a field of the register, `extra` as JSON included, holds what a mask left."""
    if field == "extra":
        return any(is_masked_extra(name, str(text)) for name, text in json.loads(value).items())
    return field in MASKS and is_left_by(MASKS[field], value)


def is_masked_extra(heading: str, value: str) -> bool:
    """Whether a column that no field takes holds what a mask left."""
    return is_left_by(extra_mask(heading), value)
