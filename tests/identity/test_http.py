"""Sign-in over HTTP: the edge, the cookie and the count of failures that outlives its refusal."""

from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace

import httpx
import pytest

from lingqu.modules.identity.api import NewUser, add_users, find_built_in_roles
from lingqu.modules.network.api import Kind, NewOrganization, add_organizations
from lingqu.roles.api import routes
from lingqu.roles.identify import identify
from lingqu.runtime.db import Database
from lingqu.runtime.http.app import create_app
from lingqu.runtime.http.edge import Edge


@pytest.fixture(scope="module")
async def site(fresh_database: Callable[[], str], password_hash: str) -> AsyncIterator[SimpleNamespace]:
    """Serve a database of its own with one user, wang."""
    database = Database(fresh_database())
    await database.open()
    async with database.begin() as tx:
        (added,) = await add_organizations(
            tx, organizations=[NewOrganization(kind=Kind.DISTRIBUTOR, code="D", name="杭州经销", home_cell=2)]
        )
        role = (await find_built_in_roles(tx))["distributor", "manager"]
        user = NewUser(
            login="wang", name="王芳", party_id=added.party_id, role_ids=(role,), password_hash=password_hash
        )
        await add_users(tx, users=[user])
    app = create_app(Edge(database, identify, must_audit=True), routes(), version="0")

    def connect(**headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://test/api/v1",
            headers=headers,
        )

    yield SimpleNamespace(connect=connect, password="correct horse battery")
    await database.close()


async def test_a_session_opens_by_cookie_or_bearer_and_ends(site: SimpleNamespace) -> None:
    async with site.connect() as browser:
        assert (await browser.get("/me")).status_code == 401
        answer = await browser.post("/sessions", json={"login": "wang", "password": site.password})
        assert answer.status_code == 201
        cookie = answer.headers["set-cookie"]
        token = answer.json()["token"]
        assert cookie.startswith(f"lingqu_session={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=")
        me = await browser.get("/me")
        assert (me.status_code, me.json()["organization_name"], me.headers["etag"]) == (200, "杭州经销", '"1"')
        assert "network.edit" in me.json()["permissions"]
        async with site.connect(Authorization=f"Bearer {token}") as program:
            assert (await program.get("/me")).json() == me.json()
            edited = await program.patch("/me", json={"language": "en"}, headers={"If-Match": '"1"'})
            assert (edited.status_code, edited.json()["language"]) == (200, "en")
            assert (await program.patch("/me", json={}, headers={"If-Match": '"1"'})).status_code == 412
            assert (await program.get("/me/sessions")).json()["items"][0]["is_current"]
        foreign = await browser.delete("/sessions/current", headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
        out = await browser.delete("/sessions/current")
        assert (out.status_code, out.content) == (204, b"")
        assert "Max-Age=0" in out.headers["set-cookie"]
    async with site.connect(Authorization=f"Bearer {token}") as program:
        assert (await program.get("/me")).status_code == 401


async def test_failures_are_counted_although_each_is_refused(site: SimpleNamespace) -> None:
    async with site.connect(**{"Accept-Language": "en"}) as browser:
        answers = [await browser.post("/sessions", json={"login": "nobody", "password": "guess"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert {answer.json()["code"] for answer in answers[:5]} == {"identity.wrong-credentials"}
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert answers[5].json()["facts"]["seconds"] in {30, 31}


async def test_a_key_makes_no_failed_sign_in_a_success(site: SimpleNamespace) -> None:
    async with site.connect() as browser:
        await browser.post("/sessions", json={"login": "wang", "password": site.password})
        key = {"Idempotency-Key": "the-same-key"}
        wrong = {"login": "wang", "password": "guess"}
        answers = [await browser.post("/sessions", json=wrong, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [401, 401]


async def test_over_tls_the_cookie_stays_there(site: SimpleNamespace) -> None:
    async with site.connect(**{"X-Forwarded-Proto": "https"}) as browser:
        answer = await browser.post("/sessions", json={"login": "wang", "password": site.password})
    assert answer.headers["set-cookie"].endswith("; Secure")
