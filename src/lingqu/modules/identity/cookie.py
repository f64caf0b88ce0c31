"""The cookie in which a browser keeps a session's token."""

from lingqu.modules.identity.open_session import LONGEST
from lingqu.runtime.http.edge import SESSION_COOKIE


def session_cookie(token: str) -> str:
    """Write the header that sets the cookie, or removes it where the token is empty.

    No script reads it, and no other site's page sends it.
    """
    max_age_s = int(LONGEST.total_seconds()) if token else 0
    return f"{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}"
