"""The author's tools: `riposte plugin new` makes a plugin that builds, and `plugin run` talks to it without a server."""
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

import pytest

from harness import BINARY, FIXTURES, post, running_server, story

BUNDLED = Path(os.environ["RIPOSTE_BUILD"]) / "plugins"
PATIENCE_S = 120  # for a compiler on a loaded machine


def riposte(*words: str | Path, cwd: Path, given: str = "") -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, *map(str, words)], cwd=cwd, input=given, capture_output=True, text=True,
                          timeout=PATIENCE_S, check=False)


def make(folder: Path, name: str, language: str = "cpp") -> Path:
    made = riposte("plugin", "new", name, "--lang", language, cwd=folder)
    assert made.returncode == 0, made.stderr
    return folder / name


class Conversation:
    """`riposte plugin run` in another process, by lines."""

    def __init__(self, *words: str | Path, cwd: Path):
        self.process = subprocess.Popen([BINARY, "plugin", "run", *map(str, words)], cwd=cwd, text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def says(self, line: str):
        self.process.stdin.write(f"> {line}\n")
        assert self.next() == f"> {line}"

    def next(self) -> str:
        return self.lines.get(timeout=PATIENCE_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()


# --- plugin new, plugin run -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("language", ["cpp", "c"])
def test_a_new_plugin_builds_passes_its_own_test_and_answers(tmp_path: Path, language: str):
    made = riposte("plugin", "new", "rain-radar", "--lang", language, cwd=tmp_path)
    source = {"cpp": "rain-radar.cpp", "c": "rain-radar.c"}[language]
    assert made.stdout == f"rain-radar/: CMakeLists.txt {source} rain-radar_test.cpp transcripts/ riposte/\n"
    folder = tmp_path / "rain-radar"
    transcript = (folder / "transcripts/hello.txt").read_text(encoding="utf-8")
    ran = riposte("plugin", "run", "rain-radar", cwd=tmp_path, given=transcript)
    assert (ran.returncode, ran.stdout) == (0, transcript), ran.stderr
    assert ran.stderr.startswith("built in ") and ran.stderr.endswith("· worker · Ctrl+D ends\n")
    subprocess.run(["cmake", "--build", folder / "build"], check=True, capture_output=True, timeout=PATIENCE_S)
    test = subprocess.run(["ctest", "--test-dir", folder / "build", "--output-on-failure"], capture_output=True,
                          text=True, timeout=PATIENCE_S, check=False)
    assert test.returncode == 0 and "100% tests passed" in test.stdout, test.stdout


def test_a_new_rust_plugin_builds_passes_its_own_test_and_answers(tmp_path: Path):
    made = riposte("plugin", "new", "rain-radar", "--lang", "rust", cwd=tmp_path)
    assert made.stdout == "rain-radar/: Cargo.toml rain-radar.rs rain-radar_test.rs transcripts/ riposte/\n"
    folder = tmp_path / "rain-radar"
    assert sorted(path.name for path in (folder / "riposte").iterdir()) == ["plugin.h", "riposte.rs"]
    transcript = (folder / "transcripts/hello.txt").read_text(encoding="utf-8")
    ran = riposte("plugin", "run", "rain-radar", cwd=tmp_path, given=transcript)
    assert (ran.returncode, ran.stdout) == (0, transcript), ran.stderr
    test = subprocess.run(["cargo", "test", "--offline", "--manifest-path", folder / "Cargo.toml"], capture_output=True,
                          text=True, timeout=PATIENCE_S, check=False)
    assert test.returncode == 0 and "1 passed" in test.stdout, test.stdout + test.stderr


def test_a_panic_of_rust_fails_its_call_only(tmp_path: Path):
    folder = make(tmp_path, "tea", "rust")
    source = folder / "tea.rs"
    source.write_text(source.read_text(encoding="utf-8").replace(
        "        call.reply(", '        if call.text("name") == Some("coffee") { panic!("no {}", "coffee"); }\n        call.reply(', 1),
        encoding="utf-8")
    given = "> /tea coffee\n! panicked: no coffee\n> /tea\n< Hello, world!\n"
    ran = riposte("plugin", "run", "tea", cwd=tmp_path, given=given)
    assert (ran.returncode, ran.stdout) == (0, given), ran.stderr


RUST_TEA = """
#[path = "riposte/riposte.rs"]
mod riposte;
use riposte::{Description, Host, Invocation, Opt, Permission};
use std::time::Duration;

struct Tea {
    host: Host,
}

impl riposte::Plugin for Tea {
    fn describe(plugin: &mut Description<Self>) {
        plugin.needs(Permission::Hear).needs(Permission::Post);
        plugin.setting(Opt::text("sort").otherwise("green"));
        plugin.command("/tea say", "Posts", |tea, call| {
            let posted = tea.host.post(call.room(), "tea is ready")?;
            call.reply(if posted { "posted" } else { "too soon" })
        });
        plugin.command("/tea nowhere", "Posts", |tea, _| tea.host.post("", "tea").map(|_| ()));
        plugin.command("/tea brew", "Streams", |_, call| {
            let brew = call.stream()?;
            brew.append("green ")?;
            brew.append("tea")
        });
        plugin.command("/tea sort", "What is set", |tea, call| {
            call.reply_to_edit("?")?.edit(&tea.host.setting("sort").unwrap_or_default())
        });
        plugin.command("/tea wrong", "Hears what is no pattern", |tea, _| tea.host.hear(3, "("));
        plugin.command("/tea in", "Sets a timer", |_, call| {
            call.after(Duration::from_millis(1), "ready")?;
            call.wait(Duration::from_millis(300));
            Ok(())
        });
    }
    fn start(host: Host) -> Result<Self, String> {
        host.hear(2, "tea|\u8336")?;
        Ok(Tea { host })
    }
    fn on_message(&mut self, call: &Invocation) -> Result<(), String> {
        call.reply(&format!("{} of {}: {}", call.hearing(), call.user_name(), call.line()))
    }
    fn on_timer(&mut self, call: &Invocation) -> Result<(), String> {
        call.ephemeral(call.payload())
    }
}
riposte_plugin!(Tea, "tea", "1");
"""


def test_a_rust_plugin_hears_posts_streams_and_reads_its_settings(tmp_path: Path):
    (make(tmp_path, "tea", "rust") / "tea.rs").write_text(RUST_TEA, encoding="utf-8")
    given = ("> anyone for tea?\n< 2 of alice: anyone for tea?\n> 喝茶\n< 2 of alice: 喝茶\n> /tea say\n< tea is ready\n< posted\n"
             "> /tea say\n< too soon\n> /tea nowhere\n! post: invalid\n> /tea wrong\n! hear: invalid\n"
             "> /tea brew\n< green tea\n> /tea sort\n< black\n> /tea in\n> /tea sort\n")
    ran = riposte("plugin", "run", "tea", "--set", "sort=black", cwd=tmp_path, given=given)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "<~ ready" in ran.stdout.splitlines(), "the timer's call comes when /tea in is over"


def test_new_refuses_what_is_there_and_what_cannot_be_a_name(tmp_path: Path):
    make(tmp_path, "weather")
    again = riposte("plugin", "new", "weather", cwd=tmp_path)
    assert again.returncode == 1 and "weather is there already" in again.stderr
    bad = riposte("plugin", "new", "../weather", cwd=tmp_path)
    assert bad.returncode == 1 and "cannot name a plugin" in bad.stderr
    unknown = riposte("plugin", "new", "tea", "--lang", "cobol", cwd=tmp_path)
    assert unknown.returncode == 2 and "cobol" in unknown.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["weather"]


def test_run_shows_faults_with_a_caret_under_the_character(tmp_path: Path):
    echo = riposte("plugin", "run", BUNDLED / "echo.so", cwd=tmp_path, given="/echo\n/ecko hi\n")
    assert echo.stdout.splitlines() == [
        "> /echo",
        "! usage: /echo <text…>",
        "               ^ text is missing",
        "> /ecko hi",
        "! unknown command; close to it: /echo",
    ]
    dice = riposte("plugin", "run", BUNDLED / "dice.so", cwd=tmp_path, given="/dice 1d6 too much\n/骰子 1d6 多\n")
    first, caret, second, second_caret = dice.stdout.splitlines()
    assert (first, second) == ("> /dice 1d6 too much", "> /骰子 1d6 多")
    assert caret.index("^") == first.index("too")
    assert second_caret.index("^") == second.index("多") + 2  # two characters of the command take two columns each


def test_run_holds_what_comes_against_a_transcript(tmp_path: Path):
    good = riposte("plugin", "run", BUNDLED / "dice.so", cwd=tmp_path, given="> /dice 2d6\n< 🎲 2d6: [...]\n")
    assert good.returncode == 0, good.stdout
    bad = riposte("plugin", "run", BUNDLED / "echo.so", cwd=tmp_path, given="> /echo tea\n< coffee\n> /echo milk\n< milk\n")
    assert bad.returncode == 1
    assert bad.stdout.splitlines() == ["> /echo tea", "< tea", "~ differs: came < tea, expected < coffee",
                                       "> /echo milk", "< milk"]


@pytest.mark.parametrize("isolation", ["worker", "in-process"])
def test_run_lets_a_plugin_hear_what_is_said_in_the_room(tmp_path: Path, isolation: str):
    given = ("> who wants tea?\n< 7 alice: who wants tea?\n> coffee!\n> 我要喝茶\n< 7 alice: 我要喝茶\n> /listen 3\n< 0\n"
             "> coffee!\n< 3 alice: coffee!\n> hush\n> //tea\n< 3 alice: /tea\n")
    ran = riposte("plugin", "run", FIXTURES / "listener.so", "--isolation", isolation, cwd=tmp_path, given=given)
    assert ran.returncode == 0, ran.stdout
    assert ran.stderr == f'{isolation} · hears what is said without "/" · Ctrl+D ends\n'
    lines = ran.stdout.splitlines()
    assert lines[lines.index("> coffee!") + 1] == "~ not heard"
    assert lines[lines.index("> hush") + 1] == "~ done"
    differs = riposte("plugin", "run", FIXTURES / "listener.so", cwd=tmp_path, given="> tea\n< coffee\n")
    assert differs.returncode == 1 and "~ differs: came < 7 alice: tea, expected < coffee" in differs.stdout
    deaf = riposte("plugin", "run", BUNDLED / "echo.so", cwd=tmp_path, given="> hello\n> /echo hello\n< hello\n")
    assert deaf.returncode == 0, deaf.stdout
    assert deaf.stdout.splitlines()[1] == "~ not a command: a message to the room, and this plugin hears none"


def test_run_tells_of_a_crash_and_goes_on(tmp_path: Path):
    given = "/segfault\n/segfault\n"
    ran = riposte("plugin", "run", FIXTURES / "segfault.so", cwd=tmp_path, given=given)
    assert [line for line in ran.stdout.splitlines() if line.startswith("!")] == [
        "! crashed: SIGSEGV in Segfault::run, segfault.cpp:10 (--gdb)"] * 2, ran.stdout


def test_run_says_why_a_build_is_refused(tmp_path: Path):
    ran = riposte("plugin", "run", FIXTURES / "wrong_abi.so", cwd=tmp_path)
    assert ran.returncode == 1 and "refused: load: built for plugin interface" in ran.stdout
    absent = riposte("plugin", "run", "absent", cwd=tmp_path)
    assert absent.returncode == 1 and "absent is not there" in absent.stderr


def test_watch_builds_and_swaps_as_a_file_is_saved_and_keeps_the_old_one_when_it_does_not_build(tmp_path: Path):
    source = make(tmp_path, "weather") / "weather.cpp"
    text = source.read_text(encoding="utf-8")
    with Conversation("weather", "--watch", cwd=tmp_path) as chat:
        chat.says("/weather")
        assert chat.next() == "< Hello, world!"
        source.write_text(text.replace('"Hello, "', '"Good day, "'), encoding="utf-8")
        assert chat.next() == "~ weather.cpp changed · generation 2"
        chat.says("/weather")
        assert chat.next() == "< Good day, world!"
        source.write_text(text.replace("call.reply", "call.nonsense"), encoding="utf-8")
        assert chat.next() == "~ weather.cpp changed · does not build; generation 2 serves on"
        chat.says("/weather")
        assert chat.next() == "< Good day, world!"


def test_watch_hands_the_state_over_and_a_refused_build_changes_nothing(tmp_path: Path):
    library = tmp_path / "counter.so"
    library.write_bytes((FIXTURES / "counter_v1.so").read_bytes())
    with Conversation(library, "--watch", cwd=tmp_path) as chat:
        for number in (1, 2):
            chat.says("/count")
            assert chat.next() == f"< v1: {number}"
        library.write_bytes((FIXTURES / "counter_bad.so").read_bytes())
        refusal = chat.next()
        assert refusal.startswith("~ counter.so changed · refused: restore") and refusal.endswith("; generation 1 serves on")
        chat.says("/count")
        assert chat.next() == "< v1: 3"
        library.write_bytes((FIXTURES / "counter_v2.so").read_bytes())
        assert chat.next().startswith("~ counter.so changed · generation ")
        chat.says("/count")
        assert chat.next() == "< v2: 4"


def test_from_a_saved_library_to_its_answer_takes_less_than_a_second(tmp_path: Path):
    """Edit, build, swap, answer: beyond the compiler's time."""
    library = tmp_path / "counter.so"
    library.write_bytes((BUNDLED / "echo.so").read_bytes())
    other = make(tmp_path, "echo", "c")
    (other / "echo.c").write_text((other / "echo.c").read_text(encoding="utf-8").replace("Hello", "Again"), encoding="utf-8")
    built = riposte("plugin", "run", "echo", cwd=tmp_path, given="/echo\n")
    assert "< Again, world!" in built.stdout, built.stderr
    with Conversation(library, "--watch", cwd=tmp_path) as chat:
        chat.says("/echo tea")
        assert chat.next() == "< tea"
        began = time.monotonic()
        library.write_bytes((other / "build/plugins/echo.so").read_bytes())
        assert chat.next() == "~ counter.so changed · generation 2"
        chat.says("/echo tea")
        assert chat.next() == "< Again, tea!"
        assert time.monotonic() - began < 1.0


# --- plugin check -----------------------------------------------------------------------------------------------------

def check(*words: str | Path, cwd: Path) -> tuple[int, list[str]]:
    done = riposte("plugin", "check", *words, cwd=cwd)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("language", ["cpp", "c"])
def test_check_finds_no_fault_with_a_new_plugin(tmp_path: Path, language: str):
    make(tmp_path, "weather", language)
    status, lines = check("weather", cwd=tmp_path)
    assert [line[:14] for line in lines[:-1]] == [f"ok    {name:8}" for name in (
        "exports", "loads", "declares", "start", "answers", "utf8", "large", "cancel", "deadline", "stop", "leftover",
        "reload", "unload", "replay")], lines
    assert lines[0] == "ok    exports  one symbol"
    assert lines[-2] == "ok    replay   1 transcript, 2 lines said"
    assert (status, lines[-1]) == (0, "14 passed")


@pytest.mark.parametrize("plugin", ["echo", "dice", "poll", "remind", "ask", "trivia"])
def test_check_finds_no_fault_with_the_bundled_plugins(tmp_path: Path, plugin: str):
    status, lines = check(BUNDLED / f"{plugin}.so", cwd=tmp_path)
    assert (status, lines[-1]) == (0, "14 passed"), lines


@pytest.mark.parametrize(("fixture", "name", "verdict"), [
    ("no_entry", "exports", "FAIL  exports  riposte_plugin_entry is not exported"),
    ("wrong_abi", "loads", "FAIL  loads    built for plugin interface 99."),
    ("hang_in_constructor", "loads", "FAIL  loads    took longer than 5000 ms"),
    ("bad_declaration", "declares", "FAIL  declares "),
    ("refuses", "start", "FAIL  start    start: no weather today"),
    ("crash_at_start", "start", "FAIL  start    start: it died of SIG"),
    ("configured", "start", "FAIL  start    settings: setting \"greeting\" is required"),
    ("segfault", "answers", "FAIL  answers  /segfault crashed: SIGSEGV"),
    ("exit0", "answers", "FAIL  answers  /exit0 crashed: exit status 0"),
    ("garbled", "utf8", "FAIL  utf8     /garbled put out what is not a text (reply: invalid)"),
    ("careless", "cancel", "FAIL  cancel   /careless ran 1.4 s after Cancel; use call.wait()"),
    ("careless", "deadline", "warn  deadline /careless does not notice its deadline"),
    ("slow", "cancel", "ok    cancel "),
    ("untidy_thread", "leftover", "FAIL  leftover 1 thread still running after stop"),
    ("untidy_file", "leftover", "FAIL  leftover 1 descriptor still open after stop: /dev/null"),
    ("pinned", "unload", "warn  unload   stays mapped in-process: thread_local \"remembered\""),
    ("unique", "unload", "warn  unload   stays mapped in-process: \"Unique::counter()::count\" is a unique symbol, which pins it"),
    ("nodelete", "unload", "warn  unload   stays mapped in-process: it was linked with -z nodelete"),
    ("counter_v1", "reload", "ok    reload   20 times"),
])
def test_check_finds_the_fault(tmp_path: Path, fixture: str, name: str, verdict: str):
    status, lines = check(FIXTURES / f"{fixture}.so", "--only", name, cwd=tmp_path)
    assert len(lines) == 2 and lines[0].startswith(verdict), lines
    summary = {"FAIL": f"0 passed, 1 failed (--only {name} --gdb)", "warn": "0 passed, 1 warning", "ok  ": "1 passed"}
    assert lines[1] == summary[verdict[:4]]
    assert status == (1 if verdict.startswith("FAIL") else 0)


def test_check_takes_settings_and_stops_where_the_rest_makes_no_sense(tmp_path: Path):
    status, lines = check(FIXTURES / "configured.so", "--set", "greeting=Hi", "--only", "answers", cwd=tmp_path)
    assert status == 0, lines
    status, lines = check(FIXTURES / "configured.so", cwd=tmp_path)
    assert (status, [line[6:14].strip() for line in lines[:-1]]) == (1, ["exports", "loads", "declares", "start"])
    unknown = riposte("plugin", "check", FIXTURES / "slow.so", "--only", "speed", cwd=tmp_path)
    assert unknown.returncode == 1 and "exports, loads" in unknown.stderr


def test_check_sees_a_symbol_too_many(tmp_path: Path):
    folder = make(tmp_path, "tea", "c")
    with open(folder / "tea.c", "a", encoding="utf-8") as source:
        source.write("int helper(void);\nint helper(void) { return 1; }\n")
    subprocess.run(["cc", "-shared", "-fPIC", f"-I{folder}", folder / "tea.c", "-o", tmp_path / "tea.so"], check=True)
    status, lines = check(tmp_path / "tea.so", "--only", "exports", cwd=tmp_path)
    assert (status, lines[0]) == (1, "FAIL  exports  also exports helper: build with riposte_add_plugin(), or link with plugin.map")


def test_check_plays_the_authors_transcripts(tmp_path: Path):
    folder = make(tmp_path, "weather")
    (folder / "transcripts/wrong.txt").write_text("# nobody greets so\n> /weather\n< Good day!\n", encoding="utf-8")
    status, lines = check("weather", "--only", "replay", cwd=tmp_path)
    assert (status, lines[0]) == (1, "FAIL  replay   wrong.txt line 2: came < Hello, world!, expected < Good day!")


@pytest.mark.parametrize(("words", "typed"), [
    (["run", FIXTURES / "segfault.so", "--gdb"], "/segfault\n"),
    (["check", FIXTURES / "segfault.so", "--only", "answers", "--gdb"], "bt 1\n"),
])
def test_gdb_stops_in_the_line_of_the_plugin_that_crashes(tmp_path: Path, words: list, typed: str):
    shown = riposte("plugin", *words, cwd=tmp_path, given=typed).stdout
    assert "SIGSEGV" in shown and "Segfault::run" in shown and "segfault.cpp:10" in shown, shown


def test_a_desk_clears_away_what_one_that_was_killed_has_left(tmp_path: Path):
    folder = tmp_path / "tmp"
    folder.mkdir()
    def run(*words: str | Path, given: str) -> None:
        subprocess.run([BINARY, "plugin", *words], input=given, env=os.environ | {"TMPDIR": str(folder)}, text=True,
                       capture_output=True, timeout=PATIENCE_S, check=False)

    run("run", FIXTURES / "segfault.so", "--isolation", "in-process", given="/segfault\n")
    assert len(list(folder.iterdir())) == 1
    run("run", FIXTURES / "slow.so", given="/slow\n")
    assert list(folder.iterdir()) == []


# --- plugin install ---------------------------------------------------------------------------------------------------

@story
async def test_install_checks_builds_and_puts_it_into_the_running_server(tmp_path: Path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        tea = await alice.creates_room("Tea")
        await alice.listens()
        make(tmp_path, "weather")
        installed = server.riposte("plugin", "install", "weather")
        assert (installed.returncode, installed.stdout) == (0, "weather 0.1.0 live: /weather\n"), installed.stderr
        await alice.says(tea, "/weather 北京")
        await alice.expects(post("Hello, 北京!", by="weather"))

        taken = make(tmp_path, "thief")
        source = taken / "thief.cpp"
        source.write_text(source.read_text(encoding="utf-8").replace('"/thief"', '"/dice"'), encoding="utf-8")
        (taken / "transcripts/hello.txt").unlink()
        refused = server.riposte("plugin", "install", "thief")
        assert refused.returncode == 1
        assert refused.stdout.startswith("thief 0.1.0 refused: conflict: /dice belongs to dice"), refused.stdout


@story
async def test_install_lets_no_build_through_that_fails_a_check(tmp_path: Path):
    async with running_server(tmp_path) as server:
        failed = server.riposte("plugin", "install", str(FIXTURES / "segfault.so"))
        assert failed.returncode == 1
        assert "FAIL  answers  /segfault crashed: SIGSEGV" in failed.stdout and failed.stdout.endswith("not installed\n")
        assert "segfault" not in server.riposte("plugin", "list").stdout


def test_install_says_that_no_server_runs(tmp_path: Path):
    alone = riposte("plugin", "install", BUNDLED / "echo.so", "--data", tmp_path / "data", cwd=tmp_path)
    assert alone.returncode == 1 and "no server answers at" in alone.stderr


@story
async def test_install_watch_puts_each_saved_change_in(tmp_path: Path):
    async with running_server(tmp_path) as server:
        alice = await server.sign_up("alice")
        tea = await alice.creates_room("Tea")
        await alice.listens()
        source = make(tmp_path, "weather") / "weather.cpp"
        with subprocess.Popen([BINARY, "plugin", "install", "weather", "--watch"], env=server.environment(),
                              cwd=tmp_path, stdout=subprocess.PIPE, text=True) as watching:
            try:
                assert watching.stdout.readline() == "weather 0.1.0 live: /weather\n"
                text = source.read_text(encoding="utf-8").replace('"Hello, "', '"Good day, "').replace("0.1.0", "0.2.0")
                source.write_text(text, encoding="utf-8")
                assert watching.stdout.readline() == "weather 0.2.0 live: /weather\n"
                await alice.says(tea, "/weather")
                await alice.expects(post("Good day, world!", by="weather"))
            finally:
                watching.kill()
