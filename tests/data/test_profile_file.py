"""A profile's file: what is written is read back, and every mistake in one written by hand is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import DataError
from data.forms import DATE_ORDERS, DateForm, NumberForm
from data.profile import DATE_ROLES, KINDS, NUMBER_ROLES, Profile, Question
from data.profile_file import from_toml, to_toml
from data.wording import plain

HAND_WRITTEN = """
[columns]
respondent = "resp_id"
wave = "wave"
area = "Local Policing Team"
weight = "Weight"
groups = ["age_band", "gender"]

[questions.Q4]
column = "Q4"
label = "Could you rely on your local police team?"
order = ["Yes", "No"]
positive = ["Yes"]
negative = ["No"]
dont_know = ["Don't know"]
missing = ["Refused"]

[questions.Q18]
positive = ["Yes"]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(DataError) as told:
        from_toml(text, "mine.toml")
    return told.value.problems


def test_a_file_written_by_hand_is_read() -> None:
    profile = from_toml(HAND_WRITTEN, "mine.toml")
    assert profile.kind == "survey"
    assert profile.columns["area"] == "Local Policing Team"
    assert profile.groups == ("age_band", "gender")
    assert profile.questions["Q4"].dont_know == ("Don't know",)
    assert profile.questions["Q18"] == Question("Q18", positive=("Yes",))
    assert profile.forms == {}


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ('month = "m"\nvalue = "v"', "monthly"),
        ('timestamp = "t"\nkind = "k"', "events"),
        ('question = "q"\npercent = "p"', "aggregated"),
        ('question = "q"\ncount = "x"\nbase = "n"', "aggregated"),
    ],
)
def test_the_roles_say_what_kind_it_is(columns: str, kind: str) -> None:
    assert from_toml(f"[columns]\n{columns}", "mine.toml").kind == kind


# --- round trip -------------------------------------------------------------------------------------------------------

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)


@st.composite
def questions(draw: st.DrawFn, column: str) -> Question:
    answers = draw(st.lists(names, min_size=1, max_size=6, unique_by=plain))
    parts: dict[str, list[str]] = {"positive": [answers[0]], "negative": [], "dont_know": [], "missing": [], "": []}
    for answer in answers[1:]:
        parts[draw(st.sampled_from([*parts]))].append(answer)
    asked = {name: tuple(part) for name, part in parts.items() if name}
    order = tuple(draw(st.permutations(parts["positive"] + parts["negative"] + parts[""])))
    return Question(column, draw(st.one_of(st.just(""), names)), order, **asked, sensitive=draw(st.booleans()))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    kind = draw(st.sampled_from([*KINDS]))
    needed = {
        "survey": [],
        "aggregated": ["question", "percent"],
        "monthly": ["month", "value"],
        "events": ["timestamp"],
    }
    roles = [role for role in KINDS[kind][1] if role in needed[kind] or draw(st.booleans())]
    taken = {plain(role) for role in roles}
    free = st.lists(names.filter(lambda name: plain(name) not in taken), min_size=20, max_size=20, unique_by=plain)
    columns = iter(draw(free))
    numbers = st.builds(NumberForm, st.just("."), st.sampled_from(["", ",", " ", "'"]), st.booleans())
    dates = st.builds(DateForm, st.sampled_from([*DATE_ORDERS]))
    forms = {
        role: draw(dates if role in DATE_ROLES else numbers) for role in roles if role in [*NUMBER_ROLES, *DATE_ROLES]
    }
    asked = [next(columns) for _ in range(draw(st.integers(1, 3)))] if kind == "survey" else []
    return Profile(
        kind=kind,
        columns={role: next(columns) for role in roles},
        groups=tuple(next(columns) for _ in range(draw(st.integers(0, 2)))),
        questions={column: draw(questions(column)) for column in asked},
        forms={role: form for role, form in forms.items() if draw(st.booleans())},
        ignore=tuple(next(columns) for _ in range(draw(st.integers(0, 2)))),
        not_personal=tuple(next(columns) for _ in range(draw(st.integers(0, 1)))),
    )


@given(profiles())
def test_what_is_written_is_read_back(profile: Profile) -> None:
    text = to_toml(profile)
    assert from_toml(text, "mine.toml") == profile
    assert to_toml(from_toml(text, "mine.toml")) == text


# --- mistakes ---------------------------------------------------------------------------------------------------------

ROLES = (
    "respondent, wave, date, area, weight, stratum, cluster, population, question, count, base, percent, month, measure, "
    "value, timestamp, kind, answered_after, attended_after, abandoned, groups, ignore, not_personal"
)
SURVEY_ROLES = "respondent, wave, date, area, weight, stratum, cluster, population"
QUESTION = "column, label, order, positive, negative, dont_know, missing, sensitive"
ASKED = '\n[questions.Q4]\npositive = ["Yes"]'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["mine.toml: a survey needs at least one question. Declare one under questions."]),
        (
            f"colour = 1{ASKED}",
            ["mine.toml: there is no key colour. Remove it or mend its name; expected kind, columns, questions, forms."],
        ),
        (
            f'[columns]\nwieght = "w"{ASKED}',
            [f"mine.toml, columns: there is no key wieght. Remove it or mend its name; expected {ROLES}."],
        ),
        (f"[columns]\nweight = 3{ASKED}", ["mine.toml, columns: weight is not the name of a column."]),
        (f'[columns]\ngroups = "sex"{ASKED}', ["mine.toml, columns: groups is not a list of column names."]),
        (f'columns = "x"{ASKED}', ["mine.toml: columns is not a table. Write [columns] on a line, and its keys under it."]),
        (
            'kind = "poll"' + ASKED,
            ["mine.toml: found kind 'poll', expected one of survey, aggregated, monthly, events."],
        ),
        (
            'kind = "monthly"\n[columns]\nmonth = "m"',
            ["mine.toml: a profile of kind monthly needs a column for value. Name it under columns."],
        ),
        (
            f'[columns]\nbase = "n"{ASKED}',
            [f"mine.toml: a profile of kind survey has no role base. Remove it; expected {SURVEY_ROLES}."],
        ),
        (
            f'[columns]\nweight = "w"\nstratum = "W "{ASKED}',
            ["mine.toml: column w is both weight and stratum. Give it one role."],
        ),
        (
            f'[columns]\nweight = "w"\nignore = ["w"]{ASKED}',
            ["mine.toml: column w is ignored and used. Take it out of one of the two."],
        ),
        (
            f'[columns]\narea = "LPT"\ngroups = ["Area"]{ASKED}',
            ["mine.toml: columns LPT and Area would both be called Area. Ignore one, or rename it in the file."],
        ),
        (
            '[questions.Q4]\norder = ["Yes", "No"]',
            [
                "mine.toml: question Q4 has no positive answer. List the answers to be counted under positive, or ignore "
                "its column."
            ],
        ),
        (
            '[questions.Q4]\npositive = ["Yes"]\nmissing = ["YES "]',
            ["mine.toml: question Q4 lists 'YES ' under positive and missing. Keep one."],
        ),
        (
            '[questions.Q4]\npositive = ["Yes", "yes"]',
            ["mine.toml: question Q4 lists 'yes' twice under positive. Keep one."],
        ),
        (
            '[questions.Q4]\norder = ["Yes", "No"]\npositive = ["Yse"]',
            ["mine.toml: question Q4 counts 'Yse', which is not in its order. Add it there, or mend its spelling."],
        ),
        (
            '[questions.Q4]\npositive = "Yes"',
            ['mine.toml, question Q4: positive is not a list of answers. Write it as ["Yes", "No"].'],
        ),
        ('[questions.Q4]\npositive = ["Yes"]\nsensitive = "yes"', ["mine.toml, question Q4: sensitive is not true or false."]),
        (
            '[questions.Q4]\npositive = ["Yes"]\ntop = ["Yes"]',
            [f"mine.toml, question Q4: there is no key top. Remove it or mend its name; expected {QUESTION}."],
        ),
        ("questions = {Q4 = 1}", ["mine.toml, question Q4 is not a table. Write [questions.Q4] on a line, and its keys under it."]),
        (
            f'[columns]\nweight = "w"\n[forms.weight]\ndecimal = ";"{ASKED}',
            ["mine.toml, forms, weight: found decimal ';', expected one of '.' ','."],
        ),
        (
            f'[columns]\nweight = "w"\n[forms.weight]\ndecimal = ","\nthousands = ","{ASKED}',
            ["mine.toml, forms, weight: decimal and thousands are the same mark. Change one."],
        ),
        (f"[forms.weight]\ndecimal = '.'{ASKED}", ["mine.toml, forms: there is a form for weight, but no column. Remove it, or name the column under columns."]),
        (f"[forms.area]\ndecimal = '.'{ASKED}", ["mine.toml, forms: area is not read as a number or date. Remove it."]),
    ],
)  # fmt: skip
def test_a_mistake_is_told(text: str, told: list[str]) -> None:
    assert problems(text) == told


def test_a_wrong_order_of_dates_names_the_right_ones() -> None:
    (told,) = problems(f'[columns]\ndate = "d"\n[forms.date]\norder = "uk"{ASKED}')
    assert told.startswith(
        'mine.toml, forms: date needs one key, order: "ymd" (year-month-day, such as 2023-01-31); "dmy"'
    )


def test_what_is_no_toml_is_told_with_its_place() -> None:
    (told,) = problems("[columns\nx = 1")
    assert told.startswith("mine.toml: this is not TOML (")
    assert told.endswith("line 1, column 9)). Mend that place, or export the profile again.")


def test_all_mistakes_are_told_together() -> None:
    assert len(problems('a = 1\nkind = 2\n[columns]\nb = "x"\n[questions.Q4]\nc = 1\norder = 2')) == 5


@given(st.dictionaries(st.sampled_from(["kind", "columns", "questions", "forms"]), st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(st.characters(codec="utf-8"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["weight", "date", "groups", "Q4", "order", "positive", "decimal", "percent"]), inner, max_size=4),
    ),
    max_leaves=8,
)))  # fmt: skip
def test_whatever_the_file_holds_a_mistake_is_told_and_never_a_crash(table: dict) -> None:
    import tomli_w

    try:
        from_toml(tomli_w.dumps(table), "mine.toml")
    except DataError as error:
        assert all(problem.startswith("mine.toml") and problem.endswith(".") for problem in error.problems)
