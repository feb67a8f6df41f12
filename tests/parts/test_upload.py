"""The upload page, run step by step as a visitor clicks through it."""

from __future__ import annotations

import html
import io
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from data.people import LOCAL
from data.prepare import prepare
from data.profile import Profile, Question
from data.profile_file import from_toml, to_toml
from data.store import Store, file_store
from data.templates import SAMPLE_LABEL, sample_survey, template_csv
from parts.upload_columns import _examples
from parts.upload_counts import reasons_aside
from parts.upload_words import label_of
from tests.data.test_public_files import street
from tests.filled_workbook import next_quarter
from tests.published import release
from tests.serving import ROOT

MONTHS = "month,measure,value\n" + "".join(f"0{m}/2023,calls,{m}\n" for m in range(1, 9))
HOSTILE = "![x](https://evil.example/p.png) <b>*bold*</b> :smile: $x$ [link](https://evil.example)"


pytestmark = pytest.mark.usefixtures("own_home")


def upload_page() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    page.switch_page("pages/upload.py")
    return page.run()


def given(page: AppTest, content: bytes | str, name: str = "mine.csv") -> AppTest:
    content = content.encode() if isinstance(content, str) else content
    return page.file_uploader[0].upload(name, content, "text/csv").run()


def pressed(page: AppTest, key: str, times: int = 1) -> AppTest:
    for _ in range(times):
        page.button(key=key).click().run()
        assert not page.exception
    return page


def step(page: AppTest) -> str:
    return page.header[0].value


def text(page: AppTest) -> str:
    """All that the page shows as HTML of its own, unescaped."""
    return html.unescape("".join(element.proto.body for element in page.get("html")))


def words_of(page: AppTest) -> list[str]:
    """Every sentence, label, heading, choice and line of a table that a visitor reads."""
    told = re.split(r"<[^>]*>|\n", text(page))
    for kind in ("title", "header", "subheader", "markdown", "caption", "text", "info", "success", "warning", "error"):
        told += [str(each.value) for each in getattr(page, kind)]
    for kind in ("button", "text_input", "date_input", "selectbox", "checkbox", "expander", "multiselect", "radio"):
        told += [str(each.label) for each in getattr(page, kind)]
        told += [str(each.help) for each in getattr(page, kind) if getattr(each, "help", "")]
    told += [str(option) for each in page.selectbox for option in each.options]
    told += [each.proto.label for each in page.get("download_button")]
    return [each.strip() for each in told if each.strip()]


def role(page: AppTest, number: int):
    """The box with the role of a column, by its place in the file."""
    return next(box for box in page.selectbox if re.fullmatch(rf"up_role_\d+_{number}", box.key or ""))


def named(page: AppTest, kind: str, start: str):
    """The one widget of a kind whose key begins like this."""
    [found] = [widget for widget in getattr(page, kind) if (widget.key or "").startswith(start)]
    return found


def saved_sample(page: AppTest) -> AppTest:
    pressed(page, "upload_sample")
    pressed(page, "upload_next", 3)
    return pressed(page, "upload_save")


# --- the way through --------------------------------------------------------------------------------------------------


def test_it_opens_with_what_to_do() -> None:
    page = upload_page()
    assert not page.exception
    assert step(page) == "Step 1 of 5: drop a file"
    assert page.info[0].value == "Nothing is saved yet. Drop a file above, or try the invented sample."
    assert [each.key for each in page.get("download_button")] == [
        "template_survey", "template_aggregated", "template_monthly", "template_events",
    ]  # fmt: skip


def test_the_sample_goes_all_the_way(own_home: Path) -> None:
    page = pressed(upload_page(), "upload_sample")
    assert step(page) == "Step 2 of 5: what we read"
    assert "241 rows in the file = 240 accepted + 1 rejected as unreadable." in text(page)
    assert "Found 9 cells, expected 8 as in the header." in text(page)
    pressed(page, "upload_next")
    assert step(page) == "Step 3 of 5: what the columns mean"
    assert "241 rows in the file = 233 used + 7 set aside + 1 rejected" in text(page)
    pressed(page, "upload_next")
    assert step(page) == "Step 4 of 5: what the answers mean"
    pressed(page, "upload_next")
    assert "241 rows in the file = 233 used + 7 set aside + 1 rejected as unreadable." in text(page)
    assert "Set aside: they contradict each other, 2 rows of 1 respondent" in text(page)
    pressed(page, "upload_save")
    assert page.success[0].value == label_of(f"Saved as {SAMPLE_LABEL}: 233 rows.")
    store = file_store(own_home, LOCAL)
    [version] = store.versions()
    assert (version.rows_in, version.rows_accepted, version.rows_rejected) == (241, 233, 8)
    assert version.source_name == "invented_sample_survey.csv"
    assert version.retain_until is not None
    assert [profile.name for profile in store.profiles()] == [SAMPLE_LABEL]
    assert not store.read(version.id)["respondent"].str.contains("INVENTED").any()
    assert dict(page.query_params) == {}


def test_back_loses_nothing() -> None:
    page = pressed(upload_page(), "upload_sample")
    pressed(page, "upload_next")
    role(page, 3).set_value("ignore").run()
    pressed(page, "upload_next")
    named(page, "text_input", "up_label").set_value("How safe?").run()
    named(page, "multiselect", "up_positive").set_value(["Very safe"]).run()
    pressed(page, "upload_next")
    named(page, "text_input", "up_label").set_value("January")
    pressed(page, "upload_back", 4)
    assert step(page) == "Step 1 of 5: drop a file"
    pressed(page, "upload_next", 2)
    assert role(page, 3).value == "ignore"
    pressed(page, "upload_next")
    assert named(page, "text_input", "up_label").value == "How safe?"
    assert named(page, "multiselect", "up_positive").value == ["Very safe"]
    pressed(page, "upload_next")
    assert named(page, "text_input", "up_label").value == "January"


def test_starting_again_can_be_undone_until_something_is_saved() -> None:
    page = pressed(upload_page(), "upload_sample")
    pressed(page, "upload_again")
    assert step(page) == "Step 1 of 5: drop a file"
    pressed(page, "upload_undo")
    assert step(page) == "Step 2 of 5: what we read"
    pressed(page, "upload_again")
    saved_sample(page)
    assert "upload_undo" not in [button.key for button in page.button]


# --- files that cannot be read, and files that are not to be believed -------------------------------------------------


def test_a_file_that_is_no_table_is_told_and_not_kept() -> None:
    page = given(upload_page(), b"\x89PNG\r\n\x1a\n" + b"0" * 90)
    assert page.error[0].value == "This file cannot be read as a table. Nothing of it was kept."
    assert "mine.csv is an image" in text(page)
    assert step(page) == "Step 1 of 5: drop a file"
    assert "upload_next" not in [button.key for button in page.button]


def test_text_of_a_file_is_never_layout() -> None:
    rows = "".join(f"{number},{HOSTILE if number % 2 else 'No'},1\n" for number in range(20))
    page = given(upload_page(), f"id,Q1 {HOSTILE},n\n{rows}", f"{HOSTILE}.csv")
    seen = []
    for _ in range(2):
        pressed(page, "upload_next")
        seen += [each.value for each in [*page.markdown, *page.info, *page.warning, *page.caption, *page.success]]
        seen += [widget.label for widget in [*page.selectbox, *page.button, *page.expander, *page.text_input]]
        bodies = "".join(element.proto.body for element in page.get("html"))
        assert "<b>" not in bodies
    assert not [each for each in seen if re.search(r"(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)<b>|:smile:|https://", each)]
    assert label_of(f"Q1 {HOSTILE}") in seen


def test_a_column_that_looks_personal_is_refused_and_its_values_are_not_shown() -> None:
    rows = "".join(f"{number},caller{number}@example.org,{'Yes' if number % 3 else 'No'}\n" for number in range(30))
    page = given(upload_page(), f"id,contact,Q1\n{rows}")
    assert "@example.org" not in text(page)
    pressed(page, "upload_next")
    assert "contact looks like e-mail addresses: ignored and not stored. Its values are not shown." in text(page)
    assert "@example.org" not in text(page)
    assert not [box for box in page.selectbox if re.fullmatch(r"up_role_\d+_1", box.key or "")]
    named(page, "checkbox", "up_allow").check().run()
    assert role(page, 1).value == "ignore"
    assert "caller0@example.org" in text(page)


def test_a_workbook_of_two_sheets_is_asked_which() -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Months")
    for row in template_csv("monthly").decode("utf-8-sig").splitlines():
        sheet.append(row.split(","))
    content = io.BytesIO()
    book.save(content)
    page = given(upload_page(), content.getvalue(), "months.xlsx")
    assert page.selectbox(key="upload_sheet").options == ["Notes", "Months"]
    page.selectbox(key="upload_sheet").set_value("Months").run()
    pressed(page, "upload_read_sheet")
    assert step(page) == "Step 2 of 5: what we read"
    assert "24 rows in the file = 24 accepted + 0 rejected as unreadable." in text(page)
    pressed(page, "upload_next", 2)
    assert step(page) == "Step 5 of 5: save"
    assert "Step 4 is for surveys alone, so it was left out." in [each.value for each in page.markdown]


# --- columns and answers ----------------------------------------------------------------------------------------------


def test_the_workbook_of_the_next_report_is_known_and_taken_where_it_belongs() -> None:
    page = given(upload_page(), next_quarter(release()), "june.xlsx")
    assert not page.exception
    assert page.info[0].value.startswith("june.xlsx is the workbook of the report 2023-06: it is read under ")
    assert step(page).startswith("Step 1 of 5"), "no sheet is asked for"
    page = pressed(page, "upload_report")
    assert page.radio(key="view").value == "new report"
    assert "what we read" in step(page)
    assert "must be mended in the workbook" in page.error[0].value, "it is blank as yet"
    page.radio(key="view").set_value("a file").run()
    assert not page.exception
    assert not [each for each in page.button if each.key == "upload_report"]


def test_roles_that_cannot_be_used_stop_the_way_and_say_why() -> None:
    page = given(upload_page(), template_csv("monthly"))
    pressed(page, "upload_next")
    role(page, 3).set_value("ignore").run()
    assert "mine.csv: no column has the role “value”, and a file of kind “Monthly figures” needs one." in text(page)
    assert page.button(key="upload_next").disabled
    role(page, 3).set_value("value").run()
    assert not page.button(key="upload_next").disabled


def test_another_kind_proposes_its_own_roles_and_notes_and_back_loses_nothing() -> None:
    events = "created,grade,LPT,seconds\n" + "".join(
        f"{day:02}/01/2023 10:0{day % 10},{'Priority' if day % 3 else 'Immediate'},{'North' if day % 2 else 'South'},{day}\n"
        for day in range(1, 29)
    )
    page = given(upload_page(), events)
    pressed(page, "upload_next")
    assert [role(page, number).value for number in range(4)] == ["timestamp", "kind", "area", "answered_after"]
    role(page, 2).set_value("group").run()
    named(page, "selectbox", "up_kind").set_value("survey").run()
    assert [role(page, number).value for number in range(4)] == ["ignore", "group", "area", "ignore"]
    assert "Column seconds holds numbers. It is ignored" in text(page)
    assert "no column has the role “question, with its answers”" in text(page)
    named(page, "selectbox", "up_kind").set_value("events").run()
    assert [role(page, number).value for number in range(4)] == ["timestamp", "kind", "group", "answered_after"]
    assert "Column seconds holds numbers" not in text(page)


def test_a_declared_form_refuses_what_does_not_fit() -> None:
    page = given(upload_page(), "month,measure,value\n" + "".join(f'2023-{m:02},a,"1,{m:03}"\n' for m in range(1, 9)))
    pressed(page, "upload_next")
    assert "8 rows in the file = 8 used + 0 set aside" in text(page)
    named(page, "selectbox", "up_form_1_2").select_index(0).run()
    assert "8 rows in the file = 0 used + 8 set aside" in text(page)
    assert "value is not a number such as 1234.5" in text(page)
    assert page.error[0].value == "No row can be used like this, so there is nothing to go on with."
    assert "8 rows: value cannot be read. Choose the form in which it is written" in text(page)
    assert page.button(key="upload_next").disabled


def test_a_question_without_positive_answers_is_pointed_at() -> None:
    rows = "".join(
        f"p{number:03},{'Yes' if number % 3 else 'No'},{'redgreenblue'[number % 2 * 3 :][:3]}\n" for number in range(30)
    )
    page = given(upload_page(), f"resp_id,Q1,Q2\n{rows}")
    pressed(page, "upload_next", 2)
    assert page.warning[0].value == label_of(
        "△ No answer is known to be positive in: Q2. Say which are, or ignore them."
    )
    assert page.button(key="upload_next").disabled
    named(page, "multiselect", "up_positive").set_value(["red"]).run()
    assert not page.button(key="upload_next").disabled
    named(page, "multiselect", "up_positive").set_value([]).run()
    pressed(page, "upload_ignore_open")
    assert not page.button(key="upload_next").disabled
    assert "1 question; 1 with answers to be counted." in text(page)


def test_a_wide_file_is_asked_in_pages() -> None:
    header = ",".join(f"c{number}" for number in range(70))
    rows = "".join(",".join(f"{(row * number) % 5}.5" for number in range(70)) + "\n" for row in range(12))
    page = given(upload_page(), f"{header}\n{rows}")
    pressed(page, "upload_next")
    assert named(page, "selectbox", "up_page").options == ["1 to 60", "61 to 70"]
    assert len([box for box in page.selectbox if box.key.startswith("up_role")]) == 60
    named(page, "selectbox", "up_page").set_value("61 to 70").run()
    assert len([box for box in page.selectbox if box.key.startswith("up_role")]) == 10


def test_a_large_file_is_typed_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parts.upload_columns._AT_ONCE", 10)
    page = pressed(upload_page(), "upload_sample")
    pressed(page, "upload_next")
    assert " used + " not in text(page)
    assert not page.button(key="upload_next").disabled
    pressed(page, "upload_type")
    assert "241 rows in the file = 233 used + 7 set aside + 1 rejected" in text(page)


def test_examples_are_different_answers() -> None:
    assert _examples(pd.Series(["No", "NO", "", "Yes", "no "])) == "For example No · Yes"
    assert _examples(pd.Series(["", " "])) == "No values in the first rows."


def test_every_row_of_a_file_is_in_one_part_of_the_sum() -> None:
    body = [
        "a,1,Yes",
        "a,1,yes",
        "b,1,No",
        "b,1,Yes",
        ",1,Yes",
        "c,,No",
        "d,0,No",
        "e,x,No",
        "Total,5,",
        ",,",
        "f,2,No",
    ]
    rows = pd.DataFrame([line.split(",") for line in body], columns=["resp_id", "weight", "Q1"])
    meant = Profile(columns={"respondent": "resp_id", "weight": "weight"}, questions={"Q1": Question("Q1")})
    made = prepare(meant, rows, pd.Series(range(2, 13)), "mine.csv")
    told = reasons_aside(made.counts)
    assert sum(number for _, number in told.values()) == len(made.set_aside) == len(rows) - len(made.frame) == 9
    assert {words for words, _ in told.values()} == {
        "blank", "totals, not respondents", "no respondent's number", "they repeat others", "weight is missing",
        "they contradict each other, 2 rows of 1 respondent", "weight cannot be read", "weight is not above 0",
    }  # fmt: skip


def test_spellings_of_monthly_figures_that_were_merged_are_shown() -> None:
    body = "".join(f"2023-0{m},{'asb' if m == 2 else 'ASB'},{m}\n" for m in range(1, 7))
    page = given(upload_page(), f"month,measure,value\n{body}")
    pressed(page, "upload_next")
    assert "Spellings that were merged (1)" in [fold.label for fold in page.expander]
    assert "“ASB” (5); “asb” (1)" in text(page)


def test_rows_for_one_figure_are_told_as_that() -> None:
    page = given(upload_page(), MONTHS + MONTHS.partition("\n")[2])
    pressed(page, "upload_next")
    assert "Set aside: more than one row gives the same figure" in text(page)
    assert page.button(key="upload_next").disabled


def test_a_last_day_that_is_over_cannot_be_chosen() -> None:
    page = saved_sample(upload_page())
    assert named(page, "date_input", "until_").min == date.today()
    pressed(page, "upload_sample")
    pressed(page, "upload_next", 3)
    assert named(page, "date_input", "up_keep").min == date.today()


# --- saved profiles and the same file again ---------------------------------------------------------------------------


def test_the_same_file_again_needs_no_answer_and_is_one_version(own_home: Path) -> None:
    page = saved_sample(upload_page())
    pressed(page, "upload_sample")
    pressed(page, "upload_next")
    assert f"Read with the saved profile “{SAMPLE_LABEL}”: nothing to answer." in text(page)
    pressed(page, "upload_next", 2)
    pressed(page, "upload_save")
    assert page.info[-1].value == label_of(
        f"This file with this profile is already saved, as {SAMPLE_LABEL}. Nothing was saved again."
    )
    store = file_store(own_home, LOCAL)
    [version] = store.versions()
    store.withdraw(version.id)
    pressed(page, "upload_save")
    pressed(page, "upload_back", 2)
    role(page, 3).set_value("ignore").run()
    pressed(page, "upload_next", 2)
    assert "upload_restore_found" not in [button.key for button in page.button], "another profile is another version"
    pressed(page, "upload_back", 2)
    role(page, 3).set_value("group").run()
    pressed(page, "upload_next", 2)
    pressed(page, "upload_restore_found")
    assert [version.withdrawn for version in store.versions()] == [None]


def test_the_next_wave_tells_what_is_new() -> None:
    page = saved_sample(upload_page())
    changed = sample_survey().replace(b"Very unsafe", b"Not safe truly").replace(b"age_band", b"age_group")
    given(page, changed, "wave2.csv")
    pressed(page, "upload_next")
    told = text(page)
    assert f"Read with the saved profile “{SAMPLE_LABEL}”. What differs from it:" in told
    assert "wave2.csv: column age_group is new. Check its role, or ignore it." in told
    assert "wave2.csv, question Q1: the answer 'Not safe truly' (33 rows) is new." in told
    pressed(page, "upload_anew")
    assert "Proposed from the names of the columns" in text(page)


def test_a_new_answer_that_says_nothing_by_its_words_or_is_missing_by_them_is_asked(own_home: Path) -> None:
    page = saved_sample(upload_page())
    changed = sample_survey().replace(b"Very unsafe", b"Prefer not to say").replace(b"Strongly agree", b"Rather so")
    given(page, changed, "wave2.csv")
    pressed(page, "upload_next")
    assert "the answer 'Prefer not to say' (33 rows) is new. By its words it is taken as missing." in text(page)
    pressed(page, "upload_next")
    assert page.warning[0].value.startswith("△ 2 answers are not in the lists of their questions.")
    assert page.button(key="upload_next").disabled
    asked = {box.label: box for box in page.selectbox if box.key.startswith("up_new")}
    assert [box.value for box in asked.values()] == ["missing", None]
    pressed(page, "upload_take_new")
    assert page.button(key="upload_next").disabled
    named(page, "selectbox", "up_new").set_value("positive").run()
    pressed(page, "upload_take_new")
    assert not page.button(key="upload_next").disabled
    pressed(page, "upload_next")
    pressed(page, "upload_save")
    question = from_toml(file_store(own_home, LOCAL).profiles()[0].text, "saved").questions
    assert question["Q1"].missing == ("Prefer not to say",)
    assert question["Q2"].positive == ("Strongly agree", "Tend to agree", "Rather so")


def test_a_saved_form_that_does_not_fit_the_next_file_gives_way_and_says_so() -> None:
    page = given(upload_page(), re.sub(r"(?m)^(0\d)/2023", r"01/\1/2023", MONTHS), "first.csv")
    pressed(page, "upload_next", 2)
    pressed(page, "upload_save")
    given(page, re.sub(r"(?m)^(0\d)/2023", r"2023-\1", MONTHS), "second.csv")
    pressed(page, "upload_next")
    told = text(page)
    assert "nothing to answer" not in told
    assert "Column month: its saved form, day/month/year, such as 31/01/2023, reads 0 of 8 different values." in told
    assert "8 rows in the file = 8 used + 0 set aside" in told


def test_a_profile_of_ones_own_is_used_or_told(own_home: Path) -> None:
    page = pressed(saved_sample(upload_page()), "upload_sample")
    pressed(page, "upload_next")
    page.file_uploader[0].upload("bad.toml", b"kind = 3", "application/toml").run()
    assert page.error[0].value == "The profile cannot be used."
    profile = from_toml(file_store(own_home, LOCAL).profiles()[0].text, "saved")
    page.file_uploader[0].upload("good.toml", to_toml(profile).encode(), "application/toml").run()
    assert "Read with the saved profile “good.toml”: nothing to answer." in text(page)


def test_a_profile_of_quite_another_file_is_refused() -> None:
    page = given(upload_page(), MONTHS)
    pressed(page, "upload_next")
    page.file_uploader[0].upload("own.toml", b'[columns]\nmonth="m"\nvalue="v"\n', "application/toml").run()
    assert page.error[0].value == "The profile cannot be used."
    assert "It is a profile of another file." in text(page)
    assert "Proposed from the names of the columns" in text(page)


def test_many_answers_off_their_scale_are_taken_as_missing_at_once() -> None:
    rows = "".join(f"r{n:03},{['Agree', 'Disagree'][n % 2] if n > 14 else f'odd{n}'}\n" for n in range(900))
    page = given(upload_page(), f"resp_id,Q2\n{rows}")
    pressed(page, "upload_next", 2)
    assert page.warning[0].value.startswith("△ 15 answers are not in the lists")
    pressed(page, "upload_take_missing")
    assert not page.warning
    assert not page.button(key="upload_next").disabled


# --- saved versions ---------------------------------------------------------------------------------------------------


def only_version(store: Store):
    [version] = store.versions(withdrawn=True)
    return version


def test_everything_that_can_be_done_to_a_version(own_home: Path) -> None:
    page, store = saved_sample(upload_page()), file_store(own_home, LOCAL)
    named(page, "text_input", "label_").set_value("January wave")
    next(button for button in page.button if button.label == "Rename").click().run()
    assert only_version(store).label == "January wave"
    named(page, "date_input", "until_").set_value(None)
    next(button for button in page.button if button.label == "Keep until then").click().run()
    assert only_version(store).retain_until is None
    named(page, "button", "withdraw_").click().run()
    assert store.versions() == []
    assert "withdrawn on" in text(page)
    named(page, "button", "restore_").click().run()
    assert len(store.versions()) == 1
    pressed(page, "upload_check")
    assert page.success[-1].value == "1 saved file read: all whole."
    assert named(page, "button", "delete_").disabled
    named(page, "checkbox", "sure_").check().run()
    named(page, "button", "delete_").click().run()
    assert store.versions(withdrawn=True) == []
    [receipt] = [each for each in page.get("download_button") if each.key.startswith("upload_receipt_")]
    assert receipt.label == "Download the receipt (CSV)"


def test_two_deleted_versions_have_a_receipt_each_under_its_own_name(own_home: Path) -> None:
    page = upload_page()
    for _ in range(2):
        saved_sample(page)
        named(page, "checkbox", "sure_").check().run()
        named(page, "button", "delete_").click().run()
    receipts = [each for each in page.get("download_button") if each.key.startswith("upload_receipt_")]
    assert len({each.label for each in receipts}) == len({each.key for each in receipts}) == 2
    assert file_store(own_home, LOCAL).versions(withdrawn=True) == []


def test_two_versions_are_compared() -> None:
    page = saved_sample(upload_page())
    given(page, b"\n".join(sample_survey().splitlines()[:150]) + b"\n", "half.csv")
    pressed(page, "upload_next", 3)
    pressed(page, "upload_save")
    box = named(page, "selectbox", "compare_")
    box.select_index(1).run()
    assert re.search(r"14\d rows, \d+ fewer than the 233 before\.", text(page))


def test_a_renamed_question_is_followed_and_a_wave_is_no_answer() -> None:
    page = saved_sample(upload_page())
    given(page, sample_survey().replace(b"Q2. The", b"Q7. The").replace(b"2023-01", b"2023-06"), "june.csv")
    pressed(page, "upload_next", 3)
    pressed(page, "upload_save")
    named(page, "selectbox", "compare_").select_index(1).run()
    assert not page.exception
    told = text(page)
    assert "Column 'Q7' was called 'Q2'; they are compared as one." in told
    assert "Column 'wave': the wave '2023-06' is new, in 233 rows." in told
    assert "the answer" not in told


def test_a_damaged_file_is_said(own_home: Path) -> None:
    page = saved_sample(upload_page())
    [file] = (own_home / "versions").iterdir()
    file.write_bytes(b"spoilt")
    pressed(page, "upload_check")
    assert page.error[0].value == "Some saved files are not as they were."
    assert "is damaged: it is not what was saved" in text(page)


# --- where nothing may be kept ----------------------------------------------------------------------------------------


def test_hosted_nothing_is_kept_and_nobody_sees_anothers(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = saved_sample(upload_page())
    assert page.caption[0].value.startswith("Uploads are kept only in this browser session, never saved:")
    assert "Upload to act on" in [box.label for box in page.selectbox]
    assert list(own_home.iterdir()) == []
    assert "Upload to act on" not in [box.label for box in upload_page().selectbox]


def test_where_nothing_is_kept_no_word_says_that_it_is(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first step to the list of what is in use: no saving, no version, no last day, no store."""
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = upload_page()
    seen = [*words_of(page)]
    page.button(key="upload_sample").click().run()
    for key in ["upload_next"] * 3 + ["upload_save"]:
        seen += words_of(page)
        pressed(page, key)
    seen += words_of(page)
    assert any("In use as" in each for each in seen)
    about = [
        each for each in seen if not each.startswith("Uploads are kept only in this browser session, never saved:")
    ]
    kept = re.compile(r"\b(sav(e|ed|ing)|versions?|keep until|kept until|store)\b", re.IGNORECASE)
    assert [each for each in about if kept.search(each)] == []


def test_a_version_past_its_last_day_is_deleted_and_said(own_home: Path) -> None:
    saved_sample(upload_page())
    store = file_store(own_home, LOCAL)
    store.retain(only_version(store).id, date(2020, 1, 1))
    page = upload_page()
    assert store.versions(withdrawn=True) == []
    assert label_of(f"{SAMPLE_LABEL} was kept until its last day, which is over; it is now deleted for good.") in [
        info.value for info in page.info
    ]


def test_a_public_file_is_known_by_its_headings_and_nothing_is_asked(own_home: Path) -> None:
    page = given(upload_page(), street(), "2023-03-staffordshire-street.csv")
    pressed(page, "upload_next")
    assert [role(page, number).value for number in (1, 3, 8, 9)] == ["timestamp", "group", "area", "kind"]
    assert "street-level files of data.police.uk" in text(page)
    assert "60 rows in the file = 60 used + 0 set aside" in text(page)
    pressed(page, "upload_next")
    pressed(page, "upload_save")
    [version] = file_store(own_home, LOCAL).versions("events")
    assert version.columns == ("timestamp", "kind", "area", "Falls within")
