"""Events: facts in the past tense that a module publishes. A changed payload is a new version of the subject."""

from typing import ClassVar

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """Base of every published fact; ``subject`` reads ``<module>.<fact>.v<N>``."""

    subject: ClassVar[str] = ""
