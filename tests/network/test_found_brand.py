import pytest

from lingqu.kernel.errors import Invalid
from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import CodeTaken, Kind, NewOrganization, Status, add_organizations, scope_of_party
from lingqu.modules.network.apply import Application, apply
from lingqu.modules.network.found_brand import BrandBody, found_brand
from lingqu.runtime.tx import Tx


async def test_what_joins_below_a_brand_takes_its_zone_and_currency(tx: Tx) -> None:
    (platform,) = await add_organizations(
        tx, organizations=[NewOrganization(kind=Kind.PLATFORM, code="P", name="平台", home_cell=0)]
    )
    scope = await scope_of_party(tx, actor=Actor(platform.party_id), permissions=frozenset())
    assert scope is not None
    body = BrandBody(code="IA", name="Iowa", time_zone="US/Central", currency="USD")
    brand = await found_brand(tx, scope=scope, body=body)
    assert (brand.kind, brand.status, brand.parent_id) == (Kind.BRAND, Status.ACTIVE, None)
    new = Application(kind="distributor", parent_id=brand.id, code="IA-1", name="Des Moines")
    below = await apply(tx, scope=scope, application=new)
    assert (below.time_zone, below.currency) == ("US/Central", "USD")
    with pytest.raises(CodeTaken):
        await found_brand(tx, scope=scope, body=body)
    nowhere = BrandBody(code="X", name="X", time_zone="Mars/Olympus", region_id=7)
    with pytest.raises(Invalid) as refusal:
        await found_brand(tx, scope=scope, body=nowhere)
    assert [error.path for error in refusal.value.errors] == ["/time_zone"]
