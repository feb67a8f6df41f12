"""The surveys that the report prints: every question found, and which changes stand under which assumption."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.survey_published import changes_assuming, printed_table, survive
from tests.published import release

FIRM = {"Q4", "Q5", "Q16", "Q17", "Q23"}  # after Holm, at 1,500 answers in June and a design effect of 1.25


def table(survey: str = "confidence") -> pd.DataFrame:
    shown = release()
    waves = shown.surveys[shown.surveys["survey"] == survey]
    return printed_table(waves, shown.figures, shown.statements, shown.measures)


def real(verdicts: pd.Series, labels: pd.Series) -> set[str]:
    return {label.split()[0] for label, verdict in zip(labels, verdicts, strict=True) if verdict == "real change"}


def test_eleven_questions_in_two_waves_as_printed() -> None:
    told = table()
    assert told["question"].nunique() == 11
    wide = told.pivot(index="question", columns="wave", values="percent")
    assert wide.loc["confidence_q12"].to_dict() == {"June 2022": 63, "January 2023": 68}
    assert told.groupby("wave")["base"].first().dropna().to_dict() == {"January 2023": 1602}


def test_six_answers_of_victims_in_one_year() -> None:
    told = table("satisfaction")
    assert told["percent"].tolist() == [24, 21, 78, 86, 79, 64]
    assert told["base"].unique().tolist() == [5765]
    estimated, changed = changes_assuming(told, {})
    assert changed.empty
    assert (
        estimated["caveat"].str.contains("Assumed: 5,765 answers to every question, and a design effect of 1.25").all()
    )


@pytest.mark.parametrize(
    ("effect", "firm"), [(1.0, FIRM | {"Q12"}), (1.25, FIRM), (1.5, FIRM - {"Q4"})], ids=["1.0", "1.25", "1.5"]
)
def test_what_stands_after_holm(effect: float, firm: set[str]) -> None:
    told = table()
    _, changed = changes_assuming(told, {"June 2022": 1500}, effect)
    labels = changed["question"].map(told.drop_duplicates("question").set_index("question")["label"])
    assert real(changed["verdict"], labels) == firm


def test_confidence_in_the_police_on_both_corrections() -> None:
    told = table()
    _, changed = changes_assuming(told, {"June 2022": 1500})
    row = changed.set_index("question").loc["confidence_q12"]
    assert [round(row[name], 3) for name in ("lower", "upper", "p", "p_holm", "p_bh")] == [
        0.013, 0.087, 0.009, 0.053, 0.016,
    ]  # fmt: skip
    assert row["verdict"] == "likely change"
    assert row["caveat"].startswith("June 2022: Assumed: 1,500 answers to every question, and a design effect of 1.25.")
    _, changed = changes_assuming(told, {"June 2022": 1500}, correction="bh")
    assert changed.set_index("question")["verdict"]["confidence_q12"] == "real change"


def test_a_printed_base_wins_over_an_assumed_one() -> None:
    told, _ = changes_assuming(table(), {"June 2022": 1500, "January 2023": 9})
    assert told.groupby("wave")["n"].first().to_dict() == {"June 2022": 1500, "January 2023": 1602}


def test_a_wave_without_any_base_is_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"has no base above 0\. Say how many answers to assume"):
        changes_assuming(table(), {})


def test_each_design_effect_has_a_column() -> None:
    told = survive(table(), {"June 2022": 1500}, [1.0, 1.5, 2.0])
    counts = [(told[effect] == "real change").sum() for effect in (1.0, 1.5, 2.0)]
    assert counts == sorted(counts, reverse=True)
    assert counts[:2] == [6, 4]


def test_a_release_without_surveys_has_none() -> None:
    shown = release()
    told = printed_table(shown.surveys.head(0), shown.figures, shown.statements, shown.measures)
    assert told.empty
