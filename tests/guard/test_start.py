"""Starting `hosted.py`: one line when it answers, one sentence when it cannot; what it tells Streamlit, and a laptop nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data.backup import back_up
from hosted import main
from tests.command import command
from tests.guard.hosting import LIST, Hosted, settings
from tests.serving import ROOT, clean_environment, free_port


def test_it_says_in_one_line_where_it_answers_for_whom_and_with_which_store(hosted: Hosted) -> None:
    port, told = hosted.url.rpartition(":")[2], hosted.log.read_text(encoding="utf-8").splitlines()
    [line] = [each for each in told if each.startswith("The explorer ")]
    assert line.startswith(
        f"The explorer answers at {hosted.url}, listening on 127.0.0.1:{port}, for 3 people (2 analysts, 1 viewer) "
        "signed in by http://127.0.0.1:"
    )
    assert line.endswith(f", with the store in {hosted.home / 'explorer'}.")


def test_a_process_that_does_not_start_ends_with_two_and_one_sentence(tmp_path: Path) -> None:
    file = settings(tmp_path, "http://127.0.0.1:1", "http://localhost:1", session_secret="short")
    done = subprocess.run(
        [sys.executable, "hosted.py"], cwd=ROOT, env=clean_environment(tmp_path, EXPLORER_SIGN_IN=str(file)),
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert [line[:45] for line in done.stderr.splitlines()] == [
        "The explorer did not start.", "sign_in.toml: session_secret is too short or ",
    ]  # fmt: skip


FAULTS = {
    "no settings": ({"EXPLORER_SIGN_IN": ""}, "Set EXPLORER_SIGN_IN to their file."),
    "nobody listed": ({"people": "person,role\n"}, "people.csv names nobody, so nobody could enter."),
    "impossible home": ({"EXPLORER_HOME": "people.csv/home"}, "set EXPLORER_HOME to a folder that is."),
    "no place": ({"EXPLORER_LISTEN": "8501"}, "expected an address and a port"),
    "taken": ({}, "Another program listens on 127.0.0.1:"),
    "no fit": ({"EXPLORER_LISTEN": "127.0.0.1:1"}, "name the same place, or start the proxy between them first."),
    "no issuer": ({"issuer": "http://127.0.0.1:SERVICE/tenant"}, "There is no OpenID Connect service at the issuer"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_at_the_start_is_one_sentence(
    fault: str, hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, which gets no further than the fault."""
    more, told = FAULTS[fault]
    service = re.findall(r"signed in by http://127\.0\.0\.1:(\d+)", hosted.log.read_text(encoding="utf-8"))[0]
    port = int(hosted.url.rpartition(":")[2]) if fault == "taken" else free_port()
    issuer = more.get("issuer", "http://127.0.0.1:SERVICE").replace("SERVICE", service)
    monkeypatch.setattr("hosted.guarded", lambda settings: pytest.fail("it started"))
    address = "http://localhost:2" if fault == "no fit" else f"http://localhost:{port}"
    file = settings(tmp_path, issuer, address)
    (tmp_path / "people.csv").write_text(more.get("people", LIST), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    own = {"EXPLORER_SIGN_IN": str(file), "EXPLORER_HOME": "home", "EXPLORER_LISTEN": f"127.0.0.1:{port}"}
    for name, value in (own | more).items():
        if name.startswith("EXPLORER_"):
            monkeypatch.setenv(name, value)
    assert main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("The explorer did not start.\n")
    assert told in said.err
    assert len(said.err.splitlines()) == 2


def test_nothing_is_restored_under_it(hosted: Hosted, tmp_path: Path) -> None:
    folder = back_up(hosted.home / "explorer", tmp_path).folder
    done = command(hosted.home, "restore", str(folder), "--replace")
    assert (done.returncode, b"An explorer is using the store" in done.stderr) == (2, True)


def test_streamlit_is_told(tmp_path: Path) -> None:
    """Every option exists, and is taken over what the settings file says."""
    file = settings(tmp_path, "http://127.0.0.1:1", "http://localhost:1234")
    code = (
        "import json, hosted; from streamlit import config; settings = hosted.sign_in_settings();"
        "hosted.guarded(settings); names = hosted._streamlit_options(settings);"
        "told = {name: config.get_option(name) == value for name, value in names.items()};"
        "print(json.dumps([told, config.get_option('server.maxUploadSize'), config.get_option('runner.postScriptGC')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean_environment(tmp_path, EXPLORER_SIGN_IN=str(file)),
        capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    told, largest, collects = json.loads(done.stdout)
    assert {name for name, taken in told.items() if not taken} == set(), done.stderr
    assert (largest, collects) == (50, False)
    assert "not a valid" not in done.stderr


def test_at_a_laptop_nothing_of_this_is_loaded(tmp_path: Path) -> None:
    code = "import sys, parts.frame; print([name for name in ('authlib', 'httpx2', 'guard') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean_environment(tmp_path), capture_output=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]", done.stderr
