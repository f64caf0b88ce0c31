"""The cookie in which a browser keeps a session's token."""

from lingqu.modules.identity.open_session import LONGEST
from lingqu.runtime.http.call import SESSION_COOKIE
from lingqu.runtime.http.route import Connection


def session_cookie(token: str, *, request: Connection) -> dict[str, str]:
    """Write the header that sets the cookie, or removes it where the token is empty.

    No script reads it, no other site's page sends it, and where it came over TLS it goes over nothing else.
    """
    max_age_s = int(LONGEST.total_seconds()) if token else 0
    secure = "; Secure" if request.is_secure else ""
    text = f"{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}"
    return {"Set-Cookie": text}
