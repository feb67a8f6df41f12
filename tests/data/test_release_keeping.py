"""A release's way from a draft to print and back: whole or not at all, by analysts alone, and always in the log."""

from __future__ import annotations

import inspect
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.contracts import OPTIONAL, SCHEMAS
from data.errors import DataError
from data.people import LOCAL, NOBODY, NotAllowedError, Person
from data.release_files import folder_frames
from data.release_folders import drop_revision, put_revision
from data.release_keeping import Keeper, keeper
from data.release_places import places, release_stamp, revisions
from data.releases import files_of, load_release, release_before, release_ids, release_states
from data.shares import make_share, open_share
from data.store import file_store
from data.store_control import Control, Rows
from tests.published import FOLDER, plant, text_frame, write_csv

FIRST, SECOND = "2023-03", "2023-06"
VERA = Person("vera", "Vera", "viewer", "session of Vera")
FORGED = Person("x", "Xan", "administrator", "s")
FIGURE = "asb.asb.last_12_months"
EMPTIED = ["statements", "comparisons", "ranges", "wordings", "surveys", "area_claims", "explanations", "commitments"]


def settled(*_: object) -> list[str]:
    return []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder of one's own, with the first release: its tables on anti-social behaviour alone."""
    folder = tmp_path / "data" / "releases" / FIRST
    shutil.copytree(FOLDER, folder)
    for name, frame in draft()[1].items():
        write_csv(folder / f"{name}.csv", frame)
    return tmp_path / "data"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def keeping(root: Path, home: Path) -> Keeper:
    return keeper(root, home, LOCAL)


@pytest.fixture
def hosted(root: Path, home: Path) -> Keeper:
    return keeper(root, home, LOCAL, hosted=True)


def draft() -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """INVENTED FOR TESTS: the first release's tables on anti-social behaviour under another title."""
    info, frames = folder_frames(FOLDER)
    for name in EMPTIED:
        frames[name] = frames[name][:0]
    for name in ("figures", "as_published"):
        frames[name] = frames[name][frames[name]["table"] == "asb"]
    return info | {"title": "INVENTED FOR TESTS", "data_to": date(2023, 6, 30)}, frames


def log(home: Path) -> list[tuple[str, str | None]]:
    return [(event.action, event.note) for event in file_store(home, LOCAL).events()]


def own_folders(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "releases").iterdir())


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_saved_draft_is_a_release_beside_the_others(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    kept = keeping.save(SECOND, info, frames)
    assert (kept.state, kept.where, kept.revisions) == ("draft", "store", 1)
    assert release_ids(root, home) == [FIRST, SECOND]
    assert release_ids(root) == [FIRST], "the data folder is left as it is"
    assert release_states(root, home) == {FIRST: "published", SECOND: "draft"}
    made = load_release(root, SECOND, home)
    assert (made.info.title, made.info.state) == ("INVENTED FOR TESTS", "draft")
    assert made.figures.equals(load_release(root, FIRST).figures)
    assert log(home) == [("save release 2023-06", None)]


def test_what_breaks_the_contract_is_told_whole_and_nothing_is_kept(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    before = files_of(root, SECOND, home)
    broken = dict(frames, figures=frames["figures"].assign(unit="calls").head(1))
    del broken["glossary"], info["force"]
    with pytest.raises(DataError) as caught:
        keeping.save(SECOND, info, broken)
    assert caught.value.problems[:2] == [
        "release.toml: force is missing or not a text.",
        "figures.csv, row 2, column unit: found 'calls', expected one of count, percent, percentage_points, seconds, "
        "minutes, hours, days, gbp, gbp_thousand, gbp_million, per_1000, grams, kilograms, rank, not_stated.",
    ]
    assert "glossary.csv: the table is missing." in caught.value.problems
    assert files_of(root, SECOND, home) == before
    assert len(log(home)) == 1


def test_ids_that_lead_nowhere_are_told_too(keeping: Keeper, home: Path) -> None:
    info, frames = draft()
    with pytest.raises(DataError, match=r"column table: found 'nowhere', expected an id that stands in tables\.csv"):
        keeping.save(SECOND, info, dict(frames, figures=frames["figures"].assign(table="nowhere")))
    assert not (home / "releases").exists()


@pytest.mark.parametrize(
    "name", ["../2023-06", "2023-06/..", "2023-06\\..", "", ".", "CON", "2023-6", "2023-13", "2023-06:x", "2023-06\n"]
)
def test_only_a_year_and_a_month_is_a_name(keeping: Keeper, home: Path, name: str) -> None:
    with pytest.raises(DataError, match="is no name of a release"):
        keeping.save(name, *draft())
    assert not (home / "releases").exists()


def test_the_draft_before_stays_and_the_newest_holds(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    keeping.save(SECOND, info | {"title": "INVENTED FOR TESTS, mended"}, frames)
    assert load_release(root, SECOND, home).info.title == "INVENTED FOR TESTS, mended"
    before, _ = revisions(home, SECOND)
    assert 'title = "INVENTED FOR TESTS"' in (before / "release.toml").read_text("utf-8")
    for _ in range(205):
        put_revision(home, SECOND, {"release.toml": b""})
    assert len(revisions(home, SECOND)) == 200, "old ones go"


def test_a_published_release_is_not_written_over(keeping: Keeper) -> None:
    info, frames = draft()
    with pytest.raises(DataError, match=r"is published\. Withdraw it first"):
        keeping.save(FIRST, info | {"data_to": date(2023, 3, 31)}, frames)


def fill_disk(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The disk is full at so many writes from now on."""
    real, left = os.fsync, [number]

    def failing(handle: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)


def test_a_disk_that_fails_leaves_the_draft_before(
    root: Path, home: Path, keeping: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    fill_disk(monkeypatch, 5)
    with pytest.raises(DataError, match="the disk is full"):
        keeping.save(SECOND, info | {"title": "half"}, frames)
    monkeypatch.undo()
    assert load_release(root, SECOND, home).info.title == "INVENTED FOR TESTS"
    assert len(log(home)) == 1
    keeping.save(SECOND, info | {"title": "whole"}, frames)
    assert load_release(root, SECOND, home).info.title == "whole"
    assert [path.name for path in (home / "releases" / SECOND).iterdir() if "unfinished" in path.name] == []


def test_nobody_meets_half_of_a_release_while_it_is_saved_and_published(
    root: Path, home: Path, keeping: Keeper
) -> None:
    """One saves, publishes and withdraws; another reads all the while. Titles of both files must fit together."""
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    ended, troubles, seen = threading.Event(), [], set()

    def read() -> None:
        while not ended.is_set():
            try:
                made = load_release(root, SECOND, home)
                if made.info.title.removeprefix("INVENTED FOR TESTS ") != made.glossary["where"].iloc[0]:
                    troubles.append(f"{made.info.title} beside {made.glossary['where'].iloc[0]}")
                seen.add(made.info.state)
            except DataError as error:
                troubles.append(str(error))

    def titled(number: int) -> None:
        glossary = frames["glossary"].assign(where=f"{number}")
        keeping.save(SECOND, info | {"title": f"INVENTED FOR TESTS {number}"}, dict(frames, glossary=glossary))

    titled(0)
    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 3):
            titled(number)
            keeping.publish(SECOND, settled)
            keeping.withdraw(SECOND, "a test")
    finally:
        ended.set()
        reader.join()
    assert troubles == []
    assert seen <= {"draft", "published"}


# --- sharing, publishing, withdrawing ---------------------------------------------------------------------------------


def test_on_ones_own_computer_a_release_is_published_into_the_data_folder(
    root: Path, home: Path, keeping: Keeper
) -> None:
    keeping.save(SECOND, *draft())
    assert keeping.share(SECOND).state == "shared"
    kept = keeping.publish(SECOND, settled)
    assert (kept.state, kept.where) == ("published", "data folder")
    assert own_folders(root) == [FIRST, SECOND]
    assert load_release(root, SECOND).info.state == "published", "it stands there without the store"
    assert load_release(root, SECOND, home).info.state == "published"
    assert {path.name for path in (root / "releases" / SECOND).iterdir()} >= {
        "release.toml",
        *(f"{name}.csv" for name in SCHEMAS if name not in OPTIONAL),
    }
    assert [action for action, _ in log(home)] == [f"{did} release 2023-06" for did in ("save", "share", "publish")]


def test_where_people_share_an_explorer_it_stays_in_the_store(root: Path, home: Path, hosted: Keeper) -> None:
    hosted.save(SECOND, *draft())
    kept = hosted.publish(SECOND, settled)
    assert (kept.state, kept.where) == ("published", "store")
    assert own_folders(root) == [FIRST]
    assert release_states(root, home)[SECOND] == "published"


def test_a_data_folder_that_cannot_be_written_to_leaves_it_in_the_store(
    root: Path, keeping: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    keeping.save(SECOND, *draft())
    monkeypatch.setattr("data.release_moves.put_own", refuses)
    kept = keeping.publish(SECOND, settled)
    assert (kept.state, kept.where) == ("published", "store")
    assert own_folders(root) == [FIRST]


def test_what_is_unsettled_is_told_and_nothing_is_published(root: Path, home: Path, keeping: Keeper) -> None:
    asked = []

    def unsettled(older: Any, newer: Any) -> list[str]:
        asked.append((older[1], newer[1], len(newer[0]["figures"])))
        return ["999 calls: ten times as many as before."]

    keeping.save(SECOND, *draft())
    with pytest.raises(DataError) as caught:
        keeping.publish(SECOND, unsettled)
    assert caught.value.problems == [
        "The release 2023-06 was not published. One serious finding is neither mended nor confirmed, held against "
        "the release 2023-03. Mend it in the workbook and save again, or confirm it with a reason.",
        "999 calls: ten times as many as before.",
    ]
    assert asked == [(date(2023, 3, 31), date(2023, 6, 30), len(draft()[1]["figures"]))]
    assert release_states(root, home)[SECOND] == "draft"
    assert len(log(home)) == 1


def test_what_is_changed_while_it_is_looked_at_is_not_published(root: Path, home: Path, keeping: Keeper) -> None:
    def slow(*_: object) -> list[str]:
        keeping.save(SECOND, *draft())
        return []

    keeping.save(SECOND, *draft())
    with pytest.raises(DataError, match="was changed by somebody just now"):
        keeping.publish(SECOND, slow)
    assert release_states(root, home)[SECOND] == "draft"


def test_only_what_was_looked_at_is_published(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    looked_at = keeping.save(SECOND, info, frames).stamp
    ben = keeper(root, home, Person("3", "Ben", "analyst"))
    other = ben.save(SECOND, info | {"title": "INVENTED FOR TESTS, by another"}, frames).stamp
    with pytest.raises(DataError, match=r"no longer what you looked at\. Ben saved it on .* UTC\. Look at it again"):
        keeping.publish(SECOND, settled, looked_at)
    assert release_states(root, home)[SECOND] == "draft"
    ben.share(SECOND)
    assert keeping.publish(SECOND, settled, other).state == "published", "to share it changes nothing that it says"


def test_a_release_is_held_against_what_all_may_see_who_see_it(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    asked = []
    keeping.save("2023-05", info | {"data_to": date(2023, 5, 31)}, frames)
    keeping.save(SECOND, info, frames)
    assert release_before(root, SECOND, home) == "2023-05", "of drafts, the draft before"
    keeping.publish(SECOND, lambda older, _: asked.append(older[1]) or [])
    assert asked == [date(2023, 3, 31)], "of what is published, the published one"
    assert release_before(root, SECOND, home) == FIRST


def test_a_log_that_cannot_be_written_leaves_the_data_folder(
    root: Path, home: Path, keeping: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.save(SECOND, *draft())
    real = Control.writing

    @contextmanager
    def failing(control: Control) -> Iterator[Rows]:
        with real(control) as rows:
            yield rows
            raise DataError("The disk is full.")

    monkeypatch.setattr(Control, "writing", failing)
    with pytest.raises(DataError, match="The disk is full"):
        keeping.publish(SECOND, settled)
    monkeypatch.undo()
    assert own_folders(root) == [FIRST]
    assert release_states(root, home)[SECOND] == "draft"
    assert len(log(home)) == 1


def test_a_revision_whose_number_is_given_again_is_another(root: Path, home: Path) -> None:
    files = files_of(root, FIRST)
    drop_revision(put_revision(home, SECOND, files))
    first = put_revision(home, SECOND, files)
    before = release_stamp(root, home), places(root, home)[SECOND].stamp()
    drop_revision(first)
    assert put_revision(home, SECOND, files) == first
    after = release_stamp(root, home), places(root, home)[SECOND].stamp()
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_a_release_of_another_force_or_month_is_not_kept(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    with pytest.raises(DataError, match=r"is of Elsewhere Police; the data folder holds releases of Staffordshire"):
        keeping.save(SECOND, info | {"force": "Elsewhere Police"}, frames)
    with pytest.raises(DataError, match=r"data_to is 2023-06-30, which is not in 2023-09\. .* name it 2023-06"):
        keeping.save("2023-09", info, frames)
    assert release_ids(root, home) == [FIRST]
    assert revisions(home, SECOND) == []
    other = {
        **files_of(root, FIRST),
        "release.toml": files_of(root, FIRST)["release.toml"].replace(b"Staffordshire", b"Elsewhere"),
    }
    put_revision(home, SECOND, other)
    with pytest.raises(DataError, match="the store holds releases of Elsewhere Police"):
        keeping.save(SECOND, info, frames)
    assert len(revisions(home, SECOND)) == 1


def test_a_published_release_goes_back_to_draft_with_a_reason(root: Path, home: Path, keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    keeping.publish(SECOND, settled)
    with pytest.raises(DataError, match="Say why the release is withdrawn"):
        keeping.withdraw(SECOND, " \n")
    kept = keeping.withdraw(SECOND, "Table 3 was of another month.")
    assert (kept.state, kept.where) == ("draft", "data folder")
    assert log(home)[-1] == ("withdraw release 2023-06", "Table 3 was of another month.")
    with pytest.raises(DataError, match="is a draft already"):
        keeping.withdraw(SECOND, "again")
    mended = draft()
    keeping.save(SECOND, mended[0] | {"title": "INVENTED FOR TESTS, mended"}, mended[1])
    assert keeping.publish(SECOND, settled).where == "data folder"
    assert load_release(root, SECOND).info.title == "INVENTED FOR TESTS, mended"
    assert own_folders(root) == [FIRST, SECOND]


def test_a_shipped_release_is_withdrawn_in_the_store_where_people_share(root: Path, home: Path, hosted: Keeper) -> None:
    before = files_of(root, FIRST)
    kept = hosted.withdraw(FIRST, "a test")
    assert (kept.state, kept.where) == ("draft", "data folder, with changes in the store")
    assert files_of(root, FIRST) == before
    assert load_release(root, FIRST, home).info.state == "draft"
    assert hosted.publish(FIRST, settled).state == "published"
    assert load_release(root, FIRST, home).figures.equals(load_release(root, FIRST).figures)


def test_links_to_a_draft_end_on_publication(root: Path, home: Path, keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    store = file_store(home, LOCAL)
    _, token = make_share(store, LOCAL, "headlines", releases=release_states(root, home), release=SECOND)
    assert open_share(store, LOCAL, token, releases=release_states(root, home)).state == "draft"
    keeping.publish(SECOND, settled)
    with pytest.raises(DataError, match="has been published since"):
        open_share(store, LOCAL, token, releases=release_states(root, home))


def test_a_release_of_another_force_is_none_of_this_data_folder(root: Path, home: Path, keeping: Keeper) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    told = root / "releases" / FIRST / "release.toml"
    told.write_text(told.read_text("utf-8").replace('"Staffordshire Police"', '"Elsewhere Police"'), "utf-8")
    assert release_ids(root, home) == [FIRST]


# --- correcting -------------------------------------------------------------------------------------------------------


def test_a_correction_stands_beside_the_print(root: Path, home: Path, keeping: Keeper) -> None:
    kept = keeping.correct(FIRST, FIGURE, "12,345", "Two days were left out.", today=date(2023, 6, 3))
    assert (kept.corrections, kept.where, kept.state) == (1, "data folder", "published")
    made = load_release(root, FIRST)
    [row] = made.corrections.to_dict("records")
    printed = text_frame("figures").set_index("figure_id").loc[FIGURE, "printed"]
    assert row == {
        "id": FIGURE, "printed": printed, "corrected": "12,345", "date": pd.Timestamp("2023-06-03"),
        "who": "analyst", "why": "Two days were left out.",
    }  # fmt: skip
    assert made.figures.set_index("figure_id").loc[FIGURE, "printed"] == printed
    assert log(home) == [("correct release 2023-03", f"{FIGURE}: Two days were left out.")]


def test_a_correction_fits_below_columns_of_another_order(root: Path, keeping: Keeper) -> None:
    """The contract takes columns in any order, and a spreadsheet may write a mark and other line ends."""
    header = "why,who,date,corrected,printed,id\r\n"
    other = draft()[1]["figures"]["figure_id"].iloc[0]
    own = root / "releases" / FIRST / "corrections.csv"
    own.write_bytes(f'\ufeff{header}"A slip, of one.",Ana,2023-06-01,2,1,{other}\r\n'.encode())
    keeping.correct(FIRST, FIGURE, "12,345", "Two days were left out.", today=date(2023, 6, 3))
    made = load_release(root, FIRST)
    assert made.corrections[["id", "corrected", "why"]].to_numpy().tolist() == [
        [other, "2", "A slip, of one."],
        [FIGURE, "12,345", "Two days were left out."],
    ]


def test_the_latest_correction_holds_and_both_stay(root: Path, keeping: Keeper) -> None:
    keeping.correct(FIRST, FIGURE, "12,345", "First.", today=date(2023, 6, 3))
    with pytest.raises(DataError, match="reads 12,345 already"):
        keeping.correct(FIRST, FIGURE, "12,345", "Again.")
    keeping.correct(FIRST, FIGURE, "12,346", "Second.", who="Ana", today=date(2023, 6, 4))
    made = load_release(root, FIRST)
    assert made.corrections[["corrected", "who"]].to_numpy().tolist() == [
        ["12,345", "analyst"],
        ["12,346", "Ana"],
    ]


def test_a_total_is_corrected_as_the_figure_it_is(root: Path, keeping: Keeper) -> None:
    derived = text_frame("as_published")
    twin = derived[(derived["figure_id"] != "") & (derived["table"] == "asb")].iloc[0]
    keeping.correct(FIRST, twin["id"], "1", "A slip.")
    assert load_release(root, FIRST).corrections["id"].tolist() == [twin["figure_id"]]


def test_corrections_of_a_hosted_explorer_are_added_to_those_of_the_data_folder(
    root: Path, home: Path, hosted: Keeper
) -> None:
    hosted.correct(FIRST, FIGURE, "12,345", "A slip.", today=date(2023, 6, 3))
    assert load_release(root, FIRST).corrections.empty, "the data folder is left as it is"
    corrections = root / "releases" / FIRST / "corrections.csv"
    other = draft()[1]["figures"]["figure_id"].iloc[0]
    corrections.write_text(f"{corrections.read_text('utf-8')}{other},1,2,2023-06-01,Ana,An upgrade.\n", "utf-8")
    made = load_release(root, FIRST, home)
    assert made.corrections["id"].tolist() == [other, FIGURE]
    told = files_of(root, FIRST, home)["corrections.csv"].decode()
    assert told.count(FIGURE) == told.count(other) == 1
    plant(root / "releases" / FIRST, "glossary", 2, meaning="An upgrade reaches it.")
    assert load_release(root, FIRST, home).glossary["meaning"].iloc[0] == "An upgrade reaches it."


@pytest.mark.parametrize(
    ("number", "to", "why", "told"),
    [
        ("asb.asb.last_12_month", "1", "x", r"prints no number 'asb.asb.last_12_month'. Did you mean asb.asb.last_12"),
        (FIGURE, "", "x", "Give what it should read"),
        (FIGURE, "five", "x", "'five' is not written so. Give it as it would be printed, such as"),
        (FIGURE, "1,234x", "x", "is not written so"),
        (FIGURE, "12,34", "x", "is not written so"),
        (FIGURE, "1", "", "Say why the number is corrected"),
        (FIGURE, "1", "x" * 401, "has 401 letters"),
    ],
)
def test_a_correction_that_cannot_be_made(
    home: Path, keeping: Keeper, number: str, to: str, why: str, told: str
) -> None:
    with pytest.raises(DataError, match=told):
        keeping.correct(FIRST, number, to, why)
    assert log(home) == []


def test_corrections_of_the_same_prints_stay_when_a_release_is_saved_again(
    root: Path, home: Path, keeping: Keeper
) -> None:
    """The workbook knows nothing of them; of a number that is printed anew there is nothing left to correct."""
    info, frames = draft()
    other = frames["figures"]["figure_id"].iloc[-1]
    keeping.save(SECOND, info, frames)
    keeping.publish(SECOND, settled)
    for number in (FIGURE, other):
        keeping.correct(SECOND, number, "1", "A slip.")
    keeping.withdraw(SECOND, "To be mended.")
    figures = frames["figures"].copy()
    figures.loc[figures["figure_id"] == other, ["value", "printed"]] = ["7", "7"]
    keeping.save(SECOND, info, {**frames, "figures": figures})
    assert load_release(root, SECOND, home).corrections["id"].tolist() == [FIGURE]


def test_a_draft_is_mended_in_its_workbook(keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    with pytest.raises(DataError, match=r"is still a draft\. Mend the number in its workbook"):
        keeping.correct(SECOND, FIGURE, "1", "x")


def break_corrections(folder: Path) -> Path:
    """The file of a release's corrections with a line too short."""
    file = folder / "corrections.csv"
    file.write_text(f"{file.read_text('utf-8')}broken,row\n", "utf-8")
    return file


def test_a_published_release_stays_published_though_its_corrections_cannot_be_read(
    root: Path, home: Path, keeping: Keeper
) -> None:
    keeping.save(SECOND, *draft())
    keeping.publish(SECOND, settled)
    keeping.correct(SECOND, FIGURE, "1", "A slip.")
    break_corrections(root / "releases" / SECOND)
    before = release_stamp(root, home), log(home)
    with pytest.raises(DataError, match=f"The release {SECOND} is published. Withdraw it first"):
        keeping.save(SECOND, *draft())
    with pytest.raises(DataError, match=f"The corrections of the release {SECOND} cannot be read"):
        keeping.bring_back(SECOND, 1)
    assert (release_stamp(root, home), log(home)) == before
    assert [(kept.id, kept.state) for kept in keeping.releases()] == [(FIRST, "published"), (SECOND, "published")]


def test_corrections_that_cannot_be_read_are_not_lost(root: Path, home: Path, keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    keeping.publish(SECOND, settled)
    keeping.correct(SECOND, FIGURE, "1", "A slip.")
    keeping.withdraw(SECOND, "To be mended.")
    whole = (root / "releases" / SECOND / "corrections.csv").read_bytes()
    file = break_corrections(root / "releases" / SECOND)
    before = release_stamp(root, home), log(home)
    for refused in (lambda: keeping.bring_back(SECOND, 1), lambda: keeping.save(SECOND, *draft())):
        with pytest.raises(DataError, match="The corrections of the release 2023-06 cannot be read") as caught:
            refused()
        assert str(file) in caught.value.problems[0], "where it is mended"
        assert "found 2 cells" in caught.value.problems[1]
    assert (release_stamp(root, home), log(home)) == before
    file.write_bytes(whole)
    (root / "releases" / SECOND / "glossary.csv").write_bytes(b"")
    keeping.save(SECOND, *draft())
    assert load_release(root, SECOND, home).corrections["id"].tolist() == [FIGURE], "another broken file loses none"


# --- an earlier revision brought back ---------------------------------------------------------------------------------


def test_an_earlier_revision_comes_back_as_a_draft_and_those_between_stay(
    root: Path, home: Path, keeping: Keeper
) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    keeping.save(SECOND, info | {"title": "INVENTED FOR TESTS, a slip"}, {**frames, "glossary": frames["glossary"][:1]})
    keeping.share(SECOND)
    told = [(each.number, each.state, each.changed, each.stands) for each in keeping.revisions(SECOND)]
    assert told == [
        (1, "draft", (), False),
        (2, "draft", ("glossary", "release"), False),
        (3, "shared", ("release",), True),
    ]
    kept = keeping.bring_back(SECOND, 1)
    assert (kept.state, kept.where, kept.revisions) == ("draft", "store", 4)
    assert kept.stamp == keeping.stamp(SECOND)
    made = load_release(root, SECOND, home)
    assert (made.info.title, len(made.glossary)) == ("INVENTED FOR TESTS", len(frames["glossary"]))
    assert log(home)[-1] == ("bring-back release 2023-06", "revision 1")
    assert keeping.last_change(SECOND).startswith("local analyst brought an earlier revision back into it on ")
    assert keeping.bring_back(SECOND, 3).state == "draft", "what was shared comes back as a draft too"
    assert load_release(root, SECOND, home).info.title == "INVENTED FOR TESTS, a slip"


def test_what_was_corrected_since_stays_corrected_where_the_print_is_the_same(
    root: Path, home: Path, keeping: Keeper
) -> None:
    info, frames = draft()
    other = frames["figures"]["figure_id"].iloc[-1]
    keeping.save(SECOND, info, frames)
    keeping.share(SECOND)
    keeping.correct(SECOND, other, "2", "An early slip.")
    keeping.correct(SECOND, FIGURE, "1", "A late slip.")
    keeping.bring_back(SECOND, 3)
    assert load_release(root, SECOND, home).corrections["corrected"].tolist() == ["2", "1"]
    keeping.bring_back(SECOND, 1)
    assert load_release(root, SECOND, home).corrections["corrected"].tolist() == ["2", "1"]


def test_what_was_published_on_ones_own_computer_has_revisions_too(root: Path, home: Path, keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    keeping.publish(SECOND, settled)
    before = own_folders(root), log(home)
    with pytest.raises(DataError, match=f"The release {SECOND} is published. Withdraw it first"):
        keeping.bring_back(SECOND, 1)
    assert (own_folders(root), log(home)) == before
    keeping.withdraw(SECOND, "To be mended.")
    assert {each.state for each in keeping.revisions(SECOND)} == {"draft", "published"}
    assert keeping.bring_back(SECOND, 1).state == "draft"


def test_the_revision_that_says_what_the_data_folder_says_stands(root: Path, home: Path, keeping: Keeper) -> None:
    def stand() -> list[int]:
        return [each.number for each in keeping.revisions(SECOND) if each.stands]

    keeping.save(SECOND, *draft())
    keeping.publish(SECOND, settled)
    assert stand() == [2]
    keeping.withdraw(SECOND, "To be mended.")
    [now] = stand()
    with pytest.raises(DataError, match=rf"Revision {now} is what the release {SECOND} says now\."):
        keeping.bring_back(SECOND, now)
    plant(root / "releases" / SECOND, "glossary", 2, meaning="Mended by hand.")
    assert stand() == [], "none says that"
    assert keeping.bring_back(SECOND, now).state == "draft"


def test_a_revision_that_goes_while_it_is_read_is_left_out(
    root: Path, home: Path, keeping: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, frames = draft()
    for number in range(3):
        keeping.save(SECOND, info | {"title": f"INVENTED FOR TESTS {number}"}, frames)
    real, oldest = Path.read_bytes, revisions(home, SECOND)[0]

    def pruned(path: Path) -> bytes:
        if path.parent == oldest and oldest.exists():
            drop_revision(oldest)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", pruned)
    told = [(each.number, each.changed, each.stands) for each in keeping.revisions(SECOND)]
    assert told == [(2, (), False), (3, ("release",), True)]


@pytest.mark.parametrize("how", ["save", "bring_back"])
def test_what_stood_in_the_data_folder_can_be_brought_back(root: Path, home: Path, keeping: Keeper, how: str) -> None:
    info, frames = draft()
    keeping.save(SECOND, info, frames)
    keeping.publish(SECOND, settled)
    keeping.withdraw(SECOND, "To be mended.")
    plant(root / "releases" / SECOND, "glossary", 2, meaning="Mended by hand.")
    if how == "save":
        keeping.save(SECOND, info, frames)
    else:
        keeping.bring_back(SECOND, 1)
    assert load_release(root, SECOND, home).glossary["meaning"].iloc[0] != "Mended by hand."
    stood, stands = keeping.revisions(SECOND)[-2:]
    assert (stood.stands, stands.stands) == (False, True)
    keeping.bring_back(SECOND, stood.number)
    assert load_release(root, SECOND, home).glossary["meaning"].iloc[0] == "Mended by hand."


def test_what_stood_in_the_data_folder_of_a_hosted_explorer_can_be_brought_back(
    root: Path, home: Path, hosted: Keeper
) -> None:
    hosted.correct(FIRST, FIGURE, "1", "A slip.")
    hosted.withdraw(FIRST, "To be mended.")
    before = load_release(root, FIRST, home)
    info, frames = draft()
    hosted.save(FIRST, info | {"data_to": date(2023, 3, 31)}, frames)
    [stood, _] = hosted.revisions(FIRST)
    hosted.bring_back(FIRST, stood.number)
    made = load_release(root, FIRST, home)
    assert (made.info, made.corrections["id"].tolist()) == (before.info, [FIGURE])
    assert (made.figures.equals(before.figures), len(hosted.revisions(FIRST))) == (True, 3)


def test_a_disk_that_fails_after_what_stood_was_put_leaves_no_revision(
    root: Path, home: Path, hosted: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted.withdraw(FIRST, "To be mended.")
    before = release_stamp(root, home), log(home)
    fill_disk(monkeypatch, 40)
    info, frames = draft()
    with pytest.raises(DataError, match="the disk is full"):
        hosted.save(FIRST, info | {"data_to": date(2023, 3, 31)}, frames)
    monkeypatch.undo()
    assert (release_stamp(root, home), log(home), hosted.revisions(FIRST)) == (*before, [])


def test_what_cannot_be_brought_back_is_told(root: Path, home: Path, keeping: Keeper, hosted: Keeper) -> None:
    keeping.save(SECOND, *draft())
    for number, told in ((1, "Revision 1 is what the release 2023-06 says now."), (9, "Revisions there: 1.")):
        with pytest.raises(DataError, match=told):
            keeping.bring_back(SECOND, number)
    hosted.correct(FIRST, FIGURE, "1", "A slip.")
    assert hosted.revisions(FIRST) == [], "it stands over the data folder's and is no whole release"
    with pytest.raises(DataError, match=f"no revision 1 of the release {FIRST}. Revisions there: none."):
        hosted.bring_back(FIRST, 1)
    assert len(revisions(home, SECOND)) == 1


# --- who may, and what is seen ----------------------------------------------------------------------------------------

ACTIONS: dict[str, Callable[[Keeper], object]] = {
    "releases": lambda keeping: keeping.releases(),
    "stamp": lambda keeping: keeping.stamp(SECOND),
    "last_change": lambda keeping: keeping.last_change(SECOND),
    "save": lambda keeping: keeping.save(SECOND, *draft()),
    "share": lambda keeping: keeping.share(SECOND),
    "publish": lambda keeping: keeping.publish(SECOND, settled),
    "withdraw": lambda keeping: keeping.withdraw(FIRST, "x"),
    "correct": lambda keeping: keeping.correct(FIRST, FIGURE, "1", "x"),
    "revisions": lambda keeping: keeping.revisions(SECOND),
    "bring_back": lambda keeping: keeping.bring_back(SECOND, 1),
}


def test_every_public_method_is_in_the_table() -> None:
    methods = {name for name, _ in inspect.getmembers(Keeper, inspect.isfunction) if not name.startswith("_")}
    assert methods == set(ACTIONS), "add what is new; it is for analysts"


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("person", [VERA, NOBODY, FORGED, None], ids=["viewer", "nobody", "forged", "none"])
def test_whoever_is_no_analyst_may_do_nothing(
    root: Path, home: Path, keeping: Keeper, action: str, person: Any
) -> None:
    keeping.save(SECOND, *draft())
    before = release_stamp(root, home), log(home)
    with pytest.raises(NotAllowedError):
        ACTIONS[action](keeper(root, home, person))
    assert (release_stamp(root, home), log(home)) == before


def test_the_list_names_every_release_and_one_that_cannot_be_read(root: Path, keeping: Keeper) -> None:
    keeping.save(SECOND, *draft())
    (root / "releases" / FIRST / "release.toml").write_text("", encoding="utf-8")
    told = [(kept.id, kept.state, kept.where, kept.published) for kept in keeping.releases()]
    assert told == [(FIRST, "draft", "data folder", None), (SECOND, "draft", "store", date(2023, 5, 17))]


def test_the_stamp_changes_with_every_file_and_revision_and_with_nothing_else(
    root: Path, home: Path, keeping: Keeper
) -> None:
    seen = [release_stamp(root, home)]
    assert release_stamp(root, home) == seen[0] == release_stamp(root, home / "empty") == release_stamp(root)
    keeping.save(SECOND, *draft())
    seen.append(release_stamp(root, home))
    keeping.save(SECOND, *draft())
    seen.append(release_stamp(root, home))
    plant(root / "releases" / FIRST, "glossary", 2, meaning="Changed by hand.")
    seen.append(release_stamp(root, home))
    keeping.publish(SECOND, settled)
    seen.append(release_stamp(root, home))
    assert len(set(seen)) == len(seen)


def test_a_revision_in_the_making_is_no_release(root: Path, home: Path) -> None:
    revision = put_revision(home, SECOND, files_of(root, FIRST))
    revision.rename(revision.with_name("000001.unfinished"))
    (root / "releases" / ".2023-09.unfinished").mkdir()
    shutil.copy(root / "releases" / FIRST / "release.toml", root / "releases" / ".2023-09.unfinished")
    assert release_ids(root, home) == [FIRST]
