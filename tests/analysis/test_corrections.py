"""Corrections in words, and beside the changes that rest on a corrected number. All numbers here are invented."""

from __future__ import annotations

import pandas as pd

from analysis.changes import as_told, changes
from analysis.corrections import correction_notes, corrections_said, told_corrections
from tests.published import release

FIGURE = "asb.asb.last_12_months"
STATEMENT = "foreword_01_calls_999_per_day"


def corrections(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Corrections of the published release: id, what it should read, why."""
    own = release()
    printed = dict(zip(own.figures["figure_id"], own.figures["printed"], strict=True))
    printed |= dict(zip(own.statements["id"], own.statements["printed"], strict=True))
    return pd.DataFrame(
        [
            {"id": name, "printed": printed[name], "corrected": to, "date": pd.Timestamp("2023-06-03"), "who": "Ana",
             "why": why}
            for name, to, why in rows
        ],
        columns=["id", "printed", "corrected", "date", "who", "why"],
    )  # fmt: skip


def changed(against: str = "previous", **notes: dict[str, str]) -> pd.DataFrame:
    own = release()
    older = own.figures if against == "last-report" else None
    return changes(own.figures, own.measures, own.tables, own.events, own.statements, against, older=older, **notes)


def test_the_latest_of_several_corrections_holds() -> None:
    made = corrections((FIGURE, "1", "a slip"), (FIGURE, "2", "another slip"))
    assert correction_notes(made) == {FIGURE: "corrected to 2 on 3 June 2023: another slip"}


def test_every_correction_says_what_it_is_of() -> None:
    frames = release().frames() | {
        "corrections": corrections((FIGURE, "1", "a slip"), (STATEMENT, "60", "counted anew"))
    }
    told = told_corrections(frames)
    assert told["what"].notna().all()
    assert told["where"].notna().all()
    said = corrections_said(told, [FIGURE])
    assert said == f"{told['what'][0]}: printed {told['printed'][0]}, corrected to 1 on 3 June 2023: a slip."


def test_many_corrections_are_counted_after_the_fifth() -> None:
    ids = list(release().figures["figure_id"].head(8))
    told = told_corrections(release().frames() | {"corrections": corrections(*((name, "1", "x") for name in ids))})
    assert corrections_said(told, ids).endswith("And 3 more corrections; Data and methods lists them.")


def test_a_bare_print_has_its_commas_in_the_sentence() -> None:
    figure = "calls_999.calls_999.last_12_months"
    after = changed(notes=correction_notes(corrections((figure, "225,188", "a slip"))))
    (told,) = after.loc[after["corrected"] != "", "corrected"]
    assert told.startswith("The printed 227,486 was corrected to 225,188 on 3 June 2023")


def test_a_verdict_stays_on_what_was_printed_and_its_sentence_says_so() -> None:
    before, after = changed(), changed(notes=correction_notes(corrections((FIGURE, "1", "a slip"))))
    figures = release().figures
    row = figures[figures["figure_id"] == FIGURE].iloc[0]
    touched = (after["measure"] == row["measure"]) & (after["breakdown"] == row["breakdown"])
    assert touched.sum() == 1
    [told] = after[touched].to_dict("records")
    assert told["later_note"] == "corrected to 1 on 3 June 2023: a slip"
    assert told["earlier_note"] == ""
    assert told["corrected"] == (
        f"The printed {row['printed']} was corrected to 1 on 3 June 2023: a slip. The verdict rests on what was printed."
    )
    assert told["sentence"] == f"{before.loc[touched, 'sentence'].iloc[0]} {told['corrected']}"
    assert (after.loc[~touched, "corrected"] == "").all()
    numbers = ["earlier_value", "later_value", "difference", "verdict", "p_holm"]
    assert after[numbers].equals(before[numbers])
    assert as_told(after)["corrected"].ne("").sum() == 1


def test_the_earlier_side_of_the_last_report_has_that_reports_corrections() -> None:
    own = release()
    older = own.figures[own.figures["role"] == "last_12_months"].copy()
    for name in ("period_start", "period_end"):
        older[name] = older[name] - pd.DateOffset(years=1)
    told = changes(
        own.figures, own.measures, own.tables, own.events, own.statements, "last-report", older=older,
        older_notes={FIGURE: "corrected to 1 on 3 June 2023: a slip"},
    )  # fmt: skip
    assert told.loc[told["corrected"] != "", "earlier_note"].tolist() == ["corrected to 1 on 3 June 2023: a slip"]
    assert (told["later_note"] == "").all()
