"""The Surveys page, run as a visitor opens it by a link: published first, then what was uploaded, then the example."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.people import LOCAL
from data.prepare import prepare
from data.profile import Profile, Question
from data.profile_file import to_toml
from data.reading import read_upload
from data.roles import propose
from data.store import Store, file_store
from data.templates import SAMPLE_NAME, sample_survey
from tests.parts.test_pages import opened
from tests.surveys import survey

EXAMPLE = "Example with invented answers"


pytestmark = pytest.mark.usefixtures("own_home")


def said(page: AppTest) -> str:
    """All that the page shows as HTML of its own, unescaped."""
    assert not page.exception
    return html.unescape("".join(element.proto.body for element in page.get("html")))


def opening(page: AppTest) -> str:
    return re.findall(r'<p class="said">(.*?)</p>', said(page))[0]


def kept(home: Path, name: str = "survey_clean.csv", label: str = "Clean", rows: slice = slice(None)) -> Store:
    """Save an input with known answers, or some of its rows."""
    profile, prepared = survey(name)
    frame = prepared.frame.iloc[rows].reset_index(drop=True)
    store = file_store(home, LOCAL)
    store.save(
        frame, kind=profile.kind, label=label, source_name=name, content=f"{label}{rows}".encode(), profile=to_toml(profile),
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    return store


def test_published_results_stand_first() -> None:
    page = opened("surveys")
    assert page.selectbox(key="survey").options == [
        "Public confidence (published)", "Victim satisfaction (published)", EXAMPLE,
    ]  # fmt: skip
    assert opening(page) == (
        "January 2023: 1,602 interviews (published). June 2022: base not published. Assuming 1,500 answers in June 2022 "
        "and a design effect of 1.25 (neither published), 5 of 11 answers that can be tested really changed; at 1.0, 6; "
        "at 1.5, 4."
    )
    lines = re.findall(r"<li>(.*?)</li>", said(page))
    assert len(lines) == 6
    assert lines[0].startswith("Q4 Can rely on the local police team: 77% in January 2023, up 5.0 points on June 2022")
    assert "assumed base and design effect" in lines[0]
    assert lines[-1].startswith("The others: two likely, but not beyond doubt among so many (Q6b")


def test_a_link_sets_the_assumptions() -> None:
    page = opened("surveys", design_effect="1.5", base_confidence_2022_06="1000")
    assert "Assuming 1,000 answers in June 2022 and a design effect of 1.5 (neither published)" in opening(page)
    page = opened("surveys", design_effect="9")
    assert "The link sets design effect (not published) to “9”; it can be 1 to 3. Showing 1.25." in page.info[0].value


def test_victims_have_intervals_and_no_change() -> None:
    page = opened("surveys", survey="Victim satisfaction (published)")
    assert "How many answered each question is not published." in opening(page)
    assert "every question had 5,765 answers, and a design effect of 1.25" in opening(page)
    assert "79% (78% to 80%)" in said(page)
    assert "really changed" not in said(page)


def test_what_can_be_said_of_rolling_years_says_why_not() -> None:
    page = opened("surveys", survey="Victim satisfaction (published)", view="what can be said")
    assert "No trend line and no control limits are drawn through rolling 12-month figures." in page.info[0].value


def test_what_can_be_said_shows_each_design_effect() -> None:
    body = said(opened("surveys", view="what can be said"))
    assert "Four of 11 changes are real under every design effect shown (at 1.0, 6; at 1.25, 5; at 1.5, 4)." in body
    assert "Which changes stand under which base of June 2022 (assumed), at design effect 1.25" in body


def test_one_printed_question_brings_what_is_printed_of_teams() -> None:
    page = opened("surveys", view="one question", question="Q12 Confidence in Staffordshire Police")
    body = said(page)
    assert (
        "Q12 Confidence in Staffordshire Police: 68% in January 2023, up 5.0 points on June 2022 (63%). Likely" in body
    )
    assert "68% (65% to 70%)" in body
    for team, printed in (("East Staffs", "46%"), ("Lichfield", "59%"), ("Most LPTs", "64%-74%")):
        assert re.search(rf"{team}[^<]*</th><td[^>]*>{printed}</td>", body), team


def test_a_plan_for_the_force_and_for_each_team() -> None:
    body = said(opened("surveys", view="plan the next wave", plan_share="68"))
    assert "each of two waves needs 1,773 who answer for the force as a whole" in body
    assert "in each of nine teams, every team needs 1,773: 15,957 in all" in body


@pytest.mark.parametrize("view", ["all questions", "one question", "what can be said"])
def test_invented_answers_never_give_a_verdict_or_a_sentence_about_a_team(view: str) -> None:
    page = opened("surveys", survey=EXAMPLE, view=view, by="Local Policing Team", group="Tamworth")
    assert not page.exception
    words = said(page) + " ".join(each.value for each in [*page.markdown, *page.text, *page.info])
    assert "real change" not in words
    assert "really changed" not in words
    assert "cannot tell" not in words
    for sentence in re.findall(r'<p class="said">(.*?)</p>', said(page)):
        assert sentence.startswith(EXAMPLE)
        assert "Tamworth" not in sentence
    for chart in page.get("plotly_chart"):
        assert EXAMPLE in chart.proto.spec
        assert chart.proto.alt.startswith(EXAMPLE)


def test_a_saved_survey_stands_first_and_is_compared_with_its_own_last_wave(own_home: Path) -> None:
    kept(own_home)
    page = opened("surveys")
    assert page.selectbox(key="survey").value == "Uploaded surveys"
    assert page.selectbox(key="wave").value == "2023-01"
    assert page.selectbox(key="against").value == "2022-06"
    assert opening(page).startswith("2023-01: up to 1,598 answered a question. Since 2022-06, ")
    assert "Q12: 66% in 2023-01, up 7.3 points on 2022-06 (58%). Real change" in said(page)


def test_one_question_in_depth(own_home: Path) -> None:
    kept(own_home)
    page = opened("surveys", view="one question", question="Q17", by="area")
    body = said(page)
    assert "Q17: 71% in 2023-01, up 8.1 points on 2022-06 (62%). Real change" in body
    assert "answers, don't know left out." in body
    assert "Q17: every answer, weighted" in body
    assert "don't know counted in the base" in body
    assert "Q17, by group" in body
    assert "Ashdale" in body


def test_few_answers_are_withheld_from_viewers_and_shown_to_the_analyst_who_asks(own_home: Path) -> None:
    kept(own_home, rows=slice(0, 260))  # about 26 in each area
    page = opened("surveys", view="one question", question="Q12", by="area")
    why = "Withheld to protect respondents: fewer than 30 answered."
    assert why in [each.value for each in page.caption]
    assert said(page).count("withheld") >= 10, "every area says so"
    page.checkbox(key="_survey_unguarded").check().run()
    assert why not in [each.value for each in page.caption]
    assert "Withheld to protect respondents" not in said(page)


def test_why_figures_are_withheld_stands_once_in_each_place(own_home: Path) -> None:
    """In the sentence that is read and copied, and below the table whose rows it is of; nowhere row by row."""
    kept(own_home, rows=slice(0, 260))
    why = "Withheld to protect respondents: fewer than 30 answered."
    page = opened("surveys", view="one question", question="Q12", by="area", group="Ashdale")
    assert said(page).count(why) == 1
    assert opening(page).count(why) == 1
    assert [each.value for each in page.caption].count(why) == 1
    assert "Too few gave some of the answers" not in " ".join(each.value for each in page.info)
    [copied] = [each.value for each in page.code]
    assert copied.count(why) == 1


def test_a_hosted_viewer_is_not_asked(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOSTED", "1")
    page = opened("surveys", survey=EXAMPLE)
    assert not page.exception
    assert not page.checkbox


def test_two_waves_of_the_same_people_are_refused(own_home: Path) -> None:
    profile, prepared = survey("survey_clean.csv")
    frame = prepared.frame.copy()
    half = len(frame) // 2
    frame.loc[half : 2 * half - 1, "respondent"] = frame["respondent"].iloc[:half].to_numpy()
    frame["wave"] = ["2022-06"] * half + ["2023-01"] * (len(frame) - half)
    file_store(own_home, LOCAL).save(
        frame, kind="survey", label="Panel", source_name="p.csv", content=b"p", profile=to_toml(profile),
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("surveys")
    assert "answered in both waves" in page.warning[0].value


def test_a_table_of_shares_says_what_is_assumed(own_home: Path) -> None:
    profile = Profile("aggregated", {"question": "q", "wave": "w", "percent": "p"})
    frame = pd.DataFrame({"question": ["Q12", "Q12"], "wave": ["June 2022", "January 2023"], "percent": [63.0, 68.0]})
    file_store(own_home, LOCAL).save(
        frame, kind="aggregated", label="Table", source_name="t.csv", content=b"t", profile=to_toml(profile),
        rows_in=2, rows_rejected=0,
    )  # fmt: skip
    page = opened("surveys", base="1500")
    assert "Q12: 68% in January 2023, up 5.0 points on June 2022 (63%). Real change" in said(page)
    assert "assumed design effect" in said(page)
    assert "1,500 answers to every question" in " ".join(each.value for each in page.caption)


def test_a_broken_store_says_so_and_leaves_the_published(own_home: Path) -> None:
    store = kept(own_home)
    (own_home / "versions" / f"{store.versions()[0].id}.parquet").write_bytes(b"x")
    page = opened("surveys")
    assert "is damaged" in page.warning[0].value
    assert page.selectbox(key="survey").value == "Public confidence (published)"


def test_the_same_wave_saved_twice_under_one_label_can_both_be_chosen(own_home: Path) -> None:
    kept(own_home, label="Clean")
    kept(own_home, label="Clean", rows=slice(0, 3000))
    page = opened("surveys")
    assert not page.exception
    names = page.selectbox(key="wave").options
    assert len(names) == len(set(names)) == 4


def test_an_unrelated_survey_is_no_past_of_another(own_home: Path) -> None:
    kept(own_home)
    profile = Profile("survey", {"wave": "w"}, questions={"Q1": Question("Fast enough?", positive=("Yes",))})
    frame = pd.DataFrame({"wave": "March 2023", "Q1": ["Yes", "No"] * 60})
    file_store(own_home, LOCAL).save(
        frame, kind="survey", label="Victims", source_name="v.csv", content=b"v", profile=to_toml(profile),
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("surveys", survey="Uploaded surveys", wave="March 2023")
    assert page.selectbox(key="against").options == ["no other wave"]
    assert "No other wave of this survey stands beside it." in opening(page)


def test_what_no_question_has_is_said(own_home: Path) -> None:
    profile = Profile("survey", {"wave": "w"}, questions={"Q1": Question("Fast enough?", positive=("Yes",))})
    frame = pd.DataFrame({"wave": "March 2023", "Q1": ["Yes", "No"] * 60})
    file_store(own_home, LOCAL).save(
        frame, kind="survey", label="Victims", source_name="v.csv", content=b"v", profile=to_toml(profile),
        rows_in=len(frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("surveys", measure="net score")
    assert not page.exception
    assert "No question here has net score" in page.warning[0].value


def test_the_sample_stays_invented_once_it_is_saved(own_home: Path) -> None:
    reading = read_upload(sample_survey(), SAMPLE_NAME)
    profile = propose(reading.rows, reading.name)
    prepared = prepare(profile, reading.rows, reading.lines, reading.name)
    file_store(own_home, LOCAL).save(
        prepared.frame, kind="survey", label="Renamed", source_name=SAMPLE_NAME, content=sample_survey(),
        profile=to_toml(profile), rows_in=len(prepared.frame), rows_rejected=0,
    )  # fmt: skip
    page = opened("surveys")
    assert opening(page).startswith(EXAMPLE)
    assert all(EXAMPLE in chart.proto.spec for chart in page.get("plotly_chart"))


def test_what_is_shown_unprotected_says_so_wherever_it_goes(own_home: Path) -> None:
    kept(own_home)
    page = opened("surveys")
    page.checkbox(key="_survey_unguarded").check().run()
    assert all("Not protected" in chart.proto.spec for chart in page.get("plotly_chart"))
    assert "Not protected: for the analyst's eyes only" in said(page)


def test_whoever_runs_it_may_set_other_thresholds(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(own_home)
    monkeypatch.setenv("EXPLORER_THRESHOLDS", "base=5000")
    page = opened("surveys")
    assert "fewer than 5000 answered." in " ".join(each.value for each in page.caption)
    assert "no answer can be tested" in opening(page)
