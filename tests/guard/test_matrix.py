"""Every page and every action by everybody, by the live connection; and no respondent in anything a viewer is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from data.people import LOCAL
from data.profile_file import to_toml
from data.store import Store, file_store
from tests.guard.hosting import Hosted, arriving, live, run_page, shown
from tests.surveys import survey

CANARY = "CANARY"
WITHHELD = "Withheld to protect respondents: fewer than 30 answered."
PAGES = ["", "local_and_responsive_service", "demand_and_season", "surveys", "compare_teams", "check_the_figures"]
PAGES += ["briefing", "data_and_methods"]
# Drawn by the same code as the second of them.
MORE = ["headlines", "prevent_harm", "support_victims", "reduce_offending", "criminal_justice", "enabling_services"]
VIEWS = [
    ("surveys", "survey=Uploaded surveys"),
    ("surveys", "survey=Uploaded surveys&by=area"),
    ("surveys", "survey=Uploaded surveys&view=one question&question=Q4&by=area"),
    ("surveys", "survey=Uploaded surveys&view=what can be said"),
    ("demand_and_season", "view=when calls come"),
    ("upload", ""),
]


@pytest.fixture(scope="module")
def store(hosted: Hosted) -> Store:
    """A shared survey and a draft, in both of which every cell that tells of one person is a canary."""
    store = file_store(hosted.home / "explorer", LOCAL)
    profile, prepared = survey("survey_clean.csv")
    for label, rows, status in (("Shared wave", slice(0, 260), "shared"), ("Draft wave", slice(3000, 3100), "draft")):
        frame = prepared.frame.iloc[rows].reset_index(drop=True).copy()
        frame["respondent"] = [f"{CANARY}{number}" for number in range(len(frame))]
        frame["comment"] = [f"{CANARY} says {number}" for number in range(len(frame))]
        saved, _ = store.save(
            frame, kind="survey", label=label, source_name="x.csv", content=label.encode(), profile=to_toml(profile),
            rows_in=len(frame), rows_rejected=0,
        )  # fmt: skip
        store.set_status(saved.id, status)
    return store


@pytest.fixture
def viewing(hosted: Hosted, store: Store) -> Iterator[ClientConnection]:
    with live(hosted, hosted.signed_in("vera")) as line:
        yield line


@pytest.fixture
def analysing(hosted: Hosted, store: Store) -> Iterator[ClientConnection]:
    with live(hosted, hosted.signed_in("ana")) as line:
        yield line


def asked(line: ClientConnection, page: str, query: str = "", checked: str = "") -> tuple[str, bytes]:
    frames = run_page(line, page, query, checked)
    told = shown(frames)
    assert "uncaught" not in told
    assert not [frame for frame in frames if "exception" in str(ForwardMsg.FromString(frame).delta)[:200]], told[:2000]
    return told, b"".join(frames)


def test_a_viewer_sees_every_page_and_no_respondent(viewing: ClientConnection, full: bool) -> None:
    for page, query in [*((page, "") for page in [*PAGES, *(MORE if full else [])]), *VIEWS]:
        told, sent = asked(viewing, page, query)
        assert "Signed in as Vera Viewer, viewer." in told, page
        for secret in (CANARY, "Draft wave", "_survey_unguarded", "file_uploader"):
            assert secret not in told, (page, query, secret)
            assert secret.encode() not in sent, (page, query, secret)


def test_a_viewer_sees_the_figures_of_what_is_shared(viewing: ClientConnection, store: Store) -> None:
    told, _ = asked(viewing, "surveys", "survey=Uploaded surveys")
    assert "Uploaded, not yet published: Shared wave." in told
    told, _ = asked(viewing, "upload")
    assert "Not for your role" in told
    assert "Saved versions" not in told


def test_an_analyst_sees_drafts_may_upload_and_may_ask_for_what_is_withheld(analysing: ClientConnection) -> None:
    told, _ = asked(analysing, "surveys", "survey=Uploaded surveys&wave=2023-01")
    assert "_survey_unguarded" in told
    told, sent = asked(analysing, "upload")
    for word in ("file_uploader", "Draft wave", "Shared wave", "Who sees its figures", "What was done with versions"):
        assert word in told, word
    assert CANARY.encode() not in sent


def test_what_an_analyst_was_shown_reaches_no_viewer_by_a_cache(
    analysing: ClientConnection, viewing: ClientConnection
) -> None:
    """The analyst sees first what is withheld, of the same figures; a viewer who sends the same tick is shown nothing."""
    query = "survey=Uploaded surveys&wave=2022-06&view=one question&question=Q12&by=area"
    told, _ = asked(analysing, "surveys", query)
    box = re.search(r'"(\$\$ID-[\w-]*_survey_unguarded)"', told)
    assert box and WITHHELD in told
    told, _ = asked(analysing, "surveys", query, box[1])
    assert "Not protected" in told and WITHHELD not in told
    told, _ = asked(viewing, "surveys", query, box[1])
    assert WITHHELD in told
    assert "Not protected" not in told and "_survey_unguarded" not in told


def test_media_ends_with_the_session(hosted: Hosted, store: Store) -> None:
    """A file that a page offers is there for who is signed in, and for no copy of an address or a cookie."""
    held = hosted.signed_in("ana")
    with live(hosted, held) as line:
        told, _ = asked(line, "upload")
        offered = re.search(r"/media/[\w.]+", told)
        assert offered, "the page offers a profile"
        with hosted.browser(held) as browser:
            assert browser.get(offered[0]).status_code == 200
        with hosted.browser() as browser:
            assert browser.get(offered[0]).status_code == 401
        for other in ("vera", "ana"):  # signed in, but their own pages never offered it
            with hosted.browser(hosted.signed_in(other)) as browser:
                assert browser.get(offered[0]).status_code == 404
        hosted.left(held)
        with hosted.browser(held) as browser:
            assert browser.get(offered[0]).status_code == 401


def test_the_trail_says_who_looked_at_what(hosted: Hosted, store: Store) -> None:
    with live(hosted, hosted.signed_in("vera")) as line:
        for _ in range(2):  # once a visit
            asked(line, "surveys", "survey=Uploaded surveys")
        [shared] = [version for version in store.versions() if version.label == "Shared wave"]
        seen = [event for event in store.events(shared.id) if event.action == "view"]
        assert (seen[-1].actor, seen[-1].count) == ("Vera Viewer (vera)", shared.rows_accepted)
        before = len(seen)
        asked(line, "surveys", "survey=Uploaded surveys")
    assert len([event for event in store.events(shared.id) if event.action == "view"]) == before
    assert not [event for event in store.events() if CANARY in str(event)]
    assert CANARY not in hosted.log.read_text(encoding="utf-8")


def test_an_export_is_in_the_trail_and_ends_with_the_session(hosted: Hosted, store: Store) -> None:
    """A download is made only when it is asked for, without a run of the page: the door asks again who that is."""
    held = hosted.signed_in("vera")
    [shared] = [version for version in store.versions() if version.label == "Shared wave"]
    with live(hosted, held) as line:
        told, _ = asked(line, "surveys", "survey=Uploaded surveys")
        ask = BackMsg()
        operation = ask.backend_operation_request
        operation.request_id, operation.session_id = "x", re.findall(r'session_id: "([^"]+)"', told)[0]
        operation.deferred_file.file_id = re.findall(r'deferred_file_id: "([^"]+)"', told)[0]
        line.send(ask.SerializeToString())
        answer = next(said for said in arriving(line) if said.WhichOneof("type") == "backend_operation_response")
        exported = [event for event in store.events(shared.id) if event.action == "export"]
        assert [event.actor for event in exported] == ["Vera Viewer (vera)"]
        assert exported[0].count and exported[0].count > 0
        with hosted.browser(held) as browser:
            table = browser.get(answer.backend_operation_response.deferred_file.url)
        assert table.status_code == 200 and CANARY not in table.text
        hosted.left(held)
        line.send(ask.SerializeToString())
        assert "backend_operation_response" not in [said.WhichOneof("type") for said in arriving(line)]
    assert len([event for event in store.events(shared.id) if event.action == "export"]) == 1
