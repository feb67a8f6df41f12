"""Signing in by OpenID Connect (code, PKCE, state, nonce) and signing out. Authlib does the protocol."""

from __future__ import annotations

import logging
from urllib.parse import quote

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import DataError
from data.people import NotAllowedError
from data.sessions import LONGEST, Sessions
from data.sign_in import SignIn
from guard.attempts import MINUTES, Attempts, address_of
from guard.issuer import description_address, same_issuer
from guard.paths import HEALTH, OVER, SIGN_IN, SIGN_OUT, safe_next
from guard.shown import plain_page

__all__ = ["Signing"]

_MINUTES = 10  # in which signing in must be done
_NEXT = "next"
_LOG = logging.getLogger("explorer.guard")
_AGAIN = (SIGN_IN, "Sign in again")


class Signing:
    """The routes of signing in and out.

    Parameters
    ----------
    sessions
        Where sessions begin and end.
    settings
        Of the provider and this explorer.
    """

    def __init__(self, sessions: Sessions, settings: SignIn) -> None:
        self._sessions = sessions
        self._settings = settings
        self._attempts = Attempts()
        self._provider = OAuth().register(
            name="provider",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=description_address(settings),
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )

    def app(self) -> Starlette:
        """The routes, with a cookie of their own that lasts only while somebody signs in."""
        prefix = "__Host-" if self._settings.secure else ""
        cookie = Middleware(
            SessionMiddleware, secret_key=self._settings.secret_for("signing in"), max_age=_MINUTES * 60,
            session_cookie=f"{prefix}explorer_signing_in", same_site="lax", https_only=self._settings.secure,
        )  # fmt: skip
        routes = [
            Route(HEALTH, _health),
            Route(SIGN_IN, self._start),
            Route(f"{SIGN_IN}/callback", self._finish),
            Route(f"{SIGN_IN}/ended", _ended),
            Route(OVER, _over),
            Route(SIGN_OUT, _ask_to_leave),
            Route(SIGN_OUT, self._leave, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=[cookie])

    async def _start(self, request: Request) -> Response:
        if self._attempts.too_many(self._from(request)):
            return _too_often()
        request.session[_NEXT] = safe_next(request.query_params.get(_NEXT, ""))
        try:
            metadata = await self._provider.load_server_metadata()
            if not same_issuer(metadata.get("issuer"), self._settings):
                _LOG.error("the provider calls itself %r and not as the settings say", metadata.get("issuer"))
                return _unreachable()
            callback = f"{self._settings.address}{SIGN_IN}/callback"
            answer: Response = await self._provider.authorize_redirect(request, callback)
        except (httpx2.HTTPError, OAuthError, ValueError, RuntimeError) as error:
            _LOG.error("signing in cannot begin: %s", type(error).__name__)
            return _unreachable()
        return answer

    async def _finish(self, request: Request) -> Response:
        if self._attempts.too_many(self._from(request)):
            return _too_often()
        answer = await self._confirmed(request)
        if answer.status_code in (400, 403):
            self._attempts.note(self._from(request))
        return answer

    def _from(self, request: Request) -> str:
        return address_of(request, self._settings.secure)

    async def _confirmed(self, request: Request) -> Response:
        following = safe_next(str(request.session.get(_NEXT, "")))
        try:
            token = await self._provider.authorize_access_token(request)
            claims = dict(token.get("userinfo") or {})
            if claims and (await self._provider.load_server_metadata()).get("userinfo_endpoint"):
                more = dict(await self._provider.userinfo(token=token))
                # The token is signed and the answer is not: it adds, and only about the same person.
                claims = more | claims if more.get("sub") == claims.get("sub") else claims
        except (httpx2.HTTPError, OAuthError, JoseError, ValueError, RuntimeError) as error:
            _LOG.warning("signing in failed: %s", type(error).__name__)
            told = "The sign-in service did not confirm who you are, or it took too long. Nothing was opened."
            return plain_page("You are not signed in", [told], _AGAIN, 400)
        finally:
            request.session.clear()
        try:
            before = request.cookies.get(self._settings.cookie)
            await run_in_threadpool(self._sessions.end, before)
            held, _ = await run_in_threadpool(self._sessions.begin, claims)
        except NotAllowedError as error:
            _LOG.warning("somebody signed in who is not on the list")
            return plain_page("You may not come in", error.problems, (SIGN_IN, "Sign in as somebody else"), 403)
        except DataError as error:
            _LOG.error("the store or the list of people cannot be used: %s", error)
            return _unreachable()
        answer = RedirectResponse(following, 303)
        answer.set_cookie(
            self._settings.cookie, held, max_age=int(LONGEST.total_seconds()), path="/", httponly=True,
            secure=self._settings.secure, samesite="lax",
        )  # fmt: skip
        return answer

    async def _leave(self, request: Request) -> Response:
        # Another site's form brings no cookie (SameSite) and another origin; either alone would do.
        if request.headers.get("origin") != self._settings.address:
            return PlainTextResponse("Sign out from the explorer itself.", 403)
        await run_in_threadpool(self._sessions.end, request.cookies.get(self._settings.cookie))
        answer = RedirectResponse(f"{SIGN_IN}/ended", 303)
        answer.delete_cookie(
            self._settings.cookie, path="/", httponly=True, secure=self._settings.secure, samesite="lax"
        )
        return answer


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")


async def _ask_to_leave(_: Request) -> Response:
    told = "Other tabs of this browser are signed out too. Nothing that was saved is lost."
    return plain_page("Sign out?", [told], (SIGN_OUT, "Sign out"))


async def _ended(_: Request) -> Response:
    told = "You are signed out of the explorer. Your organisation's sign-in service may still know you."
    return plain_page("Signed out", [told], _AGAIN)


async def _over(request: Request) -> Response:
    """For a page that was open when its session ended: why, and back to the same page."""
    told = "You signed out, or eight hours are over, or you are no longer on the list of people who may look."
    following = quote(safe_next(request.query_params.get(_NEXT, "")), safe="")
    return plain_page("You are signed out", [told], (f"{SIGN_IN}?{_NEXT}={following}", "Sign in again"))


def _too_often() -> Response:
    told = f"Signing in has failed too often from where you are. Wait {MINUTES} minutes, then try once more."
    return plain_page("Signing in has to wait", [told], _AGAIN, 429)


def _unreachable() -> Response:
    told = "The explorer cannot check just now who may come in, so nobody is let in. Try again in a few minutes."
    return plain_page("Signing in does not work just now", [told], _AGAIN, 503)
