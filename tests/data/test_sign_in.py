"""The settings of signing in: complete and safe, or refused with every reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import DataError
from data.sign_in import SignIn, read_sign_in, sign_in_settings

RANDOM = "0123456789abcdef" * 2
WHOLE = {
    "issuer": "https://id.example.org/tenant",
    "client_id": "explorer",
    "client_secret": "given by the provider",
    "session_secret": RANDOM,
    "address": "https://explorer.example.org/",
    "allow_list": "people.csv",
}


def read(folder: Path, environment: dict[str, str] | None = None, more: str = "", **other: str | None) -> SignIn:
    told = {key: value for key, value in (WHOLE | other).items() if value is not None}
    file = folder / "sign_in.toml"
    file.write_text("".join(f'{key} = "{value}"\n' for key, value in told.items()) + more, encoding="utf-8")
    return read_sign_in(file, environment or {})


def test_settings_that_are_whole(tmp_path: Path) -> None:
    found = read(tmp_path, more='role_claim = "groups"\n[roles]\n"pe-analysts" = "analyst"\n')
    assert (found.address, found.host, found.cookie) == (
        "https://explorer.example.org", "explorer.example.org", "__Host-explorer",
    )  # fmt: skip
    assert (found.allow_list, found.roles) == (tmp_path / "people.csv", {"pe-analysts": "analyst"})
    for secret in (RANDOM, WHOLE["client_secret"]):
        assert secret not in repr(found)
    assert found.secret_for("one") != found.secret_for("two") != RANDOM


def test_secrets_from_the_environment(tmp_path: Path) -> None:
    given = {"EXPLORER_CLIENT_SECRET": "c", "EXPLORER_SESSION_SECRET": RANDOM[::-1]}
    found = read(tmp_path, given, client_secret=None, session_secret=None)
    assert (found.client_secret, found.session_secret) == ("c", RANDOM[::-1])


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"session_secret": None}, "session_secret is missing"),
        ({"session_secret": ""}, "session_secret is missing"),
        ({"session_secret": RANDOM[:31]}, "at least 32 random characters"),
        ({"session_secret": "x" * 64}, "at least 32 random characters"),
        ({"client_secret": None}, "set EXPLORER_CLIENT_SECRET"),
        ({"issuer": None}, "issuer is missing"),
        ({"issuer": "http://id.example.org"}, "Only https:// will do"),
        ({"issuer": "id.example.org"}, "issuer is no address"),
        ({"address": "http://explorer.example.org"}, "Only https:// will do"),
        ({"address": "http://localhost.example.org"}, "Only https:// will do"),
        ({"address": "https://explorer.example.org/force"}, "address has a path"),
        ({"address": "https://a@explorer.example.org"}, "address is no address"),
        ({"address": "https://explorer.example.org:x"}, "address is no address"),
        ({"allow_list": None}, "allow_list is missing"),
        ({"adress": "https://explorer.example.org"}, "there is no setting adress"),
        ({"role_claim": "groups"}, "go together"),
        ({"more": '[roles]\na = "analyst"\n'}, "go together"),
        ({"more": 'role_claim = "groups"\n[roles]\na = "admin"\n'}, "a role is one of viewer, analyst"),
        ({"more": 'trust_email = "yes"\n'}, "trust_email is true or false"),
    ],
)
def test_less_is_refused(tmp_path: Path, other: dict[str, str | None], told: str) -> None:
    with pytest.raises(DataError, match=told) as refused:
        read(tmp_path, **other)  # type: ignore[arg-type]
    assert RANDOM not in str(refused.value)


def test_this_computer_may_do_without_https(tmp_path: Path) -> None:
    found = read(tmp_path, address="http://localhost:8501", issuer="http://127.0.0.1:9400")
    assert (found.secure, found.cookie) == (False, "explorer")


def test_no_file_and_no_toml_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_sign_in(tmp_path / "none.toml", {})
    with pytest.raises(DataError, match="are not TOML"):
        read(tmp_path, more="x")


def test_nobody_signs_in_unless_the_settings_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EXPLORER_SIGN_IN", raising=False)
    assert sign_in_settings() is None
    monkeypatch.setenv("EXPLORER_SIGN_IN", str(tmp_path / "none.toml"))
    with pytest.raises(DataError):
        sign_in_settings()
