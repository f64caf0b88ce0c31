"""Who may read the figures."""

from collections.abc import Mapping

import httpx
import pytest
from litestar import Litestar

from lingqu.runtime.http.figures import handler


async def status(*, token: str, address: str, headers: Mapping[str, str]) -> tuple[int, str]:
    app = Litestar([handler(token=token)], openapi_config=None)
    transport = httpx.ASGITransport(app=app, client=(address, 4321))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/metrics", headers=dict(headers))
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("token", "address", "headers", "expected"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "::1", {}, 200),
        ("", "10.0.0.7", {}, 404),
        ("", "127.0.0.1", {"x-forwarded-for": "10.0.0.7"}, 404),
        ("s3cret", "127.0.0.1", {}, 404),
        ("s3cret", "10.0.0.7", {"authorization": "Bearer s3cret"}, 200),
        ("s3cret", "10.0.0.7", {"authorization": "Bearer wrong"}, 404),
    ],
)
async def test_figures_are_shown_to_this_machine_or_by_token(
    token: str, address: str, headers: dict[str, str], expected: int
) -> None:
    found, text = await status(token=token, address=address, headers=headers)
    assert found == expected
    assert ("lingqu_relay_events_total" in text) is (expected == 200)
