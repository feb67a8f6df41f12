"""The Surveys page's first view and the section on anti-social behaviour in Dash, from the same analysis and charts.

Served by gunicorn for ``load.py``: ``gunicorn load_dash:server``. DASH_SHARED=1 remembers what was drawn by what was
asked, as the explorer does; without it results are remembered and figures and tables made at each change, as plain Dash
does. Tables travel as ready HTML, which is less work than Dash's own components.
"""

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)

from dash import Dash, Input, Output, dcc, html  # noqa: E402

from parts.cached import known_releases, load  # noqa: E402
from parts.judged import Assumptions, judged  # noqa: E402
from parts.prepared import block_of  # noqa: E402
from parts.survey_published import _published, published_surveys  # noqa: E402
from parts.survey_shown import _changes, _levels, _sentences, change_notes  # noqa: E402

SHARED = bool(os.environ.get("DASH_SHARED"))
RELEASE = load(known_releases()[-1])
SURVEY = next(iter(published_surveys(RELEASE).values()))
BASE = {row.wave: float(row.assume) for row in RELEASE.surveys[RELEASE.surveys["survey"] == SURVEY].itertuples()
        if row.base != row.base}  # fmt: skip
CORRECTIONS = {"Holm": "holm", "Benjamini-Hochberg": "bh"}
FACTORS = {"the rule": 1.0, "half the rule": 0.5, "twice the rule": 2.0}


def remembered(make: Callable[..., tuple]) -> Callable[..., tuple]:
    """As the explorer does, where that is asked for."""
    return lru_cache(maxsize=1024)(make) if SHARED else make


@lru_cache(maxsize=1024)
def results(correction: str, confidence: str, effect: float):
    """The estimates and changes alone."""
    level = float(confidence.rstrip("%")) / 100
    return _published(RELEASE, SURVEY, (BASE, effect), CORRECTIONS[correction], level, ("dash",))


@remembered
def survey(correction: str, confidence: str, order: str, effect: float) -> tuple:
    """Figure and words of the survey page's first view."""
    shown = results(correction, confidence, effect)
    changes, told = shown.changes, shown.told
    notes = change_notes(changes, shown.directions)
    if order != "as asked":
        places = list(changes.assign(size=changes["difference"].abs()).sort_values("size", ascending=False)["question"])
        told = told.assign(place=told["question"].map({name: at for at, name in enumerate(places)}))
        told = told.sort_values("place", kind="stable").drop(columns="place")
        changes = changes.set_index("question").loc[places].reset_index()
    levels = _levels(shown, told, shown.labels, "question", "all questions, as printed", notes)
    table, note = _changes(shown, changes)
    words = "\n\n".join([*shown.opening, _sentences(shown), levels.table, levels.note, table, note, shown.source])
    return levels.chart.figure, words


@remembered
def section(against: str, dispersion: str, confidence: str) -> tuple:
    """Figure and words of the section."""
    level = float(confidence.rstrip("%")) / 100
    how = Assumptions(None if dispersion in FACTORS else float(dispersion), FACTORS.get(dispersion, 1.0), level)
    compared = {"previous 12 months": "previous"}.get(against, against)
    judged(RELEASE.id, compared, how)
    block = block_of.__wrapped__(RELEASE.id, "asb", compared, how)
    words = [block.sentence, block.caveat, block.numbers, block.check, block.contributions, *block.definitions]
    return block.charts[0].figure, "\n\n".join([*words, block.source])


app = Dash(__name__)
server = app.server
app.layout = html.Div(
    [
        dcc.Dropdown(list(CORRECTIONS), "Holm", id="correction"),
        dcc.Dropdown(["95%", "90%", "99%"], "95%", id="confidence"),
        dcc.Dropdown(["as asked", "by size of change"], "as asked", id="order"),
        dcc.Slider(1, 3, 0.05, value=1.25, id="design_effect"),
        dcc.Graph(id="survey_figure"), dcc.Markdown(id="survey_words", dangerously_allow_html=True),
        dcc.Dropdown(["previous 12 months", "baseline"], "previous 12 months", id="against"),
        dcc.Dropdown(["the rule", "half the rule", "twice the rule", "1", "5", "10"], "the rule", id="dispersion"),
        dcc.Dropdown(["95%", "90%", "99%"], "95%", id="level"),
        dcc.Graph(id="asb_figure"), dcc.Markdown(id="asb_words", dangerously_allow_html=True),
    ]
)  # fmt: skip
app.callback(
    Output("survey_figure", "figure"), Output("survey_words", "children"), Input("correction", "value"),
    Input("confidence", "value"), Input("order", "value"), Input("design_effect", "value"),
)(survey)  # fmt: skip
app.callback(
    Output("asb_figure", "figure"), Output("asb_words", "children"), Input("against", "value"),
    Input("dispersion", "value"), Input("level", "value"),
)(section)  # fmt: skip
