"""What other modules may use of credit."""

from lingqu.modules.credit.checks import CHECKS
from lingqu.modules.credit.grant import AlreadyGranted, add_agreements
from lingqu.modules.credit.types import Agreement, AgreementStatus, NewAgreement

__all__ = ["CHECKS", "Agreement", "AgreementStatus", "AlreadyGranted", "NewAgreement", "add_agreements"]
