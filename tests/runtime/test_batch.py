import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingqu.kernel.errors import Unavailable
from lingqu.runtime.batch import Batcher


class Work:
    """Doubles numbers; -1 spoils a whole batch, -2 gets an exception of its own, -3 means the database is away."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.calls: list[list[int]] = []
        self.done: list[int] = []
        self.seconds = seconds
        self.running = 0
        self.most_running = 0

    async def __call__(self, items: Sequence[int]) -> Sequence[int | Exception]:
        self.calls.append(list(items))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        await asyncio.sleep(self.seconds)
        self.running -= 1
        if -1 in items:
            raise ZeroDivisionError("poison")
        if -3 in items:
            raise Unavailable("the database is away", retry_after_s=7)
        self.done += [item for item in items if item >= 0]
        return [KeyError(item) if item == -2 else item * 2 for item in items]


async def submit_all(batcher: Batcher[int, int], items: Sequence[int]) -> list[int | BaseException]:
    return await asyncio.gather(*(batcher.submit(item) for item in items), return_exceptions=True)


async def test_requests_of_one_moment_go_together_and_each_gets_its_own_answer() -> None:
    work = Work()
    assert await submit_all(Batcher("test", work), range(5)) == [0, 2, 4, 6, 8]
    assert work.calls == [[0, 1, 2, 3, 4]]


async def test_whoever_comes_while_a_batch_runs_forms_the_next_one() -> None:
    work = Work(seconds=0.01)
    batcher = Batcher("test", work)
    first = asyncio.create_task(batcher.submit(1))
    await asyncio.sleep(0.005)
    assert await submit_all(batcher, [2, 3]) == [4, 6]
    assert await first == 2
    assert work.calls == [[1], [2, 3]]
    assert work.most_running == 1


async def test_an_answer_to_come_holds_up_nobody_and_arrives() -> None:
    later: dict[int, asyncio.Future[int]] = {}

    async def work(items: Sequence[int]) -> Sequence["int | Exception | asyncio.Future[int]"]:
        for item in items:
            if item < 0:
                later[item] = asyncio.get_running_loop().create_future()
        return [later[item] if item < 0 else item * 2 for item in items]

    batcher = Batcher("test", work)
    waiting = [asyncio.create_task(batcher.submit(item)) for item in (-1, -2, -3)]
    assert await batcher.submit(4) == 8
    later[-1].set_result(10)
    later[-2].set_exception(KeyError("no"))
    later[-3].cancel()
    assert await waiting[0] == 10
    with pytest.raises(KeyError):
        await waiting[1]
    with pytest.raises(Unavailable):
        await waiting[2]


class Taker:
    """Takes an answer without a future, and may choke on it."""

    def __init__(self, *, is_sound: bool = True) -> None:
        self.took: list[int | Exception] = []
        self.is_sound = is_sound

    def done(self) -> bool:
        return False

    def set_result(self, result: int) -> None:
        if not self.is_sound:
            raise OSError("gone")
        self.took.append(result)

    def set_exception(self, exception: Exception) -> None:
        self.took.append(exception)


async def test_an_answer_is_taken_without_a_future_and_who_chokes_on_it_harms_nobody() -> None:
    later = asyncio.get_running_loop().create_future()

    async def work(items: Sequence[int]) -> Sequence["int | Exception | asyncio.Future[int]"]:
        return [later if item == 7 else KeyError(item) if item == -2 else item * 2 for item in items]

    batcher = Batcher("test", work, max_waiting=5)
    choking, takers = Taker(is_sound=False), [Taker() for _ in range(3)]
    batcher.put_for(choking, 1)
    for taker, item in zip(takers, (2, -2, 7), strict=True):
        batcher.put_for(taker, item)
    one_more = batcher.put(3)
    left_out = Taker()
    with pytest.raises(Unavailable):
        batcher.put_for(left_out, 4)
    assert [taker.took for taker in takers] == [[], [], []], "nothing is told before its batch has run"
    assert await one_more == 6
    assert takers[0].took == [4]
    assert isinstance(takers[1].took[0], KeyError)
    assert takers[2].took == []
    later.set_result(70)
    await asyncio.sleep(0)
    assert [len(taker.took) for taker in takers] == [1, 1, 1]
    assert takers[2].took == [70]
    assert choking.took == left_out.took == []


async def test_a_batch_is_composed_only_when_its_turn_has_come() -> None:
    work, ours, held = Work(), asyncio.Event(), []

    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        await ours.wait()
        held.append("taken")
        yield
        held.append("ended")

    batcher = Batcher("test", work, turn=turn)
    first = asyncio.create_task(submit_all(batcher, [1]))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(submit_all(batcher, [2, 3]))
    await asyncio.sleep(0.01)
    assert not work.calls
    ours.set()
    assert await first + await second == [2, 4, 6]
    assert work.calls == [[1, 2, 3]]
    assert held == ["taken", "ended"]


async def test_batches_run_side_by_side_where_allowed() -> None:
    work = Work(seconds=0.01)
    await submit_all(Batcher("test", work, max_size=2, concurrency=2), range(8))
    assert work.most_running == 2


async def test_an_answer_that_is_an_exception_is_raised_for_its_own_waiter() -> None:
    answers = await submit_all(Batcher("test", Work()), [1, -2, 3])
    assert (answers[0], answers[2]) == (2, 6)
    assert isinstance(answers[1], KeyError)


async def test_poison_is_isolated_by_halving() -> None:
    work = Work()
    answers = await submit_all(Batcher("test", work), [0, 1, 2, -1, 4, 5, 6, 7])
    assert isinstance(answers[3], ZeroDivisionError)
    assert [answer for index, answer in enumerate(answers) if index != 3] == [0, 2, 4, 8, 10, 12, 14]
    assert sorted(work.done) == [0, 1, 2, 4, 5, 6, 7]
    assert len(work.calls) == 7, "8, then twice 4, 2 and 1: only the halves with the poison are cut again"


async def test_an_outside_fault_is_everybodys_and_is_not_halved() -> None:
    work = Work()
    answers = await submit_all(Batcher("test", work), [1, -3, 2])
    assert all(isinstance(answer, Unavailable) and answer.retry_after_s == 7 for answer in answers)
    assert len({id(answer) for answer in answers}) == 3, "each waiter raises an exception of its own"
    assert len(work.calls) == 1


async def test_above_the_bound_a_request_is_turned_away_at_once() -> None:
    work = Work(seconds=0.01)
    answers = await submit_all(Batcher("test", work, max_waiting=4), range(6))
    assert answers[:4] == [0, 2, 4, 6]
    assert all(isinstance(answer, Unavailable) and answer.retry_after_s == 1 for answer in answers[4:])
    assert sorted(work.done) == [0, 1, 2, 3]


async def test_many_are_taken_whole_or_not_at_all() -> None:
    work = Work(seconds=0.01)
    batcher = Batcher("test", work, max_waiting=4)
    taken = batcher.put_all(range(3))
    with pytest.raises(Unavailable):
        batcher.put_all([3, 4])
    assert await batcher.put_all([5]) == [10]
    assert await taken == [0, 2, 4]
    assert await batcher.put_all([]) == []
    assert sorted(work.done) == [0, 1, 2, 5]


async def test_many_that_nobody_waits_for_any_more_are_not_done() -> None:
    work = Work(seconds=0.01)
    batcher = Batcher("test", work)
    first = batcher.put_all([1])
    await asyncio.sleep(0.002)
    gone = batcher.put_all([2, 3])
    gone.cancel()
    assert await batcher.put_all([4]) == [8]
    assert await first == [2]
    assert work.done == [1, 4]


async def test_each_of_many_gets_its_own_outcome() -> None:
    batcher = Batcher("test", Work())
    one, refused, two = await batcher.put_all([1, -2, 2])
    assert (one, two) == (2, 4)
    assert isinstance(refused, KeyError)


async def test_draining_answers_what_was_taken_and_takes_nothing_new() -> None:
    work = Work(seconds=0.01)
    batcher = Batcher("test", work, max_size=2)
    waiting = asyncio.gather(*(batcher.submit(item) for item in range(5)))
    await asyncio.sleep(0)
    await batcher.drain()
    assert await waiting == [0, 2, 4, 6, 8]
    with pytest.raises(Unavailable, match="ending"):
        await batcher.submit(9)
    assert 9 not in work.done


async def test_the_item_of_a_caller_that_left_is_not_done() -> None:
    work = Work(seconds=0.01)
    batcher = Batcher("test", work)
    first = asyncio.create_task(batcher.submit(1))
    await asyncio.sleep(0.002)
    gone = asyncio.create_task(batcher.submit(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await batcher.submit(3) == 6
    assert await first == 2
    assert work.done == [1, 3]


async def test_too_few_answers_are_a_bug_that_reaches_the_caller() -> None:
    async def forgetful(items: Sequence[int]) -> Sequence[int | Exception]:
        return items[1:]

    with pytest.raises(AssertionError, match="1 items got 0 answers"):
        await Batcher("test", forgetful).submit(1)


@settings(max_examples=60, deadline=None)
@given(
    items=st.lists(st.integers(min_value=-2, max_value=50), max_size=60),
    max_size=st.integers(1, 8),
    max_weight=st.integers(1, 60),
    concurrency=st.integers(1, 3),
)
def test_whatever_comes_each_item_is_answered_once_and_only_poison_suffers(
    items: list[int], max_size: int, max_weight: int, concurrency: int
) -> None:
    work = Work()

    async def play() -> list[int | BaseException]:
        batcher = Batcher(
            "test",
            work,
            max_size=max_size,
            max_weight=max_weight,
            concurrency=concurrency,
            weigh=lambda item: max(item, 1),
            max_waiting=1_000,
        )
        return await submit_all(batcher, items)

    answers = asyncio.run(play())
    for item, answer in zip(items, answers, strict=True):
        if item == -1:
            assert isinstance(answer, ZeroDivisionError)
        elif item == -2:
            assert isinstance(answer, KeyError)
        else:
            assert answer == item * 2
    assert sorted(work.done) == sorted(item for item in items if item >= 0), "each good item took effect exactly once"
    for call in work.calls:
        assert len(call) <= max_size
        assert len(call) == 1 or sum(max(item, 1) for item in call) <= max_weight
