"""A briefing before the meeting: chosen measures, what is known of each, what may be asked, all of it to take away."""

from parts.briefing import show_briefing
from parts.frame import open_page, release

open_page()
show_briefing(release(), [])
