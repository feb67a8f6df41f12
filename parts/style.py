"""The few rules of style that Streamlit's theme does not cover. Colours come from the theme, so both modes work."""

__all__ = ["STYLE"]

STYLE = """<style>
[data-testid="stMainBlockContainer"] { max-width: 72rem; padding-top: 3.5rem; }
@media (min-width: 48rem) { [data-testid="stMainBlockContainer"] { padding-left: 2.5rem; padding-right: 2.5rem; } }
.figures { overflow-x: auto; margin-bottom: .5rem; }
.figures:focus-visible { outline: 3px solid; outline-offset: 2px; }
[data-testid="stTextInput"] input:focus-visible { outline: 3px solid; outline-offset: -3px; }
.figures table { border-collapse: collapse; width: 100%; font-size: .95rem; font-variant-numeric: tabular-nums; }
.figures caption { text-align: left; font-weight: 600; padding: .25rem 0 .5rem; }
.figures caption span { display: block; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 3rem)); }
.figures th, .figures td { padding: .35rem .6rem .35rem 0; vertical-align: top; border: 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.figures thead th { text-align: left; font-weight: 600; vertical-align: bottom; border-bottom-width: 2px; }
.figures tbody th { text-align: left; font-weight: 400; min-width: 8.5rem; }
.figures .number { text-align: right; white-space: nowrap; } .figures td.short { white-space: nowrap; }
.figures thead .number { white-space: normal; min-width: 5.5rem; }
.figures .words { min-width: 9.5rem; }
@media screen and (max-width: 40rem) { /* what is out of sight makes no row tall */
  .figures td:not(.number, .short) { min-width: 8rem; } .figures td.words { min-width: 14rem; } }
.figures tr.total th, .figures tr.total td { font-weight: 700; }
.figures tr.subtotal th, .figures tr.subtotal td { font-weight: 600; }
.st-key-above { padding-top: .75rem; }
.figures.compact table { font-size: .78rem; } .figures.compact :is(th, td) { padding: .3rem .35rem .3rem 0; }
.figures.compact td.short { white-space: normal; } .figures.compact tbody th { min-width: 6.5rem; }
.said { font-size: 1.15rem; line-height: 1.5; margin: 0 0 .5rem; max-width: 46rem; }
.anchors { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none; padding: 0 !important;
  margin: 0 !important; }
.anchors li { margin: 0 !important; padding: 0; } .anchors a { display: inline-block; padding: .25rem 0; }
.anchors a, .figures a { color: inherit; text-underline-offset: .2em; }
[data-testid="stMain"]:focus-visible { outline: 3px solid; outline-offset: -3px; }
[data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden; }
.lines { list-style: none; padding: 0 !important; margin: 0 !important; }
.elsewhere { margin: .25rem 0 0; }
.lines li { display: grid; grid-template-columns: 9.5rem 1fr; margin: 0 !important; padding: .3rem 0; line-height: 1.35;
  border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.lines a { color: inherit; font-weight: 600; }
h2.small { font-size: 1.25rem; padding: .5rem 0 .25rem; }
@media (max-width: 40rem) { [data-testid="stMainBlockContainer"] h1 { font-size: 1.5rem; }
  .lines li { display: block; } .lines .mark { margin-right: .4rem; } .said { font-size: 1rem; } }
.figures a { display: inline-block; padding: .1rem 0; }
.figures summary { cursor: pointer; min-height: 24px; white-space: nowrap; }
.figures details p { margin: .2rem 0; min-width: 14rem; }
.figures summary:focus-visible { outline: 3px solid; outline-offset: 2px; }
[data-testid="stBaseButton-primary"] { background: transparent !important; color: inherit !important;
  border: 2px solid currentColor !important; font-weight: 600; }
[data-testid="stMultiSelect"] [data-tag-index] { background: transparent !important; color: inherit !important;
  border: 1px solid currentColor; min-height: 26px; }
[data-testid="stMultiSelect"] [data-tag-index] * { color: inherit !important; }
[data-testid="stMultiSelect"] :is(button, input), [data-testid="stDateInput"] :is(button, [role="spinbutton"]) {
  min-width: 24px; min-height: 24px; }
[data-testid="stDateInput"] [role="spinbutton"] { display: inline-block; text-align: center; }
.sentences { margin: .25rem 0 .75rem; max-width: 46rem; overflow-wrap: anywhere; }
.examples { margin: 0; overflow-wrap: anywhere; }
.brief { margin: .5rem 0 !important; padding: 0 !important; max-width: 46rem; overflow-wrap: anywhere;
  line-height: 1.45; }
.brief :is(dt, dd) { padding: 0 !important; }
.brief dt { font-weight: 600; margin: .6rem 0 0 !important; } .brief dd { margin: .2rem 0 0 !important; }
.brief a { color: inherit; }
.said .mark { font-weight: 600; white-space: nowrap; margin-right: .5rem; }
.said a { color: inherit; font-size: .9rem; } p.asked { margin: .5rem 0 0; }
ul.asked { margin: .25rem 0 .5rem; max-width: 46rem; }
ul.asked li { margin-bottom: .35rem; } ul.asked span { font-size: .875rem; }
.source { font-size: .875rem; margin: .25rem 0; } .on-paper { display: none; }
.checks { margin: .25rem 0; } .checks a { color: inherit; }
[data-testid="stCheckbox"] label, [data-testid="stRadioOption"], [data-testid="stSlider"] input { min-height: 24px; }
a[aria-label="Link to heading"] { display: inline-flex; align-items: center; justify-content: center;
  min-width: 24px; min-height: 24px; }
[data-testid="stDownloadButton"] .stMarkdownEllipsis, [data-testid="stDownloadButton"] p { overflow: visible;
  white-space: normal !important; }
@page { margin: 12mm; }
@media print {
  :is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSelectbox"],
    [data-testid="stRadio"], [data-testid="stSlider"], [data-testid="stCheckbox"], [data-testid="stTextInput"],
    [data-testid="stDownloadButton"], [data-testid="stPopover"], [data-testid="stPageLink"], .screen,
    .st-key-briefing_choice, .st-key-briefing_files, .st-key-briefing_ways, [data-testid="stTextArea"]) {
    display: none !important; }
  :is(html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"]) { position: static
    !important; height: auto !important; overflow: visible !important; display: block !important; }
  [data-testid="stMainBlockContainer"] { max-width: none; padding: 0 !important; }
  .figures { overflow: visible; } .figures table { font-size: 8.5pt; } .figures tr { break-inside: avoid; }
  .figures .words, .figures tbody th, .figures thead .number { min-width: 0; }
  .figures caption span { position: static; }
  .figures th, .figures td { padding: .1rem .5rem .1rem 0; } hr { display: none; }
  h1 { font-size: 16pt !important; padding: 0 !important; } .said { font-size: 10pt; }
  h2 { break-after: avoid; font-size: 12pt !important; padding: .4rem 0 .1rem !important; }
  [data-testid="stVerticalBlock"] { gap: .35rem !important; }
  :is([data-testid="stText"], [data-testid="stMarkdownContainer"]) :is(div, p, li) { font-size: 9pt !important; }
  .brief, ul.asked, .source, .on-paper { font-size: 9pt; max-width: none; line-height: 1.3; }
  .on-paper { display: block; min-height: 2.2cm; border: 1px solid; padding: .2rem .4rem; break-inside: avoid; }
  h3 { break-after: avoid; font-size: 11pt !important; padding: .4rem 0 .1rem !important; }
  ul.asked span { font-size: 8pt; } .brief dt, p.asked { break-after: avoid; }
  [data-testid="stCaptionContainer"] p { font-size: 8pt !important; }
  [data-testid="stElementContainer"]:has(> * [data-testid="stPlotlyChart"], > [data-testid="stPlotlyChart"]) {
    break-inside: avoid; zoom: .66; } /* drawn for a screen, wider than paper */
  .figures.compact table { font-size: 7.5pt; }
  [data-testid="stExpander"] summary { display: none; } [data-testid="stExpander"] details { border: 0 !important; }
}
</style>"""
