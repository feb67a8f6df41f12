"""A briefing on the report of May 2023: what each measure tells, against the report itself and the files of the release."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from analysis.audit import audit, open_findings
from analysis.briefing import (
    About,
    Briefing,
    Item,
    assumption_words,
    briefing,
    in_report_order,
    measures_in_need,
    national_table,
    with_notes,
)
from analysis.changes import changes
from analysis.promises import STATUSES
from analysis.questions import RULE
from tests.published import release, text_frame

TODAY = date(2023, 6, 1)
ABOUT = About(
    "2023-03", "Public Performance Meeting Report", "Staffordshire Police", date(2023, 5, 17), date(2023, 3, 31)
)


@cache
def judged(against: str = "previous") -> pd.DataFrame:
    own = release()
    return changes(own.figures, own.measures, own.tables, own.events, own.statements, against)


@cache
def found() -> pd.DataFrame:
    return audit(release().frames())


def made(*measures: str, frames: dict[str, pd.DataFrame] | None = None, **other: object) -> Briefing:
    words = {"made": TODAY, "measures": measures or None} | other
    return briefing(frames or release().frames(), ABOUT, judged(), found(), **words)  # type: ignore[arg-type]


def item(measure: str, **other: object) -> Item:
    return made(measure, **other).items[0]


def told(said: object) -> str:
    return " ".join(each.text for each in said)  # type: ignore[attr-defined]


def test_numbers_are_told_as_printed_with_period_and_id() -> None:
    """Section 3.1 prints 110,825 abandoned calls as 39.63 % and, the year before, 33.33 %."""
    own = item("calls_999")
    assert [(each.text, each.period, each.id) for each in own.figures] == [
        ("227,486", "12 months to 31 March 2023", "calls_999.calls_999.last_12_months"),
        ("210,957", "12 months to 31 March 2022", "calls_999.calls_999.previous_12_months"),
    ]
    [change] = own.changes
    assert change.said.ids == ("calls_999.calls_999.last_12_months", "calls_999.calls_999.previous_12_months")
    row = judged().query("measure == 'calls_999'").iloc[0]
    assert (change.said.text, change.verdict) == (row["sentence"], row["verdict"])
    assert own.place == "local_and_responsive_service#table_calls_999"
    assert own.source == (
        "Published figures. Source: Staffordshire Police, Public Performance Meeting Report, 17 May 2023, section 3.1, "
        "999 Calls."
    )


def test_where_recording_changed_the_nearest_usable_figure_and_every_event_is_told() -> None:
    own = item("neighbourhood_crime_validated")
    [change] = own.changes
    assert (change.verdict, change.mark) == ("not comparable", "◆")
    assert change.nearest.startswith("As reported, 5 of 6 of its types")
    assert change.nearest in change.said.text
    events = text_frame("events").set_index("id")
    assert (
        own.caveats[0].text
        == f"{events.loc[own.caveats[0].ids[0], 'title']}: {events.loc[own.caveats[0].ids[0], 'note']}"
    )
    assert own.questions[0].text.startswith("Neighbourhood crime") or own.findings
    assert any("recording changed" in each.because for each in own.questions)


def test_a_finding_is_told_with_what_the_numbers_give_and_leads_to_the_check() -> None:
    """Mobile phones: 59.3% from the baseline is printed, 1,086 against 653 gives 66.3%."""
    own = item("mobile_phone_offences")
    assert (
        "printed as 59.3%; the report's own numbers give 66.3%. Likely cause: divided by the previous 12 months (730)"
        in (own.findings[0].text)
    )
    assert own.findings[0].place == "check_the_figures?section=Road%20safety#findings"
    assert "Four other printed numbers of the same table do not follow from it." in own.findings[1].text
    assert own.questions[0].because.startswith("a printed number of it differs from another print")
    assert own.questions[0].text.endswith("Which should the public rely on?")
    assert item("fatal_collisions").findings == ()


def test_what_belongs_to_a_section_is_told_once() -> None:
    both = made("calls_999", "calls_101")
    first, second = both.items
    section = set(text_frame("not_in_report").query("section == 'contact'")["id"])
    assert {name for each in first.missing for name in each.ids} == section
    assert (second.missing, second.told_at) == ((), first.title)
    assert second.explanations == () or all(
        "calls_101" in text_frame("explanations").set_index("id").loc[each.ids[0], "measures"]
        for each in second.explanations
    )


def test_a_promise_is_late_the_day_after_its_day_and_is_asked_about() -> None:
    """Sergeants were to be promoted "in June": 30 June 2023."""
    measures = text_frame("measures")
    workforce = measures.loc[measures["section"] == "workforce", "id"].iloc[0]
    for day, late in ((date(2023, 6, 30), False), (date(2023, 7, 1), True)):
        own = item(workforce, made=day)
        [promise] = [each for each in own.promises if each.ids == ("sergeants_promotion",)]
        assert promise.text.startswith("Finish the promotion round for sergeants. When: in June. Where it stands: ")
        assert promise.text.endswith(" 30 June 2023 has passed.") == late
        assert any("whose day has passed" in each.because for each in own.questions) == late


def test_a_place_names_how_many_when_and_what_first_means() -> None:
    own = item("answered_10s_999")
    assert "15th out of 43, January to March 2023. First is best." in told(own.places)
    assert "The report does not say what first means." in told(item("calls_999").places)


def corrected_frames() -> dict[str, pd.DataFrame]:
    words = {"date": pd.Timestamp("2023-06-02"), "who": "the force", "why": "two digits were swapped"}
    rows = [
        {"id": "calls_999.calls_999.last_12_months", "printed": "227486", "corrected": "227,468"} | words,
        {"id": "homicide.homicide.last_12_months", "printed": "21", "corrected": "12"} | words,
    ]
    return release().frames() | {"corrections": pd.DataFrame(rows)}


def test_a_correction_stands_beside_what_was_printed() -> None:
    own = item("calls_999", frames=corrected_frames())
    assert told(own.corrections) == (
        "Printed as 227486; corrected to 227,468 on 2 June 2023 by the force: two digits were swapped"
    )
    assert own.figures[0].text == "227,486", "the printed value stays"
    assert own.figures[0].shown == "227,486 (corrected to 227,468)"
    assert own.source.endswith(" printed 227486, corrected to 227,468 on 2 June 2023: two digits were swapped.")
    assert own.figures[1].note == "" and "Corrected since" not in item("calls_999").source


@cache
def every() -> Briefing:
    """All measures of the release in one briefing."""
    return made(*release().measures["id"])


def asks_for_base(own: Item) -> bool:
    return any(each.text.startswith("How many cases or answers") for each in own.questions)


def test_a_base_is_asked_for_only_where_the_report_prints_none() -> None:
    """1,602 people answered in January 2023, 5,765 victims in the year; the decided reviews are 30 and 5."""
    asked = {each.measure for each in every().items if asks_for_base(each)}
    assert {"bail_rate", "cj_outcome_rate", "ethnicity", "fraud_outcome_16_rate"} <= asked
    given = {"abandoned_101_rate", "abandoned_999_rate", "review_decisions_share", "crime_to_court_rate"}
    surveys = text_frame("surveys").query("base != ''")
    assert set(surveys["section"]) == {"public_confidence", "victim_satisfaction"}
    based = text_frame("measures").query("section in @surveys['section'].tolist()")["id"]
    assert not asked & (given | set(based))
    known = release().surveys
    unsaid = release().frames() | {"surveys": known.assign(base=pd.NA)}
    assert asks_for_base(item("confidence_q12", frames=unsaid)), "without the 1,602 it is asked"


def test_two_numbers_are_set_against_each_other_only_where_there_are_two() -> None:
    texts = [each.text for own in every().items for each in own.questions]
    which = [each for each in texts if each.endswith("Which should the public rely on?")]
    assert len(which) == 28
    for each in which:
        assert re.search(r"printed as .+; the report's own numbers give .*\d|printed as .+ and .*\d", each), each
    read = [each for each in texts if each.endswith("How should the public read this?")]
    assert len(read) == 17
    assert not any("own numbers give" in each for each in read)
    assert any("“decrease of -23%”" in each for each in read)
    assert "; the report's own numbers give −11 percentage points." in told(item("abandoned_101_wait_share").findings)


def test_a_finding_of_one_measure_is_not_asked_of_another() -> None:
    """The shares of repeat offenders stand in one row with the letters and the visits."""
    letters, share = item("speedwatch_first_letters"), item("speedwatch_repeat_share")
    assert not [each for each in letters.findings if each.where]
    assert "printed as 7.8%" in share.questions[0].text


# Measures of which nothing else is asked.
QUIET = ["speedwatch_groups", "speedwatch_volunteers", "speedwatch_hours", "speedwatch_sessions",
         "speedwatch_volunteer_hours", "county_lines", "county_lines_arrests", "county_lines_week",
         "drug_codes_awaiting", "drug_offences_open", "school_notifications", "triage_answer_time"]  # fmt: skip


@pytest.mark.parametrize("passed", [False, True])
def test_a_promise_is_asked_about_by_its_status(passed: bool) -> None:
    """One promise a measure, of each status that the workbook offers and of words that it does not."""
    statuses = dict(zip(QUIET, [*STATUSES, "to be delivered", "not yet completed", "not met"], strict=True))
    [row] = release().frames()["commitments"].query("id == 'contact_july_starters'").to_dict("records")
    rows = [row | {"id": name, "measure": name, "status": status} for name, status in statuses.items()]
    frames = release().frames() | {"commitments": pd.DataFrame(rows)}
    for own in made(*QUIET, frames=frames, made=date(2023, 8, 1) if passed else date(2023, 7, 31)).items:
        asked, status = own.questions[0], statuses[own.measure]
        if status in ("kept", "dropped"):
            assert "promise" not in asked.text
        elif status in ("not kept", "partly kept"):
            assert f"Where it stands: {status}. What does the force intend now" in asked.text
            assert "was not kept, or only in part" in asked.because
        else:
            assert asked.text.endswith("Where does it stand today?") == passed
            assert ("whose day has passed" in asked.because) == passed
            assert asked.text.startswith("The report holds this promise: have up to 27 new")


def test_no_question_presumes_that_something_improves_and_a_change_is_said_in_plain_words() -> None:
    texts = [each.text for own in every().items for each in own.questions]
    assert not [each for each in texts if "that it is improving" in each]
    assert any(" 12 more than in the 12 months to 31 March 2022" in each for each in texts)
    assert not [each for each in texts if re.search(r"[0-9] (more|fewer) on ", each)]


def test_a_number_of_the_text_says_that_nothing_is_beside_it() -> None:
    own = item("investigation_plan_rate")
    assert own.changes == ()
    assert own.level is None or "nothing that this could be held against" in own.level.text


def test_the_rule_of_the_front_page_chooses() -> None:
    chosen = measures_in_need(judged(), release().comparisons, found())
    usual = made()
    assert usual.choice_rule == RULE
    assert [each.measure for each in usual.items] == in_report_order(release().frames(), chosen)
    assert all(each.in_need for each in usual.items)
    assert 1 < len(usual.items) <= 8
    # The table with most printed numbers in doubt: its first measure in doubt is among them.
    worst = found()[found()["id"].isin(open_findings(found())["id"]) & (found()["kind"] == "cell")]
    table = worst["table"].value_counts().index[0]
    assert worst.loc[worst["table"] == table, "measure"].iloc[0] in chosen
    assert not item("calls_999").in_need or "calls_999" in chosen


def test_items_stand_in_the_order_of_the_report_each_once() -> None:
    told_in = made("arrests", "calls_999", "homicide", "calls_999").items
    assert [each.measure for each in told_in] == ["calls_999", "homicide", "arrests"]


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="There is no measure nonsense in this release"):
        made("nonsense")
    with pytest.raises(ValueError, match=r"There is no national measure crime\. Those here: homicide, "):
        made(national="crime")


def test_notes_are_added_without_changing_what_others_share() -> None:
    usual = made("calls_999", "calls_101")
    mine = with_notes(usual, {"calls_101": "  Ask first. ", "other": "lost"})
    assert [each.note for each in mine.items] == ["", "Ask first."]
    assert [each.note for each in usual.items] == ["", ""]


def test_illustrative_and_open_figures_never_appear() -> None:
    frames = release().frames()
    planted = frames["figures"][frames["figures"]["measure"] == "calls_999"].assign(
        status="illustrative", value=999999.0, printed="999999", figure_id=lambda rows: rows["figure_id"] + ".x"
    )
    mixed = frames | {"figures": pd.concat([frames["figures"], planted], ignore_index=True)}
    assert item("calls_999", frames=mixed) == item("calls_999")
    assert item("calls_999", frames=mixed).drawn.equals(item("calls_999").drawn)


def test_every_measure_can_be_briefed_and_every_id_and_place_is_of_the_release() -> None:
    everything = made(*release().measures["id"])
    assert len(everything.items) == len(release().measures)
    ids = {name for file, column in (("figures", "figure_id"), ("statements", "id"), ("comparisons", "id"),
                                     ("ranges", "id"), ("as_published", "id"), ("commitments", "id"),
                                     ("explanations", "id"), ("not_in_report", "id"), ("national_measures", "id"),
                                     ("events", "id"))
           for name in text_frame(file)[column]} | set(found()["id"])  # fmt: skip
    pages = {*text_frame("priorities")["id"], "check_the_figures", "data_and_methods"}
    for each in everything.items:
        beside = (
            each.caveats,
            each.findings,
            each.explanations,
            each.places,
            each.national,
            each.promises,
            each.missing,
        )
        for said in (*each.said, *(one for group in beside for one in group)):
            assert set(said.ids) <= ids, said
            assert not said.place or said.place.partition("#")[0].partition("?")[0] in pages, said
            assert said.text.strip() == said.text, said
            assert "nan" not in said.text.split(), said
        assert {figure.id for figure in each.figures} <= ids
        assert each.questions


@pytest.mark.parametrize("national", list(text_frame("national_measures")["id"]))
def test_each_national_measure_has_a_briefing_of_its_own(national: str) -> None:
    row = text_frame("national_measures").set_index("id").loc[national]
    own = made(national=national)
    assert own.national is not None
    assert (own.national.title, own.national.gap) == (row["title"], row["gap"])
    assert {each.measure for each in own.items} == set(row["measures"].split())
    assert own.sentence.startswith(f"{row['title']} is told by ")


def test_the_table_of_national_measures_holds_each_measure_that_stands_in() -> None:
    rows = national_table(release().frames(), ABOUT, judged(), found(), made=TODAY)
    expected = [(row.id, name) for row in text_frame("national_measures").itertuples() for name in row.measures.split()]
    assert sorted(zip(rows["national"], rows["measure"], strict=True)) == sorted(expected)
    homicide = rows[rows["measure"] == "homicide"].iloc[0]
    assert homicide["printed"] in text_frame("figures").set_index("figure_id").loc[homicide["figure_id"], "printed"]
    assert not rows.isna().any().any()
    assert set(rows["against"]) == {"the previous 12 months"}
    assert set(rows["assumptions"]) == set(rows["corrected"]) == {""}


def test_the_table_of_national_measures_says_what_was_changed_and_what_was_corrected() -> None:
    assumed = assumption_words(10, 1.0, 0.9)
    rows = national_table(
        corrected_frames(), ABOUT, judged("baseline"), found(), against="baseline", made=TODAY, assumptions=assumed
    )
    assert set(rows["against"]) == {"the baseline"}
    assert set(rows["assumptions"]) == {assumed}
    note = rows.set_index("figure_id")["corrected"]
    assert {name for name, told in note.items() if told} == {"homicide.homicide.last_12_months"}
    assert note["homicide.homicide.last_12_months"] == "corrected to 12 on 2 June 2023: two digits were swapped"
