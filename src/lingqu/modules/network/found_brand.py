"""Found a brand: the top of a tree, made by the platform's operators without an application."""

from typing import Annotated
from zoneinfo import available_timezones

from msgspec import Meta, Struct
from msgspec.structs import asdict

from lingqu.kernel.errors import FieldError, Invalid, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import check_region
from lingqu.modules.network.add_organizations import add_organizations
from lingqu.modules.network.apply import Code, Text
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.types import Kind, NewOrganization
from lingqu.runtime.tx import Tx

_NO_ZONE = Words("There is no time zone {time_zone}.", "没有时区 {time_zone}。")


class BrandBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A brand; what joins below it takes its time zone and currency."""

    code: Code
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    name_en: Text = ""
    region_id: int | None = None
    address: Text = ""
    contact_name: Text = ""
    contact_phone: Annotated[str, Meta(max_length=40)] = ""
    time_zone: str = "Asia/Shanghai"
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")] = "CNY"


async def found_brand(tx: Tx, *, scope: Scope, body: BrandBody) -> Organization:
    """Make an active brand.

    Raises: Invalid, CodeTaken.
    """
    if body.time_zone not in available_timezones():
        raise Invalid(errors=[FieldError("/time_zone", "unknown", _NO_ZONE, {"time_zone": body.time_zone})])
    await check_region(tx, region_id=body.region_id)
    (added,) = await add_organizations(tx, organizations=[NewOrganization(kind=Kind.BRAND, **asdict(body))])
    return await read_organization(tx, scope=scope, organization_id=added.id)
