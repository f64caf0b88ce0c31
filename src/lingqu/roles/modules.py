"""Every module of this installation, the lowest first: the one place where all of them are named."""

from lingqu.modules.approval.module import MODULE as APPROVAL
from lingqu.modules.catalog.module import MODULE as CATALOG
from lingqu.modules.credit.module import MODULE as CREDIT
from lingqu.modules.files.module import MODULE as FILES
from lingqu.modules.identity.module import MODULE as IDENTITY
from lingqu.modules.ledger.module import MODULE as LEDGER
from lingqu.modules.membership.module import MODULE as MEMBERSHIP
from lingqu.modules.network.module import MODULE as NETWORK
from lingqu.modules.notice.module import MODULE as NOTICE
from lingqu.modules.numbering.module import MODULE as NUMBERING
from lingqu.modules.orders.module import MODULE as ORDERS
from lingqu.modules.partners.module import MODULE as PARTNERS
from lingqu.modules.payment.module import MODULE as PAYMENT
from lingqu.modules.pricing.module import MODULE as PRICING
from lingqu.modules.routing.module import MODULE as ROUTING
from lingqu.modules.stock.module import MODULE as STOCK
from lingqu.modules.territory.module import MODULE as TERRITORY
from lingqu.runtime.migrate import Migration, load
from lingqu.runtime.module import Module
from lingqu.runtime.own import MODULE as RUNTIME

MODULES: tuple[Module, ...] = (
    IDENTITY,
    FILES,
    APPROVAL,
    NOTICE,
    NUMBERING,
    NETWORK,
    CATALOG,
    TERRITORY,
    LEDGER,
    MEMBERSHIP,
    PRICING,
    STOCK,
    CREDIT,
    ROUTING,
    ORDERS,
    PAYMENT,
    PARTNERS,
)

ALL: tuple[Module, ...] = (RUNTIME, *MODULES)
"""What the roles run: the runtime's own part first, then the modules."""


def migrations() -> list[Migration]:
    """Load every migration: the runtime's first, then the modules' in their order."""
    return load([(module.name, module.package) for module in ALL])
