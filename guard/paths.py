"""Which paths there are. What is not named here is not there, whatever Streamlit would answer."""

from __future__ import annotations

import re

from data.people import ANALYST, VIEWER

__all__ = ["HEALTH", "OVER", "SIGN_IN", "SIGN_OUT", "STREAM", "is_link", "is_open", "is_page", "role_for", "safe_next",
           "shared_view"]  # fmt: skip

HEALTH = "/healthz"
SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
OVER = f"{SIGN_IN}/over"  # where a page goes whose session is over
STREAM = "/_stcore/stream"  # the live connection that all of a page travels on
_OPEN = {HEALTH, SIGN_IN, f"{SIGN_IN}/callback", f"{SIGN_IN}/ended", OVER}
_READS = {"GET", "HEAD"}
_PAGE = re.compile(r"/(?:[a-z][a-z0-9_]*)?")
_NO_PAGES = {"/auth", "/oauth2callback", "/component", "/media", "/static", "/app"}  # Streamlit's own
_NO_PAGES |= {"/s"}  # the folder of short links
_FILES = {"/favicon.png", "/manifest.json", "/_stcore/health", "/_stcore/host-config"}
_FOLDERS = re.compile(r"/(?:static|media)/[\w./-]+", re.ASCII)
_SHARED = re.compile(r"/s/([\w-]{16,64})", re.ASCII)
_UPLOAD = re.compile(r"/_stcore/upload_file/[\w-]+/[\w.-]+", re.ASCII)


def is_open(path: str) -> bool:
    """Whether a path answers before anybody has signed in.

    >>> is_open("/healthz"), is_open("/sign-in"), is_open("/sign-in/x"), is_open("/")
    (True, True, False, False)
    """
    return path in _OPEN


def is_page(path: str) -> bool:
    """Whether a path is a page of the explorer, or may be: the door asks for its name before it lets anybody through.

    >>> is_page("/"), is_page("/surveys"), is_page("/_stcore/metrics"), is_page("//evil.example"), is_page("/media/x")
    (True, True, False, False, False)
    """
    return bool(_PAGE.fullmatch(path)) and path not in _NO_PAGES


def role_for(method: str, path: str) -> str | None:
    """The role that a request needs, or None where there is nothing to ask for.

    Parameters
    ----------
    method
        Of HTTP, in capitals.
    path
        As the server decoded it.

    Examples
    --------
    >>> role_for("GET", "/surveys"), role_for("PUT", "/_stcore/upload_file/s/f"), role_for("GET", "/media/a.csv")
    ('viewer', 'analyst', 'viewer')
    >>> role_for("GET", "/_stcore/metrics"), role_for("POST", "/_stcore/agent/run"), role_for("GET", "/static/../x")
    (None, None, None)
    """
    if ".." in path:
        return None
    if method in _READS and (is_page(path) or path in _FILES or _FOLDERS.fullmatch(path)):
        return VIEWER
    if method in {"PUT", "DELETE"} and _UPLOAD.fullmatch(path):
        return ANALYST
    return None


def shared_view(path: str) -> str:
    """Where the short link to a shared view leads, "" for every other path. The front page opens it, after sign-in.

    >>> shared_view("/s/mdK1q0rE4ZlT9yXwQv3hTg"), shared_view("/s/../x"), shared_view("/surveys")
    ('/?share=mdK1q0rE4ZlT9yXwQv3hTg', '', '')
    """
    found = _SHARED.fullmatch(path)
    return f"/?share={found[1]}" if found else ""


def is_link(path: str) -> bool:
    """Whether a path was meant as a short link, whole or not.

    >>> is_link("/s"), is_link("/s/mdK1q0"), is_link("/surveys")
    (True, True, False)
    """
    return path == "/s" or path.startswith("/s/")


def safe_next(asked: str) -> str:
    """Where to go after signing in: a page of this explorer and nothing else.

    >>> safe_next("/surveys?wave=June+2022"), safe_next("https://evil.example"), safe_next("//evil.example")
    ('/surveys?wave=June+2022', '/', '/')
    """
    path, mark, query = asked.partition("?")
    return f"{path}{mark}{query}" if is_page(path) and asked.isprintable() and "\\" not in asked else "/"
