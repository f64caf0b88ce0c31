"""The invariants of this module as statements that must find nothing."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "files.free-means-unused",
        SQL["free_while_used"],
        Words("A file is free exactly while nothing uses it.", "文件当且仅当未被使用时才标记为空闲。"),
    ),
)
