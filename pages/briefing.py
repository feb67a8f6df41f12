"""A briefing before the meeting: chosen measures, what is known of each, what may be asked, all of it to take away."""

from analysis.briefing import Briefing
from parts.briefing import Writer, show_briefing
from parts.frame import open_page, release


def word(made: Briefing) -> bytes:
    """A Word file, made only when somebody asks for it, like the others."""
    from documents.briefing import briefing_document
    from documents.word import word_document

    return word_document(briefing_document(made))


def html_file(made: Briefing) -> bytes:
    """One HTML page that needs no network."""
    from documents.briefing import briefing_document
    from documents.html_page import html_page

    return html_page(briefing_document(made))


def xlsx(made: Briefing) -> bytes:
    """A workbook of the tables."""
    from documents.briefing import briefing_book
    from documents.table_book import xlsx_book

    return xlsx_book(briefing_book(made))


def ods(made: Briefing) -> bytes:
    """The same workbook in the open format."""
    from documents.briefing import briefing_book
    from documents.table_book import ods_book

    return ods_book(briefing_book(made))


_OFFICE = "application/vnd.openxmlformats-officedocument."

open_page()
show_briefing(
    release(),
    [
        Writer("Download (Word)", "docx", f"{_OFFICE}wordprocessingml.document", word),
        Writer("Download (HTML)", "html", "text/html", html_file),
        Writer("Download the tables (XLSX)", "xlsx", f"{_OFFICE}spreadsheetml.sheet", xlsx),
        Writer("Download the tables (ODS)", "ods", "application/vnd.oasis.opendocument.spreadsheet", ods),
    ],
)
