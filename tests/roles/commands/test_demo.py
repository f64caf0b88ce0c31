"""`lingqu demo` and `lingqu logins` as a newcomer types them, in real processes."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from lingqu.kernel.ids import uuid7
from lingqu.runtime.engines.ports import free_port


@pytest.fixture
def home() -> Iterator[Path]:
    home = Path(tempfile.gettempdir()) / f"lingqu-test-{secrets.token_hex(4)}"
    yield home
    lingqu(home, "down")
    shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def lingqu(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lingqu.roles.cli", *words],
        env={**os.environ, "LINGQU_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_demo_tells_its_address_and_lets_everybody_in(home: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [sys.executable, "-m", "lingqu.roles.cli", "demo", "--scale", "small", "--port", address.rsplit(":", 1)[1]],
        env={**os.environ, "LINGQU_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        printed = ""
        for line in demo.stdout:
            printed += line
            if line == f"Lingqu runs at {address}\n":
                break
        assert "distributor  lingqu-demo" in printed
        told = json.loads(lingqu(home, "logins", "--json").stdout)
        assert {"brand", "supplier", "distributor", "dealer", "operator"} <= {login["role"] for login in told}
        for login in told:
            bearer = {"Authorization": f"Bearer {login['token']}"}
            assert httpx.get(f"{address}/api/v1/me", headers=bearer).json()["login"] == login["login"]
            body = {"login": login["login"], "password": login["password"]}
            assert httpx.post(f"{address}/api/v1/sessions", json=body).status_code == 201
        _pay_online(address, {login["role"]: login["token"] for login in told})
        os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait(60) == 0
    assert "database system is shut down" in (home / "log" / "postgres.log").read_text()


def _pay_online(address: str, tokens: dict[str, str]) -> None:
    """Pay the distributor as the dealer does: the page of the sandbox, its call, the worker, the books."""
    url = f"{address}/api/v1/online-payments"
    dealer = {"Authorization": f"Bearer {tokens['dealer']}"}
    seller = httpx.get(f"{address}/api/v1/me", headers={"Authorization": f"Bearer {tokens['distributor']}"}).json()
    body = {"seller_id": seller["organization_id"], "amount_minor": 12_300}
    started = httpx.post(url, json=body, headers=dealer | {"Idempotency-Key": str(uuid7())})
    assert started.status_code == 201, started.text
    one = f"{url}/{started.json()['payment']['id']}"

    def until(state: str) -> dict[str, str]:
        for _ in range(600):
            payment = httpx.get(one, headers=dealer).json()["payment"]
            if payment["state"] == state:
                return payment
            time.sleep(0.1)
        raise AssertionError(payment)

    page = until("open")["pay_url"]
    assert "123.00 CNY" in httpx.get(page).text
    assert "paid" in httpx.post(page, data={"outcome": "paid"}).text
    assert until("paid")["paid_at"] is not None


def test_a_real_installation_has_no_demo_logins(home: Path) -> None:
    assert "The first administrator is admin, password " in lingqu(home, "init").stdout
    assert "The first administrator" not in lingqu(home, "init").stdout, "made once"
    logins = lingqu(home, "logins", "--json")
    assert (logins.returncode, logins.stdout) == (1, "")
    assert "This is no demo" in logins.stderr
    demo = lingqu(home, "demo", "--scale", "small", "--port", str(free_port()))
    assert demo.returncode == 1
    assert "This data folder holds a real installation." in demo.stderr
    users = lingqu(home, "db", "shell", "-At", "-c", "select login from identity.user")
    assert users.stdout == "admin\n"
