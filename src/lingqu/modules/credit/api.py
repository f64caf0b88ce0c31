"""What other modules may use of credit."""

from lingqu.modules.credit.agreements import read_agreement
from lingqu.modules.credit.change import AgreementEdit, change
from lingqu.modules.credit.checks import CHECKS
from lingqu.modules.credit.grant import AlreadyGranted, add_agreements
from lingqu.modules.credit.standings import find_standings
from lingqu.modules.credit.types import Agreement, AgreementStatus, NewAgreement, Standing

__all__ = [
    "CHECKS",
    "Agreement",
    "AgreementEdit",
    "AgreementStatus",
    "AlreadyGranted",
    "NewAgreement",
    "Standing",
    "add_agreements",
    "change",
    "find_standings",
    "read_agreement",
]
