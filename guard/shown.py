"""The few pages that are not Streamlit's: plain HTML that asks for nothing else."""

from __future__ import annotations

import html

from starlette.responses import HTMLResponse

__all__ = ["plain_page", "told_off"]

_FRONT = ("/", "Go to the first page")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_STYLE = """:root { color-scheme: light dark; } body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem;
margin: 3rem auto; padding: 0 1rem; } a, button { font: inherit; } button { padding: .5rem 1rem; cursor: pointer; }"""


def plain_page(title: str, sentences: list[str], action: tuple[str, str], status: int = 200) -> HTMLResponse:
    """A heading, sentences, and the one thing to do next.

    Parameters
    ----------
    title, sentences
        Text, never HTML.
    action
        A path and what it is called: a link, or, for signing out, a button that sends a form.
    status
        Of HTTP.
    """
    path, name = (html.escape(each) for each in action)
    told = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)
    does = f'<a href="{path}">{name}</a>'
    if action[0] == "/sign-out":
        does = f'<form method="post" action="{path}"><button type="submit">{name}</button></form>'
    heading = html.escape(title)
    return HTMLResponse(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{heading} · Performance Explorer</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{heading}</h1>{told}{does}</main></body></html>",
        status,
        {"content-security-policy": _POLICY},
    )


def told_off(link: bool) -> HTMLResponse:
    """That an address leads nowhere: one that was meant as a short link, or any other."""
    if link:
        told = "This link leads nowhere. Check that all of it was copied, or ask whoever sent it for another."
        return plain_page("This link does not open", [told], _FRONT, 404)
    told = "There is no page at this address. It may have been typed wrongly, or be of an older explorer."
    return plain_page("There is no such page", [told], _FRONT, 404)
