"""What every answer carries, and what no request may bring."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from data.sign_in import SignIn

__all__ = ["IDENTITY", "cookie_of", "header_of", "own_headers", "with_identity", "with_own"]

IDENTITY = b"x-explorer-session"  # names the session to Streamlit, which lets nobody else take it up again
_OTHERS_IDENTITY = {IDENTITY, b"x-streamlit-user"}
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)  # those with a src are no inline ones
_YEAR = 365 * 24 * 60 * 60
Headers = list[tuple[bytes, bytes]]


def own_headers(settings: SignIn, scripts: Iterable[str] = ()) -> dict[str, str]:
    """The headers of every answer.

    Streamlit writes its style into the page piece by piece, so style stays open to what is in the page. Of scripts that
    stand in a page only those run that are named here, by their hash; everything else comes from here alone.

    Parameters
    ----------
    settings
        Under which address browsers come.
    scripts
        HTML with the scripts that may run.
    """
    allowed = " ".join(sorted({f"'sha256-{_hashed(each)}'" for html in scripts for each in _SCRIPT.findall(html)}))
    live = settings.address.replace("http", "ws", 1)
    policy = [
        "default-src 'self'", f"script-src 'self' {allowed}".strip(), "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:", "font-src 'self' data:", f"connect-src 'self' {live}", "worker-src 'self' blob:",
        "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-src 'none'", "frame-ancestors 'none'",
    ]  # fmt: skip
    headers = {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        # To one's own pages only: with "no-referrer" a browser would not say either where signing out was asked.
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    return headers | ({"strict-transport-security": f"max-age={_YEAR}"} if settings.secure else {})


def with_own(headers: Iterable[tuple[bytes, bytes]], own: dict[str, str], path: str, secure: bool) -> Headers:
    """An answer's headers with ours in place of any of the same name. Only Streamlit's own files may be remembered.

    >>> given = [(b"set-cookie", b"a=b; Path=/"), (b"etag", b"x")]
    >>> told = with_own(given, {"x-frame-options": "DENY"}, "/static/x", secure=True)
    >>> [f"{name.decode()}: {value.decode()}" for name, value in told]
    ['set-cookie: a=b; Path=/; Secure', 'etag: x', 'x-frame-options: DENY']
    """
    told = own if path.startswith("/static/") else own | {"cache-control": "no-store"}
    names = {name.encode() for name in told} | {b"access-control-allow-origin"}
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    if secure:  # Streamlit's cookie too, which does not know that there is a proxy with https in front
        kept = [(name, _secured(value) if name.lower() == b"set-cookie" else value) for name, value in kept]
    return kept + [(name.encode(), value.encode()) for name, value in told.items()]


def _hashed(script: str) -> str:
    return b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _secured(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"


def with_identity(headers: Iterable[tuple[bytes, bytes]], session: str) -> Headers:
    """A request's headers without any identity it brought, and with the one that was found."""
    kept = [(name, value) for name, value in headers if name.lower() not in _OTHERS_IDENTITY]
    return [*kept, (IDENTITY, session.encode())]


def header_of(scope: Any, name: str) -> str:
    """A header of a request; blank where it is missing or stands twice, for two may be read differently."""
    found = [value for key, value in scope["headers"] if key.lower() == name.encode()]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def cookie_of(scope: Any, name: str) -> str:
    """A cookie of a request, as Streamlit will read it; blank where there is none."""
    from starlette.requests import HTTPConnection

    return HTTPConnection(scope).cookies.get(name, "")
