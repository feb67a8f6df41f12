"""A profile applied to a file: known answers of a spoilt survey, and no row or cell lost without a word."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.forms import DateForm, NumberForm
from data.prepare import Prepared, prepare
from data.profile import Profile, Question
from data.profile_file import from_toml, to_toml
from data.profile_match import differences, matches
from data.roles import propose

Q4 = Question("Q4", "Rely on?", ("Yes", "No"), ("Yes",), ("No",), ("Don't know",), ("Refused",))
PLAIN = NumberForm()


def frame(text: str) -> pd.DataFrame:
    header, *rows = csv.reader(text.splitlines())
    return pd.DataFrame(rows, columns=header, dtype=str)


def prepared(profile: Profile, rows: pd.DataFrame, salt: bytes | None = None) -> Prepared:
    lines = pd.Series(range(2, len(rows) + 2), index=rows.index)
    made = prepare(profile, rows, lines, "mine.csv", salt)
    assert len(made.frame) + len(made.set_aside) == len(rows) == made.counts["rows_in"]
    assert sorted([*made.lines, *made.set_aside["line"]]) == list(lines)
    return made


def told(profile: Profile, rows: pd.DataFrame) -> list[str]:
    with pytest.raises(DataError) as error:
        prepared(profile, rows)
    return error.value.problems


def aside(made: Prepared) -> list[tuple[int, str, str, str]]:
    return list(made.set_aside.itertuples(index=False, name=None))


def refused(made: Prepared) -> list[tuple[int, str, str, str]]:
    return list(made.refused.itertuples(index=False, name=None))


def survey(**columns: str) -> Profile:
    forms = {role: PLAIN for role in columns if role in ("weight", "population")}
    return Profile(columns=columns, questions={"Q4": Q4}, forms=forms)


# --- the spoilt survey ------------------------------------------------------------------------------------------------


def messy(reference: Path | None) -> tuple[pd.DataFrame, dict]:
    folder = reference and reference / "oracles"
    if not folder or not folder.is_dir():
        pytest.skip("no reference material: the spoilt survey is not there")
    with (folder / "inputs" / "survey_messy.csv").open(encoding="utf-8-sig", newline="") as handle:
        header, *body = csv.reader(handle, delimiter=";")
    body = [row for row in body if any(row)]
    return pd.DataFrame(body, columns=header, dtype=str), json.loads((folder / "expected" / "messy.json").read_text())


def test_the_spoilt_survey_comes_out_as_r_has_it(reference: Path | None) -> None:
    rows, expected = messy(reference)
    profile = propose(rows, "survey_messy.csv")
    made = prepared(profile, rows)
    names = ["distinct_respondents", "exact_duplicate_rows", "respondents_with_conflicting_answers"]
    names += ["rows_weight_missing", "rows_weight_not_positive", "rows_used"]
    assert {name: made.counts[name] for name in names} == {name: expected[name] for name in names}
    assert made.counts["rows_in"] == expected["rows_in_file_without_blank_line"]
    ids = {
        words: sorted(
            rows["resp_id"][made.set_aside["line"][made.set_aside["reason"].str.startswith(words)] - 2].unique()
        )
        for words in ("this respondent", "weight is missing", "weight is not above 0")
    }
    assert ids["this respondent"] == expected["conflicting_ids"]
    assert ids["weight is missing"] == expected["missing_weight_ids"]
    assert ids["weight is not above 0"] == expected["nonpositive_weight_ids"]
    for key, known in expected["top_excl_dk"].items():
        question = profile.questions[key]
        base = made.frame[made.frame[key].notna() & ~made.frame[key].isin(question.dont_know)]
        counted = base["weight"][base[key].isin(question.positive)].sum()
        assert len(base) == known["n"], key
        assert counted / base["weight"].sum() == pytest.approx(known["p"], abs=1e-12), key
    assert made.counts["cells_refused"] == 0
    assert sorted(made.frame["area"].unique())[:2] == ["Ashdale", "Brindle"]
    assert made.frame["area"].nunique() == 10


def test_its_merges_count_every_row_once(reference: Path | None) -> None:
    rows, _ = messy(reference)
    made = prepared(propose(rows, "survey_messy.csv"), rows)
    for merge in made.merges:
        shown = made.frame[merge.column].isna() if merge.shown == "missing" else made.frame[merge.column] == merge.shown
        assert shown.sum() == sum(merge.variants.values()), merge
    assert {merge.column for merge in made.merges} >= {"area", "Q1", "Q23"}


def test_its_next_wave_needs_no_question_answered(reference: Path | None) -> None:
    rows, _ = messy(reference)
    profile = from_toml(to_toml(propose(rows, "survey_messy.csv")), "saved.toml")
    again = rows.sample(frac=0.9, random_state=1).reset_index(drop=True)
    assert matches(profile, list(again.columns))
    assert differences(profile, again, "next.csv") == []


# --- rows that repeat or contradict -----------------------------------------------------------------------------------


def test_rows_that_differ_in_spaces_and_case_alone_are_the_same() -> None:
    made = prepared(survey(respondent="id"), frame("id,Q4\na,Yes\na , YES\na,yes\n"))
    assert made.frame["Q4"].tolist() == ["Yes"]
    assert [reason for _, _, reason, _ in aside(made)] == ["it is the same as in line 2"] * 2


def test_a_third_row_that_differs_takes_the_respondent_out() -> None:
    made = prepared(survey(respondent="id"), frame("id,Q4\na,Yes\na,Yes\na,No\nb,No\n"))
    assert made.frame["respondent"].tolist() == ["b"]
    assert aside(made) == [
        (2, "id", "this respondent has another row that differs, in line 4", "a"),
        (3, "id", "it is the same as in line 2", "a"),
        (4, "id", "this respondent has another row that differs, in line 2", "a"),
    ]
    counts = ["exact_duplicate_rows", "respondents_with_conflicting_answers", "rows_conflicting"]
    assert [made.counts[name] for name in counts] == [1, 1, 2]


def test_a_column_that_is_not_used_can_tell_two_rows_apart() -> None:
    made = prepared(survey(respondent="id"), frame("id,Q4,started\na,Yes,9:00\na,Yes,9:30\n"))
    assert made.counts["respondents_with_conflicting_answers"] == 1


def test_without_a_respondent_the_same_row_twice_is_two_people() -> None:
    made = prepared(survey(weight="wt"), frame("wt,Q4\n1,Yes\n1,Yes\n"))
    assert len(made.frame) == 2


def test_one_respondent_may_answer_in_each_wave() -> None:
    rows = frame("id,w,Q4\na,1,Yes\na,2,Yes\na,2,No\n")
    made = prepared(survey(respondent="id", wave="w"), rows)
    assert made.frame[["respondent", "wave"]].values.tolist() == [["a", "1"]]


def test_totals_and_rows_without_a_number_are_no_respondents() -> None:
    made = prepared(survey(respondent="id"), frame("id,Q4\na,Yes\n,No\nTotal,55%\n"))
    assert aside(made) == [
        (3, "id", "respondent is missing", ""),
        (4, "id", "this looks like a row of totals, not a respondent", "Total"),
    ]


def test_blank_rows_are_counted_apart() -> None:
    made = prepared(survey(weight="wt"), frame("wt,Q4\n , \n1,Yes\n"))
    assert aside(made) == [(2, "", "the row is blank", "")]
    assert (made.counts["blank_rows"], made.counts["rows_weight_missing"]) == (1, 0)


# --- cells ------------------------------------------------------------------------------------------------------------


def test_a_weight_is_there_readable_and_above_0_or_its_row_is_set_aside() -> None:
    rows = frame("wt,Q4\n1.5,Yes\nNA,Yes\n-,Yes\n,Yes\n0,Yes\n-1,Yes\n1;5,Yes\ninf,Yes\n")
    made = prepared(survey(weight="wt"), rows)
    assert made.frame["weight"].tolist() == [1.5]
    assert [(reason, text) for _, _, reason, text in aside(made)] == [
        ("weight is missing", "NA"),
        ("weight is missing", "-"),
        ("weight is missing", ""),
        ("weight is not above 0", "0"),
        ("weight is not above 0", "-1"),
        ("weight is not a number such as 1234.5", "1;5"),
        ("weight is not a number such as 1234.5", "inf"),
    ]
    counts = {name: made.counts[f"rows_weight_{name}"] for name in ("missing", "not_positive", "unreadable")}
    assert counts == {"missing": 3, "not_positive": 2, "unreadable": 2}


def test_an_answer_that_is_not_in_the_profile_is_refused_and_listed() -> None:
    made = prepared(survey(), frame("Q4\nyes\nMaybe\nDK\nRefused\nPrefer not to say\n"))
    assert made.frame["Q4"].isna().tolist() == [False, True, False, True, True]
    assert made.frame["Q4"].tolist()[2] == "Don't know"
    assert refused(made) == [(3, "Q4", "this answer is not in the profile", "Maybe")]
    assert ("Q4", "missing", {"Refused": 1, "Prefer not to say": 1}) in made.merges


def test_without_an_order_any_answer_is_taken() -> None:
    profile = Profile(questions={"Q4": Question("Q4", positive=("yes",), missing=("99",))})
    made = prepared(profile, frame("Q4\nYES\nMaybe\n99\n"))
    assert made.frame["Q4"].tolist()[:2] == ["yes", "Maybe"]
    assert made.frame["Q4"].isna().tolist() == [False, False, True]


def test_a_declared_order_of_dates_is_held_to_row_by_row() -> None:
    profile = Profile(columns={"date": "d"}, questions={"Q4": Q4}, forms={"date": DateForm("mdy")})
    made = prepared(profile, frame("d,Q4\n03/04/2023,Yes\n25/04/2023,Yes\n,Yes\n"))
    assert made.frame["date"].dropna().tolist() == [pd.Timestamp(2023, 3, 4)]
    assert refused(made) == [
        (3, "d", "date of the interview is not a date as month/day/year, such as 01/31/2023", "25/04/2023")
    ]


def test_a_form_that_is_not_declared_is_taken_from_all_values_and_told() -> None:
    profile = Profile(columns={"weight": "wt"}, questions={"Q4": Q4})
    made = prepared(profile, frame('wt,Q4\n"0,75",Yes\n"1,25",No\n1.5,No\n'))
    assert made.frame["weight"].tolist() == [0.75, 1.25]
    assert aside(made) == [(4, "wt", "weight is not a number such as 1234,5", "1.5")]
    words = "the form of weight is not declared; it is read as numbers such as 1234,5, as most of its values are."
    assert made.notes[1:] == (f"mine.csv: {words}",)


def test_codes_of_the_design_keep_their_case_and_must_be_there() -> None:
    made = prepared(survey(stratum="s", cluster="c"), frame("s,c,Q4\na,1,Yes\nA,1,No\n,1,No\nb,,No\n"))
    assert made.frame["stratum"].tolist() == ["a", "A"]
    assert [reason for _, _, reason, _ in aside(made)] == ["stratum is missing", "cluster is missing"]


def test_text_is_shown_in_its_most_frequent_spelling() -> None:
    profile = Profile(columns={"area": "LPT "}, groups=("Age",), questions={"Q4": Q4})
    rows = frame("LPT ,Age,Q4\nGranby,16\u201324,Yes\nGRANBY,16-24,Yes\n granby,16-24,Yes\nGranby,,Yes\n")
    made = prepared(profile, rows)
    assert made.frame["area"].unique().tolist() == ["Granby"]
    assert made.frame["Age"].dropna().unique().tolist() == ["16-24"]
    assert made.frame["Age"].isna().sum() == 1
    assert ("area", "Granby", {"Granby": 2, "GRANBY": 1, " granby": 1}) in made.merges


# --- other kinds ------------------------------------------------------------------------------------------------------


def test_aggregated_percentages_are_between_0_and_100_on_a_base() -> None:
    columns = {"question": "q", "area": "a", "percent": "p", "base": "n"}
    profile = Profile("aggregated", columns, forms={"percent": NumberForm(percent=True), "base": NumberForm(".", ",")})
    rows = frame('q,a,p,n\nQ4,X,72%,"1,602"\nQ5,X,101%,90\nQ6,X,5%,0\nQ7,X,,20\nQ8,X,7%,\nQ9,X,7,20\nQ4,x,70%,80\n')
    made = prepared(profile, rows)
    assert made.frame["percent"].tolist() == [7]
    assert made.frame["base"].isna().tolist() == [True]
    assert [(line, reason) for line, _, reason, _ in aside(made)] == [
        (2, "there is another row for the same question and area, in line 8"),
        (3, "per cent is above 100"),
        (4, "base is not above 0"),
        (5, "per cent is missing"),
        (7, "per cent is not a number such as 45.5%"),
        (8, "there is another row for the same question and area, in line 2"),
    ]


def test_aggregated_counts_stand_for_percentages_and_stay_within_their_base() -> None:
    profile = Profile("aggregated", {"question": "q", "count": "x", "base": "n"}, forms={"count": PLAIN, "base": PLAIN})
    made = prepared(profile, frame("q,x,n\nQ4,7,10\nQ5,11,10\nQ6,-1,10\n"))
    assert made.frame["count"].tolist() == [7]
    assert [reason for _, _, reason, _ in aside(made)] == ["count is above base", "count is below 0"]


def test_shares_of_1_become_percentages() -> None:
    profile = Profile("aggregated", {"question": "q", "percent": "p"}, forms={"percent": NumberForm(share=True)})
    assert prepared(profile, frame("q,p\nQ4,0.45\n")).frame["percent"].tolist() == [45]


def test_monthly_figures_are_one_a_month_measure_area_and_group() -> None:
    columns = {"month": "m", "measure": "what", "value": "v"}
    profile = Profile("monthly", columns, ("g",), forms={"month": DateForm("dmy"), "value": NumberForm(".", ",")})
    rows = frame('m,what,v,g\n31/01/2023,ASB,"1,234",a\n01/01/2023,ASB,5,b\n02/01/2023,asb,6,B\n01/02/2023,ASB,,a\n')
    made = prepared(profile, rows)
    assert made.frame.values.tolist() == [[pd.Timestamp(2023, 1, 1), "ASB", 1234, "a"]]
    assert [(line, reason) for line, _, reason, _ in aside(made)] == [
        (3, "there is another row for the same month and measure, in line 4"),
        (4, "there is another row for the same month and measure, in line 3"),
        (5, "value is missing"),
    ]


def test_an_event_has_a_time_and_may_be_unanswered() -> None:
    columns = {"timestamp": "t", "kind": "k", "answered_after": "s"}
    profile = Profile("events", columns, forms={"timestamp": DateForm("dmy"), "answered_after": PLAIN})
    rows = frame(
        "t,k,s\n03/04/2023 14:05,999,7\n03/04/2023 14:06:59,999,\n03/04/2023 25:00,101,5\n,101,5\n03/04/2023,101,-2\n"
    )
    made = prepared(profile, rows)
    assert made.frame["timestamp"].tolist()[:2] == [
        pd.Timestamp("2023-04-03 14:05"),
        pd.Timestamp("2023-04-03 14:06:59"),
    ]
    assert made.frame["answered_after"].isna().tolist() == [False, True, True]
    assert refused(made) == [(6, "s", "answered after (seconds) is below 0", "-2")]
    assert [line for line, *_ in aside(made)] == [4, 5]


# --- respondents and personal columns ---------------------------------------------------------------------------------


def test_a_salt_hides_the_respondents_and_keeps_them_apart() -> None:
    rows = frame("id,Q4\na,Yes\n b ,No\nb,No\n")
    one, same, other = (prepared(survey(respondent="id"), rows, salt) for salt in (b"salt", b"salt", b"other"))
    numbers = one.frame["respondent"].tolist()
    assert numbers == same.frame["respondent"].tolist()
    assert not {*numbers} & {*other.frame["respondent"], "a", "b"}
    assert len({*numbers}) == 2
    assert one.counts["exact_duplicate_rows"] == 1


@pytest.mark.parametrize("salt", [b"", b"x" * 65])
def test_a_salt_of_the_wrong_length_is_a_mistake(salt: bytes) -> None:
    with pytest.raises(ValueError, match=r"^A salt has 1 to 64 bytes\.$"):
        prepared(survey(respondent="id"), frame("id,Q4\na,Yes\n"), salt)


def test_a_personal_column_with_a_role_is_refused_without_quoting_it() -> None:
    rows = frame("id,who,Q4\na,x@y.org,Yes\nb,z@y.org,No\n")
    profile = Profile(columns={"respondent": "id"}, groups=("who",), questions={"Q4": Q4})
    words = "column who looks like e-mail addresses, which are not stored. Ignore the column, or declare it under "
    assert told(profile, rows) == [f"mine.csv: {words}not_personal if it is not."]
    allowed = Profile(columns={"respondent": "id"}, groups=("who",), questions={"Q4": Q4}, not_personal=("Who ",))
    assert prepared(allowed, rows).frame["who"].tolist() == ["x@y.org", "z@y.org"]


def test_names_of_places_are_no_people_by_their_header() -> None:
    wards = [f"Abbey Number{letter}" for letter in "abcdefghijkl"]
    rows = pd.DataFrame({"LPT": ["x"] * 12, "Ward": wards, "Q4": ["Yes"] * 12}, dtype=str)
    profile = Profile(columns={"area": "LPT"}, groups=("Ward",), questions={"Q4": Q4})
    assert prepared(profile, rows).frame["Ward"].tolist() == wards
    (words,) = told(
        Profile(columns={"area": "LPT"}, groups=("Who",), questions={"Q4": Q4}), rows.rename(columns={"Ward": "Who"})
    )
    assert words.startswith("mine.csv: column Who looks like names of people, which are not stored.")


def test_ignored_columns_are_nowhere_in_what_is_prepared() -> None:
    rows = frame(
        "id,name,wt,Q4\na,Canary One,1,Yes\nb,Canary Two,0,No\na,Canary One,1,Yes\nc,Canary X,1,No\nc,Canary Y,1,No\n"
    )
    made = prepared(propose(rows, "mine.csv"), rows)
    assert "Canary" not in repr(
        [made.frame.to_csv(), made.set_aside.to_csv(), made.refused.to_csv(), made.merges, made.notes]
    )


def test_a_file_without_a_column_is_told_its_nearest_name() -> None:
    assert told(survey(weight="Weight"), frame("Weights,Q4\n1,Yes\n")) == [
        "mine.csv: there is no column Weight. Is it now 'Weights'? Change the profile, or the file's header."
    ]


# --- any file ---------------------------------------------------------------------------------------------------------

cells = st.sampled_from(
    ["", " ", "NA", "-", "1", "1,5", "0", "-1", "x", "Yes", "yes ", "No", "DK", "Maybe", "Refused", "a"]
)


@settings(max_examples=settings.default.max_examples // 5)  # each example is a whole file
@given(st.lists(st.tuples(st.sampled_from(["", "a", "a ", "b", "c", "total"]), cells, cells, cells), max_size=12))
def test_every_row_is_used_or_set_aside_and_every_cell_read_listed_or_missing(body: list[tuple[str, ...]]) -> None:
    rows = pd.DataFrame(body, columns=["id", "wt", "Q4", "lpt"], dtype=str)
    rows.index = pd.Index(range(5, 5 + len(rows)))
    profile = Profile(
        columns={"respondent": "id", "weight": "wt", "area": "lpt"},
        questions={"Q4": Q4},
        forms={"weight": NumberForm(",")},
    )
    made = prepared(profile, rows)
    used = rows.loc[made.lines + 3]
    assert (made.frame["weight"] > 0).all()
    assert made.frame["respondent"].is_unique
    assert made.frame["weight"].tolist() == [float(cell.replace(",", ".")) for cell in used["wt"]]
    for answer, cell, line in zip(made.frame["Q4"], used["Q4"], made.lines, strict=True):
        listed = (line in set(made.refused["line"])) is True
        assert listed == (Q4.label_of(cell) is None)
        assert (answer if isinstance(answer, str) else "") == (Q4.label_of(cell) or "")


def test_a_row_of_totals_is_no_respondent_where_nobody_is_numbered() -> None:
    profile = Profile(columns={"wave": "wave", "weight": "wt"}, questions={"Q4": Question("Q4", positive=("Yes",))})
    made = prepared(profile, frame("wave,wt,Q4\n2023-01,1.5,Yes\n2023-01,0.5,No\n Total ,2.0,Yes\n,,Total\n"))
    assert made.counts["rows_of_totals"] == 2
    assert made.frame["weight"].tolist() == [1.5, 0.5]
    assert any("no column numbers the respondents" in note for note in made.notes)


def test_monthly_values_below_0_are_used_and_warned_of() -> None:
    rows = frame("month,measure,value\n2023-01,a,5\n2023-02,a,-3\n2023-03,a,0\n")
    made = prepared(Profile("monthly", {"month": "month", "measure": "measure", "value": "value"}), rows)
    assert made.frame["value"].tolist() == [5, -3, 0]
    assert made.warnings == (
        "mine.csv: 1 value is below 0, line 3. No count can be: mend the file, unless they are differences.",
    )
