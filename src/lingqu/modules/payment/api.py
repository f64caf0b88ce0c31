"""What the roles and other modules may use of payment."""

from lingqu.modules.payment.checks import CHECKS
from lingqu.modules.payment.conduct import Conductor
from lingqu.modules.payment.start import NewOnlinePayment, start

__all__ = ["CHECKS", "Conductor", "NewOnlinePayment", "start"]
