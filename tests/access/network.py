"""Cases of network."""

from lingqu.kernel.scope import Actor
from lingqu.modules.network.api import NewProductLine, add_product_lines, scope_of_party
from lingqu.modules.network.apply import Application, apply
from lingqu.runtime.tx import Tx
from tests.access.case import Case, Target
from tests.access.proposals import PROPOSAL_CASES, build_proposals
from tests.access.world import World


async def build(tx: Tx, world: World) -> None:
    """Let each distributor's sales apply for a dealer, and give each brand a product line."""
    for key in ("east", "west"):
        actor = Actor(world[key].added.party_id, world[key].users["sales"], key)
        scope = await scope_of_party(tx, actor=actor, permissions=frozenset())
        assert scope is not None
        new = Application(kind="dealer", parent_id=world[key].id, code=f"NEW-{key}", name=f"新店 ACCESS-{key}")
        world.made["applied", key] = (await apply(tx, scope=scope, application=new)).id
    (line_id,) = await add_product_lines(
        tx, lines=[NewProductLine(brand_id=world["rival"].id, code="TEA", name_zh="茶", name_en="Tea")]
    )
    rows = await (await tx.connection.execute("select link_id, min(id) from network.link_grant group by 1")).fetchall()
    grant_of = dict(rows)
    for (seller, buyer), link_id in world.links.items():
        world.made["grant", f"{seller}-{buyer}"] = grant_of[link_id]
    world.made["product-line", "brand"] = world.line_id
    world.made["product-line", "rival"] = line_id
    await build_proposals(tx, world)


def _organizations(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({key}), by=f"{key}/viewer", path={"organization_id": place.id}, id=place.id)
        for key, place in world.places.items()
    ]


def _edited(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"organization_id": place.id},
            body={"contact_name": "新联系人"},
            if_match=1,
        )
        for key, place in world.places.items()
    ]


def _applications(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/sales",
            body={"kind": "dealer", "parent_id": world[key].id, "code": f"APPLY-{key}", "name": "新店"},
        )
        for key in ("east", "west")
    ]


def _decisions(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"organization_id": world.made["applied", key]},
            body={"is_approved": True},
        )
        for key in ("east", "west")
    ]


def _steps(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{world[key].parent or 'platform'}/manager",
            path={"organization_id": world[key].id},
            body={"step": "suspend", "reason": "逾期"},
        )
        for key in ("east1", "west1", "east", "brand")
    ]


def _invitations(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"organization_id": place.id},
            body={"name": "新人", "role_ids": [world.role_ids[place.kind, "viewer"]]},
        )
        for key, place in world.places.items()
    ]


def _lines(world: World) -> list[Target]:
    below = {"brand": set(world.places) - {"rival", "platform"}, "rival": {"rival"}}
    return [
        Target(owners=frozenset(below[key]), by=f"{key}/sales", id=world.made["product-line", key])
        for key in ("brand", "rival")
    ]


def _new_lines(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            body={"brand_id": world[key].id, "code": "NEW", "name_zh": "新", "name_en": "New"},
        )
        for key in ("brand", "rival")
    ] + [
        # A code that is taken: whoever may not see the brand must not learn that either.
        Target(
            owners=frozenset({key}), body={"brand_id": world[key].id, "code": code, "name_zh": "新", "name_en": "New"}
        )
        for key, code in (("brand", "MILK"), ("rival", "TEA"))
    ]


def _edited_lines(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"product_line_id": world.made["product-line", key]},
            body={"name_zh": "新名", "name_en": "Renamed"},
            if_match=1,
        )
        for key in ("brand", "rival")
    ]


def _nodes(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/warehouse",
            path={"node_id": place.added.node_id},
            id=place.added.node_id,
        )
        for key, place in world.places.items()
    ]


def _new_nodes(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            body={"organization_id": world[key].id, "kind": "van", "code": "van", "name": "车"},
        )
        for key in ("east", "west1")
    ] + [
        # A code that is taken: whoever may not see the organization must not learn that either.
        Target(
            owners=frozenset({key}), body={"organization_id": world[key].id, "kind": "van", "code": "1", "name": "车"}
        )
        for key in ("east", "west1")
    ]


def _edited_nodes(world: World) -> list[Target]:
    return [
        Target(
            owners=frozenset({key}),
            by=f"{key}/manager",
            path={"node_id": world[key].added.node_id},
            body={"is_open": False},
            if_match=1,
        )
        for key in ("east", "west1")
    ]


def _links(world: World) -> list[Target]:
    """Both sides see a link."""
    return [
        Target(owners=frozenset(pair), by=f"{pair[1]}/viewer", path={"link_id": link_id}, id=link_id)
        for pair, link_id in world.links.items()
    ]


def _new_links(world: World) -> list[Target]:
    """Both sides must stand in the caller's scope: one who sees only one of them is refused, too."""
    pairs = (("east", "west1"), ("factory", "west"), ("east1", "rival"))
    return [
        Target(
            owners=frozenset({"brand"} if "rival" not in pair else {"platform"}),
            by="brand/manager" if "rival" not in pair else "platform/manager",
            body={"seller_id": world[pair[0]].id, "buyer_id": world[pair[1]].id, "valid_from": "2026-03-01"},
        )
        for pair in pairs
    ]


def _sold(world: World, *, body: object, if_match: int | None = None) -> list[Target]:
    """Only the seller's side changes a link."""
    return [
        Target(
            owners=frozenset({seller}),
            by=f"{seller}/manager",
            path={"link_id": link_id, "grant_id": world.made["grant", f"{seller}-{buyer}"]},
            body=body,
            if_match=if_match,
        )
        for (seller, buyer), link_id in world.links.items()
    ]


CASES = {
    **PROPOSAL_CASES,
    "list_organizations": Case(targets=_organizations, is_list=True),
    "read_organization": Case(targets=_organizations),
    "read_organization_history": Case(targets=_organizations),
    "apply_for_organization": Case(targets=_applications),
    "found_brand": Case(
        targets=lambda _: [
            Target(owners=frozenset({"platform"}), by="platform/manager", body={"code": "BRAND2", "name": "新品牌"})
        ],
    ),
    "edit_organization_record": Case(targets=_edited),
    "decide_on_organization": Case(targets=_decisions),
    "take_organization_step": Case(targets=_steps),
    "invite_user": Case(targets=_invitations),
    "list_product_lines": Case(targets=_lines, is_list=True),
    "add_product_line": Case(targets=_new_lines),
    "edit_product_line": Case(targets=_edited_lines),
    "list_nodes": Case(targets=_nodes, is_list=True),
    "read_node": Case(targets=_nodes),
    "add_node": Case(targets=_new_nodes),
    "edit_node": Case(targets=_edited_nodes),
    "list_links": Case(targets=_links, is_list=True),
    "read_link": Case(targets=_links),
    "add_link": Case(targets=_new_links),
    "edit_link": Case(targets=lambda world: _sold(world, body={"payment_days": 45}, if_match=1)),
    "grant": Case(
        targets=lambda world: _sold(world, body={"capability": "order", "product_line_id": world.line_id}),
    ),
    "set_grant_days": Case(targets=lambda world: _sold(world, body={"valid_until": "2036-01-01"})),
    "revoke_grant": Case(targets=lambda world: _sold(world, body={"reason": "违约"})),
}
