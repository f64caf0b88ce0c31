"""The load: a process of its own that sends orders over many connections, one at a time on each, and notes the answers.

Run by the bench: ``python -m lingqu.roles.bench.load FILE``, FILE holding a `Plan`; prints a `Tally` as JSON.
"""

import asyncio
import gc
import random
import sys
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import uvloop
from msgspec import Struct

from lingqu.roles.bench.market import Market, zipf
from lingqu.runtime.http.app import PREFIX

_LENGTH = b"content-length: "
_REFUSED_EACH = 0.005
_CARTS = 1 << 15


class Plan(Struct, frozen=True, kw_only=True):
    """What to send. ``bulk``: orders in one request, 0: single orders; ``read``: SKUs in a look at a shelf instead."""

    port: int
    market: Market
    seconds: float
    connections: int
    bulk: int = 0
    read: int = 0
    seed: int = 1


class Tally(Struct, frozen=True, kw_only=True):
    """How it ended. Milliseconds are of requests; ``answers`` counts by status, in bulk by done and refused.

    ``oldest_ms``: how old what a shelf told was when it arrived, at worst.
    """

    answers: dict[str, int]
    took_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    oldest_ms: float = 0.0


class _Source:
    """Makes requests: dealers alike, goods as Zipf has it, three lines on average, a few that must be refused."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.oldest_ms = 0.0
        self.chance = random.Random(plan.seed)  # noqa: S311 - a fixed seed makes figures comparable
        market = plan.market
        weights = zipf(len(market.skus), seed=7)
        # Drawn and written once for all: a load that computes is a load that costs.
        counts = [1 + int(self.chance.random() * 5) for _ in range(_CARTS)]
        goods = iter(self.chance.choices(market.skus, cum_weights=weights, k=sum(counts)))
        self.carts = [self._lines([next(goods) for _ in range(count)]) for count in counts]
        self.hopeless = [self._lines([sku]) for sku in market.sold_out]
        self.at = 0
        tail = "\r\nContent-Type: application/json\r\n"
        path = f"{PREFIX}/orders/batch" if plan.bulk else f"{PREFIX}/orders"
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
        self.looks = self.chance.choices(market.skus, k=1 << 16)
        self.shelves = [
            (
                f"GET {PREFIX}/shelf?seller_id={c.seller_id}&sku_ids=",
                f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {c.token}\r\n\r\n",
            )
            for c in market.customers
        ]
        self.customers = [(c.seller_id, f"{head}{c.token}{tail}") for c in market.customers]
        self.poor = [(c.seller_id, f"{head}{c.token}{tail}") for c in market.poor]

    def next(self) -> bytes:
        """Make one request."""
        if self.plan.read:
            return self._look()
        chance = self.chance.random()
        who = self.poor if chance < _REFUSED_EACH and self.poor else self.customers
        seller_id, head = who[int(self.chance.random() * len(who))]
        if self.plan.bulk:
            items = ",".join(
                f'{{"key":"{self._key()}","order":{self._order(seller_id)}}}' for _ in range(self.plan.bulk)
            )
            body = f'{{"items":[{items}]}}'
            return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
        body = self._order(seller_id)
        return f"{head}Idempotency-Key: {self._key()}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    def _look(self) -> bytes:
        head, tail = self.shelves[int(self.chance.random() * len(self.shelves))]
        at = self.at
        self.at = (at + self.plan.read) & 0xFFFF
        return f"{head}{','.join(map(str, dict.fromkeys(self.looks[at : at + self.plan.read])))}{tail}".encode()

    def _lines(self, goods: Sequence[int]) -> str:
        return ",".join(f'{{"sku_id":{sku},"packs":{1 + int(self.chance.random() * 12)}}}' for sku in goods)

    def _order(self, seller_id: int) -> str:
        self.at = (self.at + 1) % _CARTS
        if self.hopeless and self.chance.random() < _REFUSED_EACH:
            lines = self.hopeless[self.at % len(self.hopeless)]
        else:
            lines = self.carts[self.at]
        return f'{{"seller_id":{seller_id},"lines":[{lines}]}}'

    def _key(self) -> str:
        time_ms, noise = f"{time.time_ns() // 1_000_000:012x}", f"{self.chance.getrandbits(72):018x}"
        return f"{time_ms[:8]}-{time_ms[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[6:]}"


class _Sender(asyncio.Protocol):
    """One connection."""

    def __init__(self, source: _Source, until: float, times: "array[float]", answers: Counter[str]) -> None:
        self.source, self.until, self.times, self.answers = source, until, times, answers
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: Any = None
        self.buffer = b""
        self.sent = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.sent = time.perf_counter()
        if self.sent >= self.until:
            self.transport.close()
            return
        self.transport.write(self.source.next())

    def data_received(self, data: bytes) -> None:
        self.buffer = data if not self.buffer else self.buffer + data
        head, gap, body = self.buffer.partition(b"\r\n\r\n")
        if not gap:
            return
        _, _, after = head.lower().partition(_LENGTH)  # both ports say it
        if len(body) < int(after.partition(b"\r\n")[0]):
            return
        self.buffer = b""
        self.times.append(time.perf_counter() - self.sent)
        self._note(head[9:12].decode(), body)
        self._send()

    def _note(self, status: str, body: bytes) -> None:
        if self.source.plan.read and status == "200":
            self._note_age(body)
        if self.source.plan.bulk and status == "200":
            counts = body[body.rindex(b'"done_count":') :]
            done, refused = (int(part.rsplit(b":", 1)[1].rstrip(b"}")) for part in counts.split(b","))
            self.answers["done"] += done
            self.answers["refused"] += refused
        else:
            self.answers[status] += 1

    def _note_age(self, body: bytes) -> None:
        start = body.index(b'"as_of":"') + 9
        as_of = datetime.fromisoformat(body[start : body.index(b'"', start)].decode())
        age_ms = (time.time() - as_of.timestamp()) * 1e3
        self.source.oldest_ms = max(self.source.oldest_ms, age_ms)

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None or self.sent < self.until:
            self.answers["lost"] += 1
        if not self.ended.done():
            self.ended.set_result(None)


async def send(plan: Plan) -> Tally:
    """Send for the time of the plan."""
    loop = asyncio.get_running_loop()
    source, times, answers = _Source(plan), array("d"), Counter[str]()
    gc.freeze()
    began, cpu = time.perf_counter(), time.process_time()
    senders = []
    for _ in range(plan.connections):
        _, sender = await loop.create_connection(
            lambda: _Sender(source, began + plan.seconds, times, answers), "127.0.0.1", plan.port
        )
        senders.append(sender)
    await asyncio.gather(*(sender.ended for sender in senders))
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    ordered = sorted(times)
    orders = sum(answers.values())
    return Tally(
        answers=dict(answers),
        took_s=took,
        p50_ms=ordered[len(ordered) // 2] * 1e3,
        p99_ms=ordered[int(len(ordered) * 0.99)] * 1e3,
        cpu_us=cpu / orders * 1e6,
        oldest_ms=source.oldest_ms,
    )


if __name__ == "__main__":
    read = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Plan)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(send(read))))
