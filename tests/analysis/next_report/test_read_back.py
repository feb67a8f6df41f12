"""A filled-in workbook read back: periods set by hand, rows that come and go, lists, and paragraphs with numbers."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from analysis.audit import audit
from analysis.audit.printed import read_printed
from analysis.colleague.named_months import month_findings
from analysis.next_report import Read, made_from, read_back
from analysis.next_report.cells import WORKED_OUT
from analysis.next_report.grid import address
from analysis.next_report.sheets import places_of_ids
from data.release_files import made_release
from tests.filled_workbook import answered, edited, place_of, planned
from tests.filled_workbook import read_shipped as read
from tests.filled_workbook import shipped_answers as filled
from tests.filled_workbook import shipped_sheets as sheets
from tests.published import release

CONFIDENCE, CALLS = "29 Public confidence", "1 999 calls"


def at(sheet: str, key: str, heading: str) -> tuple[str, str]:
    return place_of(sheets(), sheet, key, heading)


def sentences(found: Read) -> list[str]:
    return [problem.sentence for problem in found.problems]


def test_the_same_numbers_a_quarter_on() -> None:
    found = read({})
    assert sentences(found) == []
    figures = found.frames["figures"].set_index("figure_id")
    last = figures.loc["calls_999.calls_999.last_12_months"]
    assert (last["period_start"], last["period_end"], last["printed"]) == ("2022-07-01", "2023-06-30", "227486")
    before = release().figures.set_index("figure_id")
    assert len(figures) == len(before)
    fixed = before[before["role"] == "baseline"]
    assert (figures.loc[fixed.index, "printed"] == fixed["printed"]).all()
    month = figures.loc["custody.arrests.2023_03"]
    assert (month["printed"], month["column_label"], month["column_order"]) == ("1,246", "Mar - 23", "5")


def test_what_is_worked_out_is_written_as_the_report_writes_it() -> None:
    """With the same numbers a quarter on, every derived number that the report had right is printed alike again."""
    graded = audit(release().frames()).set_index("id")["grade"]
    ids = {cell.older: name for name, cell in planned(release())[0].cells().items()}
    found = read({}).frames["as_published"].set_index("id")
    written = [
        (row.printed, found.at[ids[row.id], "printed"])
        for row in release().as_published.itertuples()
        if graded[row.id] == "agrees" and row.table != "conviction_rates"  # its quarters have moved on
    ]
    same = [now for then, now in written if then == now]
    assert len(written) > 480
    # what rests on a total that the report prints otherwise than its parts give
    assert len(written) - len(same) <= 12
    assert {"(175)", "1,162", "↑ 16529", "46.2%", "-22.5%"} <= set(same)


def test_what_is_worked_out_may_be_typed_over_with_what_the_report_prints() -> None:
    """As it is pasted, or as a number: the print stands as it was before, a slip with it, for the check to find."""
    plan, places = planned(release())[0], places_of_ids(sheets())
    own = {
        (place[0], address(*place[1:])): cell.was
        for name, cell in plan.cells().items()
        if cell.kind == WORKED_OUT and cell.was and (place := places[name])
    }
    assert len(own) > 400
    numbers = {place: float(printed.value) for place, was in own.items() if (printed := read_printed(was))}
    plain = read({}).frames["as_published"].set_index("id")["printed"]
    for typed in (own, numbers):
        found = read(typed)
        assert found.problems == ()
        printed = found.frames["as_published"].set_index("id")["printed"]
        assert [
            name for name, cell in plan.cells().items() if cell.kind == WORKED_OUT and cell.was != printed[name]
        ] == []
        assert (printed != plain).sum() > 5, "the report's own slips, which are not what follows"


def test_a_wave_moves_on_when_its_period_is_changed_and_its_numbers_are_asked_for() -> None:
    key = "confidence_questions.column."
    june = {
        at("Periods", f"{key}c1", "Heading now"): "January 2023",
        at("Periods", f"{key}c2", "Heading now"): "June 2023",
    }
    june |= {at("Periods", f"{key}c1", "First"): "2023-01-01", at("Periods", f"{key}c1", "Last"): "31/01/2023"}
    june |= {at("Periods", f"{key}c2", "First"): "1 June 2023", at("Periods", f"{key}c2", "Last"): "2023-06-30"}
    found = read(june)
    stale = [problem for problem in found.problems if problem.sheet == CONFIDENCE]
    same = {"confidence_questions.1", "confidence_questions.4"}  # 93 and 49 per cent in both waves
    assert len(stale) == 22 - len(same)
    assert "expected the number for 2023-06-01 to 2023-06-30, as Periods says now" in stale[-1].sentence
    rows = [f"confidence_questions.{number}" for number in range(1, 12)]
    cleared = {at(CONFIDENCE, row, "June 2022"): None for row in rows}
    typed = {at(CONFIDENCE, row, "January 2023"): "70%" for row in rows}
    found = read(june | cleared | typed)
    assert sentences(found) == []
    own = found.frames["figures"].set_index("figure_id")
    assert own.at["confidence_questions.q12.2023_01", "printed"] == "68%"
    assert own.at["confidence_questions.q12.2023_01", "column_label"] == "January 2023"
    assert own.at["confidence_questions.q12.2023_06", "printed"] == "70%"
    change = found.frames["as_published"].set_index("id").loc["confidence_questions.q12.difference"]
    assert change["inputs"] == "confidence_questions.q12.2023_06 confidence_questions.q12.2023_01"
    assert change["printed"] == "+2%"


def test_a_share_that_did_not_change_is_taken_where_most_of_its_column_is_typed_anew() -> None:
    key = "confidence_questions.column.c2"
    june = {at("Periods", key, "First"): "1 June 2023", at("Periods", key, "Last"): "2023-06-30"}
    rows = [f"confidence_questions.{number}" for number in range(1, 12)]
    typed = {at(CONFIDENCE, row, "January 2023"): f"{40 + place}%" for place, row in enumerate(rows)}
    same = at(CONFIDENCE, rows[0], "January 2023")
    stood = shipped_value(same)
    found = read(june | typed | {same: stood})
    assert [problem.sentence for problem in found.problems if problem.cell == same[1]] == []
    own = found.frames["figures"].set_index("figure_id")
    assert float(
        own.loc[own["table"] == "confidence_questions"].query("period_end == '2023-06-30'")["value"].iloc[0]
    ) == (float(str(stood).rstrip("%")))


def shipped_value(place: tuple[str, str]) -> object:
    """What stands in a cell of the workbook as it is handed out."""
    row, column = coordinate_to_tuple(place[1])
    cells = filled()
    (value,) = cells.loc[(cells["sheet"] == place[0]) & (cells["row"] == row) & (cells["column"] == column), "value"]
    return value


def test_what_is_newly_missing_is_added_and_a_kind_that_is_none_is_told_with_its_cell() -> None:
    sheet = "Not in the report"
    row = {at(sheet, "new_1", "Section"): "Custody", at(sheet, "new_1", "What"): "Strip searches by age.",
           at(sheet, "new_1", "What would"): "A table by age."}  # fmt: skip
    found = read(row | {at(sheet, "new_1", "Kind"): "Missing"})
    assert sentences(found) == []
    new = found.frames["not_in_report"].iloc[-1]
    assert (new["section"], new["kind"], new["what"]) == ("custody", "missing", "Strip searches by age.")
    assert len(found.frames["not_in_report"]) == len(release().not_in_report) + 1
    kind = at(sheet, "new_1", "Kind")
    (told,) = sentences(read(row | {kind: "chart"}))
    assert told.startswith(f"{sheet}, cell {kind[1]}: found 'chart', expected picture or missing.")


def test_a_place_with_the_unit_of_a_value_needs_the_value() -> None:
    cell = at("Comparisons", "knife_gun_crime_knife_rate_rank", "Value")
    printed = at("Comparisons", "knife_gun_crime_knife_rate_rank", "As printed")
    (told,) = sentences(read({printed: "6th (6 of 8 compared to MSF)"}))
    assert told.startswith(f"Comparisons, cell {cell[1]}: found nothing, expected the value beside the place")
    found = read({printed: "6th (6 of 8 compared to MSF)", cell: 0.77})
    assert found.frames["comparisons"].set_index("id").at["knife_gun_crime_knife_rate_rank", "value"] == "0.77"


def test_a_numbered_heading_names_its_section_or_is_asked_about() -> None:
    def pasted(*lines: str) -> Read:
        return read({at("Statements", f"new_{place}", "Paragraph"): line for place, line in enumerate(lines, start=1)})

    found = pasted("3.3 ASB", "There were 321 patrols.", "Section 6.1: Custody", "There were 654 visits.")
    assert sentences(found) == []
    assert list(found.frames["statements"]["section"]) == ["asb", "custody"]
    (told,) = sentences(pasted("3.3 ASB", "There were 321 patrols.", "4.2 Stalking", "There were 654 visits."))
    assert "expected the section of “4.2 Stalking”, which is no heading of the report before" in told
    beside = {at("Statements", "new_2", "Section"): "Custody"}
    lines = {at("Statements", "new_1", "Paragraph"): "4.2 Stalking",
             at("Statements", "new_2", "Paragraph"): "There were 654 visits."}  # fmt: skip
    assert sentences(read(lines | beside)) == []


def test_a_number_in_a_measures_name_is_no_figure() -> None:
    found = read({
        at("Statements", "new_1", "Section"): "Contacting the police",
        at("Statements", "new_1", "Paragraph"): "The share of 999 calls answered within 10 seconds has fallen.",
    })  # fmt: skip
    assert found.frames["statements"].empty


def test_a_table_that_is_no_longer_printed_is_left_out() -> None:
    found = read({at("Contents", "homicide", "Printed"): "no"})
    assert sentences(found) == []
    assert "homicide" not in set(found.frames["tables"]["id"]) | set(found.frames["figures"]["table"])


def test_a_row_of_a_total_that_is_left_blank_leaves_the_sum() -> None:
    gone = {at("10 Anti-social behaviour", "asb.3", heading): None for heading in ("Previous", "Last")}
    found = read(gone)
    assert sentences(found) == []
    total = found.frames["as_published"].set_index("id").loc["asb.asb.last_12_months"]
    assert len(total["inputs"].split()) == 2
    assert any("“ASB - Environmental - E3” was left blank" in note for note in found.notes)


def test_one_blank_cell_of_a_row_is_asked_for_and_x_says_it_is_not_printed() -> None:
    place = at("10 Anti-social behaviour", "asb.3", "Last")
    assert [problem.cell for problem in read({place: None}).problems] == ["D8"]
    found = read({place: "[X]"})
    assert sentences(found) == []
    assert "asb.asb_environmental_e3.last_12_months" not in set(found.frames["figures"]["figure_id"])


def test_a_formula_of_ones_own_is_read_by_its_saved_result() -> None:
    row = [at("10 Anti-social behaviour", "asb.3", heading) for heading in ("Previous", "Last")]
    cells = edited(filled(), {row[0]: 400, row[1]: 410})
    own = cells["sheet"].eq("10 Anti-social behaviour") & cells["row"].eq(8) & cells["column"].isin([3, 4])
    saved = read_back(cells.assign(formula=cells["formula"] | own), release().frames())
    assert sentences(saved) == []
    held = saved.frames["figures"].set_index("figure_id")
    assert held.at["asb.asb_environmental_e3.last_12_months", "value"] == "410"
    unsaved = cells.assign(formula=cells["formula"] | own, value=cells["value"].mask(own, None))
    told = sentences(read_back(unsaved, release().frames()))
    assert len(told) == 2
    assert "found 'a formula without a saved result', expected a number." in told[0]


def test_a_new_part_joins_its_total() -> None:
    sheet, key = "10 Anti-social behaviour", "asb.new_1"
    row = {at(sheet, key, heading): value for heading, value in {"Row": "ASB - Noise", "Previous": 10, "Last": 20,
                                                                "Baseline (": 30}.items()}  # fmt: skip
    found = read(row)
    assert sentences(found) == []
    figures = found.frames["figures"].set_index("figure_id")
    assert figures.at["asb.asb_noise.last_12_months", "breakdown"] == "type=ASB - Noise"
    derived = found.frames["as_published"].set_index("id")
    assert "asb.asb_noise.last_12_months" in derived.at["asb.asb.last_12_months", "inputs"].split()
    before = release().figures.set_index("figure_id")["value"]
    assert float(figures.at["asb.asb.last_12_months", "value"]) == before["asb.asb.last_12_months"] + 20
    assert derived.at["asb.asb_noise.percent_change", "printed"] == "100.0%"


def test_a_new_measure_must_say_what_it_counts() -> None:
    sheet, key = "13 Motoring offences", "motoring_offences.new_1"
    row = {at(sheet, key, heading): value for heading, value in {"Row": "E-Scooter", "Previous": 10, "Last": 20,
                                                                "Baseline (": "[x]"}.items()}  # fmt: skip
    assert "expected what “E-Scooter” counts" in sentences(read(row))[0]


def test_a_team_outside_the_range_is_named_anew() -> None:
    sheet, key = "30 Public confidence by Local", "confidence_by_team.2"
    named = place_of(sheets(), sheet, key, "LPT Comparison (Jan 2023): area")
    number = (named[0], f"D{named[1][1:]}")
    found = read({named: "Tamworth", number: "30%"})
    assert sentences(found) == []
    own = found.frames["figures"]
    row = own[(own["table"] == "confidence_by_team") & (own["row_order"] == "2")].iloc[0]
    assert (row["area"], row["printed"], row["figure_id"]) == (
        "lpt_tamworth", "30%", "confidence_by_team.q2_lpt_tamworth.2023_01",
    )  # fmt: skip


def test_places_and_ranges_are_read_from_their_print() -> None:
    place, span = "contact_calls_999_rank_12_months", "contact_answered_10s_last_5_months"
    found = read(
        {at("Comparisons", place, "As printed"): "24th out of 43", at("Ranges", span, "As printed"): "80% to 86%"}
    )
    assert sentences(found) == []
    row = found.frames["comparisons"].set_index("id").loc[place]
    assert (row["rank"], row["of_how_many"], row["period_end"]) == ("24", "43", "2023-06-30")
    ends = found.frames["ranges"].set_index("id").loc[span]
    assert (ends["low"], ends["high"], ends["period_start"]) == ("80", "86", "2023-02-01")
    asked = read({at("Ranges", span, "As printed"): "a great many"})
    assert "expected the lower or the upper end" in sentences(asked)[0]


def test_what_begins_at_a_fixed_day_keeps_it_and_words_left_behind_are_asked_about() -> None:
    peers, since, peak = (
        "complaints_iopc_referrals_peers",
        "victims_code_gateway_days",
        "inspection_waiting_review_march_2023",
    )
    found = read(
        {at("Comparisons", peers, "As printed"): "average of 90", at("Ranges", since, "As printed"): "within 2 days",
         at("Ranges", peak, "As printed"): "just over 600"}
    )  # fmt: skip
    places = found.frames["comparisons"].set_index("id")
    assert places.loc[peers, ["period_start", "period_end"]].tolist() == ["2022-04-01", "2023-03-31"]
    ranges = found.frames["ranges"].set_index("id")
    assert ranges.loc[since, ["period_start", "period_end"]].tolist() == ["2022-08-01", "2023-06-30"], "since August"
    asked = month_findings(made_release("2023-06", found.info, found.frames).frames())
    assert [each.number_id for each in asked] == [peak], "it says March 2023 and runs in June"
    assert found.places[peak] == at("Ranges", peak, "As printed")
    assert month_findings(release().frames()) == []


def test_promises_events_and_reasons() -> None:
    changes = {
        at("Promises", "ppu_posts", "Status"): "kept",
        at("Promises", "new_1", "What"): "Mend the roof",
        at("Promises", "new_1", "Status"): "promised",
        at("Promises", "new_1", "Section"): "Custody",
        at("Events", "op_encompass", "Title"): None,
        at("Reasons", "new_1", "Finding"): "revised asb.asb.baseline",
        at("Reasons", "new_1", "Reason"): "Counted again in June.",
    }
    found = read(changes)
    assert sentences(found) == []
    promises = found.frames["commitments"].set_index("id")
    assert promises.at["ppu_posts", "status"] == "kept"
    assert promises.at["mend_the_roof", "section"] == "custody"
    assert "op_encompass" not in set(found.frames["events"]["id"])
    assert (
        found.frames["events"]["measures"].tolist()
        == release().events.query("id != 'op_encompass'")["measures"].tolist()
    )
    assert found.reasons == {"revised asb.asb.baseline": "Counted again in June."}
    assert "expected why the finding is right" in sentences(read({at("Reasons", "new_1", "Finding"): "x"}))[0]


def test_no_reason_is_lost_however_many_there_are() -> None:
    (own,) = [sheet for sheet in sheets() if sheet.name == "Reasons"]
    last = own.header_row + len(own.rows)
    rows = {f"finding {row}": row for row in (*range(own.header_row + 1, last + 1), last + 1, last + 7)}
    cells = {("Reasons", f"A{row}"): key for key, row in rows.items()}
    found = read(cells | {("Reasons", f"B{row}"): f"Because of {row}." for row in rows.values()})
    assert sentences(found) == []
    assert found.reasons == {key: f"Because of {row}." for key, row in rows.items()}
    assert len(own.rows) >= 300
    assert not [note for note in found.notes if "Reasons" in note]


def test_a_finding_with_two_reasons_is_told() -> None:
    twice = {
        ("Reasons", "A4"): "new x",
        ("Reasons", "B4"): "It was counted anew.",
        ("Reasons", "A6"): "new x",
        ("Reasons", "B6"): "Late reports came in.",
    }
    [told] = sentences(read(twice))
    assert told.startswith("Reasons, cell A6: found 'new x', expected each finding only once.")
    assert read(twice | {("Reasons", "B6"): "It was counted anew."}).reasons == {"new x": "It was counted anew."}


def test_a_word_of_agreement_is_no_reason() -> None:
    [told] = sentences(read({("Reasons", "A4"): "new x", ("Reasons", "B4"): "Okay."}))
    assert told == (
        "Reasons, cell B4: found 'Okay.', expected why the finding is right as it is, in a few words. Give a reason."
    )


def test_numbers_of_pasted_paragraphs_become_statements() -> None:
    text = [
        "1.1 Chief Constable's Foreword",
        "We took 61 more calls per day than a year ago. Patrols found 1,234 lost umbrellas.",
        "Homicide",
        "Lost dogs rose from 400 to 500, an increase of 25%. We stand 12th out of 43.",
    ]
    found = read({at("Statements", f"new_{number}", "Paragraph"): line for number, line in enumerate(text, start=1)})
    assert sentences(found) == []
    rows = found.frames["statements"].set_index("printed")
    assert rows.loc["61 more calls per day", ["id", "formula", "section"]].tolist() == [
        "foreword_01_calls_999_per_day", "(a - b) / 365", "foreword",
    ]  # fmt: skip
    assert rows.loc["1,234 lost umbrellas", ["formula", "unit"]].tolist() == ["stands alone", "count"]
    share = rows.loc["an increase of 25%"] if "an increase of 25%" in rows.index else rows.loc["increase of 25%"]
    assert (share["value"], share["kind"], share["section"]) == ("25", "percent_change", "homicide")
    assert len(share["inputs"].split()) == 2
    told = " ".join(found.notes)
    assert "places were left out; they belong on the sheet Comparisons" in told
    assert "these stand alone, for nothing gives them: “1,234 lost umbrellas”" in told


def test_a_number_that_stands_alone_keeps_the_measure_and_the_period_that_its_sentence_names() -> None:
    text = [
        "There were 28,213 anti-social behaviour incidents in the last 12 months.",
        "There were 1,913 anti-social behaviour incidents in the last 12 months.",
        "Officers went to 9,671 anti-social behaviour incidents in Stafford.",
        "In 2009 there were 8,642 anti-social behaviour incidents.",
        "About 7,531 anti-social behaviour incidents were looked at.",
        "Patrols found 1,234 lost umbrellas.",
    ]
    cells = {at("Statements", f"new_{number}", "Paragraph"): line for number, line in enumerate(text, start=1)}
    found = read(cells | {at("Statements", "new_1", "Section"): "asb"})
    rows = found.frames["statements"].set_index("value")
    assert set(rows["formula"]) == {"stands alone"}
    own = ["measure", "period_start", "period_end"]
    assert rows.loc["28213", own].tolist() == ["asb", "2022-07-01", "2023-06-30"]
    assert rows.loc["1913", own].tolist() == ["asb", "", ""], "a part of them"
    for other in ("9671", "8642", "7531", "1234"):
        assert rows.loc[other, own].tolist() == ["", "", ""], other
    made_release("2023-06", found.info, found.frames)
    assert found.places[rows.at["28213", "id"]] == at("Statements", "new_1", "Paragraph")


def test_a_number_quoted_again_keeps_the_time_that_its_sentence_names() -> None:
    """Else it is of the period a quarter on; the uplift's target of 31/3/2024 does not roll."""
    lines = [
        "8.1 Workforce",
        "The force has a target of 2,000 officers by 31/3/2024.",
        "5.2 Victim satisfaction",
        "86% were satisfied with the follow up contact and this is stable.",
    ]
    found = read({at("Statements", f"new_{number}", "Paragraph"): line for number, line in enumerate(lines, start=1)})
    assert sentences(found) == []
    before = release().statements.set_index("id")
    rows = found.frames["statements"].set_index("printed")
    target = rows.loc[next(name for name in rows.index if "2,000 officers" in name)]
    assert target["period_end"] in ("2024-03-31", "")
    own = rows[rows["measure"] == before.at["victim_satisfaction_05_follow_up", "measure"]].iloc[0]
    assert own["period_end"] == "2023-06-30"


def test_ids_of_quoted_numbers_stay_when_another_is_pasted_before_them() -> None:
    """So that a reason for leaving one stays with it."""
    lines = ["Homicide", "Lost dogs rose to 417.", "Patrols found 1,234 lost umbrellas."]
    more = ["Homicide", "Lost cats were 93.", *lines[1:]]
    ids = [
        set(read({at("Statements", f"new_{number}", "Paragraph"): line for number, line in enumerate(text, start=1)})
            .frames["statements"]["id"])
        for text in (lines, more)
    ]  # fmt: skip
    assert len(ids[0]) == 2
    assert ids[0] < ids[1]


def test_every_number_knows_its_cell_where_rows_have_moved_too() -> None:
    found = read({})
    whole = planned(release())[1]
    stand = {name: (place[0], address(*place[1:])) for name, place in places_of_ids(whole).items()}
    figures = found.frames["figures"]["figure_id"]
    assert {name: found.places[name] for name in figures if name in stand} == {
        name: stand[name] for name in figures if name in stand
    }
    assert set(figures) <= set(found.places)
    assert set(found.frames["as_published"]["id"]) <= set(found.places)
    assert found.places["calls_999"] == (CALLS, "")
    cells = filled()
    own = (cells["sheet"] == CALLS) & (cells["row"] > 6)
    moved = cells.assign(row=cells["row"].where(~own, cells["row"] + 3))
    name = figures[found.frames["figures"]["table"] == "calls_999"].iloc[-1]
    sheet, cell = found.places[name]
    lower = re.sub("[0-9]+", lambda row: str(int(row[0]) + 3 * (int(row[0]) > 6)), cell)
    assert read_back(moved, release().frames()).places[name] == (sheet, lower)


def test_paragraphs_without_a_section_are_asked_about_once() -> None:
    found = read({at("Statements", f"new_{number}", "Paragraph"): "There were 12 of them." for number in (1, 2)})
    assert [problem.cell for problem in found.problems] == [at("Statements", "new_1", "Section")[1]]


def test_another_workbook_is_refused() -> None:
    other = pd.DataFrame([["Sheet1", 1, 1, "Row", "General", False, ""]], columns=filled().columns)
    with pytest.raises(ValueError, match="not the workbook of a next report"):
        made_from(other)
    assert made_from(filled()) == "2023-03"


def test_a_sheet_that_is_gone_or_renamed() -> None:
    renamed = filled().replace({"sheet": {CALLS: "Calls to 999"}})
    found = read_back(renamed, release().frames())
    assert sentences(found) == []
    assert "The sheet “Calls to 999” was read as “1 999 calls”." in found.notes
    gone = filled()[filled()["sheet"] != CALLS]
    assert sentences(read_back(gone, release().frames()))[0].startswith("1 999 calls, cell A1: found nothing")


def test_the_release_that_was_made_has_a_workbook_of_its_own() -> None:
    """A year that has ended by then moves on, and the months of the older one are filled in."""
    made = read({})
    june = made_release("2023-06", made.info, made.frames)
    found = read_back(answered(*planned(june, "2023-12", date(2023, 12, 31))), june.frames())
    assert sentences(found) == []
    made_release(found.release_id, found.info, found.frames)
    years = found.frames["figures"].query("table == 'speedwatch_volunteers' and column_order == '1'")
    assert years["period_end"].tolist()[-2:] == ["2023-12-31", "2023-12-31"]
    assert years["role"].tolist()[-2:] == ["year", "year_to_date"]
    assert years["row_label"].tolist()[-2:] == ["2023", "2023 to 31 st December"]


def test_the_lines_above_a_table_of_an_earlier_workbook_are_known() -> None:
    line = (
        "A thick border: to fill. A thin border and italics: filled in from the report before, may be revised. No border: "
        "worked out; a total, which has a dashed border, may be typed over."
    )
    assert not [note for note in read({(CALLS, "A3"): line}).notes if "not read" in note]


def test_the_lines_above_the_reasons_of_an_earlier_workbook_are_known() -> None:
    line = (
        "When the workbook is read, what a colleague would ask is listed with a key. Mend it here in the workbook, or "
        "copy its key and say why it is right."
    )
    assert not [note for note in read({("Reasons", "A2"): line}).notes if "Reasons" in note]
