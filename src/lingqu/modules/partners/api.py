"""What the roles and other modules may use of partners."""

from lingqu.modules.partners.address import AddressRule, is_public
from lingqu.modules.partners.checks import CHECKS
from lingqu.modules.partners.dispatch import Dispatcher
from lingqu.modules.partners.steps import pause
from lingqu.modules.partners.subscribe import NewWebhook, subscribe

__all__ = ["CHECKS", "AddressRule", "Dispatcher", "NewWebhook", "is_public", "pause", "subscribe"]
