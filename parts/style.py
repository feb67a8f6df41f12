"""The few rules of style that Streamlit's theme does not cover. Colours come from the theme, so both modes work."""

__all__ = ["STYLE"]

STYLE = """<style>
[data-testid="stMainBlockContainer"] { max-width: 72rem; padding-top: 3.5rem; }
.figures { overflow-x: auto; margin-bottom: .5rem; }
.figures:focus-visible { outline: 3px solid; outline-offset: 2px; }
.figures table { border-collapse: collapse; width: 100%; font-size: .95rem; font-variant-numeric: tabular-nums; }
.figures caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
.figures caption span { display: block; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 3rem)); }
.figures th, .figures td { padding: .35rem .75rem .35rem 0; vertical-align: top; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.figures thead th { text-align: left; font-weight: 600; vertical-align: bottom; border-bottom-width: 2px; }
.figures tbody th { text-align: left; font-weight: 400; min-width: 8.5rem; }
.figures .number { text-align: right; white-space: nowrap; }
.figures thead .number { white-space: normal; min-width: 5.5rem; }
.figures .words { min-width: 9.5rem; }
.figures tr.total th, .figures tr.total td { font-weight: 700; }
.figures tr.subtotal th, .figures tr.subtotal td { font-weight: 600; }
.said { font-size: 1.15rem; line-height: 1.5; margin: 0 0 .5rem; max-width: 46rem; }
.anchors { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; padding: 0 !important;
  margin: 0 !important; }
.anchors li { margin: 0 !important; padding: 0; } .anchors a { display: inline-block; padding: .25rem 0; }
.anchors a, .figures a { color: inherit; text-underline-offset: .2em; }
</style>"""
