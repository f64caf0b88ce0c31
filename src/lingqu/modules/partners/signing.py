"""Signatures: how a receiver knows that a message is ours and was not changed.

Source: Standard Webhooks 1.0 (``webhook-id``, ``webhook-timestamp``, ``webhook-signature``).
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"


def signing_secret(noise: str) -> str:
    """Write random URL-safe characters as a secret in the form of the standard.

    Shapes: ``noise`` is what `new_secret` gives, 43 characters of base64url; the result is ``whsec_`` + base64.
    """
    raw = base64.urlsafe_b64decode(noise + "=" * (-len(noise) % 4))
    return PREFIX + base64.b64encode(raw).decode()


def sign(secrets: Sequence[str], *, id: str, timestamp_s: int, body: bytes) -> str:  # noqa: A002 - the standard's word
    """Sign a message with each secret that is valid now, the newest first.

    Shapes: one ``v1,<base64>`` per secret, a space between: a receiver accepts the message if one of them is right.
    Units:  ``timestamp_s`` is seconds since 1970.
    Source: Standard Webhooks, "Signature scheme": HMAC-SHA256 over ``id.timestamp.body``.
    """
    message = f"{id}.{timestamp_s}.".encode() + body
    return " ".join(_v1(secret, message) for secret in secrets)


def _v1(secret: str, message: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
