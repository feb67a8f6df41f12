"""How an HTML document looks: on a phone, on a desk, in the dark and on paper. Every colour is the palette's."""

from __future__ import annotations

from charts.palette import CATEGORICAL, FURNITURE, NIGHT, SURFACE, TEXT, tint

__all__ = ["style_of"]

_BLUE, _GREY = CATEGORICAL[0], CATEGORICAL[4]
_LIGHT = {
    "ground": SURFACE, "text": TEXT, "quiet": _GREY, "link": _BLUE, "line": FURNITURE, "strong": _BLUE,
    "tint": tint(_BLUE, 0.08), "focus": CATEGORICAL[3], "card": SURFACE,
}  # fmt: skip
_STYLE = """
*, *::before, *::after { box-sizing: border-box }
html { color-scheme: light dark; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1.0625rem/1.55 "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, Helvetica, Arial, sans-serif }
body > header, main, body > footer { max-width: 54rem; margin: 0 auto; padding: 0 1rem }
body > header { padding-top: 1.25rem; border-bottom: 4px solid var(--strong); padding-bottom: 1.25rem;
  margin-bottom: 1.5rem }
body > footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; padding-bottom: 2rem;
  color: var(--quiet); font-size: .9375rem }
main:focus { outline: none }
.skip { position: absolute; left: -100vw; padding: .75rem 1rem; background: var(--ground); color: var(--link) }
.skip:focus { left: .5rem; top: .5rem; z-index: 2 }
a { color: var(--link); text-underline-offset: .15em; overflow-wrap: anywhere }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
h1, h2, h3, h4, h5 { line-height: 1.2; color: var(--strong); text-wrap: balance; overflow-wrap: break-word }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); margin: .25rem 0 .5rem }
h2 { font-size: clamp(1.4rem, 4vw, 1.9rem); margin: 3rem 0 1rem; padding-top: .75rem;
  border-top: 4px solid var(--strong) }
h3 { font-size: 1.35rem; margin: 2.25rem 0 .5rem }
h4 { font-size: 1.125rem; margin: 1.75rem 0 .4rem }
h5 { font-size: 1rem; margin: 1.25rem 0 .25rem; color: var(--text) }
p, ul, ol { margin: 0 0 .75rem } p { overflow-wrap: break-word }
.marking { font-weight: 700; text-align: center; letter-spacing: .08em; margin: 0 0 1rem }
.subtitle { font-size: 1.2rem; color: var(--quiet) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 1rem 0 0 }
dt { font-weight: 700 } dd { margin: 0; overflow-wrap: anywhere }
.said { border-left: 4px solid var(--strong); padding-left: .875rem; font-size: 1.125rem }
.caveat { border-left: 4px solid var(--quiet); padding-left: .875rem }
.small, figcaption { color: var(--quiet); font-size: .9375rem }
.boxed { border: 2px solid var(--strong); background: var(--tint); padding: .75rem 1rem }
.trace { font-size: .8125rem; overflow-wrap: anywhere }
nav ol { list-style: none; padding-left: 0 } nav ol ol { padding-left: 1.25rem; margin: 0 }
nav a { display: inline-block; padding: .2rem 0; min-height: 1.5rem }
.scroll { overflow-x: auto; margin: 0 0 .5rem }
table { border-collapse: collapse; font-size: .9375rem; line-height: 1.35; font-variant-numeric: tabular-nums;
  border-top: 2px solid var(--strong); border-bottom: 2px solid var(--strong); min-width: min(100%, 30rem) }
caption { text-align: left; font-weight: 700; padding: .5rem 0; caption-side: top }
caption span { position: sticky; left: 0; display: inline-block; max-width: min(52rem, calc(100vw - 2rem)) }
th, td { padding: .35rem .75rem .35rem .25rem; text-align: left; vertical-align: top;
  border-top: 1px solid var(--line) }
thead th { background: var(--tint); border-bottom: 2px solid var(--strong); vertical-align: bottom }
tbody th { font-weight: 600; min-width: 9rem } .number { text-align: right; white-space: nowrap }
tbody td { min-width: 7.5rem } tbody .number { min-width: 0 } tbody .words { min-width: 15rem }
.total > *, .subtotal > * { font-weight: 700; border-top: 2px solid var(--quiet) }
figure { margin: 1rem 0 1.25rem } figure svg { display: block; background: var(--card);
  width: 100%; min-width: 35rem; height: auto }
.card { background: var(--card); overflow-x: auto; border: 1px solid var(--line) }
.notes { border: 1px solid var(--quiet); padding: .5rem 1rem 1rem; margin: 1rem 0 1.5rem }
.notes p { margin: 0 } .notes .label { font-weight: 700 }
.notes .line { height: 2.25rem; border-bottom: 1px solid var(--quiet) }
"""

_PRINT = """
@page { size: A4; margin: 18mm 16mm 20mm;
  @top-center { content: "MARKING"; font: 700 9pt Arial, sans-serif }
  @bottom-left { content: "RUNNING"; font: 8.5pt Arial, sans-serif; color: QUIET }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8.5pt Arial, sans-serif; color: QUIET } }
@media print {
  body { font-size: 10.5pt; line-height: 1.4 } .skip, .marking { display: none }
  body > header, main, body > footer { max-width: none; padding-left: 0; padding-right: 0 }
  a { color: inherit } a.trace { text-decoration: none }
  h2 { margin-top: 1.5rem } h2, h3, h4, h5, caption { break-after: avoid }
  .page { break-before: page; margin-top: 0 }
  .scroll, .card { overflow: visible; border: 0 } figure, .notes, .boxed, .said { break-inside: avoid }
  table { font-size: 9pt; width: 100% } thead { display: table-header-group } tr { break-inside: avoid }
  .number { white-space: normal } tbody :is(th, td), tbody .words, figure svg { min-width: 0 }
  .said { font-size: 11.5pt } p { orphans: 3; widows: 3 }
}
"""


def style_of(marking: str, running: str) -> str:
    """The style of a page, whose marking and running line stand on each printed sheet."""
    sheets = _PRINT.replace("MARKING", _quoted(marking)).replace("RUNNING", _quoted(running))
    sheets = sheets.replace("QUIET", _GREY)
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_names(NIGHT)} }} }}"
    return f":root {{ {_names(_LIGHT)} }}\n{dark}{_STYLE}{sheets}"


def _names(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _quoted(text: str) -> str:
    r"""Text inside a style's quotes: what could end them, or the style, is written by its number.

    >>> print(_quoted('5" </style>'))
    5\22  \3c \2f style\3e
    """
    return "".join(letter if letter.isalnum() or letter in " .,:;·-–()" else f"\\{ord(letter):x} " for letter in text)
