"""Links to a view: who may make, open and withdraw them, what ends them, and what the store keeps of them."""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import types
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from data.errors import DataError
from data.people import NOBODY, NotAllowedError, Person
from data.shares import make_share, open_share, revoke_share, share_of, shares
from data.store import Store, Version, file_store, memory_store
from tests.old_store import old_store

ANA, VERA = Person("1", "Ana", "analyst"), Person("2", "Vera", "viewer")
RELEASES = {"2023-03": "published", "2023-06": "draft"}
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
VIEW = {"view": "one question", "group": "Ashdale-7f3a"}
UNKNOWN = "This link leads nowhere. Check that all of it was copied, or ask whoever sent it for another."


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return file_store(tmp_path, ANA) if request.param == "file" else memory_store(ANA)


def version(store: Store, status: str = "shared", content: bytes = b"x") -> Version:
    frame = pd.DataFrame({"answer": ["Yes"]})
    saved, _ = store.save(
        frame, kind="survey", label="June", source_name="june.csv", content=content, profile="", rows_in=1,
        rows_rejected=0,
    )  # fmt: skip
    return store.set_status(saved.id, status)


def made(store: Store, *versions: str, **other: object) -> str:
    words = {"releases": RELEASES, "filters": VIEW, "now": NOW} | other
    return make_share(store, ANA, "surveys", versions=versions, **words)[1]  # type: ignore[arg-type]


def opened(store: Store, token: str, person: Person = VERA, days: int = 0, releases: dict[str, str] = RELEASES):
    return open_share(store, person, token, releases=releases, now=NOW + timedelta(days=days))


def refusal(store: Store, token: str, **other: object) -> str:
    with pytest.raises(DataError) as error:
        opened(store, token, **other)  # type: ignore[arg-type]
    return str(error.value)


def test_a_link_opens_the_view_it_was_made_of_and_counts_its_uses(store: Store) -> None:
    own = version(store)
    share, token = make_share(
        store, ANA, "surveys", releases=RELEASES, filters=VIEW, release="2023-03", versions=[own.id],
        note=" See\nQ12.", days=10, now=NOW,
    )  # fmt: skip
    assert len(token) == 22
    found = opened(store, token, days=3)
    assert (found.page, found.filters, found.release, found.versions) == ("surveys", VIEW, "2023-03", (own.id,))
    assert (found.note, found.creator, found.created, found.ends) == ("See Q12.", "Ana", NOW, date(2026, 3, 12))
    assert (found.uses, found.last_used, found.state) == (1, NOW + timedelta(days=3), "shared")
    assert opened(store, token, ANA).uses == 2
    again = open_share(store, ANA, token, releases=RELEASES, counted=False, now=NOW)
    assert again.uses == 2, "the same page loaded again is no other use"
    assert share_of(store, VERA, share.id, releases=RELEASES, now=NOW).uses == 2, "a look is no use"
    assert [each.id for each in shares(store, ANA)] == [share.id]


def test_no_two_links_are_alike() -> None:
    store = memory_store(ANA)
    assert len({made(store) for _ in range(50)}) == 50


@pytest.mark.parametrize("person", [NOBODY, Person("3", "Eve", "admin"), None])
def test_who_has_no_role_may_do_nothing(person: Person | None) -> None:
    store = memory_store(ANA)
    share, token = make_share(store, ANA, "surveys", releases=RELEASES, now=NOW)
    with pytest.raises(NotAllowedError):
        opened(store, token, person)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        share_of(store, person, share.id, releases=RELEASES)  # type: ignore[arg-type]
    assert shares(store, ANA)[0].uses == 0


@pytest.mark.parametrize("person", [VERA, NOBODY])
def test_only_analysts_make_list_and_withdraw(person: Person) -> None:
    store = memory_store(ANA)
    share, token = make_share(store, ANA, "surveys", releases=RELEASES, now=NOW)
    with pytest.raises(NotAllowedError):
        make_share(store, person, "surveys", releases=RELEASES)
    with pytest.raises(NotAllowedError):
        shares(store, person)
    with pytest.raises(NotAllowedError):
        revoke_share(store, person, share.id)
    assert opened(store, token).revoked is None


# --- what ends a link -------------------------------------------------------------------------------------------------


def test_it_opens_through_its_last_day_and_no_longer(store: Store) -> None:
    token = made(store, days=1)
    assert opened(store, token, days=1)
    assert refusal(store, token, days=2) == (
        "This link ended on 3 March 2026. Ask Ana, who shared it, for another."
    )  # fmt: skip


def test_withdrawn_it_is_refused_at_once_to_whoever_has_a_copy(store: Store) -> None:
    token = made(store)
    share = opened(store, token)
    assert revoke_share(store, ANA, share.id, now=NOW).revoked == NOW
    told = "This link was withdrawn on 2 March 2026. Ask Ana, who shared it, for another."
    assert refusal(store, token) == refusal(store, token, person=ANA) == told
    with pytest.raises(DataError, match="was withdrawn on 2 March"):
        share_of(store, VERA, share.id, releases=RELEASES, now=NOW)
    assert revoke_share(store, ANA, share.id, now=NOW + timedelta(days=1)).revoked == NOW, "the first day stands"
    with pytest.raises(DataError, match="no such link"):
        revoke_share(store, ANA, "0" * 16)


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "A" * 23, "' OR 1 --", "é" * 22])
def test_what_nobody_made_leads_nowhere(token: str) -> None:
    store = memory_store(ANA)
    made(store)
    assert refusal(store, token) == UNKNOWN


def test_neither_the_id_nor_the_hash_opens_it(tmp_path: Path) -> None:
    store = file_store(tmp_path, ANA)
    share = opened(store, made(store))
    [(hashed,)] = sqlite3.connect(tmp_path / "store.sqlite").execute("SELECT hash FROM shares")
    assert refusal(store, share.id) == refusal(store, hashed) == refusal(store, hashed[:22]) == UNKNOWN


def test_a_withdrawn_or_deleted_version_closes_it(store: Store) -> None:
    own, other = version(store), version(store, content=b"y")
    token = made(store, own.id, other.id)
    store.withdraw(other.id)
    assert "A version that the view is made from was withdrawn on " in refusal(store, token)
    store.restore(other.id)
    assert opened(store, token)
    store.delete(own.id)
    assert "A version that the view is made from was deleted. Ask Ana" in refusal(store, token)


def test_a_release_that_is_gone_closes_it(store: Store) -> None:
    token = made(store, release="2023-03")
    assert "The release 2023-03 is no longer here." in refusal(store, token, releases={})


def test_a_draft_is_for_analysts_and_its_link_is_over_once_it_is_published(store: Store) -> None:
    own = version(store, "draft")
    token = made(store, own.id)
    assert "still a draft, for analysts alone" in refusal(store, token)
    assert opened(store, token, ANA).state == "draft"
    store.set_status(own.id, "shared")
    assert opened(store, token)
    store.set_status(own.id, "published")
    told = "This link was to a draft, which has been published since. Open the page from the menu."
    assert refusal(store, token) == refusal(store, token, person=ANA) == told


def test_a_link_to_what_is_shared_stays_when_that_is_published(store: Store) -> None:
    own = version(store, "shared")
    token = made(store, own.id)
    store.set_status(own.id, "published")
    assert opened(store, token)


def test_a_draft_release_counts_as_a_draft_version_does(store: Store) -> None:
    own = version(store, "published")
    token = made(store, own.id, release="2023-06")
    assert "still a draft" in refusal(store, token)
    assert opened(store, token, releases={"2023-06": "shared"})
    assert "published since" in refusal(store, token, releases={"2023-06": "published"})


@pytest.mark.parametrize("days", [0, -1, 366])
def test_how_long_it_opens_has_limits(days: int) -> None:
    store = memory_store(ANA)
    with pytest.raises(DataError, match="1 to 365 days"):
        made(store, days=days)
    assert shares(store, ANA) == []


def test_what_cannot_be_shared_is_said() -> None:
    store = memory_store(ANA)
    with pytest.raises(DataError, match="401 letters"):
        made(store, note="x" * 401)
    with pytest.raises(DataError, match="was deleted"):
        made(store, "0" * 32)
    with pytest.raises(ValueError, match="no page's address"):
        make_share(store, ANA, "../surveys", releases=RELEASES)
    with pytest.raises(ValueError, match="none of a page's"):
        made(store, filters={"Q <b>": "x"})
    assert shares(store, ANA) == []
    assert store.events() == []


# --- what is kept of it -----------------------------------------------------------------------------------------------


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_opens_it_stands_nowhere_on_the_disk(tmp_path: Path) -> None:
    store = file_store(tmp_path, ANA)
    tokens = [made(store) for _ in range(3)]
    for token in tokens:
        opened(store, token)
    revoke_share(store, ANA, shares(store, ANA)[0].id)
    left = all_bytes(tmp_path)
    assert b"Ashdale-7f3a" in left
    assert not any(token.encode() in left for token in tokens)


def test_with_a_deleted_version_goes_what_was_chosen_and_said_of_it(tmp_path: Path) -> None:
    store = file_store(tmp_path, ANA)
    own, other = version(store), version(store, content=b"y")
    made(store, own.id, note="Ashdale-7f3b fell")
    made(store, other.id, filters={"view": "kept-7f3c"})
    store.delete(own.id)
    left = all_bytes(tmp_path)
    assert b"7f3a" not in left
    assert b"7f3b" not in left
    assert b"kept-7f3c" in left
    assert len(shares(store, ANA)) == 2


def test_every_act_is_in_the_log_under_the_name_of_who_did_it_and_without_what_was_chosen(store: Store) -> None:
    own = version(store)
    before = len(store.events())
    token = made(store, own.id)
    share = opened(store, token)
    revoke_share(store, ANA, share.id)
    refusal(store, token)
    told = [(event.actor, event.action, event.version) for event in store.events()[before:]]
    assert told == [
        ("Ana", f"make link {share.id}", own.id),
        ("Vera", f"open link {share.id}", own.id),
        ("Ana", f"withdraw link {share.id}", own.id),
    ]


def test_a_store_of_the_first_version_gets_the_table_and_keeps_what_it_has(tmp_path: Path) -> None:
    old_store(tmp_path)
    store = file_store(tmp_path, ANA)
    assert opened(store, made(store, "a"), ANA).uses == 1
    assert [each.label for each in file_store(tmp_path, ANA).versions()] == ["June"]


# --- two processes ----------------------------------------------------------------------------------------------------


def open_on_demand(folder: Path, told: Connection) -> None:
    """Open whatever link is sent, so many times, and say how it went."""
    store = file_store(folder, ANA)
    while (asked := told.recv()) is not None:
        token, times = asked
        try:
            for _ in range(times):
                opened(store, token)
            told.send("")
        except DataError as error:
            told.send(str(error))


def test_two_processes_count_every_use_and_both_refuse_what_one_withdrew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    processes = multiprocessing.get_context("spawn")
    store = file_store(tmp_path, ANA)
    token = made(store)
    ours, theirs = processes.Pipe()
    child = processes.Process(target=open_on_demand, args=(tmp_path, theirs))
    child.start()
    try:
        ours.send((token, 25))
        for _ in range(25):
            opened(store, token)
        assert ours.poll(120)
        assert ours.recv() == ""
        [share] = shares(store, ANA)
        assert share.uses == 50
        revoke_share(store, ANA, share.id, now=NOW)
        ours.send((token, 1))
        assert ours.poll(120)
        assert "withdrawn on 2 March 2026" in ours.recv()
        ours.send(None)
        child.join(120)
        assert child.exitcode == 0
    finally:
        child.kill()


# --- any order of acts ------------------------------------------------------------------------------------------------


class AnyOrder(RuleBasedStateMachine):
    """A link opens exactly when the rules, said once more and plainly, let it."""

    tokens = Bundle("tokens")
    at = Bundle("at")

    def __init__(self) -> None:
        super().__init__()
        self.store = memory_store(ANA)
        self.today = 0
        self.links: dict[str, dict] = {}

    @initialize()
    def begin(self) -> None:
        self.status: dict[str, str] = {}
        self.out: set[str] = set()
        for number, status in enumerate(["draft", "shared", "published"]):
            own = version(self.store, status, str(number).encode())
            self.status[own.id] = status
        self.ids = list(self.status)

    @property
    def now(self) -> datetime:
        return NOW + timedelta(days=self.today)

    @rule(target=tokens, first=st.integers(0, 2), second=st.integers(0, 2), days=st.integers(1, 365))
    def make(self, first: int, second: int, days: int) -> str:
        own = [self.ids[place] for place in {first, second} if self.ids[place] in self.status]
        own = [each for each in own if each not in self.out]
        share, token = make_share(
            self.store, ANA, "surveys", releases={}, versions=own, days=days, filters=VIEW, now=self.now
        )
        draft = any(self.status[each] == "draft" for each in own)
        self.links[token] = {
            "id": share.id,
            "of": own,
            "ends": self.today + days,
            "draft": draft,
            "over": False,
            "uses": 0,
        }
        return token

    @rule(token=tokens, analyst=st.booleans())
    def open(self, token: str, analyst: bool) -> None:
        link = self.links[token]
        states = [self.status.get(each) for each in link["of"]]
        may = not link["over"] and self.today <= link["ends"] and None not in states and not set(link["of"]) & self.out
        may = may and not (link["draft"] and set(states) <= {"published"}) and (analyst or "draft" not in states)
        try:
            opened = open_share(self.store, ANA if analyst else VERA, token, releases={}, now=self.now)
        except DataError:
            assert not may
        else:
            assert may
            link["uses"] += 1
            assert (opened.filters, opened.uses) == (VIEW, link["uses"])

    @rule(token=tokens)
    def revoke(self, token: str) -> None:
        revoke_share(self.store, ANA, self.links[token]["id"], now=self.now)
        self.links[token]["over"] = True

    @rule(days=st.integers(0, 200))
    def wait(self, days: int) -> None:
        self.today += days

    @rule(place=st.integers(0, 2), status=st.sampled_from(["draft", "shared", "published"]))
    def set_status(self, place: int, status: str) -> None:
        if self.ids[place] in self.status:
            self.store.set_status(self.ids[place], status)
            self.status[self.ids[place]] = status

    @rule(place=st.integers(0, 2), out=st.booleans())
    def withdraw(self, place: int, out: bool) -> None:
        own = self.ids[place]
        if own in self.status:
            self.store.withdraw(own) if out else self.store.restore(own)
            self.out = self.out | {own} if out else self.out - {own}

    @rule(place=st.integers(0, 2))
    def delete(self, place: int) -> None:
        own = self.ids[place]
        if self.status.pop(own, None):
            self.store.delete(own)

    @invariant()
    def every_link_is_listed(self) -> None:
        listed = {each.id: each.uses for each in shares(self.store, ANA)}
        assert listed == {link["id"]: link["uses"] for link in self.links.values()}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=settings.default.max_examples // 4, stateful_step_count=25)
