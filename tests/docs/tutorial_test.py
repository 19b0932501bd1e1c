"""docs/tutorial/first-plugin.md does what it says: its files are written, its commands run and its lines of chat are said.

What stands behind the language of a fenced block tells what it is:
  `cpp file=NAME`  the file NAME in the folder in which the reader stands
  `sh`             commands; they share one working folder and what is exported, and each must succeed
  `sh watch`       repeated until it succeeds
  `chat`           `>` is said in a room, `<` is the answer (a regular expression), `!` the refusal of the line
Blocks marked `server` or `chat` need the program, those marked `rust` Cargo; without them they are left out and
the test says so. The reader's home is a folder of the test; ~/riposte/build/release is the build under test.
"""
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

SOURCE = Path(os.environ.get("RIPOSTE_SOURCE", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("RIPOSTE_BUILD", SOURCE / "build" / "dev"))
BINARY = Path(os.environ.get("RIPOSTE_BINARY", BUILD / "host" / "riposte"))
TUTORIAL = SOURCE / "docs" / "tutorial" / "first-plugin.md"
CHINESE = TUTORIAL.with_name("first-plugin.zh-CN.md")
PATIENCE_S = 20  # for a swap, an answer, the server's start


class Block:
    def __init__(self, info: str, text: str):
        self.language, *self.marks = info.split()
        self.text = text

    @property
    def file(self) -> str | None:
        return next((mark.removeprefix("file=") for mark in self.marks if mark.startswith("file=")), None)


def blocks(page: Path = TUTORIAL) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\S[^\n]*)\n(.*?)^```$", text, re.M | re.S)
    assert len(found) * 2 == text.count("```"), "a block is not understood"
    return [Block(info, content) for info, content in found]


def eventually(attempt, patience_s: float = PATIENCE_S):
    """What attempt() returns once it raises no AssertionError."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return attempt()
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class Reader:
    """Who follows the tutorial: a home folder and a shell that remembers where it stands."""

    def __init__(self, home: Path):
        self.home = home
        self.folder = home
        release = home / "riposte" / "build"
        release.mkdir(parents=True)
        (release / "release").symlink_to(BUILD, target_is_directory=True)

    def runs(self, commands: str):
        here, exported = self.home / ".here", self.home / ".exported"
        script = f"set -e\n[ ! -f {exported} ] || . {exported}\ncd {self.folder}\n{commands}\npwd > {here}\nexport -p > {exported}\n"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RIPOSTE")}
        environment.setdefault("RUSTUP_HOME", str(Path.home() / ".rustup"))  # rustup's rustc looks for it in HOME
        done = subprocess.run(["bash", "-c", script], env=environment | {"HOME": str(self.home)}, timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, f"{commands}\n{done.stdout}"
        self.folder = Path(here.read_text(encoding="utf-8").strip())

    def writes(self, name: str, text: str):
        (self.folder / name).write_text(text, encoding="utf-8")


class Chat:
    """A server in ~/riposte, and somebody in a room of it."""

    def __init__(self, home: Path, process: subprocess.Popen, port: int):
        self.home, self.process = home, process
        self.base = f"http://127.0.0.1:{port}/api/v1"
        self.token = ""
        eventually(lambda: self.expect_ready(port))
        person = {"name": "reader", "password": "correct horse battery"}
        self.ask("POST", "/users", person)
        self.token = self.ask("POST", "/sessions", person | {"bearer": True})["token"]
        self.room = self.ask("POST", "/rooms", {"title": "Tutorial", "visibility": "private"})["room"]["uri"]

    def expect_ready(self, port: int):
        assert self.process.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                assert answer.status == 200
        except OSError as error:
            raise AssertionError(str(error)) from error

    def ask(self, method: str, path: str, body: dict | None = None) -> dict:
        request = urllib.request.Request(self.base + path, method=method,
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def says(self, line: str) -> dict:
        return self.ask("POST", f"/rooms/{self.room}/messages", {"client_msg_id": uuid.uuid4().hex, "text": line})

    def answer_to(self, line: str) -> str:
        """The first reply to a line: in the room, or for its author only."""
        try:
            invocation = self.says(line)["invocation"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{line}: {error.read().decode()}") from error
        invocation = invocation if isinstance(invocation, str) else invocation["id"]

        def answered() -> str:
            for message in self.ask("GET", f"/rooms/{self.room}/messages?limit=50")["messages"]:
                if message["invocation"] == invocation and message["author"]["bot"]:
                    return message["text"]
            for mine in self.ask("GET", "/me/invocations")["invocations"]:
                if mine["id"] == invocation and mine["replies"]:
                    return mine["replies"][0]["text"]
            raise AssertionError(f"no answer to {line}")

        return eventually(answered)

    def expects(self, line: str, mark: str, expected: str):
        if mark == "<":
            def matches():
                answer = self.answer_to(line)
                assert re.fullmatch(expected, answer), f"{line}: {answer!r} is not {expected}"
            eventually(matches)  # a swap takes a moment
            return
        with pytest.raises(urllib.error.HTTPError) as refused:
            self.says(line)
        assert refused.value.code == 422
        assert json.load(refused.value)["detail"] == expected

    def plays(self, dialogue: str):
        lines = dialogue.strip().splitlines()
        for said, answer in zip(lines[::2], lines[1::2], strict=True):
            assert said.startswith("> ") and answer[:2] in ("< ", "! "), dialogue
            self.expects(said[2:], answer[0], answer[2:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(home: Path):
    """A Chat while `riposte serve` runs in ~/riposte; None where the program is not built."""
    if not BINARY.exists():
        yield None
        return
    port = free_port()
    with open(home / "server.log", "wb") as log:
        process = subprocess.Popen([BINARY, "serve"], cwd=home / "riposte", stdout=log, stderr=log,
                                   env=os.environ | {"HOME": str(home), "RIPOSTE_HTTP__PORT": str(port)})
    try:
        yield Chat(home, process, port)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        print((home / "server.log").read_text(encoding="utf-8", errors="replace"))


def test_every_step_of_the_tutorial(tmp_path: Path):
    left_out = set()
    reader = Reader(tmp_path)
    with served(tmp_path) as chat:
        for block in blocks():
            if "rust" in block.marks and not shutil.which("cargo"):
                left_out.add("no cargo here")
            elif (block.language == "chat" or "server" in block.marks) and chat is None:
                left_out.add("the program is not built")
            elif block.file:
                reader.writes(block.file, block.text)
            elif block.language == "sh" and "watch" in block.marks:
                eventually(lambda commands=block.text: reader.runs(commands))
            elif block.language == "sh":
                reader.runs(block.text)
            elif block.language == "chat":
                chat.plays(block.text)
            else:
                pytest.fail(f"a block of {block.language} that nobody executes")
    if left_out:
        print("left out:", ", ".join(sorted(left_out)))


def test_the_first_answer_takes_at_most_five_commands():
    before = blocks()[:[block.language for block in blocks()].index("chat")]
    commands = [line for block in before for line in block.text.splitlines() if line.strip()]
    assert {block.language for block in before} == {"sh"} and len(commands) <= 5, commands


def test_the_chinese_tutorial_has_the_same_blocks():
    def content(page: Path) -> list[tuple]:
        return [(block.language, block.marks, block.text) for block in blocks(page)]

    assert content(CHINESE) == content(TUTORIAL)


def test_every_file_the_tutorial_points_at_is_there():
    text = TUTORIAL.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:plugins|tests|script)/[\w./-]+)`", text):
        assert (SOURCE / path).exists(), path
    for link in re.findall(r"\]\(([\w./-]+)\)", text):
        assert (TUTORIAL.parent / link).exists(), link


def test_the_reference_names_every_limit_and_status():
    header = (SOURCE / "plugin-api" / "include" / "riposte" / "plugin.h").read_text(encoding="utf-8")
    reference = (SOURCE / "docs" / "reference" / "plugin-api.md").read_text(encoding="utf-8")
    statuses = re.search(r"typedef int32_t riposte_status;\nenum \{(.*?)\};", header, re.S)[1]
    names = set(re.findall(r"RIPOSTE_MAX_\w+", header)) | set(re.findall(r"^ +(RIPOSTE_\w+)", statuses, re.M))
    assert len(names) > 20
    assert {name for name in names - {"RIPOSTE_OK"} if name not in reference} == set()
