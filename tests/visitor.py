"""A visitor without a browser: speaks Streamlit's live connection, so that hundreds can be had and each answer timed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

__all__ = ["Talk", "Visitor", "visiting"]

_VALUES = {
    "selectbox": "string_value", "radio": "string_value", "text_input": "string_value", "checkbox": "bool_value",
    "slider": "double_array_value", "button": "trigger_value", "file_uploader": "file_uploader_state_value",
}  # fmt: skip


@dataclass
class Talk:
    """What is said and heard on one connection, whoever carries it.

    Attributes
    ----------
    page, query
        The address, as a browser sends it.
    widgets
        What can be changed on the page now: the widget's key, or its label where it has none, to its kind and what the
        server said of it.
    charts
        Key of a chart to its figure as JSON; of the last run, without those that came as a reference to an earlier one.
    texts
        Sentences and tables of the last run.
    session
        The session's id.
    bytes_heard
        Of all messages so far.
    """

    page: str = ""
    query: str = ""
    widgets: dict[str, tuple[str, Any]] = field(default_factory=dict)
    charts: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    session: str = ""
    bytes_heard: int = 0
    uploads: FileURLs | None = None
    _told: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _hashes: set[str] = field(default_factory=set)

    def ask(self, **changed: Any) -> bytes:
        """Ask for a run with these widgets changed. What was heard before is forgotten."""
        for key, value in changed.items():
            kind, proto = self.widgets[key]
            self._told[proto.id] = _VALUES[kind], value
        message = BackMsg()
        run = message.rerun_script
        run.page_name, run.query_string = self.page, self.query
        run.cached_message_hashes.extend(self._hashes)
        for widget_id, (kind, value) in self._told.items():
            state = run.widget_states.widgets.add(id=widget_id)
            if kind == "double_array_value":
                state.double_array_value.data.append(value)
            elif kind == "file_uploader_state_value":
                state.file_uploader_state_value.CopyFrom(value)
            else:
                setattr(state, kind, value)
        self._told = {each: told for each, told in self._told.items() if told[0] != "trigger_value"}
        self.widgets, self.charts, self.texts, self._hashes = {}, {}, [], set()
        return message.SerializeToString()

    def hear(self, frame: bytes) -> bool:
        """Take in one message; whether the run has ended with it.

        Raises
        ------
        AssertionError
            When the page shows a fault of the program.
        """
        self.bytes_heard += len(frame)
        said = ForwardMsg.FromString(frame)
        kind = said.WhichOneof("type")
        if said.metadata.cacheable or kind == "ref_hash":
            self._hashes.add(said.ref_hash or said.hash)
        if kind == "new_session":
            self.session = said.new_session.initialize.session_id or self.session
        elif kind == "file_urls_response":
            self.uploads = said.file_urls_response.file_urls[0]
        elif kind == "delta":
            self._take(said.delta.new_element)
        return kind == "script_finished" and said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _take(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind is None:
            return
        proto = getattr(element, kind)
        assert kind != "exception", f"{proto.type}: {proto.message}"
        key = getattr(proto, "id", "").split("-", 2)[-1]
        if kind in _VALUES:
            self.widgets[proto.label if key == "None" else key] = kind, proto
        elif kind == "plotly_chart":
            self.charts[key] = proto.spec
        elif kind in ("html", "markdown", "text", "alert", "code"):
            self.texts.append(getattr(proto, "body", ""))


class Visitor(Talk):
    """A talk over a connection of its own.

    Parameters
    ----------
    line
        The connection.
    port
        Of a server on this computer, or of what stands before it.
    page, query
        The address without the host.
    """

    def __init__(self, line: ClientConnection, port: int, page: str = "", query: str = "") -> None:
        super().__init__(page, query)
        self.line = line
        self.port = port

    def run(self, **changed: Any) -> Visitor:
        """Change widgets, by key, and wait until the page has been run to its end."""
        self.line.send(self.ask(**changed))
        while not self.hear(self.line.recv(timeout=60)):  # type: ignore[arg-type]
            pass
        return self

    def upload(self, key: str, name: str, content: bytes) -> Visitor:
        """Put a file into an uploader, as a browser does it: by an address asked for, then a run that names it."""
        status, info = self.send_file(name, content)
        assert status == 204, status
        return self.run(**{key: FileUploaderState(uploaded_file_info=[info])})

    def send_file(self, name: str, content: bytes) -> tuple[int, UploadedFileInfo]:
        """Send a file's bytes without a run: the status of the answer, and what a run must say to use it."""
        asked = BackMsg()
        asked.file_urls_request.session_id = self.session
        asked.file_urls_request.request_id = secrets.token_hex(8)
        asked.file_urls_request.file_names.append(name)
        self.uploads = None
        self.line.send(asked.SerializeToString())
        while self.uploads is None:
            self.hear(self.line.recv(timeout=60))  # type: ignore[arg-type]
        border = secrets.token_hex(16)
        body = (
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode() + content + f"\r\n--{border}--\r\n".encode()  # fmt: skip
        web = HTTPConnection("localhost", self.port, timeout=60)
        try:
            web.request("GET", "/_stcore/health")  # gives the cookie that an upload must show again
            answer = web.getresponse()
            answer.read()
            cookies = [each.split(";")[0] for each in answer.headers.get_all("Set-Cookie", [])]
            token = next((each.partition("=")[2] for each in cookies if each.startswith("_streamlit_xsrf=")), "")
            headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Cookie": "; ".join(cookies),
                       "X-Xsrftoken": token.strip('"')}  # fmt: skip
            address = self.uploads.upload_url
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was all sent; the answer says why
                web.request("PUT", address if address.startswith("/") else f"/{address}", body, headers)
            status = web.getresponse().status
        finally:
            web.close()
        return status, UploadedFileInfo(
            file_id=self.uploads.file_id, name=name, size=len(content), file_urls=self.uploads
        )


@contextmanager
def visiting(port: int, page: str = "", query: str = "", session: str = "") -> Iterator[Visitor]:
    """A visitor whose page has been run, and who leaves when the block ends.

    ``session`` names an earlier session to take up again, as a browser does after its connection dropped.
    """
    protocols: Any = ["streamlit", *(["none", session] if session else [])]
    origin: Any = f"http://localhost:{port}"
    with connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=protocols, proxy=None, max_size=None,
                 origin=origin, open_timeout=60) as line:  # fmt: skip
        yield Visitor(line, port, page, query).run()
