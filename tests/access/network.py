"""Cases of network."""

from tests.access.case import Case, Target
from tests.access.world import World


def _organizations(world: World) -> list[Target]:
    return [
        Target(owners=frozenset({key}), by=f"{key}/viewer", path={"organization_id": place.id}, id=place.id)
        for key, place in world.places.items()
    ]


CASES = {
    "list_organizations": Case(targets=_organizations, is_list=True),
    "read_organization": Case(targets=_organizations),
}
