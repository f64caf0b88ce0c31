"""What other modules may use of membership."""

from lingqu.modules.membership.events import MemberEnrolled, MemberRegistered, PointsChanged
from lingqu.modules.membership.find_cells import find_member_cells
from lingqu.modules.membership.members import read_member
from lingqu.modules.membership.phone import normalise_phone
from lingqu.modules.membership.points import award_points, find_programs, points_account
from lingqu.modules.membership.register import PhoneTaken, add_members
from lingqu.modules.membership.types import Award, Member, NewMember, Program

__all__ = [
    "Award",
    "Member",
    "MemberEnrolled",
    "MemberRegistered",
    "NewMember",
    "PhoneTaken",
    "PointsChanged",
    "Program",
    "add_members",
    "award_points",
    "find_member_cells",
    "find_programs",
    "normalise_phone",
    "points_account",
    "read_member",
]
