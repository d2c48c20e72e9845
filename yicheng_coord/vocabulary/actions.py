"""Sorts of actions, 五, 四（三） and 七（二）."""

from enum import StrEnum


class PlanKind(StrEnum):
    """What 执法局 and other units plan together, 四（三）; the last two, 七（二）, need the police."""

    AGREEMENT = "协作文本"
    INSPECTION = "联合检查计划"
    MAJOR = "重大活动"
    SPECIAL = "专项行动"


class ActionKind(StrEnum):
    """Every sort of action: what is planned, and what a town or street calls for (五）."""

    AGREEMENT = "协作文本"
    INSPECTION = "联合检查计划"
    MAJOR = "重大活动"
    SPECIAL = "专项行动"
    JOINT = "联合执法"
    COORDINATED = "协同执法"
