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
from lingqu.modules.routing.backlog import Backlog, Moves, Place, Terms, WaitingLine, WaitingOrder, split_up
from lingqu.modules.routing.choose import Facts, Line, choose
from lingqu.modules.routing.decisions import Choice, add_loads, keep_choices, next_attempt
from lingqu.modules.routing.dry_run import NobodyServes
from lingqu.modules.routing.gather import gather, minute_of
from lingqu.modules.routing.hold import HoldCause, find_held, hold_order, note_tried, release_held
from lingqu.modules.routing.keep_plan import (
    add_plan,
    begin_plan,
    end_plan,
    finish_plan,
    lock_plan,
    next_attempts,
    note_plan_progress,
    purge_plans,
    read_moves,
)
from lingqu.modules.routing.offer_direct import offer_direct
from lingqu.modules.routing.plan import Course, nodes_of, without
from lingqu.modules.routing.plan_courses import find_courses_of
from lingqu.modules.routing.plan_figures import figures, total
from lingqu.modules.routing.plan_reasons import explain
from lingqu.modules.routing.plan_solve import Solved, solve
from lingqu.modules.routing.plan_types import (
    NewBacklogPlan,
    PlannedLine,
    PlannedOrder,
    PlanOrderState,
    PlanState,
    PlanSummary,
    SkipReason,
)
from lingqu.modules.routing.plans import find_course, find_courses, find_setting
from lingqu.modules.routing.setting import put_setting
from lingqu.modules.routing.types import (
    DEFAULT_RULES,
    Cause,
    DropReason,
    LineRoute,
    NewDirectOffer,
    NewSetting,
    NodeName,
    NodeSetting,
)

__all__ = [
    "DEFAULT_RULES",
    "Answer",
    "Backlog",
    "Cause",
    "Choice",
    "Course",
    "DropReason",
    "Facts",
    "HoldCause",
    "Line",
    "LineRoute",
    "Moves",
    "NewBacklogPlan",
    "NewDirectOffer",
    "NewSetting",
    "NobodyServes",
    "NodeName",
    "NodeSetting",
    "Place",
    "PlanOrderState",
    "PlanState",
    "PlanSummary",
    "PlannedLine",
    "PlannedOrder",
    "SkipReason",
    "Solved",
    "Terms",
    "WaitingLine",
    "WaitingOrder",
    "add_loads",
    "add_plan",
    "begin_plan",
    "choose",
    "end_plan",
    "explain",
    "figures",
    "find_answers",
    "find_course",
    "find_courses",
    "find_courses_of",
    "find_due",
    "find_held",
    "find_setting",
    "finish_plan",
    "forget_answers",
    "forget_rejections",
    "gather",
    "hold_order",
    "keep_answers",
    "keep_choices",
    "lock_plan",
    "minute_of",
    "next_attempt",
    "next_attempts",
    "nodes_of",
    "note_plan_progress",
    "note_tried",
    "offer_direct",
    "purge_plans",
    "put_setting",
    "read_due",
    "read_moves",
    "release_held",
    "set_due",
    "solve",
    "split_up",
    "still_due",
    "total",
    "without",
]
