"""What lists show of people: never a whole identity number or phone, never an informant."""

import json
from collections.abc import Callable, Mapping

_ID_LENGTHS = (15, 18)
_PHONE_LENGTH = 7
_INFORMANT = ("举报人", "投诉人", "来电", "反映人", "诉求人", "信访人", "留言人", "线索提供人")
_PHONE = ("电话", "手机", "联系方式")


def masked_id(value: str) -> str:
    """Mask the birth date of an identity number: 110105********002X.

    A 统一社会信用代码 is public and stays: it never has seventeen digits in front.
    """
    if len(value) in _ID_LENGTHS and value[:-1].isdigit() and not value.startswith(("91", "92")):
        return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"
    return value


def masked_phone(value: str) -> str:
    """Mask the middle of a phone number: 138****1234."""
    if len(value) < _PHONE_LENGTH:
        return "*" * len(value)
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"


def masked_extra(heading: str, value: str) -> str:
    """Mask a column that no field takes, by what its heading says that it is."""
    if any(word in heading for word in _INFORMANT):
        return masked_informant(value)
    if any(word in heading for word in _PHONE):
        return masked_phone(value)
    return masked_id(value)


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


MASKS: Mapping[str, Callable[[str], str]] = {
    "party_id": masked_id,
    "phone": masked_phone,
    "informant": masked_informant,
    "extra": masked_extra_json,
}
"""Columns of the register that are not shown whole."""
