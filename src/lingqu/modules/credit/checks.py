"""What must always hold of credit; `lingqu verify` runs these."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "credit.floor-is-the-limit",
        SQL["check_floors"],
        Words("The floor of a credit line is its limit", "授信账户的透支下限等于授信额度"),
    ),
)
