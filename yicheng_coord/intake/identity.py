"""Check digits of 公民身份号码 (GB 11643) and 统一社会信用代码 (GB 32100): a warning at most.

Both sums are read as numbers of a fitting base, which takes a third of the time of adding up:
the weights of GB 11643 are the powers of 2 modulo 11, and 13 is 2 modulo 11; those of GB 32100
are, from the left, the powers of 3 modulo 31, and 34 is 3 modulo 31.
"""

_LENGTH = 18
_PERSON_DIGITS = "10X98765432"
_CODE_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_STANDARD = b"0123456789ABCDEFGHIJKLMNOPQRSTU"  # the digits of int() for the same values
_NO_DIGIT = ord("_")
_AS_STANDARD = bytes(
    _STANDARD[_CODE_ALPHABET.index(byte)] if byte in _CODE_ALPHABET else _NO_DIGIT
    for byte in range(256)
)


def is_person_number(text: str) -> bool:
    """Whether the check digit of a 公民身份号码 is right; the 地址码 is none of our business."""
    return _may_be_either(text) and _is_person(text.upper())


def is_credit_code(text: str) -> bool:
    """Whether the check character of a 统一社会信用代码 is right; it may begin with a letter."""
    return _may_be_either(text) and _is_code(text.upper())


def has_wrong_check_digit(text: str) -> bool:
    """Whether the text is as long as either number and is neither; other papers are not judged.

    Digits alone may be the one or the other, so that one right reading is enough. A masked number
    (370****1234) says nothing.
    """
    if not _may_be_either(text):
        return False
    plain = text.upper()
    return not (_is_person(plain) or _is_code(plain))


def with_capital_x(text: str) -> str:
    """Write a check character x as X."""
    return f"{text[:-1]}X" if len(text) == _LENGTH and text.endswith("x") else text


def _may_be_either(text: str) -> bool:
    return len(text) == _LENGTH and text.isascii() and text.isalnum()


def _is_person(plain: str) -> bool:
    digits = plain[:17]
    return digits.isdigit() and _PERSON_DIGITS[2 * int(digits, 13) % 11] == plain[17]


def _is_code(plain: str) -> bool:
    digits = plain.encode().translate(_AS_STANDARD)
    if _NO_DIGIT in digits or not plain[2:8].isdigit():
        return False
    return (31 - int(digits[16::-1], 34) % 31) % 31 == _STANDARD.index(digits[17])
