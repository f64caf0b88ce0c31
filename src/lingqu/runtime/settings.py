"""Settings, read from the environment once at the start of a process."""

import os
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, convert

_PREFIX = "LINGQU_"


class Settings(Struct, frozen=True, kw_only=True):
    """What an operator may set; every field is ``LINGQU_`` + its name in capitals."""

    home: str = ""
    database_url: str = ""
    nats_url: str = ""
    archive: str = ""
    objects_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8620
    door_port: int = 0
    public_url: str = ""
    smtp_url: str = ""
    mail_from: str = "lingqu@localhost"
    may_call_private: bool = False
    payment_url: str = ""
    payment_secret: str = ""
    sandbox_port: int = 0
    api_processes: int = 1
    worker_parts: str = ""
    order_batch: int = 768
    pool_size: int = 8
    statement_timeout_ms: int = 15_000
    lock_timeout_ms: int = 5_000
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_token: str = ""
    is_demo: bool = False

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from ``environment`` (default: the process's own).

        Raises: ValueError naming the variable that cannot be read.
        """
        source = os.environ if environment is None else environment
        given = {
            field: source[_PREFIX + field.upper()]
            for field in cls.__struct_fields__
            if source.get(_PREFIX + field.upper())
        }
        try:
            return convert(given, cls, strict=False)
        except ValueError as error:
            raise ValueError(f"a LINGQU_ variable cannot be read: {error}") from None
