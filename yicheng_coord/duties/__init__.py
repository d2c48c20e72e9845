"""Recording a fact starts and meets duties: the one engine, and what duties hang on."""

from yicheng_coord.duties.engine import COUNTED_BY, NO_LONGER, Clock, Engine, Timed, subjects
from yicheng_coord.duties.subject import Happening, Subject

__all__ = [
    "COUNTED_BY",
    "NO_LONGER",
    "Clock",
    "Engine",
    "Happening",
    "Subject",
    "Timed",
    "subjects",
]
