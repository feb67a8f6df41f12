"""Making the next report, run step by step: what is written stays, and what is published is what was looked at.

Every value is INVENTED FOR TESTS.
"""

from __future__ import annotations

import html
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.people import Person
from data.release_files import folder_frames
from data.release_keeping import Keeper, keeper
from data.releases import load_release, release_states
from parts.next_draft import NextDraft
from tests.parts.test_pages import opened
from tests.second_release import FIRST, SECOND

WHY = "INVENTED FOR TESTS: so it is"
BEN = Person("3", "Ben", "analyst")


def asked(keeping: Keeper, made: Path) -> AppTest:
    """The step that asks, about a draft that was saved before."""
    keeping.save(SECOND, *folder_frames(made))
    page = opened("upload", view="new report")
    page.button(key=f"go_on_{SECOND}_0").click().run()
    assert not page.exception
    return page


def in_hand(page: AppTest) -> NextDraft:
    return page.session_state["_next_draft"]


def offered(page: AppTest, *kinds: str) -> AppTest:
    """One reason written for some kinds of what is serious, or for all of them; pressed once."""
    page.radio(key="next_show").set_value("all serious").run()
    for box in page.checkbox:
        if box.key.startswith("next_all_") and (not kinds or box.key.removeprefix("next_all_") in kinds):
            box.check()
    page.text_input(key="next_all_why").set_value(WHY)
    [see] = [each for each in page.button if each.label == "See what it would settle"]
    see.click().run()
    assert not page.exception
    return page


def answered(page: AppTest) -> AppTest:
    """With one reason for everything serious."""
    offered(page).button(key="next_all_yes").click().run()
    assert not page.exception
    return page


def test_one_reason_for_all_stays_where_the_answered_are_shown_too(keeping: Keeper, made: Path) -> None:
    page = answered(asked(keeping, made))
    draft = in_hand(page)
    serious = draft.asked().query("serious")
    assert len(serious) > 15, "more than a page of them"
    assert serious["reason"].tolist() == [WHY] * len(serious)
    first = f"next_reason_{serious['key'].iloc[0]}"
    assert page.text_input(key=first).value == WHY, "the box shows it"
    page.text_input(key=first).set_value(" Another reason ").run()
    assert draft.asked().query("serious")["reason"].tolist() == ["Another reason"] + [WHY] * (len(serious) - 1)
    page.text_input(key=first).set_value("").run()
    assert draft.asked().query("serious")["reason"].tolist() == [""] + [WHY] * (len(serious) - 1)


def test_one_reason_for_several_asks_first_and_can_be_taken_back(keeping: Keeper, made: Path) -> None:
    page = offered(asked(keeping, made), "copied")
    draft = in_hand(page)
    copied = draft.asked().query("kind == 'copied' and serious")
    others = draft.asked().query("kind != 'copied' and serious")
    assert len(copied) > 1
    assert len(others)
    assert page.warning[0].value == (
        f"“{WHY}” would be the reason for {len(copied)} findings: values copied from the last report "
        f"({len(copied)}). All of them are serious and would no longer hold back publication."
    )
    assert (draft.asked()["reason"] == "").all(), "the first press settles nothing"
    page.button(key="next_all_no").click().run()
    assert not page.warning
    assert (draft.asked()["reason"] == "").all()
    offered(page, "copied").button(key="next_all_yes").click().run()
    told = draft.asked().set_index("key")["reason"]
    assert (told[copied["key"]] == WHY).all()
    assert (told[others["key"]] == "").all(), "a kind that was not ticked is left alone"
    own = copied["key"].iloc[0]
    draft.reasons[own] = "Another reason"
    page.button(key="next_all_back").click().run()
    told = draft.asked().query("reason != ''").set_index("key")["reason"]
    assert told.to_dict() == {own: "Another reason"}, "what was written by hand since stays"
    assert "next_all_back" not in [each.key for each in page.button]


def test_what_is_shown_must_be_what_was_asked_about(keeping: Keeper, made: Path) -> None:
    page = offered(asked(keeping, made))
    page.selectbox(key="next_kind").set_value("Values copied from the last report").run()
    assert "next_all_yes" not in [each.key for each in page.button]
    page.selectbox(key="next_kind").set_value("All kinds").run()
    assert "next_all_yes" not in [each.key for each in page.button], "it is asked about anew"
    assert (in_hand(page).asked()["reason"] == "").all()


def test_what_another_saved_in_between_is_not_published(
    root: Path, own_home: Path, keeping: Keeper, made: Path
) -> None:
    page = answered(asked(keeping, made))
    page.button(key="next_next").click().run()
    page.button(key="next_save").click().run()
    assert [each.value for each in page.success][-1].startswith(f"The report {SECOND} is saved as a draft.")
    page.button(key="next_next").click().run()
    info, frames = folder_frames(made)
    keeper(root, own_home, BEN).save(SECOND, info | {"title": "INVENTED FOR TESTS, by another"}, frames)
    page.checkbox(key="next_sure").check().run()
    page.button(key="next_publish").click().run()
    assert page.error[0].value == "That could not be done."
    told = html.unescape(" ".join(each.proto.body for each in page.get("html")))
    assert "it is no longer what you looked at. Ben saved it on " in told
    assert release_states(root, own_home)[SECOND] == "draft"
    page.button(key="next_back").click().run()
    assert "Ben saved it on " in page.warning[0].value
    assert "step 1 can bring it back" in page.warning[0].value
    page.button(key="next_save").click().run()
    page.button(key="next_next").click().run()
    page.checkbox(key="next_sure").check().run()
    page.button(key="next_publish").click().run()
    assert release_states(root, own_home)[SECOND] == "published"
    confirmed = load_release(root, SECOND, own_home).confirmed
    assert set(confirmed["who"]) == {"analyst"}, "a role, and no name"


def test_the_page_says_which_report_it_is_held_against(keeping: Keeper, made: Path) -> None:
    page = asked(keeping, made)
    draft = in_hand(page)
    assert draft.before_id == FIRST
    draft.older_id = "2022-12"
    page.run()
    told = f"was made from the report 2022-12, but this one is held against {FIRST}, the published report before it"
    assert told in page.info[0].value


def test_an_earlier_revision_is_brought_back_on_the_page(
    root: Path, own_home: Path, keeping: Keeper, made: Path
) -> None:
    info, frames = folder_frames(made)
    keeping.save(SECOND, info, frames)
    keeping.save(SECOND, info | {"title": "INVENTED FOR TESTS, a slip"}, frames)
    page = opened("upload", view="new report")
    assert f"revision_{SECOND}_0" not in [each.key for each in page.selectbox], "read only for whoever opens it"
    page.session_state[f"earlier_{SECOND}_0"] = True
    page.run()
    assert page.selectbox(key=f"revision_{SECOND}_0").options == [f"1: {info['title']}, draft"]
    page.button(key=f"bring_back_{SECOND}_0").click().run()
    assert not page.exception
    assert page.success[0].value == f"Revision 1 of {SECOND} is the draft again."
    assert load_release(root, SECOND, own_home).info.title == info["title"]
