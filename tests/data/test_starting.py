"""What keeps the signed-in explorer from starting, each in one sentence that says how to mend it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from data.errors import DataError
from data.sign_in import SignIn
from data.starting import Place, check_fit, listen, listening_place, open_home, people_words
from tests.serving import free_port


def listing(folder: Path, people: str) -> SignIn:
    file = folder / "people.csv"
    file.write_text(people, encoding="utf-8")
    return SignIn("https://id.example.org", "explorer", "c", "s", allow_list=file)


def test_how_many_of_which_role(tmp_path: Path) -> None:
    assert people_words(listing(tmp_path, "person,role\na@b.org,analyst\n")) == "1 person (1 analyst)"
    both = "person,role\na@b.org,viewer\nc,viewer\nd,analyst\n"
    assert people_words(listing(tmp_path, both)) == "3 people (1 analyst, 2 viewers)"


@pytest.mark.parametrize("people", ["person,role\n", "person,role\n\n ,\n"])
def test_a_list_of_nobody_is_refused(tmp_path: Path, people: str) -> None:
    with pytest.raises(DataError, match=r"people\.csv names nobody, so nobody could enter\. Write a line"):
        people_words(listing(tmp_path, people))


def test_a_home_under_a_file_or_one_that_nobody_may_write_in_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "home", tmp_path / ("x" * 300)):
        with pytest.raises(DataError, match="set EXPLORER_HOME to a folder that is") as told:
            open_home(folder)
        assert str(folder) in str(told.value)
    if os.name != "nt" and os.geteuid():
        (tmp_path / "closed").mkdir(mode=0o500)
        with pytest.raises(DataError, match="cannot be written to"):
            open_home(tmp_path / "closed")


def test_a_home_is_made_and_told_by_its_whole_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_home(Path("home")) == tmp_path / "home"
    assert (tmp_path / "home" / "store.sqlite").is_file()


@pytest.mark.parametrize(
    "told", ["8501", ":8501", "localhost", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:0", "[::1]:65536"]
)
def test_a_place_is_an_address_and_a_port(told: str) -> None:
    with pytest.raises(DataError, match=r"EXPLORER_LISTEN is .* such as 127\.0\.0\.1:8501"):
        listening_place({"EXPLORER_LISTEN": told})


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place("127.0.0.1", 8501), "http://localhost:8501"),
        (Place("localhost", 8501), "http://127.0.0.1:8501"),
        (Place("127.0.0.1", 8501), "https://explorer.example.org"),  # a proxy brings https
        (Place("0.0.0.0", 8501), "https://explorer.example.org:8443"),
        (Place("0.0.0.0", 8501), "http://localhost:8080"),
    ],
)
def test_places_that_fit(place: Place, address: str) -> None:
    check_fit(place, address)


@pytest.mark.parametrize(
    ("place", "address", "told"),
    [
        (Place("127.0.0.1", 1), "http://localhost:2", "Browsers come to http://localhost:2, where nothing answers"),
        (Place("127.0.0.1", 2), "http://[::1]:2", "where nothing answers"),
        (Place("127.0.0.1", 1), "http://localhost", "where nothing answers"),
        (Place("0.0.0.0", 443), "https://explorer.example.org", "the explorer does not, so it cannot listen"),
    ],
)
def test_places_that_cannot_fit(place: Place, address: str, told: str) -> None:
    with pytest.raises(DataError, match=told.replace("[", r"\[")):
        check_fit(place, address)


def test_a_proxy_between_them_that_is_there_already_makes_them_fit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        check_fit(Place("127.0.0.1", 1), f"http://localhost:{proxy.getsockname()[1]}")


def test_a_place_is_taken_once(tmp_path: Path) -> None:
    place = Place("127.0.0.1", free_port())
    with listen(place) as taken:
        assert taken.getsockname() == ("127.0.0.1", place.port)
        with pytest.raises(
            DataError, match=f"Another program listens on {place} already. Stop it, or set EXPLORER_LISTEN"
        ):
            listen(place)
    for host in ("192.0.2.1", "no-such-name.invalid"):
        with pytest.raises(DataError, match="is no place to listen on"):
            listen(Place(host, place.port))
