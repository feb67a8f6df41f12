"""Whether the sign-in service is there, and is the one that the settings name."""

from __future__ import annotations

import time

import httpx2

from data.errors import DataError
from data.sign_in import SignIn

__all__ = ["check_issuer", "description_address", "same_issuer"]

_PATIENCE = 15.0  # seconds: the two may be starting together
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def description_address(settings: SignIn) -> str:
    """Where a service describes itself."""
    return f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"


def same_issuer(told: object, settings: SignIn) -> bool:
    """Whether what a service calls itself is what the settings call it; a slash at the end makes no other of it."""
    return str(told).rstrip("/") == settings.issuer.rstrip("/")


def check_issuer(settings: SignIn, patience: float = _PATIENCE) -> None:
    """Ask the service to describe itself, again and again for ``patience`` seconds while nothing answers.

    Raises
    ------
    DataError
        When nothing answers, something else does, or the service has another name.
    """
    address, until = description_address(settings), time.monotonic() + patience
    while True:
        try:
            answer = httpx2.get(address, timeout=5)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            why = f"nothing answers ({error or type(error).__name__})"
        else:
            why = f"the answer is {answer.status_code}"
            if answer.status_code < 500:
                _check_description(answer, settings)
                return
        if time.monotonic() >= until:
            raise DataError(
                f"The sign-in service cannot be reached, so nobody could sign in: at {address} {why}. Check the "
                "setting issuer, the network and the service's certificate, then start again."
            )
        time.sleep(0.25)


def _check_description(answer: httpx2.Response, settings: SignIn) -> None:
    try:
        told = answer.json() if answer.status_code == 200 else None
    except ValueError:
        told = None
    if not isinstance(told, dict) or any(not isinstance(told.get(key), str) for key in _NEEDED):
        raise DataError(
            f"There is no OpenID Connect service at the issuer {settings.issuer}: {description_address(settings)} "
            f"answers {answer.status_code} and does not describe one. Set issuer to what the service calls itself."
        )
    if not same_issuer(told["issuer"], settings):
        raise DataError(
            f"The sign-in service at {settings.issuer} calls itself {told['issuer']}. If that is the right one, set "
            "issuer to that; signing in compares the two."
        )
