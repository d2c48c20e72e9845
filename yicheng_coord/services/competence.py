"""Which unit may be said to find, take or get a case on a day."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.units import Unit
from yicheng_coord.services.register import Register


class NotCompetentError(RefusedError):
    """Only a unit that enforces takes cases: not 区政府, a court, a party organ, the office."""

    def __init__(self, name: str, document: str) -> None:
        super().__init__(
            f"不能移送{name}，也不能认定由其管辖：移送的对象是有管辖权的行政机关"
            f"（{document} 二（二）1）。",
            "涉嫌犯罪的，移送公安机关（六（二））；管辖不明的，由接收单位报请区人民政府。",
        )


class ClosedUnitError(RefusedError):
    """Nothing new happens in a unit that is no more."""

    def __init__(self, unit: Unit, successor: str) -> None:
        super().__init__(
            f"{unit.name}已于 {unit.closed_on} 撤销，不能登记此后的事项。",
            f"职责已由{successor}承接。" if successor else f"查看：coord unit show {unit.code}",
        )


def check_there(register: Register, code: str, on: date) -> None:
    """Refuse a unit that was closed before that day.

    Raises:
        ClosedUnitError: it was.

    """
    unit = register.reading.units.get(code)
    if unit.closed_on and on >= unit.closed_on:
        raise ClosedUnitError(unit, register.unit_name(unit.successor))


def check_competent(register: Register, code: str, on: date) -> None:
    """Refuse a unit that no case can be transferred to on that day.

    Raises:
        NotCompetentError: 区政府, a court, the procuratorate, a party organ, the office.
        ClosedUnitError: it was closed before.

    """
    unit = register.reading.units.get(code)
    if not unit.may_be_competent:
        raise NotCompetentError(unit.name, register.policy.number)
    check_there(register, code, on)
