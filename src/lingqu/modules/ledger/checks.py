"""What must always hold of the books; `lingqu verify` runs these."""

from lingqu.kernel.errors import Words
from lingqu.runtime.check import Check
from lingqu.runtime.sql import statements

SQL = statements(__package__)

CHECKS = (
    Check(
        "ledger.balance-is-the-sum-of-postings",
        SQL["check_balances"],
        Words("A balance is the sum of its postings", "账户余额等于其分录之和"),
    ),
    Check(
        "ledger.cell-sums-to-zero",
        SQL["check_zero"],
        Words("All balances of a cell sum to zero", "同一单元内全部账户余额之和为零"),
    ),
    Check(
        "ledger.held-is-the-sum-of-holds",
        SQL["check_held"],
        Words("Held money is the sum of what documents hold", "冻结金额等于各单据冻结之和"),
    ),
    Check(
        "ledger.entry-has-postings",
        SQL["check_entries"],
        Words("Every entry has postings", "每笔记账都有分录"),
    ),
    Check(
        "ledger.posting-keeps-its-currency",
        SQL["check_currency"],
        Words("A posting stays within one currency", "一条分录只涉及一种货币"),
    ),
    Check(
        "ledger.clearing-mirrors",
        SQL["check_clearing"],
        Words("Clearing accounts of two cells mirror each other", "两个单元之间的清算账户互为相反数"),
    ),
)
