"""The page of one priority; its title and everything on it come from the release."""

from parts.frame import open_page
from parts.priority import show_priority

open_page()
show_priority("reduce_offending")
