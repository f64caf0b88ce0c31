"""Micro-batches: single requests are collected for a moment, done together, and each gets its own answer.

Adaptive: whoever comes while a batch runs forms the next one, which starts as soon as that one ends. On a quiet
system a request runs alone at once; the busier it is, the longer (up to ``wait_s``) a first one waits for company.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.metrics import BATCH_SECONDS, BATCH_SIZE

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Taken_contra = TypeVar("Taken_contra", contravariant=True)

_MEMORY = 0.8  # share of the past in the running mean of batch sizes
_BUSY_SIZE = 8.0  # from this mean size on, a first request waits the whole of ``wait_s``

_LOG = logging.getLogger(__name__)


class Taker(Protocol[Taken_contra]):
    """Whoever takes one answer: a future, or one that spares the making of a future and a turn of the loop."""

    def done(self) -> bool:
        """Tell whether the answer is not waited for any more."""

    def set_result(self, result: Taken_contra, /) -> None:
        """Take the answer."""

    def set_exception(self, exception: Exception, /) -> None:
        """Take why there is none."""


class _Waiter(Struct, Generic[Item, Answer], frozen=True, gc=False):
    item: Item
    weight: int
    taker: Taker[Answer]


class _All(Generic[Answer]):
    """The answers of many items: one future for all of them, for one each costs more than what it carries."""

    def __init__(self, count: int) -> None:
        self.future: asyncio.Future[list[Answer | Exception]] = asyncio.get_running_loop().create_future()
        self._outcomes: dict[int, Answer | Exception] = {}
        self._count = count
        if not count:
            self.future.set_result([])

    def take(self, at: int, outcome: Answer | Exception) -> None:
        """Note one outcome, and tell all with the last."""
        self._outcomes[at] = outcome
        if len(self._outcomes) == self._count and not self.future.done():
            self.future.set_result([self._outcomes[number] for number in range(self._count)])


class _OneOf(Struct, Generic[Answer], frozen=True, gc=False):
    """Takes one answer for `_All`; if whoever waits for all has gone, none is waited for."""

    together: _All[Answer]
    at: int

    def done(self) -> bool:
        return self.together.future.done()

    def set_result(self, result: Answer) -> None:
        self.together.take(self.at, result)

    def set_exception(self, exception: Exception) -> None:
        self.together.take(self.at, exception)


def _one(_: Any) -> int:
    return 1


class Batcher(Generic[Item, Answer]):
    """Collects items and gives them to ``work``, which returns one answer per item, in order.

    An answer that is an exception is raised for its own waiter; one that is a future is still to come, and the next
    batch does not wait for it. If ``work`` itself raises, the batch is halved until
    the item that spoils it stands alone; ``work`` must therefore undo what it did when it raises (a transaction does).
    `Unavailable` concerns all alike and is not halved.

    Units: ``weigh`` gives an item's weight (lines of an order, say); a batch holds at most ``max_size`` items and
           ``max_weight`` in all (one item heavier than that goes alone). ``max_waiting`` bounds the queue.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Item]], Awaitable[Sequence["Answer | Exception | asyncio.Future[Answer]"]]],
        *,
        max_size: int = 256,
        wait_s: float = 0.002,
        max_waiting: int = 4_096,
        concurrency: int = 1,
        weigh: Callable[[Item], int] = _one,
        max_weight: int = 2_000,
        turn: Callable[[], AbstractAsyncContextManager[object]] | None = None,
    ) -> None:
        self._work = work
        self._max_size = max_size
        self._wait_s = wait_s
        self._max_waiting = max_waiting
        self._concurrency = concurrency
        self._weigh = weigh
        self._max_weight = max_weight
        self._turn = turn
        self._waiting: deque[_Waiter[Item, Answer]] = deque()
        self._running: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._mean_size = 1.0
        self._is_draining = False
        self._sizes = BATCH_SIZE.labels(name)
        self._seconds = BATCH_SECONDS.labels(name)

    async def submit(self, item: Item) -> Answer:
        """Hand in one item and wait for its answer.

        Raises: Unavailable if too many wait already or the process is about to end; what ``work`` says of this item.
        """
        return await self.put(item)

    def put(self, item: Item) -> "asyncio.Future[Answer]":
        """Hand in one item and give its answer to come: for callers that wait for many, or by callback.

        Raises: Unavailable if too many wait already or the process is about to end.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.put_for(answer, item)
        return answer

    def put_for(self, taker: Taker[Answer], item: Item) -> None:
        """Hand in one item whose answer ``taker`` takes, in a later turn of the loop.

        Raises: as `put`; the taker is told nothing then.
        """
        self._make_room(1)
        self._waiting.append(_Waiter(item, self._weigh(item), taker))
        self._consider()

    def put_all(self, items: Sequence[Item]) -> "asyncio.Future[list[Answer | Exception]]":
        """Hand in many items, or none of them: who is refused half would have to ask what became of the other.

        Shapes: one outcome per item, in the order given, once all are there.
        Raises: Unavailable if too many would wait or the process is about to end; nothing was taken then.
        """
        self._make_room(len(items))
        all_answers: _All[Answer] = _All(len(items))
        for at, item in enumerate(items):
            self.put_for(_OneOf(all_answers, at), item)
        return all_answers.future

    async def drain(self) -> None:
        """Take nothing new and return when everything taken is answered."""
        self._is_draining = True
        self._launch()
        while self._running:
            await asyncio.wait(self._running)

    def _make_room(self, count: int) -> None:
        if self._is_draining:
            raise Unavailable("this process is ending")
        if len(self._waiting) + count > self._max_waiting:
            raise Unavailable("too many requests wait already")

    def _consider(self) -> None:
        """Start a batch now, or see that one starts soon."""
        if len(self._running) >= self._concurrency:
            return  # the batch that ends next takes them along
        if len(self._waiting) >= self._max_size:
            self._launch()
        elif self._timer is None:
            wait_s = self._wait_s * min(1.0, (self._mean_size - 1.0) / (_BUSY_SIZE - 1.0))
            # Even "at once" is one turn of the loop later, so that requests of the same moment go together.
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._launch)

    def _launch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while len(self._running) < self._concurrency and self._waiting:
            run = self._run(self._take()) if self._turn is None else self._run_in(self._turn)
            task = asyncio.get_running_loop().create_task(run)
            self._running.add(task)
            task.add_done_callback(self._on_end)

    def _on_end(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._launch()

    def _take(self) -> list[_Waiter[Item, Answer]]:
        batch: list[_Waiter[Item, Answer]] = []
        weight = 0
        while self._waiting and len(batch) < self._max_size:
            if batch and weight + self._waiting[0].weight > self._max_weight:
                break
            waiter = self._waiting.popleft()
            if not waiter.taker.done():  # whoever asked has gone
                batch.append(waiter)
                weight += waiter.weight
        return batch

    async def _run_in(self, turn: Callable[[], AbstractAsyncContextManager[object]]) -> None:
        """Wait for the turn, and only then see who is there to be taken along."""
        async with turn():
            await self._run(self._take())

    async def _run(self, batch: Sequence[_Waiter[Item, Answer]]) -> None:
        if not batch:
            return  # whoever asked has gone
        self._mean_size = _MEMORY * self._mean_size + (1 - _MEMORY) * len(batch)
        self._sizes.observe(len(batch))
        with self._seconds.time():
            await self._answer(batch)

    async def _answers(self, items: Sequence[Item]) -> "Sequence[Answer | Exception | asyncio.Future[Answer]]":
        answers = await self._work(items)
        if len(answers) != len(items):
            raise AssertionError(f"{len(items)} items got {len(answers)} answers")
        return answers

    async def _answer(self, batch: Sequence[_Waiter[Item, Answer]]) -> None:
        try:
            answers = await self._answers([waiter.item for waiter in batch])
        except Unavailable as fault:
            for waiter in batch:
                _settle(waiter.taker, Unavailable(fault.what, retry_after_s=fault.retry_after_s))
        except Exception as error:  # noqa: BLE001 - raised again for the one waiter whose item causes it
            if len(batch) == 1:
                _settle(batch[0].taker, error)
                return
            middle = len(batch) // 2
            await self._answer(batch[:middle])
            await self._answer(batch[middle:])
        else:
            for waiter, answer in zip(batch, answers, strict=True):
                _settle(waiter.taker, answer)


def follow(future: "asyncio.Future[Answer]", taker: Taker[Answer]) -> None:
    """Let ``taker`` have what becomes of a future."""
    future.add_done_callback(lambda done: _settle(taker, _outcome(done)))  # type: ignore[arg-type]


def _settle(taker: Taker[Answer], answer: "Answer | Exception | asyncio.Future[Answer]") -> None:
    if isinstance(answer, asyncio.Future):
        follow(answer, taker)
        return
    if taker.done():  # whoever asked has gone
        return
    try:
        if isinstance(answer, Exception):
            taker.set_exception(answer)
        else:
            taker.set_result(answer)
    except Exception:  # noqa: BLE001 - one who cannot take an answer must not cost the next ones theirs
        _LOG.exception("bug in taking an answer")


def _outcome(done: "asyncio.Future[Answer]") -> Answer | Exception:
    if done.cancelled():
        return Unavailable("this process is ending")
    error = done.exception()
    if error is None:
        return done.result()
    return error if isinstance(error, Exception) else Unavailable("this process is ending")
