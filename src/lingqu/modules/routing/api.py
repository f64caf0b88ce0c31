"""What other modules may use of routing."""

from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.decisions import Choice, add_loads, keep_choices, next_attempt
from lingqu.modules.routing.dry_run import NobodyServes
from lingqu.modules.routing.gather import gather, minute_of
from lingqu.modules.routing.plan import Course
from lingqu.modules.routing.plans import find_courses
from lingqu.modules.routing.setting import put_setting
from lingqu.modules.routing.types import DEFAULT_RULES, LineRoute, NewSetting, NodeSetting

__all__ = [
    "DEFAULT_RULES",
    "Choice",
    "Course",
    "Facts",
    "Line",
    "LineRoute",
    "NewSetting",
    "NobodyServes",
    "NodeSetting",
    "add_loads",
    "choose",
    "find_courses",
    "gather",
    "keep_choices",
    "minute_of",
    "next_attempt",
    "put_setting",
]
