"""What each role may do with versions: every public method of the store, asked by everybody."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.errors import DataError
from data.people import LOCAL, NOBODY, NotAllowedError, Person
from data.store import Store, file_store

VERA = Person("vera", "Vera", "viewer", "session of Vera")
FORGED = Person("x", "Xan", "administrator", "s")
NEVER = date(2020, 1, 1)
ROWS = pd.DataFrame({"wave": ["June", "June"], "Q1": ["Yes", "canary"]})
MONTHS = pd.DataFrame({"month": pd.to_datetime(["2023-01-01"]), "value": [7.0]})


def save(store: Store, kind: str = "survey", frame: pd.DataFrame = ROWS) -> str:
    words: dict[str, Any] = {"label": kind, "source_name": "x.csv", "content": kind.encode(), "profile": ""}
    return store.save(frame, kind=kind, rows_in=len(frame), rows_rejected=0, **words)[0].id


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return file_store(tmp_path, LOCAL)


# Every action, on a shared survey: what it is called with, and whether a viewer may.
ACTIONS: dict[str, tuple[Callable[[Store, str], object], bool]] = {
    "versions": (lambda store, _: store.versions(), True),
    "version": (lambda store, id: store.version(id), True),
    "table": (lambda store, id: store.table(id), True),  # the engine counts it; rows do not leave `data`
    "log": (lambda store, id: store.log("view", id, 2), True),
    "read": (lambda store, id: store.read(id), False),
    "save": (lambda store, _: save(store, "monthly", MONTHS), False),
    "rename": (lambda store, id: store.rename(id, "other"), False),
    "withdraw": (lambda store, id: store.withdraw(id), False),
    "restore": (lambda store, id: store.restore(id), False),
    "retain": (lambda store, id: store.retain(id, NEVER), False),
    "set_status": (lambda store, id: store.set_status(id, "published"), False),
    "delete": (lambda store, id: store.delete(id), False),
    "expire": (lambda store, _: store.expire(NEVER), False),
    "sweep": (lambda store, _: store.sweep(), False),
    "check": (lambda store, _: store.check(), False),
    "save_profile": (lambda store, _: store.save_profile("p", ["a"], ""), False),
    "profiles": (lambda store, _: store.profiles(), False),
    "profile_for": (lambda store, _: store.profile_for(["a"]), False),
    "delete_profile": (lambda store, _: store.delete_profile("kept"), False),
    "events": (lambda store, _: store.events(), False),
}


def test_every_public_method_is_in_the_table() -> None:
    methods = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")}
    assert methods == {*ACTIONS, "of"}, "add what is new, and say who may"


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "person", [LOCAL, VERA, NOBODY, FORGED, None], ids=["analyst", "viewer", "nobody", "forged", "none"]
)
def test_who_may_do_what(store: Store, action: str, person: Any) -> None:
    shared = store.set_status(save(store), "shared").id
    store.save_profile("kept", ["a"], "")
    before = (store.versions(withdrawn=True), store.profiles(), len(store.events()))
    act, viewers = ACTIONS[action]
    if person == LOCAL or (person == VERA and viewers):
        act(store.of(person), shared)
        return
    with pytest.raises(NotAllowedError):
        act(store.of(person), shared)
    assert (store.versions(withdrawn=True), store.profiles(), len(store.events())) == before


def test_a_draft_a_withdrawn_version_and_events_are_not_there_for_a_viewer(store: Store) -> None:
    draft, withdrawn, events = (save(store, kind) for kind in ("survey", "aggregated", "events"))
    store.set_status(withdrawn, "shared")
    store.withdraw(withdrawn)
    with pytest.raises(DataError, match="stays with analysts"):
        store.set_status(events, "shared")
    viewing = store.of(VERA)
    assert viewing.versions(withdrawn=True) == []
    for hidden in (draft, withdrawn, events):
        for look in (viewing.version, viewing.table, viewing.read):
            with pytest.raises(DataError, match="There is no such saved version"):
                look(hidden)


def test_a_viewer_reads_sums_and_which_waves_there_are_but_no_respondent(store: Store) -> None:
    months, survey = save(store, "monthly", MONTHS), save(store)
    for shared in (months, survey):
        store.set_status(shared, "shared")
    viewing = store.of(VERA)
    assert viewing.read(months)["value"].tolist() == [7.0]
    assert viewing.read(survey, ["wave"])["wave"].tolist() == ["June", "June"]
    for columns in (None, [], ["Q1"], ["wave", "Q1"]):
        with pytest.raises(NotAllowedError):
            viewing.read(survey, columns)


def test_the_log_says_who(store: Store) -> None:
    survey = store.set_status(save(store), "shared").id
    store.of(VERA).log("view", survey, 2)
    told = [(event.actor, event.action, event.count) for event in store.events(survey)]
    assert told == [("local analyst", "save", 2), ("local analyst", "status shared", None), ("Vera (vera)", "view", 2)]
