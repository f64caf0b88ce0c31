"""Tokens: ``<cell>.<secret>``. The cell says where the row lies; only a hash of the secret is stored."""

import hashlib
import secrets

from msgspec import Struct

_SECRET_BYTES = 32
_LARGEST_CELL = 1023


class Token(Struct, frozen=True):
    """A token taken apart."""

    cell_id: int
    secret: str

    def __str__(self) -> str:
        return f"{self.cell_id}.{self.secret}"

    @property
    def hash(self) -> bytes:
        """Hash of the secret. Plain SHA-256: the secret has 256 random bits, there is nothing to guess."""
        return hashlib.sha256(self.secret.encode()).digest()


def new_token(cell_id: int) -> Token:
    """Make a token for a row of this cell."""
    return Token(cell_id, secrets.token_urlsafe(_SECRET_BYTES))


def parse_token(text: str) -> Token | None:
    """Take a token apart; None for what has not its form."""
    cell, dot, secret = text.partition(".")
    if not dot or not secret or not (cell.isascii() and cell.isdigit()) or int(cell) > _LARGEST_CELL:
        return None
    return Token(int(cell), secret)
