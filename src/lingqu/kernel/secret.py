"""Secrets: drawn here, because chance is not a module's to have."""

import secrets

_BYTES = 32


def new_secret() -> str:
    """Draw a secret that nobody can guess.

    Units: 256 random bits as 43 URL-safe characters.
    """
    return secrets.token_urlsafe(_BYTES)
