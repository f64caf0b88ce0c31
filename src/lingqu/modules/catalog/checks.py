"""The invariants of this module as statements that must find nothing."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "catalog.pictures-use-their-files",
        SQL["pictures_without_use"],
        Words(
            "Every picture keeps its file, and nothing else does in its name.", "每张图片都占用其文件，且别无多余占用。"
        ),
    ),
)
