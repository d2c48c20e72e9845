"""The papers of 一: of a meeting, from the call for topics to the minutes, and of a resolution."""

from dataclasses import replace

from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.policy.meetings import FIXED
from yicheng_coord.services.about import ALL, OWNER, About
from yicheng_coord.vocabulary import Letter, MeetingKind

_OF_MEETING = About("M", to=ALL, over_by=("meeting.cancelled",), over="已取消")

OF_MEETINGS: dict[Letter, About] = {
    Letter.SOLICIT: replace(
        _OF_MEETING, kinds=(MeetingKind.REGULAR,), dated_by=("meeting.solicited",)
    ),
    Letter.TOPICS: _OF_MEETING,
    Letter.NOTICE: replace(
        _OF_MEETING, dated_by=("meeting.circulated",), again_by="meeting.moved"
    ),
    Letter.ATTENDANCE: replace(_OF_MEETING, dated_by=("meeting.held", *FIXED.values())),
    Letter.MINUTES: replace(
        _OF_MEETING, dated_by=("minutes.signed",), after=("meeting.held",),
        waits="尚未召开", next_step="coord meeting hold {ref}",
    ),
    Letter.SUPERVISE: About(
        "S", to=OWNER, writer=OFFICE, after=("resolution.set",),
        waits="的纪要尚未签发，还没有开始督促", next_step="coord meeting sign {meeting}",
        is_of_its_day=True, over_by=("resolution.done",), over="已办结",
    ),
}  # fmt: skip
