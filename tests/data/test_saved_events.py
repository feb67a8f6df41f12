"""What a page asks of events: the same from a saved version as from the frame, and as pandas counts it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.timing import hour_table, interval_shares, wait_table, weekdays_between
from data.engine import ENGINES, attach, connect
from data.errors import DataError
from data.event_examples import illustrative_events
from data.people import LOCAL
from data.saved_events import EventView, event_rows, event_view, extract_of
from data.store import Store, Version, memory_store
from tests.shipped import DATA


def example() -> pd.DataFrame:
    found = illustrative_events(DATA)
    assert found is not None
    return found.prepared.frame


FRAME = example()


def kept(store: Store, frame: pd.DataFrame, kind: str = "events") -> Version:
    return store.save(
        frame, kind=kind, label="Calls", source_name="calls.csv", content=b"x", profile="", rows_in=len(frame),
        rows_rejected=0,
    )[0]  # fmt: skip


def events(**columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame(columns)
    return frame.assign(timestamp=pd.to_datetime(frame["timestamp"]).astype("datetime64[us]"))


def test_the_example_and_the_same_rows_saved_say_the_same() -> None:
    store = memory_store(LOCAL)
    version = kept(store, FRAME)
    saved, own = event_rows(store, version.id), attach(FRAME)
    assert extract_of(saved) == extract_of(own)
    first, second = (event_view(rows, kind="101", area="Stafford", answer_within=60) for rows in (saved, own))
    pd.testing.assert_frame_equal(first.hours, second.hours)
    assert dataclasses.replace(first, hours=second.hours) == second


def test_what_there_is_to_choose_from() -> None:
    found = extract_of(attach(FRAME))
    assert (found.n, found.undated, found.has_times) == (len(FRAME), 0, True)
    assert (found.first, found.last) == (pd.Timestamp("2023-03-01"), pd.Timestamp("2023-03-31"))
    assert list(found.kinds) == ["101", "999"] and sum(found.kinds.values()) == len(FRAME)
    assert len(found.areas) == 9 and sum(found.areas.values()) == FRAME["area"].notna().sum()
    assert found.roles == ("timestamp", "kind", "area", "answered_after", "attended_after", "abandoned")


@pytest.mark.parametrize(("kind", "area"), [(None, None), ("999", None), ("101", "City"), (None, "Tamworth")])
def test_a_look_is_what_pandas_counts(kind: str | None, area: str | None) -> None:
    own = FRAME
    own = own if kind is None else own[own["kind"] == kind]
    own = own if area is None else own[own["area"] == area]
    view = event_view(attach(FRAME), kind=kind, area=area, answer_within=10, attend_within=15)
    assert view.n == len(own)
    by_hour = own.groupby([own["timestamp"].dt.day_of_week + 1, own["timestamp"].dt.hour]).size()
    assert view.hours.to_numpy().tolist() == [[*key, n] for key, n in by_hour.items()]
    assert view.given_up is not None and view.given_up.yes == (own["abandoned"] == "Yes").sum()
    assert (view.given_up.no, view.given_up.unknown) == ((own["abandoned"] == "No").sum(), 0)
    held = own[own["abandoned"] != "Yes"]
    for found, role, target in ((view.answered, "answered_after", 10), (view.attended, "attended_after", 15)):
        values = held[role].dropna()
        assert found is not None and (found.n, found.missing) == (len(values), held[role].isna().sum())
        assert found.mean == pytest.approx(values.mean(), rel=1e-12)
        assert found.variance == pytest.approx(values.var(), rel=1e-9)
        assert found.within == (values <= target).sum()
        assert found.quantiles == pytest.approx({0.5: values.median(), 0.9: values.quantile(0.9)})


def of_call(view: EventView) -> pd.DataFrame:
    """The table of waits that a page makes of one look."""
    assert view.answered is not None
    own = dataclasses.asdict(view.answered)
    del own["missing"]
    return wait_table(**own)


def test_a_look_is_all_that_the_page_of_waits_and_hours_takes() -> None:
    def at(n: int) -> list[float]:
        return [each for share in (0.5, 0.9) for each in (share, *interval_shares(n, share))]

    view = event_view(attach(FRAME), kind="101", at=at, answer_within=60)
    table = of_call(view).set_index("what")
    known = FRAME.loc[FRAME["kind"] == "101", "answered_after"].dropna()
    assert table.loc["median", "estimate"] == known.median()
    assert (table["lower"] < table["estimate"]).all() and (table["estimate"] < table["upper"]).all()
    extract = extract_of(attach(FRAME))
    week = hour_table(view.hours, weekdays_between(extract.first, extract.last))
    assert week["n"].sum() == view.n and week["mean"].notna().all()


def test_too_few_waits_give_no_limits_and_none_gives_nothing() -> None:
    frame = events(timestamp=["2023-03-01 10:00"] * 3, kind=["a", "a", "b"], answered_after=[1.0, 3.0, np.nan])
    rows = attach(frame)
    assert of_call(event_view(rows, kind="a", at=lambda n: [0.5, 0.9, *interval_shares(n, 0.5)])).shape[0] == 3
    view = event_view(rows, kind="b", answer_within=5)
    assert view.answered is not None and (view.answered.n, view.answered.missing, view.answered.within) == (0, 1, 0)
    assert of_call(view)["estimate"].isna().all()
    assert (view.attended, view.given_up) == (None, None)


def test_who_gave_up_does_not_count_among_the_answered() -> None:
    frame = events(
        timestamp=["2023-03-01 10:00"] * 4, answered_after=[5.0, 400.0, 7.0, 9.0], abandoned=["no", " TRUE", None, "?"]
    )
    view = event_view(attach(frame))
    assert view.answered is not None and (view.answered.n, view.answered.mean) == (3, 7.0)
    assert view.given_up is not None and dataclasses.astuple(view.given_up) == (1, 1, 2)


def test_days_without_a_time_have_no_hours() -> None:
    frame = events(timestamp=["2023-03-01", "2023-03-02", None])
    found, view = extract_of(attach(frame)), event_view(attach(frame))
    assert (found.has_times, found.undated, view.n) == (False, 1, 3)
    with pytest.raises(ValueError, match=r"^No event has a time of day"):
        hour_table(view.hours)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_extract_is_the_same_on_every_engine(engine: str) -> None:
    assert extract_of(attach(FRAME.head(2000), connect(engine))) == extract_of(attach(FRAME.head(2000)))


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(DataError, match=r"^There is no column 'area'\.$"):
        event_view(attach(events(timestamp=["2023-03-01"])), area="North")
    store = memory_store(LOCAL)
    version = kept(store, FRAME.head(5), kind="monthly")
    with pytest.raises(DataError, match=r"^Calls: found kind monthly, expected events\.$"):
        event_rows(store, version.id)
