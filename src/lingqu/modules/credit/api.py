"""What other modules may use of credit."""

from lingqu.modules.credit.agreements import read_agreement
from lingqu.modules.credit.change import AgreementEdit, change
from lingqu.modules.credit.checks import CHECKS
from lingqu.modules.credit.grant import AlreadyGranted, add_agreements
from lingqu.modules.credit.types import Agreement, AgreementStatus, NewAgreement

__all__ = [
    "CHECKS",
    "Agreement",
    "AgreementEdit",
    "AgreementStatus",
    "AlreadyGranted",
    "NewAgreement",
    "add_agreements",
    "change",
    "read_agreement",
]
