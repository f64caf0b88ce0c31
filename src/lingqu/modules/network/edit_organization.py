"""Edit an organization's record."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.identity.api import check_region, rename_party
from lingqu.modules.network.apply import Latitude, Longitude, Text
from lingqu.modules.network.bump_epochs import bump_epochs
from lingqu.modules.network.events import OrganizationEdited
from lingqu.modules.network.organizations import Organization, read_organization
from lingqu.modules.network.take_step import require_above
from lingqu.runtime.search import search_keys, sort_key
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)

_FROM_ABOVE = {"level", "contract_from", "contract_until", "credit_code", "name"}
_CONTRACT = Words("A contract ends after it begins.", "合同到期日须晚于起始日。")


class OrganizationEdit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. Name, level, credit code and contract are changed from above only."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    name_en: Text | UnsetType = UNSET
    level: Annotated[str, Meta(max_length=20)] | UnsetType = UNSET
    credit_code: Annotated[str, Meta(pattern="^[0-9A-Z]{18}$")] | UnsetType | None = UNSET
    region_id: int | UnsetType | None = UNSET
    address: Text | UnsetType = UNSET
    latitude: Latitude | UnsetType | None = UNSET
    longitude: Longitude | UnsetType | None = UNSET
    contact_name: Text | UnsetType = UNSET
    contact_phone: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    contract_from: date | UnsetType | None = UNSET
    contract_until: date | UnsetType | None = UNSET


async def edit_organization(
    tx: Tx, *, scope: Scope, organization_id: int, version: int, edit: OrganizationEdit
) -> Organization:
    """Change what is given.

    Raises: NotFound, OnlyFromAbove, Invalid, Stale.
    """
    before = await read_organization(tx, scope=scope, organization_id=organization_id)
    given = {name: value for name, value in asdict(edit).items() if value is not UNSET}
    if _FROM_ABOVE & given.keys():
        require_above(scope, organization_id)
    values = {name: given.get(name, getattr(before, name)) for name in OrganizationEdit.__struct_fields__}
    _check_contract(values["contract_from"], values["contract_until"])
    await check_region(tx, region_id=values["region_id"])
    touched = await tx.run(
        SQL["edit_organization"],
        id=organization_id,
        version=version,
        **values,
        sort_key=sort_key(values["name"]),
        search=search_keys(values["name"], values["name_en"], before.code),
    )
    if not touched:
        raise Stale(kind="organization")
    if values["name"] != before.name:
        await rename_party(tx, party_id=before.party_id, name=values["name"])
    tx.record("organization", organization_id, before={name: getattr(before, name) for name in given}, after=given)
    tx.emit(OrganizationEdited(organization_id=organization_id, fields=sorted(given)))
    # Prices go by level and region.
    await bump_epochs(tx, seller_ids=await tx.values(SQL["find_sellers_around"], int, id=organization_id))
    return await read_organization(tx, scope=scope, organization_id=organization_id)


def _check_contract(begin: date | None, end: date | None) -> None:
    if begin is not None and end is not None and end <= begin:
        raise Invalid(errors=[FieldError("/contract_until", "order", _CONTRACT)])
