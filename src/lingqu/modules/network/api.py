"""What other modules may use of network."""

from lingqu.modules.network.add_links import LinkExists, add_links
from lingqu.modules.network.add_nodes import add_nodes
from lingqu.modules.network.add_organizations import add_organizations
from lingqu.modules.network.add_product_lines import add_product_lines
from lingqu.modules.network.apply import Application, apply
from lingqu.modules.network.bump_epochs import ask_epochs, bump_epochs, find_epochs
from lingqu.modules.network.code_taken import CodeTaken
from lingqu.modules.network.decide import decide
from lingqu.modules.network.find_platform import find_platform
from lingqu.modules.network.grants import GrantDays, set_grant_days
from lingqu.modules.network.links import GrantBody, read_link
from lingqu.modules.network.product_lines import sees_product_line
from lingqu.modules.network.proposals import ProposedTerms
from lingqu.modules.network.propose_link import NewProposal, propose_link
from lingqu.modules.network.revision import read_revision
from lingqu.modules.network.scope_of import scope_of, scope_of_party, scopes_of
from lingqu.modules.network.take_step import OnlyFromAbove
from lingqu.modules.network.terms import link_terms, node_terms, organization_terms
from lingqu.modules.network.transit_bins import transit_bins
from lingqu.modules.network.types import (
    EVERY_GRANT,
    EVERY_KIND,
    TRADING_KINDS,
    AddedNode,
    AddedOrganization,
    BinState,
    Capability,
    GrantTerms,
    Kind,
    LinkTerms,
    NewGrant,
    NewLink,
    NewNode,
    NewOrganization,
    NewProductLine,
    NodeTerms,
    OrganizationTerms,
    Status,
)

__all__ = [
    "EVERY_GRANT",
    "EVERY_KIND",
    "TRADING_KINDS",
    "AddedNode",
    "AddedOrganization",
    "Application",
    "BinState",
    "Capability",
    "CodeTaken",
    "GrantBody",
    "GrantDays",
    "GrantTerms",
    "Kind",
    "LinkExists",
    "LinkTerms",
    "NewGrant",
    "NewLink",
    "NewNode",
    "NewOrganization",
    "NewProductLine",
    "NewProposal",
    "NodeTerms",
    "OnlyFromAbove",
    "OrganizationTerms",
    "ProposedTerms",
    "Status",
    "add_links",
    "add_nodes",
    "add_organizations",
    "add_product_lines",
    "apply",
    "ask_epochs",
    "bump_epochs",
    "decide",
    "find_epochs",
    "find_platform",
    "link_terms",
    "node_terms",
    "organization_terms",
    "propose_link",
    "read_link",
    "read_revision",
    "scope_of",
    "scope_of_party",
    "scopes_of",
    "sees_product_line",
    "set_grant_days",
    "transit_bins",
]
