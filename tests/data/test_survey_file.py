"""A survey from its file: what is in doubt is refused with what to declare, and names are found as people type them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import DataError
from data.survey_file import open_survey, printed_rows, read_margins, two_waves

Write = Callable[[str, str], Path]
HEAD = "id,Wave,Local Policing Team,Sex,weight,Q4\n"
ROWS = [f"a{place},2023-01,{'North' if place % 2 else 'South'},F,1.{place},Yes" for place in range(8)]
ROWS += [f"b{place},2022-06,{'North' if place % 2 else 'South'},M,0.{place + 1},No" for place in range(8)]
TEXT = HEAD + "\n".join(ROWS) + "\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as raised:
        call()
    return str(raised.value)


def test_groups_and_waves_are_found_by_role_and_by_heading(write: Write) -> None:
    found = open_survey(write("mine.csv", TEXT))
    assert [found.group(name) for name in ("area", "local policing  team", "SEX")] == ["area", "area", "Sex"]
    assert found.wave("2022-06") == "2022-06"
    assert two_waves(found) == ("2022-06", "2023-01")
    assert two_waves(found, "2023-01, 2022-06") == ("2023-01", "2022-06")
    assert refusal(lambda: found.group("ward")) == (
        "mine.csv: there is no group 'ward'. The columns of groups are: area, Sex."
    )
    assert refusal(lambda: found.wave("2021")) == (
        "mine.csv: there is no wave '2021'. The waves are: 2022-06, 2023-01."
    )
    assert refusal(lambda: two_waves(found, "2022-06")) == ("Two different waves are needed, as A,B; found '2022-06'.")


@pytest.mark.parametrize(
    ("names", "last"),
    [
        (("Wave 9", "Wave 10"), "Wave 10"),
        (("January 2023", "June 2022"), "January 2023"),
        (("2022 Q4", "2023 Q1"), "2023 Q1"),
        (("Q4 2022", "Q1 2023"), None),
        (("before", "after"), None),
    ],
)
def test_the_order_of_waves_is_told_by_their_names_or_asked_for(
    write: Write, names: tuple[str, str], last: str | None
) -> None:
    found = open_survey(write("mine.csv", TEXT.replace("2022-06", names[0]).replace("2023-01", names[1])))
    if last:
        assert two_waves(found)[1] == last
    else:
        assert refusal(lambda: two_waves(found)) == (
            f"mine.csv: the names of the waves ({', '.join(sorted(names))}) do not tell their order. "
            "Name two, the earlier first, with --waves A,B."
        )


def test_dates_tell_the_order_where_names_do_not(write: Write) -> None:
    text = (
        TEXT.replace("Wave,", "Wave,Date of interview,")
        .replace("2022-06", "before,2022-06-04")
        .replace("2023-01", "after,2023-01-09")
    )
    assert two_waves(open_survey(write("mine.csv", text))) == ("before", "after")


def test_one_wave_or_none(write: Write) -> None:
    assert refusal(lambda: two_waves(open_survey(write("one.csv", TEXT.replace("2022-06", "2023-01"))))) == (
        "one.csv: two waves are needed to compare, and there is only 2023-01."
    )
    none = open_survey(write("none.csv", TEXT.replace("Wave,", "").replace("2022-06,", "").replace("2023-01,", "")))
    assert refusal(lambda: two_waves(none)) == (
        "none.csv: no column is the wave. Declare one in a profile, as wave under columns."
    )


def test_doubts_are_refused_without_a_profile_and_settled_by_one(write: Write) -> None:
    path = write("mine.csv", TEXT.replace("Q4", "Q4. Which?").replace(",Yes", ",Red").replace(",No\n", ",Blue\n"))
    assert refusal(lambda: open_survey(path)).splitlines() == [
        "mine.csv: question Q4 has no positive answer. List the answers to be counted under positive, or ignore its column.",
        "Declare it in a profile, a TOML file, and name that with --profile.",
    ]
    saved = write("p.toml", '[columns]\nwave = "Wave"\n[questions.Q4]\ncolumn = "Q4. Which?"\npositive = ["Red"]\n')
    assert open_survey(path, saved).profile.questions["Q4"].positive == ("Red",)


def test_two_columns_that_could_be_the_weight_are_a_doubt(write: Write) -> None:
    text = "\n".join(line + (",weight2" if line.startswith("id") else ",1.5") for line in TEXT.strip().split("\n"))
    assert refusal(lambda: open_survey(write("mine.csv", text))).splitlines()[0] == (
        "mine.csv: Columns weight and weight2 could both be the weight. The first is taken."
    )


def test_what_is_left_out_is_told(write: Write) -> None:
    notes = open_survey(write("mine.csv", TEXT + "c1,2023-01,North,F,,Yes\nc2,2023-01\n")).notes
    assert notes[-2:] == ("mine.csv: Lines that could not be read: 1.", "mine.csv: Rows set aside: 1.")


def test_files_that_are_no_survey(write: Write, tmp_path: Path) -> None:
    monthly = write("calls.csv", "month,calls\n2022-01,10\n2022-02,12\n2022-03,9\n")
    assert refusal(lambda: open_survey(monthly)) == (
        "calls.csv reads like monthly figures (a row is a measure in a month), which have no answers to take shares "
        "of. Save it on the Upload page to see it there. If it is a survey, say so in a profile, a TOML file that "
        'begins with kind = "survey" (or "aggregated") and names its columns, and name that with --profile.'
    )
    gone = tmp_path / "gone.toml"
    assert refusal(lambda: open_survey(monthly, gone)) == f"There is no file {gone}."


def test_margins_are_read_in_the_surveys_own_spelling(write: Write) -> None:
    found = open_survey(write("mine.csv", TEXT))
    path = write("margins.csv", "Variable,Level,Share\nlocal policing team,NORTH,0.4\nlocal policing team,South,0.6\n")
    assert read_margins(path, found).values.tolist() == [["area", "North", 0.4], ["area", "South", 0.6]]
    for text, sentence in [
        ("variable,level\nSex,F\n", "margins.csv: there is no column share. Expected variable, level, share."),
        (
            "variable,level,share\nSex,F,half\n",
            "margins.csv, row 2, share: found 'half', expected a number such as 0.25.",
        ),
        ("variable,level,share\nAge,F,1\n", "mine.csv: there is no group 'Age'. The columns of groups are: area, Sex."),
    ]:
        assert refusal(lambda text=text: read_margins(write("margins.csv", text), found)) == sentence


def test_a_printed_table_may_be_by_another_group_than_the_area(write: Write) -> None:
    text = "question,sex,percent,base\nQ4,F,68,800\nQ4,M,61,802\nQ12,F,50,800\nQ12,M,51,802\n"
    found = open_survey(write("table.csv", text))
    assert found.profile.kind == "aggregated"
    assert printed_rows(found, "sex")["area"].tolist() == ["F", "M", "F", "M"]
