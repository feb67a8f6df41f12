"""What visitors share is made once, never changed by a page, and holds nothing that only one of them may see."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit
from streamlit.runtime.caching.cache_resource_api import _resource_caches
from streamlit.testing.v1 import AppTest

from charts.palette import Chart
from data.people import LOCAL
from data.profile_file import to_toml
from data.salt import new_salt
from data.store import Store, memory_store
from parts.remembered import _of_all
from parts.survey_shown import Shown
from tests.parts.test_pages import opened
from tests.parts.test_surveys import kept
from tests.surveys import survey

pytestmark = pytest.mark.usefixtures("own_home")


def shared(session: str | None = None) -> dict[tuple[str, str], Any]:
    """Everything that is remembered for everybody, by the function that made it and its key."""
    return {
        (name, key): result.value
        for name, cache in _resource_caches._function_caches.get(session, {}).items()
        for key, result in cache._mem_cache.items()
    }


def everything() -> dict[tuple[str, str], Any]:
    """What is remembered for anybody."""
    return {key: value for session in list(_resource_caches._function_caches) for key, value in shared(session).items()}


def print_of(value: Any) -> str:
    """A fingerprint of a result: of every number, word and figure in it."""
    return hashlib.sha256(" ".join(words_of(value)).encode()).hexdigest()


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, pd.DataFrame | pd.Series):
        yield f"{type(value).__name__} {value.shape} {list(value.index[:1])} {getattr(value, 'attrs', {})}"
        yield value.to_csv()
    elif isinstance(value, Chart):
        yield f"{value.figure.to_json()} {value.alt} {value.key}"
        yield str(super(type(value.figure), value.figure).to_dict())  # what it holds, not what it remembers
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield each.name
            yield from words_of(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield str(name)
            yield from words_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_of(each)
    elif isinstance(value, set | frozenset):
        yield str(sorted(map(str, value)))
    elif not isinstance(value, Store):
        yield str(value)


LOOKS: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("surveys", {}, {"correction": "Benjamini-Hochberg", "order": "by size of change"}),
    ("surveys", {"survey": "Example with invented answers"}, {"confidence": "90%"}),
    ("demand_and_season", {}, {"window": "7"}),
    ("enabling_services", {}, {"against": "baseline"}),
]


def look(page: str, query: dict[str, str], change: dict[str, str]) -> AppTest:
    """Open a page as a new visitor, then change what can be changed."""
    test = opened(page, **query)
    assert not test.exception
    for key, value in change.items():
        test.selectbox(key=key).select(value)
    test.run()
    assert not test.exception
    return test


def test_a_second_visitor_is_shown_the_very_same_things_and_no_page_changes_them() -> None:
    streamlit.cache_resource.clear()  # so that what is looked at below is all that is shared
    for page, query, change in LOOKS:
        look(page, query, change)
    first = shared()
    prints = {key: print_of(value) for key, value in first.items()}
    assert sum(isinstance(value, Chart) for value in first.values()) >= 8
    assert sum(isinstance(value, Shown) for value in first.values()) >= 4
    for page, query, change in reversed(LOOKS):
        look(page, query, change)
    second = shared()
    assert second.keys() == first.keys(), "nothing was made again"
    assert all(second[key] is value for key, value in first.items())
    look("surveys", {"view": "one question"}, {})
    look("surveys", {"view": "what can be said"}, {})
    look("demand_and_season", {"shock": "none"}, {})
    assert {key: print_of(value) for key, value in shared().items() if key in prints} == prints


def test_a_change_would_be_seen() -> None:
    """The test above rests on this."""
    _of_all.clear()
    opened("surveys")
    [shown] = [value for value in shared().values() if isinstance(value, Shown)]
    before, was = print_of(shown), shown.told.loc[0, "estimate"]
    shown.told.loc[0, "estimate"] = 0.5
    assert print_of(shown) != before
    shown.told.loc[0, "estimate"] = was
    assert print_of(shown) == before


def in_session() -> Store:
    """A store as a visitor of a shared server has it, with one survey in it."""
    profile, prepared = survey("survey_clean.csv")
    store = memory_store(LOCAL)
    store.save(
        prepared.frame, kind=profile.kind, label="Clean", source_name="x.csv", content=b"1", profile=to_toml(profile),
        rows_in=len(prepared.frame), rows_rejected=0,
    )  # fmt: skip
    return store


@pytest.mark.parametrize("view", ["all questions", "one question"])
def test_what_a_visitor_uploads_never_enters_what_others_share(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    streamlit.cache_resource.clear()
    test = AppTest.from_file("../../app.py", default_timeout=120)
    test.session_state["_kept"] = in_session(), new_salt()
    test.query_params["view"] = view
    test.switch_page("pages/surveys.py").run()
    assert not test.exception
    assert test.selectbox(key="survey").value == "Uploaded surveys"
    made = [value for value in everything().values() if isinstance(value, Shown)]
    assert [value.status for value in made] == ["uploaded"], "it is remembered for its own visitor"
    assert [value for value in shared().values() if isinstance(value, Shown | Chart)] == []
    other = opened("surveys")
    assert "Uploaded surveys" not in other.selectbox(key="survey").options


def test_saved_versions_are_shared_but_not_between_who_sees_more_and_who_sees_less(own_home: Path) -> None:
    _of_all.clear()
    kept(own_home)
    test = opened("surveys", by="Local Policing Team")
    test.checkbox(key="_survey_unguarded").check().run()
    assert not test.exception
    made = [value for value in shared().values() if isinstance(value, Shown)]
    assert sorted(value.status for value in made) == ["uploaded", "uploaded, not protected"]
    assert not opened("surveys", by="Local Policing Team").checkbox(key="_survey_unguarded").value
    again = [value for value in shared().values() if isinstance(value, Shown)]
    assert len(again) == len(made), "a second visitor with the same rights is shown what the first was"
