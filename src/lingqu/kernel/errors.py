"""Expected refusals and outside faults, in both languages of the product.

A `Refusal` is a "no" that the caller can act on: it carries a stable code, a status, words and facts.
It is a class beside the use-case that raises it, so that a reader finds the rule and its "no" together.
A bug is an assertion or any other exception, never a Refusal.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from msgspec import Struct

from lingqu.kernel.names import in_chinese


class Words(Struct, frozen=True):
    """A sentence for people, once per language; ``{name}`` is filled from the refusal's facts."""

    en: str
    zh: str

    def say(self, language: str, facts: Mapping[str, Any]) -> str:
        """Fill the sentence of one language.

        Units: ``language`` is a BCP 47 tag; everything that does not start with ``zh`` is answered in English.
        """
        if language.startswith("zh"):
            return self.zh.format(**in_chinese(facts))
        return self.en.format(**facts)


class FieldError(Struct, frozen=True):
    """What is wrong with one field; ``path`` is an RFC 6901 pointer into the body or ``?name`` for a query field."""

    path: str
    code: str
    words: Words
    facts: dict[str, Any] = {}


class Refusal(Exception):
    """An expected "no". Subclass it beside the rule; the class attributes are its documentation.

    ``keeps_writes``: what was written before the "no" stays, such as the count of failed sign-ins. Every other
    refusal undoes its transaction.
    """

    code: ClassVar[str] = ""
    status: ClassVar[int] = 409
    title: ClassVar[Words]
    detail: ClassVar[Words | None] = None
    keeps_writes: ClassVar[bool] = False
    known: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init__(self, *, errors: Iterable[FieldError] = (), **facts: Any) -> None:
        self.errors = tuple(errors)
        self.facts = facts
        super().__init__(f"{self.code} {facts}")

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if abstract:
            return
        other = Refusal.known.get(cls.code, cls)
        if not cls.code or other.__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.__qualname__} needs a code of its own, {cls.code!r} is {other.__qualname__}'s")
        Refusal.known[cls.code] = cls


class NotFound(Refusal):
    """The row does not exist, or the caller may not see it: both look the same from outside."""

    code = "common.not-found"
    status = 404
    title = Words("Not found", "未找到")
    detail = Words("There is no {kind} {id} that you may see.", "没有您可查看的{kind} {id}。")


class Stale(Refusal):
    """Somebody changed the row since the caller read it."""

    code = "common.stale"
    status = 412
    title = Words("Changed meanwhile", "数据已被他人修改")
    detail = Words(
        "This {kind} was changed after you opened it. Load it again and repeat your change.",
        "打开之后该{kind}已被修改，请重新载入后再次提交。",
    )


class Invalid(Refusal):
    """Some fields are wrong; ``errors`` names each."""

    code = "common.invalid"
    status = 422
    title = Words("Please correct the marked fields", "请更正标出的字段")


class Unavailable(Exception):
    """Something outside failed (an engine, a provider); the caller may try again after ``retry_after_s``."""

    def __init__(self, what: str, *, retry_after_s: int = 1) -> None:
        self.what = what
        self.retry_after_s = retry_after_s
        super().__init__(what)
