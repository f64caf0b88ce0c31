"""Set the rules by which a seller chooses its nodes."""

import msgspec
from msgspec.structs import asdict
from psycopg.types.json import Jsonb

from lingqu.kernel.errors import FieldError, Invalid, Stale, Words
from lingqu.kernel.scope import Scope
from lingqu.modules.network.api import bump_epochs, node_terms, organization_terms
from lingqu.modules.routing.offer_direct import find_offers_to
from lingqu.modules.routing.plans import find_setting
from lingqu.modules.routing.types import NewSetting, RegionName, SettingView
from lingqu.runtime.sql import statements
from lingqu.runtime.tx import Tx

SQL = statements(__package__)
_TWICE = Words("This stands in the list already.", "此项已在列表中。")
_NOWHERE = Words("There is no region {region_id}.", "没有编号为 {region_id} 的地区。")
_NO_OFFER = Words("This supplier does not offer to send to your buyers.", "该供应商未开放向您的下级直发。")
_FOREIGN = Words("This is no node of yours.", "这不是本组织的仓店。")


async def read_setting(tx: Tx, *, scope: Scope) -> SettingView:
    """Read the caller's own setting; version 0 and the defaults where none is kept."""
    setting, version = await find_setting(tx, seller_id=scope.organization_id)
    return await _view(tx, setting, scope.organization_id, version)


async def set_setting(tx: Tx, *, scope: Scope, if_match: int, setting: NewSetting) -> SettingView:
    """Set the caller's own rules; ``if_match`` 0 where there are none yet. Orders placed from now on follow them.

    Raises: Invalid for a rule or node named twice or a node of somebody else; Stale.
    """
    return await put_setting(tx, seller_id=scope.organization_id, if_match=if_match, setting=setting)


async def put_setting(tx: Tx, *, seller_id: int, if_match: int, setting: NewSetting) -> SettingView:
    """Set a seller's rules; ``if_match`` 0 where there are none yet.

    Raises: Invalid, Stale.
    """
    await check_setting(tx, seller_id=seller_id, setting=setting)
    before, version = await find_setting(tx, seller_id=seller_id)
    if version == 0 and if_match != 0:
        raise Stale(kind="routing setting")
    versions = await tx.values(
        SQL["set_setting"],
        int,
        seller_id=seller_id,
        is_active=setting.is_active,
        content=Jsonb(msgspec.to_builtins(setting)),
        if_match=if_match,
    )
    if not versions:
        raise Stale(kind="routing setting")
    tx.record("routing setting", seller_id, before=before if version else None, after=setting)
    await bump_epochs(tx, seller_ids=[seller_id])
    return await _view(tx, setting, seller_id, versions[0])


async def check_setting(tx: Tx, *, seller_id: int, setting: NewSetting) -> None:
    """Refuse a setting that names something twice or what is not the seller's.

    Raises: Invalid.
    """
    ids = [node.node_id for node in setting.nodes]
    known = await node_terms(tx, node_ids=ids)
    errors = await _direct_faults(tx, seller_id, setting)
    errors += [
        FieldError(f"/rules/{i}", "duplicate", _TWICE)
        for i, rule in enumerate(setting.rules)
        if rule in setting.rules[:i]
    ]
    for i, node_id in enumerate(ids):
        if node_id in ids[:i]:
            errors.append(FieldError(f"/nodes/{i}/node_id", "duplicate", _TWICE))
        elif node_id not in known or known[node_id].organization_id not in {seller_id, *setting.direct}:
            errors.append(FieldError(f"/nodes/{i}/node_id", "unknown", _FOREIGN))
    named = {region.id for region in await _regions(tx, setting)}
    errors += [
        FieldError(f"/nodes/{i}/region_ids/{k}", "unknown-region", _NOWHERE, {"region_id": region_id})
        for i, node in enumerate(setting.nodes)
        for k, region_id in enumerate(node.region_ids)
        if region_id not in named
    ]
    if errors:
        raise Invalid(errors=errors)


async def _direct_faults(tx: Tx, seller_id: int, setting: NewSetting) -> list[FieldError]:
    if not setting.direct:
        return []
    offering = {offer.seller_id for offer in await find_offers_to(tx, buyer_id=seller_id)}
    errors = []
    for i, supplier_id in enumerate(setting.direct):
        if supplier_id in setting.direct[:i]:
            errors.append(FieldError(f"/direct/{i}", "duplicate", _TWICE))
        elif supplier_id not in offering:
            errors.append(FieldError(f"/direct/{i}", "no-offer", _NO_OFFER))
    return errors


async def _regions(tx: Tx, setting: NewSetting) -> list[RegionName]:
    ids = sorted({region_id for node in setting.nodes for region_id in node.region_ids})
    return await tx.all(SQL["name_regions"], RegionName, ids=ids) if ids else []


async def _view(tx: Tx, setting: NewSetting, seller_id: int, version: int) -> SettingView:
    return SettingView(
        **asdict(setting),
        seller_id=seller_id,
        version=version,
        currency=(await organization_terms(tx, organization_ids=[seller_id]))[seller_id].currency,
        regions=await _regions(tx, setting),
        offers=await find_offers_to(tx, buyer_id=seller_id),
        buyer_levels=await tx.values(SQL["find_buyer_levels"], str, seller_id=seller_id),
    )
