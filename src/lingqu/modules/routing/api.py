"""What other modules may use of routing."""

from lingqu.modules.routing.answers import (
    Answer,
    find_answers,
    find_due,
    forget_answers,
    forget_rejections,
    keep_answers,
    read_due,
    set_due,
    still_due,
)
from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.decisions import Choice, add_loads, keep_choices, next_attempt
from lingqu.modules.routing.dry_run import NobodyServes
from lingqu.modules.routing.gather import gather, minute_of
from lingqu.modules.routing.hold import HoldCause, find_held, hold_order, note_tried, release_held
from lingqu.modules.routing.offer_direct import offer_direct
from lingqu.modules.routing.plan import Course, nodes_of, without
from lingqu.modules.routing.plans import find_course, find_courses, find_setting
from lingqu.modules.routing.setting import put_setting
from lingqu.modules.routing.types import (
    DEFAULT_RULES,
    Cause,
    DropReason,
    LineRoute,
    NewDirectOffer,
    NewSetting,
    NodeSetting,
)

__all__ = [
    "DEFAULT_RULES",
    "Answer",
    "Cause",
    "Choice",
    "Course",
    "DropReason",
    "Facts",
    "HoldCause",
    "Line",
    "LineRoute",
    "NewDirectOffer",
    "NewSetting",
    "NobodyServes",
    "NodeSetting",
    "add_loads",
    "choose",
    "find_answers",
    "find_course",
    "find_courses",
    "find_due",
    "find_held",
    "find_setting",
    "forget_answers",
    "forget_rejections",
    "gather",
    "hold_order",
    "keep_answers",
    "keep_choices",
    "minute_of",
    "next_attempt",
    "nodes_of",
    "note_tried",
    "offer_direct",
    "put_setting",
    "read_due",
    "release_held",
    "set_due",
    "still_due",
    "without",
]
