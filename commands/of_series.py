"""What is asked of a series: its parts, what lies beyond the season, its control chart, and what may come next."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from commands.arguments import Shared
from commands.asked import asked_release
from commands.output import write
from data.catalogue import plain_cells
from data.errors import DataError
from data.series_file import SeriesFile, open_series_file

if TYPE_CHECKING:
    from analysis.regular import Checked, Shock

__all__ = ["add_series_commands"]

_FILE = "CSV: period first (YYYY-MM, YYYY-MM-DD, YYYY-Qn or a whole number), then values"
_Result = TypeVar("_Result")


def add_series_commands(shared: Shared) -> None:
    """Add ``decompose``, ``beyond-season``, ``control`` and ``forecast``."""
    series = argparse.ArgumentParser(add_help=False)
    series.add_argument("file", metavar="FILE", help=_FILE)
    series.add_argument("--value", metavar="COL", help="the column of values; needed where there are several")
    series.add_argument(
        "--shock", metavar="A:B", action="append", default=[], help="a time when nothing was as usual; may be repeated"
    )
    series.add_argument("--keep-low", action="store_true", help="use periods that look unpublished as they stand")
    command = shared.commands.add_parser(
        "decompose", parents=[series, shared.formats], help="trend, season and remainder of a series, as R's stl"
    )
    command.add_argument("--period", metavar="N[,N]", type=_numbers, help="12 months, 4 quarters, 7 days unless named")
    command.add_argument("--seasonal", metavar="W[,W]", type=_spans, help="periodic, or a window such as 13; periodic "
                         "unless named, of several periods 11, 15, ...")  # fmt: skip
    for name, what in (("trend", "trend"), ("low-pass", "low-pass")):
        command.add_argument(f"--{name}", metavar="W", type=int, help=f"{what} window; as R's stl unless named")
    command.add_argument("--jump", metavar="N", type=int, help="steps that smoothers jump, 1 for none; as R's stl")
    for name, what in (
        ("robust", "give far-off values little weight"),
        ("per-day", "divide by the days of each period"),
        ("log", "take logarithms"),
    ):
        command.add_argument(f"--{name}", action="store_true", help=what)
    command.set_defaults(run=decompose)
    command = shared.commands.add_parser(
        "beyond-season", parents=[series, shared.release, shared.tested], help="is a change more than the season"
    )
    command.add_argument("--since", metavar="P", required=True, help="the first period after the date, such as 2022-11")
    command.add_argument(
        "--origin", choices=["beforehand", "after-looking", "not-said"], default="not-said",
        help="whether the date was named before the figures were seen",
    )  # fmt: skip
    command.add_argument("--measure", metavar="M", help="the release's measure that this is: its events are counted")
    command.set_defaults(run=beyond_season)
    command = shared.commands.add_parser(
        "control", parents=[series, shared.formats], help="a control chart of values a day without their season"
    )
    command.add_argument("--raw", action="store_true", help="chart the values as given, season and all")
    command.add_argument("--rebase", metavar="P=EVENT", action="append", default=[], help="start limits anew, and why")
    command.add_argument("--months-in-each", metavar="N", type=int, help="of rolling figures, which are refused")
    command.set_defaults(run=control)
    command = shared.commands.add_parser(
        "forecast", parents=[series, shared.formats, shared.tested], help="what may come next, and how far that erred"
    )
    command.add_argument("--months", metavar="N", type=int, default=12, help="periods ahead; 12 unless named")
    command.set_defaults(run=forecast)


def decompose(asked: argparse.Namespace) -> int:
    """Print trend, season and remainder of a series."""
    from analysis.decompose import decompose as decomposed

    series, checked, _ = _series(asked)
    parts = _told(
        lambda: decomposed(
            checked, asked.period, asked.seasonal, log=asked.log, per_day=asked.per_day, robust=asked.robust,
            trend=asked.trend, low_pass=asked.low_pass, jump=asked.jump,
        )
    )  # fmt: skip
    _say([*parts.notes, f"{parts.method()}."])
    rows = _labelled(parts.frame, series)
    write(rows, asked.format, list(rows.columns))
    return 0


def beyond_season(asked: argparse.Namespace) -> int:
    """Print what came since a date beside what was to be expected, and whether it is more than chance."""
    from analysis.step import beyond_season as tested
    from analysis.step_words import beyond_sentence

    series, checked, shocks = _series(asked, said=False)
    since: Any = series.step(asked.since)
    events = _events(asked) if asked.measure else None
    found = _told(
        lambda: tested(checked, since, shocks, events=events, origin=asked.origin, confidence=asked.confidence)
    )
    months = _labelled(found.months, series)
    totals: dict[str, object] = {
        name: getattr(found, name)
        for name in ("sum_observed", "sum_expected", "ratio", "ratio_lower", "ratio_upper", "rho", "p", "verdict")
    }
    caveats = [*series.notes, *_others(found.caveats, series)]
    if asked.format == "json":
        more: dict[str, object] = {"sum_lower": found.sum_lower, "sum_upper": found.sum_upper}
        more |= {"standard_error": found.standard_error, "dispersion": found.dispersion, "t": found.t}
        more |= {"degrees": found.degrees, "origin": found.origin, "method": found.method}
        rows = plain_cells(months).to_dict("records")
        told = {"months": rows, **totals, "caveats": caveats, "sentence": beyond_sentence(found), **more}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    write(months, asked.format, list(months.columns))
    out = sys.stdout if asked.format == "table" else sys.stderr
    p = f"p {found.p:.2g}, dispersion {found.dispersion:.1f}, link between neighbours {found.rho:.2f}"
    print("\n".join(["", beyond_sentence(found), f"Verdict: {found.verdict} ({p}).", *caveats]), file=out)
    return 0


def control(asked: argparse.Namespace) -> int:
    """Print a series with the limits of its control chart and the rules that each point meets."""
    from analysis.control import control_chart
    from analysis.rolling import looks_rolling

    series, checked, shocks = _series(asked)
    each = asked.months_in_each or (12 if looks_rolling(series.column) else 1)
    rebase = dict(_rebase(text, series) for text in asked.rebase)
    chart = _told(lambda: control_chart(checked, raw=asked.raw, shocks=shocks, months_in_each=each, rebase=rebase))
    _say([*chart.notes[len(checked.notes) :], f"{chart.method}."])
    rows = _labelled(chart.frame, series)
    write(rows, asked.format, list(rows.columns))
    return 0


def forecast(asked: argparse.Namespace) -> int:
    """Print what may come next beside last year's figures; JSON adds how both have done."""
    from analysis.forecast import forecast as looked_ahead
    from analysis.forecast import forecast_sentence

    series, checked, _ = _series(asked)
    found = _told(lambda: looked_ahead(checked, asked.months, asked.confidence))
    rows = _labelled(found.frame, series)
    _say([*found.notes[len(checked.notes) :], forecast_sentence(found)])
    if asked.format != "json":
        write(rows, asked.format, list(rows.columns))
        return 0
    names = ["mase", "naive_mase", "coverage", "plain_coverage", "widened"]
    totals = plain_cells(pd.DataFrame([{name: getattr(found, name) for name in names}])).to_dict("records")[0]
    told = {"rows": plain_cells(rows).to_dict("records"), **totals, "method": found.method}
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _series(asked: argparse.Namespace, said: bool = True) -> tuple[SeriesFile, Checked, list[Shock]]:
    """The series of a file, looked through, and the declared shocks; what was found is told on standard error."""
    from analysis.regular import check_series

    series = open_series_file(Path(asked.file), asked.value)
    shocks: list[Any] = [_shock(text, series) for given in asked.shock for text in given.split(",")]
    checked = _told(lambda: check_series(series.values, shocks, asked.keep_low))
    if said:
        _say([*series.notes, *_others(checked.notes, series)])
    return series, checked, shocks


def _shock(text: str, series: SeriesFile) -> tuple[pd.Period | int, pd.Period | int]:
    first, _, last = text.partition(":")
    return series.step(first), series.step(last or first)


def _rebase(text: str, series: SeriesFile) -> tuple[Any, str]:
    start, _, event = text.partition("=")
    return series.step(start), event


def _events(asked: argparse.Namespace) -> pd.DataFrame:
    """The release's events that touch a measure."""
    from analysis.verdicts import touching_events

    release = asked_release(asked)
    known = release.measures.set_index("id")
    if asked.measure not in known.index:
        raise DataError(f"There is no measure {asked.measure} in release {release.id}. `cli.py figures` lists them.")
    measure = known.loc[asked.measure]
    return touching_events(release.events, asked.measure, str(measure["section"]), str(measure["basis"]))


def _others(notes: Sequence[str], series: SeriesFile) -> list[str]:
    """Notes less those on gaps, which the file's own notes tell with their rows."""
    return [note for note in notes if not (series.notes and note.startswith("There is no value for"))]


def _labelled(frame: pd.DataFrame, series: SeriesFile) -> pd.DataFrame:
    """A result with its periods as the file writes them."""
    return frame.assign(period=[series.label(step) for step in frame["period"]])


def _told(work: Callable[[], _Result]) -> _Result:
    """What a function of ``analysis`` gives; its sentence of refusal as the user's mistake."""
    try:
        return work()
    except ValueError as error:
        raise DataError(str(error)) from None


def _say(notes: Sequence[str]) -> None:
    print("".join(f"{note}\n" for note in notes), end="", file=sys.stderr)


def _numbers(text: str) -> list[int]:
    found = [int(part) if part.strip().isdigit() else 0 for part in text.split(",")]
    if min(found) < 2:
        raise argparse.ArgumentTypeError(f"found {text}, expected whole numbers of 2 or more, parted by commas")
    return found


def _spans(text: str) -> list[int | str]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part == "periodic" or part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f"found {text}, expected periodic or an odd number of 3 or more")
    return [part if part == "periodic" else int(part) for part in parts]
