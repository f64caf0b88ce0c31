"""Cases of kept baskets: a buyer's own, seen by its people and by nobody above it."""

from collections.abc import Callable
from typing import Any

from tests.access.case import Case, Target
from tests.access.world import World

Targets = Callable[[World], list[Target]]


def draft_cases(
    own: Callable[..., Targets], *, keeping: Targets, order: Callable[[World, str], Any]
) -> dict[str, Case]:
    """Make the cases out of what the cases of orders know of their own."""
    return {
        "list_drafts": Case(targets=own("draft", "draft_id"), is_list=True),
        "save_draft": Case(targets=keeping),
        "read_draft": Case(targets=own("draft", "draft_id")),
        "replace_draft": Case(targets=own("draft", "draft_id", body=order, if_match=1)),
        "describe_draft": Case(targets=own("draft", "draft_id", body={"name": "kept"}, if_match=1)),
        "copy_draft": Case(targets=own("draft", "draft_id", body={"name": "copy"})),
        "fill_from_draft": Case(targets=own("draft", "draft_id")),
        "discard_draft": Case(targets=own("draft", "draft_id")),
        "restore_draft": Case(targets=own("draft-gone", "draft_id")),
        "read_draft_offer": Case(targets=own("draft", "draft_id")),
        "submit_draft": Case(targets=own("draft", "draft_id")),
        "take_back_draft": Case(targets=own("draft-waiting", "draft_id")),
        "release_basket": Case(
            targets=own("draft-leaving", "draft_id", by="{buyer}/manager", body={"is_accepted": True})
        ),
    }
