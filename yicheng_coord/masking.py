"""What lists show of people: never a whole identity number or phone, never an informant."""

_ID_LENGTHS = (15, 18)
_PHONE_LENGTH = 7


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


def masked_informant(_value: str) -> str:
    """举报人: that there is one is all that is shown."""
    return "***"
