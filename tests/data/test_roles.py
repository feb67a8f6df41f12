"""What a new file's columns are proposed to mean, on invented files and on real ones where they are there."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.forms import DateForm, NumberForm
from data.prepare import prepare
from data.profile import Profile
from data.profile_check import problems, role_problems
from data.profile_file import from_toml, to_toml
from data.roles import propose

N = 60


def cycle(*values: str) -> list[str]:
    return [values[n % len(values)] for n in range(N)]


def survey(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"Q8": cycle("Very safe", "Fairly safe", "A bit unsafe")} | columns, dtype=str)


IDS = [f"{n:05}" for n in range(N)]
WEIGHTS = [f"{0.5 + n / 60:.4f}" for n in range(N)]


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("resp_id", IDS, "respondent"), ("Serial", IDS, "respondent"), ("RespondentID", IDS, "respondent"),
        ("ID", IDS, "respondent"), ("Interview number", IDS, "respondent"), ("Case ID", IDS, "respondent"),
        (" Weight", WEIGHTS, "weight"), ("wt_final", WEIGHTS, "weight"), ("IndivWgtx", WEIGHTS, "weight"),
        ("FinalWeight", WEIGHTS, "weight"), ("wt", WEIGHTS, "weight"),
        ("Local Policing Team ", cycle("Granby", "Foxley"), "area"), ("LPT", cycle("Granby", "Foxley"), "area"),
        ("Neighbourhood", cycle("Granby", "Foxley"), "area"), ("Area code", cycle("E1", "E2"), "area"),
        ("Strata", cycle("1", "2"), "stratum"), ("psu", [str(n // 4) for n in range(N)], "cluster"),
        ("Sampling point", [str(n // 4) for n in range(N)], "cluster"), ("fpc", cycle("4421", "1018"), "population"),
        ("Wave", cycle("1", "2"), "wave"), ("survey_month", cycle("2022-06", "2023-01"), "wave"),
        ("Interview date", cycle("03/01/2023", "17/01/2023"), "date"),
    ],
)  # fmt: skip
def test_a_role_is_known_by_name_and_content(header: str, cells: list[str], role: str) -> None:
    assert propose(survey(**{header: cells}), "mine.csv").columns == {role: header}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("age_band", cycle("16-24", "25-34", "65+")), ("gender", cycle("Male", "Female", "Other")),
        ("Disability", cycle("Yes", "No")), ("Ethnic group", cycle("White", "Asian", "Black", "Prefer not to say")),
        ("edeprivex", cycle("1.0", "2.0", "3.0", "4.0", "5.0")), ("Split", cycle("A", "B", "C")),
    ],
)  # fmt: skip
def test_what_figures_are_broken_down_by_is_a_group(header: str, cells: list[str]) -> None:
    assert propose(survey(**{header: cells}), "mine.csv").groups == (header,)


@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        ("Weight", cycle("heavy", "light"), None),
        ("Area", cycle("Very satisfied", "Fairly satisfied"), None),
        ("Overall score %", [f"{n}%" for n in range(N)], "Column Overall score % holds numbers. It is ignored; give it a role if it has one."),
        ("Spare", [""] * N, "Column Spare is empty. It is ignored."),
        ("Mode", ["CATI"] * N, None),
        ("Source", ["CATI"] * N, "Column Source is the same in every row. It is ignored."),
        ("Key words", [f"word{n} " for n in range(N)], "Column Key words holds too many different texts for answers. It is ignored; give it a role if it has one."),
        ("E-mail", [f"p{n}@example.org" for n in range(N)], "Column E-mail looks like e-mail addresses. It is ignored and not stored, unless it is declared not personal."),
    ],
)  # fmt: skip
def test_a_name_whose_content_says_otherwise_has_no_role(header: str, cells: list[str], why: str | None) -> None:
    proposed = propose(survey(**{header: cells}), "mine.csv")
    assert proposed.columns == {}
    assert proposed.notes == ((f"mine.csv: {why}",) if why else ())
    assert proposed.ignore == ((header,) if why else ())


def test_a_question_has_its_short_name_label_answers_and_order() -> None:
    header = "Q16. How confident are you that they treat people fairly?"
    cells = cycle("Not very confident", "VERY CONFIDENT", "Very confident", "Very confident ", "DK", "Refused", "")
    question = propose(survey(**{header: cells}), "mine.csv").questions["Q16"]
    assert question.column == header
    assert question.label == "How confident are you that they treat people fairly?"
    assert question.order == ("Very confident", "Not very confident")
    assert (question.positive, question.negative) == (("Very confident",), ("Not very confident",))
    assert (question.dont_know, question.missing) == (("DK",), ("Refused",))


def test_answers_on_no_known_scale_are_listed_by_frequency_for_a_person_to_declare() -> None:
    proposed = propose(survey(Q2=cycle("By car", "On foot", "By car", "Not at home")), "mine.csv")
    assert proposed.questions["Q2"].order == ("By car", "On foot", "Not at home")
    assert proposed.questions["Q2"].positive == ()
    assert proposed.notes == ("mine.csv: No answer of Q2 is known to be positive. Say which are to be counted.",)
    assert role_problems(proposed, "mine.toml") == []
    assert [text.split(".")[1] for text in problems(proposed, "mine.toml")] == [
        "toml: question Q2 has no positive answer"
    ]


def test_answers_that_are_numbers_stand_by_size() -> None:
    proposed = propose(survey(Q30=cycle("10", "2", "2", "1", "Don't know")), "mine.csv")
    assert proposed.questions["Q30"].order == ("1", "2", "10")


def test_a_rare_answer_that_is_off_its_scale_is_pointed_at() -> None:
    cells = [*cycle("Yes", "No")[:-1], "Sort of"]
    proposed = propose(survey(Q4=cells), "mine.csv")
    assert proposed.questions["Q4"].order == ("Yes", "No")
    assert proposed.notes == (
        "mine.csv: Q4 has answers that are not on its scale: 'Sort of'. They are refused unless they are added to its "
        "answers, or declared missing.",
    )


def test_names_that_say_nothing_are_told_by_content() -> None:
    weights = [f"{0.5 + n / 59:.6f}" for n in range(N)]
    rows = pd.DataFrame({"k1": IDS}).join(survey(c9=weights, size=["9"] * N))
    proposed = propose(rows, "mine.csv")
    assert proposed.columns == {"respondent": "k1", "weight": "c9"}
    assert proposed.notes[:2] == (
        "mine.csv: Column k1 is taken as the respondent's number, because nearly all of its values differ. "
        "Change it if it is not.",
        "mine.csv: Column c9 is taken as the weight, because its mean is 1. Change it if it is not.",
    )


def test_the_stratum_is_what_settles_the_population() -> None:
    rows = survey(fpc=cycle("4421", "1018", "755"), sort=cycle("E", "M", "H"), gender=cycle("Male", "Female"))
    assert propose(rows, "mine.csv").columns == {"stratum": "sort", "population": "fpc"}


def test_forms_are_proposed_from_all_values_and_assumptions_told() -> None:
    rows = survey(weight=[w.replace(".", ",") for w in WEIGHTS], date=cycle("03/04/2023", "05/06/2023"))
    proposed = propose(rows, "mine.csv")
    assert proposed.forms == {"weight": NumberForm(","), "date": DateForm("dmy")}
    assert proposed.notes == (
        "mine.csv: Column date: Dates such as 03/04/2023 are assumed to be day/month/year; declare month/day/year if "
        "they are not.",
    )


KINDS = {
    "aggregated": (
        "Question,LPT,Base,Per cent\n" + "".join(f"Q{n} Do you feel safe here,Area {a},{90 + n},{n + a / 10}%\n" for n in range(9) for a in (1, 2)),
        {"question": "Question", "area": "LPT", "base": "Base", "percent": "Per cent"},
    ),
    "monthly": (
        "Month,Measure,Area,Value\n" + "".join(f"{m}-23,ASB,{a},\"{n},{n}23\"\n" for n, m in enumerate(["Jan", "Feb", "Mar"], 1) for a in "XY"),
        {"month": "Month", "measure": "Measure", "area": "Area", "value": "Value"},
    ),
    "events": (
        "call_time,call type,LPT,answered_after,attended_after\n" + "".join(f"{d:02}/02/2023 10:{d:02},{t},X,{d},\n" for d in range(1, 29) for t in ("999", "Silent")),
        {"timestamp": "call_time", "kind": "call type", "area": "LPT", "answered_after": "answered_after"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_file_is_known(kind: str) -> None:
    text, columns = KINDS[kind]
    header, *body = csv.reader(io.StringIO(text))
    rows = pd.DataFrame(body, columns=header, dtype=str)
    proposed = propose(rows, "mine.csv")
    assert (proposed.kind, dict(proposed.columns)) == (kind, columns)
    assert problems(proposed, "mine.toml") == []
    made = prepare(proposed, rows, pd.Series(range(len(rows))), "mine.csv")
    assert (len(made.frame), len(made.refused)) == (len(rows), 0)


def moments(shape: str) -> list[str]:
    return [(datetime(2023, 1, 1) + n * timedelta(hours=11, minutes=7)).strftime(shape) for n in range(N)]


SECONDS = [f"{n % 40}" for n in range(N)]
AREAS = cycle("Granby", "Foxley", "Eastmoor")


@pytest.mark.parametrize(
    ("header", "cells", "known"),
    [
        ("Abandoned", cycle("Yes", "No"), True), ("Call abandoned?", cycle("Y", "N"), True),
        ("abandoned", cycle("1", "0"), True), ("Abandoned", cycle("Abandoned", "Answered", ""), True),
        ("Abandoned", cycle("Line 1", "Line 2"), False), ("Abandoned after", SECONDS, False),
    ],
)  # fmt: skip
def test_calls_that_were_given_up_are_known_by_name_and_content(header: str, cells: list[str], known: bool) -> None:
    rows = pd.DataFrame({"received": moments("%d/%m/%Y %H:%M"), "Line": cycle("101", "999"), header: cells})
    assert ("abandoned" in propose(rows, "mine.csv").columns) is known


@pytest.mark.parametrize("shape", ["%Y-%m-%dT%H:%M:%S+00:00", "%d/%m/%Y %I:%M %p", "%d/%m/%Y %H:%M", "%d-%b-%Y %H:%M:%S", "%d/%m/%Y"])  # fmt: skip
def test_a_moment_a_row_is_an_event_however_it_is_written(shape: str) -> None:
    columns = {"timestamp": moments(shape), "kind": cycle("101", "999"), "area": AREAS, "answered_after": SECONDS}
    proposed = propose(pd.DataFrame(columns), "mine.csv")
    assert (proposed.kind, list(proposed.columns)) == ("events", [*columns])


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"created": moments("%d/%m/%Y %H:%M"), "outcome": cycle("Good", "Poor"), "LPT": AREAS, "wait_wt": SECONDS}, "events"),
        ({"call_id": IDS, "received": moments("%d/%m/%Y %H:%M"), "Line": cycle("101", "999"), "seconds": SECONDS}, "events"),
        ({"resp_id": IDS, "submitted": moments("%d/%m/%Y %H:%M"), "Q1": cycle("Yes", "No"), "area": AREAS}, "survey"),
        ({"ID": IDS, "Start time": moments("%d/%m/%Y %H:%M"), "How safe do you feel?": cycle("Very safe", "Fairly safe")}, "survey"),
        ({"month": cycle("31/01/2023", "28/02/2023"), "measure": [f"m{n // 2}" for n in range(N)], "count": SECONDS}, "monthly"),
        ({"id": IDS, "month": cycle("2023-01", "2023-02"), "measure": [f"m{n // 2}" for n in range(N)], "value": SECONDS}, "monthly"),
        ({"question": cycle("Safe", "Reliable"), "response": cycle("Very safe", "Fairly safe"), "base": SECONDS, "percent": SECONDS}, "aggregated"),
        ({"question": cycle("Safe", "Reliable"), "area": AREAS, "base": SECONDS, "count": SECONDS}, "aggregated"),
        ({"month": cycle("2023-01", "2023-02"), "Q1": cycle("Yes", "No"), "area": AREAS}, "survey"),
    ],
)  # fmt: skip
def test_kinds_are_told_apart_where_their_signs_mix(columns: dict[str, list[str]], kind: str) -> None:
    assert propose(pd.DataFrame(columns), "mine.csv").kind == kind


def test_monthly_figures_that_cannot_be_read_stay_monthly_figures() -> None:
    rows = pd.DataFrame({"month": ["2023-01", "2023-02", "2023-03"], "measure": ["a"] * 3, "value": ["1x", "2x", "3x"]})
    proposed = propose(rows, "mine.csv")
    assert (proposed.kind, dict(proposed.columns)) == ("monthly", {"month": "month", "measure": "measure"})
    assert proposed.notes[0] == "mine.csv: No column holds numbers that can be read, so none is taken as the value."


def test_a_kind_that_somebody_names_is_the_one_proposed() -> None:
    rows = pd.DataFrame({"day": moments("%d/%m/%Y"), "grade": cycle("A", "B"), "n": SECONDS})
    proposed = {kind: propose(rows, "mine.csv", kind) for kind in ("survey", "aggregated", "monthly", "events")}
    assert {kind: each.kind for kind, each in proposed.items()} == {kind: kind for kind in proposed}
    assert dict(proposed["monthly"].columns) == {"month": "day", "value": "n"}
    assert dict(proposed["events"].columns) == {"timestamp": "day", "kind": "grade"}
    assert "Column day is taken as the date and time, though it holds days" in proposed["events"].notes[0]


def test_measures_in_columns_are_no_value_and_the_note_says_what_to_do() -> None:
    rows = pd.DataFrame({"month": ["2018-04", "2018-05"], "asb": ["1", "2"], "calls": ["3", "4"]}, dtype=str)
    proposed = propose(rows, "mine.csv")
    assert dict(proposed.columns) == {"month": "month"}
    assert proposed.notes[0] == (
        "mine.csv: More than one column could be the value. Choose one, or give each measure rows of its own, with "
        "columns month, measure, area and value."
    )


@pytest.mark.parametrize(
    "rows", [pd.DataFrame(), pd.DataFrame({"a": []}, dtype=str), pd.DataFrame({"": ["", ""]}, dtype=str)]
)
def test_a_file_of_nothing_is_a_survey_without_questions(rows: pd.DataFrame) -> None:
    proposed = propose(rows, "mine.csv")
    assert (proposed.kind, dict(proposed.columns), dict(proposed.questions)) == ("survey", {}, {})


def test_where_several_columns_are_places_the_policing_team_is_the_area() -> None:
    wards = [f"Ward {n // 2}" for n in range(N)]
    rows = survey(**{"Ward": wards, "LPT": cycle("Granby", "Foxley"), "Postcode sector": cycle("ST16 1", "ST16 2")})
    proposed = propose(rows, "mine.csv")
    assert proposed.columns == {"area": "LPT"}
    assert proposed.groups == ("Ward", "Postcode sector")


def test_of_two_weights_the_first_is_taken_and_the_other_named() -> None:
    proposed = propose(survey(weight=WEIGHTS, weight_lpt=WEIGHTS[::-1]), "mine.csv")
    assert proposed.columns == {"weight": "weight"}
    assert proposed.notes[0] == "mine.csv: Columns weight and weight_lpt could both be the weight. The first is taken."


def test_a_file_of_a_few_rows_is_understood_like_a_long_one() -> None:
    rows = survey(LPT=cycle("Granby", "Foxley", "Eastmoor"), age_band=cycle("16-24", "65+", "25-34")).head(3)
    proposed = propose(rows, "mine.csv")
    assert (proposed.columns, proposed.groups, [*proposed.questions]) == ({"area": "LPT"}, ("age_band",), ["Q8"])


HEADERS = ["resp_id", "Weight", " weight", "LPT", "Area", "area", "wave", "Date", "month", "Q1", "Q1 Safe?", "Q1. Safe?", "q1", "sex",
           "Question", "%", "Base", "Value", "call time", "Kind", "x", "", "count", "fpc", "Stratum"]  # fmt: skip
CELLS = ["", "1", "0", "0,5", "1.25", "40%", "1,234", "Yes", "No", "Very safe", "A bit unsafe", "DK", "Refused", "01/02/2023", "2023-01",
         "03/04/2023 10:15", "a b", "X1", "a@example.org", "Granby", "total"]  # fmt: skip


@settings(max_examples=settings.default.max_examples // 5)  # each example is a whole file
@given(st.data())
def test_any_file_gets_a_proposal_that_can_be_previewed_written_and_completed(data: st.DataObject) -> None:
    headers = data.draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=6, unique=True))
    few = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4, unique=True)
    length = data.draw(st.integers(0, 8))
    cells = {
        header: data.draw(st.lists(st.sampled_from(data.draw(few)), min_size=length, max_size=length))
        for header in headers
    }
    rows = pd.DataFrame(cells, dtype=str)
    proposed = propose(rows, "mine.csv")
    assert sorted({*proposed.used(), *proposed.ignore}) == sorted(headers)
    wrong = problems(proposed, "mine.toml")
    assert all("needs" in problem or "has no positive answer" in problem for problem in wrong)
    if not wrong:
        assert from_toml(to_toml(proposed), "mine.toml") == proposed
    if not role_problems(proposed, "mine.toml"):
        made = prepare(proposed, rows, pd.Series(range(length)), "mine.csv")
        assert len(made.frame) + len(made.set_aside) == length


# --- real files -------------------------------------------------------------------------------------------------------


def text_rows(path: Path) -> pd.DataFrame:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    header, *body = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return pd.DataFrame(body, columns=header, dtype=str)


def real(reference: Path | None, name: str) -> tuple[pd.DataFrame, Profile]:
    if not reference or not (reference / name).is_file():
        pytest.skip(f"no reference material: {name} is not there")
    rows = text_rows(reference / name)
    return rows, propose(rows, Path(name).name)


def test_the_crime_survey_is_profiled(reference: Path | None) -> None:
    rows, proposed = real(reference, "data/csew-teaching/csew_2013_14_teaching.csv.gz")
    assert proposed.columns == {"respondent": "rowlabel", "weight": "IndivWgtx"}
    assert {"sex", "agegrp7", "ethgrp2a", "rural2", "edeprivex"} <= set(proposed.groups)
    assert proposed.ignore == ("worryx", "antisocx")
    assert proposed.questions["walkdark"].positive == ("Very safe", "Fairly safe")
    assert proposed.questions["bcsvictim"].positive == ("Victim of crime",)
    assert proposed.questions["vandcomm"].missing == ("Not coded",)
    undeclared = {key for key, question in proposed.questions.items() if not question.positive}
    assert undeclared == {"yrsarea", "cause2m"}
    made = prepare(proposed, rows, pd.Series(range(2, len(rows) + 2)), "csew.csv", b"salt")
    assert (made.counts["rows_used"], made.counts["cells_refused"]) == (8843, 0)
    victims = made.frame["bcsvictim"] == "Victim of crime"
    assert made.frame["bcsvictim"].value_counts().tolist() == [7460, 1383]
    assert (victims & (made.frame["agegrp7"] == "75+")).sum() == 67
    assert made.frame["walkdark"].notna().sum() == 8843 - 6769


def test_the_schools_sample_is_profiled(reference: Path | None) -> None:
    rows, proposed = real(reference, "oracles/inputs/apistrat.csv")
    assert proposed.columns == {"respondent": "cds", "weight": "pw", "stratum": "stype", "population": "fpc"}
    assert set(proposed.questions) == {"awards", "sch.wide", "both"}
    made = prepare(from_toml(to_toml(proposed), "saved.toml"), rows, pd.Series(range(len(rows))), "apistrat.csv")
    assert made.frame.groupby("stratum")["population"].first().to_dict() == {"E": 4421, "H": 755, "M": 1018}


def test_the_clean_survey_is_profiled_whole(reference: Path | None) -> None:
    rows, proposed = real(reference, "oracles/inputs/survey_clean.csv")
    assert proposed.columns == {"respondent": "resp_id", "wave": "wave", "area": "area", "weight": "weight"}
    assert proposed.groups == ("age_band", "gender")
    assert (len(proposed.questions), proposed.ignore, proposed.notes) == (12, (), ())
    assert problems(proposed, "saved.toml") == []
    assert len(prepare(proposed, rows, pd.Series(range(len(rows))), "survey_clean.csv").frame) == len(rows)


def test_numbers_that_begin_anew_in_each_wave_are_the_respondents() -> None:
    numbers = [f"R{number:03}" for number in range(1, 41)]
    rows = pd.DataFrame({"Kennung": numbers * 2, "wave": ["2022-06"] * 40 + ["2023-01"] * 40, "Q4": ["Yes", "No"] * 40})
    assert propose(rows, "both.csv").columns["respondent"] == "Kennung"
    assert "respondent" not in propose(rows.assign(wave="2023-01"), "one.csv").columns
