"""The release of May 2023 against the report itself: every printed number, once, where it stands, as it stands."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from data.contracts import SCHEMAS
from data.releases import Release
from tests.published import release, text_frame

SEED = "seed/public-performance-report-may-2023.txt"

# Printed rows of each table, headings left out, counted by hand in the report.
ROWS = {
    "calls_999": 1,
    "answer_time_999": 1,
    "answered_10s_999": 1,
    "calls_101": 1,
    "answer_time_101": 1,
    "abandoned_999": 1,
    "abandoned_101": 1,
    "abandoned_101_waits_percent": 2,
    "abandoned_101_waits": 2,
    "asb": 4,
    "neighbourhood_crime": 7,
    "ksi": 3,
    "motoring_offences": 8,
    "speed_camera_disposals": 5,
    "speedwatch_volunteers": 8,
    "speedwatch_quarter": 3,
    "speedwatch_outcomes": 8,
    "homicide": 3,
    "knife_gun_crime": 2,
    "serious_violence": 5,
    "domestic_crime": 10,
    "vawg_by_relationship": 3,
    "vawg_by_offence": 5,
    "drug_offences": 5,
    "fraud_cases": 3,
    "fraud_outcomes": 6,
    "crimes_awaiting_validation": 1,
    "validated_crime": 6,
    "confidence_questions": 11,
    "confidence_by_team": 12,
    "complaints": 3,
    "review_decisions": 4,
    "conduct_matters": 1,
    "all_crime": 23,
    "outcome_rates": 6,
    "custody": 8,
    "courts": 3,
    "court_rates": 2,
    "conviction_rates": 2,
    "revenue_outturn": 32,
    "ethnicity": 4,
}
LIST = "ethnicity"  # the one table that the report prints as a list
QUESTIONS = "confidence_by_team"  # the one table whose cells are sentences

# Typed by hand from the report.
KNOWN_FIGURES = {
    "calls_999.calls_999.last_12_months": 227486,
    "answer_time_999.answer_time_999.previous_12_months": 24.85,
    "answered_10s_999.answered_10s_999.last_12_months": 77.72,
    "calls_101.calls_101.previous_12_months": 278197,
    "abandoned_101_waits.total.last_12_months": 110825,
    "asb.asb.last_12_months": 19640,
    "asb.asb.baseline": 31094,
    "neighbourhood_crime.neighbourhood_crime.last_12_months": 10432,
    "neighbourhood_crime.personal_robbery.previous_12_months": 568,
    "serious_violence.personal_robbery.previous_12_months": 567,
    "neighbourhood_crime.personal_robbery.baseline": 824,
    "serious_violence.personal_robbery.baseline": 816,
    "ksi.fatal.last_12_months": 38,
    "speed_camera_disposals.prosecutions.last_12_months": 9530,
    "speedwatch_volunteers.hours.2019": 1558,
    "speedwatch_outcomes.repeat_share.2023": 6.0,
    "homicide.homicide.last_12_months": 12,
    "knife_gun_crime.serious_violence_knife_crime.last_12_months": 859,
    "domestic_crime.domestic_crime.last_12_months": 23826,
    "vawg_by_offence.violence_against_women_girls.baseline": 13096,
    "drug_offences.sum.last_12_months": 2250,
    "fraud_cases.proportion_of_cases_investigated.baseline": 25.4,
    "crimes_awaiting_validation.crimes_awaiting_validation.2022_10_01": 254,
    "validated_crime.all_crime.last_12_months": 95927,
    "confidence_questions.q12.2023_01": 68,
    "complaints.total_complaints.last_12_months": 1784,
    "all_crime.all_crime.last_12_months": 88286,
    "all_crime.all_crime.baseline": 78098,
    "courts.all_crime.baseline": 79098,
    "outcome_rates.outcome_16.2022_12": 31.0,
    "custody.waiting_times_in_custody.2023_03": 33.27,
    "conviction_rates.crown_court.2022_10": 83.2,
    "revenue_outturn.income_subtotal.actual": -21522,
    "ethnicity.special_constabulary.2023_03_31": 5.96,
}
KNOWN_DERIVED = {
    "calls_999.calls_999.difference": "\u2191 16529",
    "answer_time_999.answer_time_999.percent_change": "-0.14",
    "abandoned_999.abandoned_999.difference": "\u2193 -1.13 %",
    "vawg_by_offence.rape.baseline_percent": "-83.6%",
    "revenue_outturn.pay_subtotal.difference": "(2,366)",
    "conduct_matters.all_conduct_matters.percent_change": "109.26%",
}
OUTSIDE_THE_RANGE = {
    "q1": {"east_staffs": 87},
    "q2": {"lichfield": 29},
    "q3a": {"tamworth": 10, "east_staffs": 14},
    "q4": {"south_staffs": 64},
    "q5a": {"south_staffs": 54, "lichfield": 51, "tamworth": 47},
    "q9": {"city": 54, "cannock": 41},
    "q11": {"moorlands": 18, "stafford": 16, "lichfield": 16, "tamworth": 7},
    "q12": {"lichfield": 59, "east_staffs": 46},
    "q16": {"cannock": 82},
    "q17": {"stafford": 59},
    "q18": {},
    "q23": {"stafford": 26, "south_staffs": 29},
}


@pytest.fixture(scope="module")
def whole() -> Release:
    return release()


@pytest.fixture(scope="session")
def seed(reference: Path | None) -> str:
    """The report's text."""
    if reference is None or not (reference / SEED).is_file():
        pytest.skip(f"not checked: the report's text is not at hand ({SEED} in the folder EXPLORER_REFERENCE names)")
    return (reference / SEED).read_text(encoding="utf-8")


# --- the tables -------------------------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[list[str]]:
    """Lines between blank ones, from the first chapter on: the list of contents is left out."""
    body = text[text.rindex("\n1. Emerging Challenges") :]
    return [block.split("\n") for block in re.split(r"\n\s*\n", body)]


def printed_tables(text: str) -> dict[str, dict[tuple[int, int], str]]:
    """Row and column of every printed cell of every table, headings and row labels in column 0 too."""
    headings = {"speed_camera_disposals": 2, "revenue_outturn": 2}
    unlabelled = {"calls_999", "answer_time_999", "calls_101", "answer_time_101"}
    blocks = [lines for lines in paragraphs(text) if any("\t" in line for line in lines)]
    tables = {}
    for name, lines in zip([name for name in ROWS if name != LIST], blocks, strict=True):
        rows = [line.split("\t") for line in lines if "\t" in line][headings.get(name, 1) :]
        filled = [[""] * (name in unlabelled) + row for row in rows if any(cell.strip() for cell in row[1:])]
        tables[name] = {
            (place, column): cell.strip()
            for place, row in enumerate(filled, start=1)
            for column, cell in enumerate(row)
            if cell.strip()
        }
    listed = re.findall(r"\u2022 (.+?) (\d\S*%) \| An increase of (\S+) since Dec 2022", text)
    tables[LIST] = {
        (place, column): cell for place, row in enumerate(listed, start=1) for column, cell in enumerate(row)
    }
    return tables


@pytest.fixture(scope="module")
def in_report(seed: str) -> dict[str, dict[tuple[int, int], str]]:
    return printed_tables(seed)


def test_the_tables_and_their_rows_are_all_there(whole: Release) -> None:
    assert len(ROWS) == 41
    assert whole.tables.sort_values("order")["id"].tolist() == list(ROWS)
    cells = [whole.figures, whole.as_published, whole.ranges[whole.ranges["table"] != ""]]
    rows = pd.concat([frame[["table", "row_order"]] for frame in cells]).drop_duplicates()
    assert rows.groupby("table").size().to_dict() == ROWS
    assert rows.groupby("table")["row_order"].max().to_dict() == ROWS, "rows are numbered from 1"


def test_the_rows_are_those_of_the_report(in_report: dict[str, dict[tuple[int, int], str]]) -> None:
    counted = {name: max(row for row, _ in cells) for name, cells in in_report.items()}
    assert counted == ROWS


@pytest.mark.parametrize("table", [name for name in ROWS if name != QUESTIONS])
def test_every_cell_stands_where_the_report_prints_it(
    table: str, in_report: dict[str, dict[tuple[int, int], str]], whole: Release
) -> None:
    figures = whole.figures[whole.figures["table"] == table]
    derived = whole.as_published[(whole.as_published["table"] == table) & (whole.as_published["figure_id"] == "")]
    ours = pd.concat([figures, derived])
    places = list(zip(ours["row_order"], ours["column_order"], strict=True))
    assert len(places) == len(set(places))
    cells = {place: cell for place, cell in in_report[table].items() if place[1] > 0}
    assert dict(zip(places, ours["printed"], strict=True)) == cells
    labels = dict(zip(ours["row_order"], ours["row_label"], strict=True))
    printed = {row: cell for (row, column), cell in in_report[table].items() if column == 0}
    assert {row: labels[row] for row in printed} == printed


def test_every_range_and_exception_is_that_of_the_report(
    in_report: dict[str, dict[tuple[int, int], str]], whole: Release
) -> None:
    ranges = whole.ranges[whole.ranges["table"] == QUESTIONS]
    figures = whole.figures[whole.figures["table"] == QUESTIONS]
    for (row, column), cell in in_report[QUESTIONS].items():
        own = ranges[ranges["row_order"] == row].iloc[0]
        if column < 2:
            assert cell in own["question"]
            continue
        assert cell.startswith(own["scope"])
        assert own["printed"] in cell
        outside = figures.loc[figures["row_order"] == row, "printed"]
        assert set(re.findall(r"\d+%", cell)) == set(re.findall(r"\d+%", own["printed"])) | set(outside)


def test_teams_outside_a_range_are_named_with_their_values(whole: Release) -> None:
    figures = whole.figures[whole.figures["table"] == QUESTIONS]
    told: dict[str, dict[str, float]] = {question: {} for question in OUTSIDE_THE_RANGE}
    for row in figures.itertuples():
        told[row.measure.removeprefix("confidence_")][row.area.removeprefix("lpt_")] = row.value
    assert told == OUTSIDE_THE_RANGE


def test_column_headings_are_those_of_the_report(seed: str, whole: Release) -> None:
    headings = whole.figures[["table", "column_label"]].drop_duplicates()
    alike = re.sub(r"\s+", " ", seed)
    two_lines = {"speed_camera_disposals"}  # heading and period on two printed lines, joined by us with a comma
    for row in headings[~headings["table"].isin(two_lines)].itertuples():
        assert row.column_label in alike, row


# --- numbers ----------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SPELLED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SPELLED += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
WORD = re.compile(rf"\b(?:{'|'.join(SPELLED)}|fifteenth|twice)\b", re.IGNORECASE)


def numbers_in(text: str) -> set[float]:
    words = [word.lower().removesuffix("th").replace("twice", "two") for word in WORD.findall(text)]
    return {float(token.replace(",", "")) for token in NUMBER.findall(text)} | {SPELLED.index(w) + 1 for w in words}


def test_a_value_is_its_print(whole: Release) -> None:
    """No slip between the two: brackets and a minus are negative, all else is taken as printed."""
    for row in whole.figures.itertuples():
        (size,) = numbers_in(row.printed)
        negative = row.printed.startswith(("(", "-"))
        assert row.value == (-size if negative else size), row.figure_id


def test_a_statements_value_is_in_its_phrase(whole: Release) -> None:
    other, turned = [], []
    for row in whole.statements.itertuples():
        said = numbers_in(row.printed) | ({0.0} if row.printed.startswith("no change") else set())
        other += [row.id] if abs(row.value) not in said else []
        turned += [row.id] if re.search(r"(?<!\d)-\d", row.printed) and row.value > 0 else []
    assert other == []
    assert turned == []


def test_known_figures(whole: Release) -> None:
    values = whole.figures.set_index("figure_id")["value"]
    assert {name: values[name] for name in KNOWN_FIGURES} == KNOWN_FIGURES
    printed = whole.as_published.set_index("id")["printed"]
    assert {name: printed[name] for name in KNOWN_DERIVED} == KNOWN_DERIVED


def test_a_number_that_stands_in_both_files_is_one(whole: Release) -> None:
    both = whole.as_published[whole.as_published["figure_id"] != ""]
    assert (both["id"] == both["figure_id"]).all()
    assert set(both["kind"]) <= {"total", "share", "rate"}
    figures = whole.figures.set_index("figure_id").loc[both["figure_id"]]
    for column in ["table", "row_order", "row_label", "column_order", "column_label", "printed"]:
        assert (figures[column].to_numpy() == both[column].to_numpy()).all(), column
    alone = whole.as_published[whole.as_published["figure_id"] == ""]
    assert set(alone["kind"]) == {"difference", "percent_change", "baseline_difference", "baseline_percent"}


# --- periods, status and what nobody knows ----------------------------------------------------------------------------


def test_periods(whole: Release) -> None:
    figures = whole.figures.assign(
        period=whole.figures["period_start"].dt.strftime("%Y-%m-%d")
        + ".."
        + whole.figures["period_end"].dt.strftime("%Y-%m-%d")
    )
    cameras = figures["table"] == "speed_camera_disposals"
    told = figures[~cameras].groupby("role")["period"].agg(set).to_dict()
    assert told["last_12_months"] == {"2022-04-01..2023-03-31"}
    assert told["previous_12_months"] == {"2021-04-01..2022-03-31"}
    assert told["budget"] == told["actual"] == {"2022-04-01..2023-03-31"}
    assert told["wave"] == {"2022-06-01..2022-06-30", "2023-01-01..2023-01-31"}
    assert figures[cameras].groupby("role")["period"].agg(set).to_dict() == {
        "last_12_months": {"2021-10-01..2022-09-30"},
        "previous_12_months": {"2020-10-01..2021-09-30"},
        "baseline": {"2019-04-01..2020-03-31"},
    }
    baselines = figures[figures["role"] == "baseline"]
    for row in baselines.itertuples():
        national = "July 18" in row.column_label
        assert row.period == ("2018-07-01..2019-06-30" if national else "2019-04-01..2020-03-31"), row.figure_id
    assert baselines["period"].value_counts().to_dict() == {"2018-07-01..2019-06-30": 50, "2019-04-01..2020-03-31": 52}


def test_months_quarters_years_and_days_are_what_their_headings_say(whole: Release) -> None:
    figures = whole.figures.set_index("figure_id")
    for name, period in {
        "outcome_rates.outcome_16.2023_02": ("2023-02-01", "2023-02-28"),
        "conviction_rates.magistrates_court.2022_04": ("2022-04-01", "2022-06-30"),
        "speedwatch_quarter.volunteer_hours.2023_01": ("2023-01-01", "2023-03-31"),
        "speedwatch_volunteers.groups.2016": ("2016-01-01", "2016-12-31"),
        "speedwatch_volunteers.groups.2023": ("2023-01-01", "2023-03-31"),
        "crimes_awaiting_validation.crimes_awaiting_validation.2023_01_03": ("2023-01-03", "2023-01-03"),
        "ethnicity.whole_force.2023_03_31": ("2023-03-31", "2023-03-31"),
    }.items():
        assert (figures["period_start"][name], figures["period_end"][name]) == tuple(map(pd.Timestamp, period)), name


def test_a_release_holds_published_figures_only(whole: Release) -> None:
    assert set(whole.figures["status"]) == {"published"}
    assert "illustrative" not in {
        word for frame in whole.frames().values() if "status" in frame for word in frame["status"]
    }


def test_four_families_of_measures_are_broken(whole: Release) -> None:
    breaks = whole.events[whole.events["effect"] == "break"]
    assert {row.id: (row.measures, row.kind) for row in breaks.itertuples()} == {
        "validation_catch_up": ("basis:validated", "recording"),
        "asb_scrutiny": ("section:asb", "recording"),
        "strangulation_offence": ("more_serious_violence_validated more_serious_violence_reported", "recording"),
        "drug_codes_converted": ("drug_offences_validated drug_offences_reported", "recording"),
    }
    dates = breaks.set_index("id")[["from", "to"]]
    assert dates["from"].dt.strftime("%Y-%m").to_dict() == {
        "validation_catch_up": "2022-03",
        "asb_scrutiny": "2022-11",
        "strangulation_offence": "2022-06",
        "drug_codes_converted": "2022-07",
    }
    permanent = {"asb_scrutiny", "strangulation_offence"}
    assert {name for name in dates.index if pd.isna(dates["to"][name])} == permanent


def test_what_the_report_does_not_print_is_not_there(whole: Release) -> None:
    figures, statements = whole.figures, whole.statements
    names = pd.concat([figures["measure"], statements["measure"]])
    assert not names.str.contains("reoffend").any()
    assert figures.loc[figures["measure"] == "custody_waiting_time", "unit"].unique().tolist() == ["not_stated"]
    cameras = figures[figures["table"] == "speed_camera_disposals"]
    assert not cameras["row_label"].str.contains("fine", case=False).any()
    awaiting = figures[figures["measure"] == "awaiting_offence_group_reported"]
    assert awaiting["role"].tolist() == ["last_12_months"]
    lines = statements[statements["measure"] == "county_lines_arrests"]
    assert not ((lines["unit"] == "count") & (lines["period_start"].dt.year == 2021)).any()
    digital = statements[statements["measure"] == "digital_demand"]
    assert "level" not in set(digital["kind"])
    conviction = names.str.contains("conviction_rate") & ~names.isin(
        ["conviction_rate_crown", "conviction_rate_magistrates", "crime_to_conviction_rate"]
    )
    assert not conviction.any(), "no regional or national conviction rate"
    june = statements[statements["period_start"] == "2022-06-01"]
    assert "interviews" not in " ".join(june["claim"]), "the base of June 2022 is not printed"


def test_numerators_stand_only_where_they_are_printed(whole: Release) -> None:
    """They are the report's own, so a share worked out from them rounds to the print, or the report itself slips."""
    printed = whole.figures[whole.figures["numerator"].notna() & whole.figures["denominator"].notna()]
    assert set(printed["table"]) == {
        "abandoned_101_waits_percent",
        "speed_camera_disposals",
        "speedwatch_outcomes",
        "fraud_cases",
    }
    share = printed["numerator"] / printed["denominator"] * 100
    assert ((share - printed["value"]).abs() < 0.6).all()


# --- running text -----------------------------------------------------------------------------------------------------


def sections_of(text: str) -> dict[str, str]:
    """The report's text by the number of its section: "3", "3.1", ... with the tables left out."""
    told: dict[str, str] = {}
    number = ""
    for lines in paragraphs(text):
        if any("\t" in line for line in lines):
            continue
        for line in lines:
            heading = re.match(r"([1-8])\.(?:([1-8])\.?)? ?(?!Economy|Efficiency: |Effectiveness)[A-Z]", line)
            number = ".".join(part for part in heading.groups() if part) if heading else number
            listed = line.startswith("|")  # the list of ethnicity is a table
            told[number] = told.get(number, "") + ("" if heading or listed else line.replace("**", "") + "\n")
    return told


@pytest.fixture(scope="module")
def sections(seed: str) -> dict[str, str]:
    return sections_of(seed)


def quoted(whole: Release) -> pd.DataFrame:
    """Everything that is quoted from running text: id, phrase, and the number of its section."""
    ranges = whole.ranges[whole.ranges["table"] == ""]
    rows = pd.concat([frame[["id", "printed", "where"]] for frame in (whole.statements, ranges, whole.comparisons)])
    return rows.assign(section=rows["where"].str.extract(r"^section (\d(?:\.\d)?)", expand=False))


def test_every_phrase_stands_in_its_section_in_at_most_eight_words(sections: dict[str, str], whole: Release) -> None:
    rows = quoted(whole)
    assert rows.loc[rows["section"].isna(), "id"].tolist() == []
    missing = [row.id for row in rows.itertuples() if row.printed.replace("**", "") not in sections[row.section]]
    assert missing == []
    assert rows.loc[rows["printed"].str.split().str.len() > 8, "id"].tolist() == []


MONTH = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
MONTH += "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
# Numbers in running text that measure nothing, each with its reason. Anything else must be quoted.
NOT_A_FIGURE = {
    r"\b(?:999|101)\b": "the name of a telephone line",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b": "a date",
    rf"\b{MONTH} (?:20)?[12]\d\b": "a month",
    r"\b\d\d?/\d\d?/20[12]\d\b": "a date",
    r"\b20[12]\d[/-](?:20)?[12]\d\b": "a financial year",
    r"\b20[12]\d\b": "a year",
    r"\b22/23\b": "a financial year",
    r"\bQ[23]\b": "a quarter's name",
    r"\b(?:2|3|5|9|12|two|three|four|five|nine)[ -](?:months?|years?)\b": "the length of a period",
    r"\bon page \d+": "a page",
    r"\b(?:with)?in 10 seconds": "part of a measure's name",
    r"\bwithin 93 seconds": "a waiting band's name",
    r"\bwithin 15 mins": "the title of a picture",
    r"\b48 hours": "the name of a standard",
    r"\bgrade 1|\bgrade 2|\bGrade: 1, 2 and 3": "the name of a grade",
    r"24/7": "a figure of speech",
    r"\bCovid.19\b": "the name of a disease",
    r"\bA500\b": "the name of a road",
    r"\bfatal 4\b": "the name of a group of offences",
    r"\b4Ps\b": "the name of a method",
    r"\bSchedule 3\b": "the name of a law's part",
    r"\bOutcome 16\b": "the name of an outcome",
    r"\bunder 18\b|\baged \d\d (?:to \d\d|and over)": "an age band",
    r"\bunder 25s|\baged 10 years": "part of a definition",
    r"\b(?:pre|post) 30 years": "the name of an entry route",
    r"\bper 1,000 population|\bper 100,000 population": "part of a rate's unit",
    r"\blinked to 2 ASB|\bexperienced two\b|\bmore than one (?:Anti|notif|fatal)": "a band of repeats",
    r"\b2 to 3 crimes|\btwo to three crimes": "a band of repeats",
    r"\bone report|\btwo or three reports|\bfour or more times": "a band of repeats",
    r"^[123]\. E": "the number of a list",
    r"\bpoint one and two": "the number of a list",
    r"[Tt]op three allegation": "how long a list is",
    r"\bone of (?:the best|our)|\bone offence could|\binto one or more": "a figure of speech",
}  # fmt: skip


def left_out(sections: dict[str, str], rows: pd.DataFrame) -> tuple[list[str], set[str]]:
    """Numbers of the running text that no phrase quotes and no reason excuses, and the reasons that were needed.

    Every phrase is laid over as many of its occurrences as there are rows that quote it, long phrases first, and
    rather over a number that nothing quotes yet: a phrase quoted once does not excuse a second number alike.
    """
    lost, needed = [], set()
    for number, text in sections.items():
        free = set(range(len(text)))
        phrases = Counter(rows.loc[rows["section"] == number, "printed"].str.replace("**", ""))
        for phrase in sorted(phrases, key=len, reverse=True):
            found = [m.span() for m in re.finditer(rf"(?<![\d.,]){re.escape(phrase)}(?!\d)", text)]
            found.sort(key=lambda span: free.isdisjoint(range(*span)))
            for span in found[: phrases[phrase]]:
                free -= set(range(*span))
        excused: dict[int, str] = {}
        for pattern in NOT_A_FIGURE:
            for match in re.finditer(pattern, text, re.IGNORECASE | re.MULTILINE):
                excused |= {place: pattern for place in range(*match.span()) if place not in excused}
        for match in [*NUMBER.finditer(text), *WORD.finditer(text)]:
            if match.start() in free and match.start() not in excused:
                around = text[max(0, match.start() - 40) : match.end() + 25].replace("\n", " / ")
                lost.append(f"{number}: {match.group()} in '{around}'")
            elif match.start() in free:
                needed.add(excused[match.start()])
    return lost, needed


def with_peers(whole: Release) -> pd.DataFrame:
    """What is quoted, and the rate and the number of forces that a comparison holds beside its phrase."""
    rows = quoted(whole)
    own = whole.comparisons.set_index("id")
    beside = []
    for row in rows[rows["id"].isin(own.index)].itertuples():
        for column in ("value", "of_how_many"):
            value = own.loc[row.id, column]
            if pd.notna(value) and float(value) not in numbers_in(row.printed):
                beside.append({"id": row.id, "printed": f"{value:g}", "where": row.where, "section": row.section})
    return pd.concat([rows, pd.DataFrame(beside)], ignore_index=True)


def test_every_number_of_the_running_text_is_quoted(sections: dict[str, str], whole: Release) -> None:
    lost, needed = left_out(sections, with_peers(whole))
    assert lost == []
    assert set(NOT_A_FIGURE) - needed == set(), "excuses that nothing needs"


@pytest.mark.parametrize(
    ("left", "number"),
    [
        ("contact_13_answer_time_999_march", "12.6"),
        ("drugs_10_week_cash", "9102.30"),
        ("complaints_37_referrals_criteria", "one"),
        ("workforce_06_headcount_target", "1948"),
        ("contact_triage_hours", "8"),
        ("support_functions_place_peers", "4"),
    ],
)
def test_a_number_left_out_would_be_seen(sections: dict[str, str], whole: Release, left: str, number: str) -> None:
    rows = with_peers(whole)
    assert left in set(rows["id"])
    lost, _ = left_out(sections, rows[rows["id"] != left])
    assert any(f": {number} in '" in told for told in lost)


# --- our own words ----------------------------------------------------------------------------------------------------

# Columns that hold the report's own words: labels, titles, names and quoted numbers.
REPORTS_WORDS = {"printed", "row_label", "column_label", "question", "title", "where", "name", "term", "breakdown"}
REPORTS_WORDS |= {"inputs", "id", "figure_id", "table", "formula"}
NAMES = ["his majestys inspectorate of constabulary and fire rescue services"]  # longer than seven words


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[.,][0-9]+)*", re.sub("['\u2019]", "", text.lower()))


def runs(words: list[str]) -> list[str]:
    return [" ".join(words[place : place + 8]) for place in range(len(words) - 7)]


def test_our_prose_is_not_the_reports(seed: str) -> None:
    """No claim, definition, note or explanation shares eight words in a row with the report."""
    theirs = set(runs(words_of(seed)))
    copied = []
    for name in SCHEMAS:
        frame = text_frame(name)
        for column in set(frame.columns) - REPORTS_WORDS:
            for index, cell in frame[column].items():
                shared = [run for run in runs(words_of(cell)) if run in theirs and not any(run in n for n in NAMES)]
                copied += [f"{name}.csv, row {index + 2}, column {column}: {run}" for run in shared[:1]]
    assert copied == []


def test_every_claim_is_a_sentence_of_its_own() -> None:
    for name in ("statements", "comparisons"):
        frame = text_frame(name)
        assert frame.loc[~frame["claim"].str.match(r"[A-Z0-9\u2018\u201c].*\.$"), "id"].tolist() == []
        assert frame.loc[frame["claim"].duplicated(keep=False), ["id", "claim"]].to_dict("records") == []
