"""A server for a bench: pinned to its core, with people who are signed up before the measuring begins."""
import contextlib
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

BUILD = Path(os.environ["RIPOSTE_BUILD"])
BINARY = os.environ["RIPOSTE_BINARY"]
PINNED = ["taskset", "-c", os.environ.get("RIPOSTE_SERVER_CORE", "0")]
LOAD = BUILD / "tests/bench"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def figure(name: str, value: float, unit: str, ceiling: float | None = None, want: str | None = None) -> None:
    print(json.dumps({"name": name, "value": value, "unit": unit} | ({"ceiling": ceiling} if ceiling else {})
                     | ({"want": want} if want else {})), flush=True)


def load(program: str, **options) -> dict:
    arguments = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", str(value))]
    finished = subprocess.run([str(LOAD / program), *arguments], capture_output=True, text=True, timeout=300)
    if finished.returncode != 0:
        raise RuntimeError(finished.stderr)
    return json.loads(finished.stdout)


class Served:
    def __init__(self, folder: Path, process: subprocess.Popen, port: int):
        self.folder, self.process, self.port = folder, process, port

    @property
    def pid(self) -> int:
        return self.process.pid

    def rest(self, method: str, path: str, body=None, token: str | None = None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1{path}", method=method,
                                         data=json.dumps(body).encode() if body is not None else None,
                                         headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}))
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def sign_up(self, name: str, invite: str | None = None) -> str:
        return self.rest("POST", "/users", {"name": name, "password": "correct horse", "bearer": True} | ({"invite": invite} if invite else {}))["token"]

    def room_of(self, count: int, prefix: str = "bench") -> tuple[str, Path]:
        """One room with that many members; a file of their tokens, the sender first."""
        owner = self.sign_up(f"{prefix}0")
        created = self.rest("POST", "/rooms", {"title": "Bench"}, owner)
        tokens = [owner] + [self.sign_up(f"{prefix}{i}", created["invite"]["token"]) for i in range(1, count)]
        path = self.folder / f"{prefix}.tokens"
        path.write_text("\n".join(tokens) + "\n")
        return created["room"]["uri"], path

    def rooms_for(self, count: int, prefix: str = "own") -> Path:
        """A room of its own for each of that many people; a file of "token room"."""
        lines = []
        for i in range(count):
            token = self.sign_up(f"{prefix}{i}")
            lines.append(f"{token} {self.rest('POST', '/rooms', {'title': 'Own'}, token)['room']['uri']}")
        path = self.folder / f"{prefix}.clients"
        path.write_text("\n".join(lines) + "\n")
        return path


@contextlib.contextmanager
def served(plugins: bool = False, **settings):
    with tempfile.TemporaryDirectory(prefix="riposte-bench-") as name:
        folder, port = Path(name), free_port()
        environment = os.environ | {f"RIPOSTE_{key}": str(value) for key, value in ({
            "HTTP__PORT": port, "HTTP__THREADS": 1, "DATA__DIRECTORY": folder / "data", "PLUGINS__DIRECTORY": folder / "inbox",
            "PLUGINS__BUNDLED_DIRECTORY": BUILD / "plugins" if plugins else "", "AUTH__ARGON_MEMORY_MIB": 8, "AUTH__ARGON_PASSES": 1,
            "LIMITS__POSTS_PER_10S": 1000000, "LIMITS__REQUESTS_PER_10S": 1000000, "LIMITS__ACTIONS_IN_FLIGHT": 128,
            "LIMITS__SOCKETS_PER_USER": 1000, "LIMITS__OUTBOX_KIB": 8192, "LOG__LEVEL": "warning", "PLUGINS__QUEUE": 1000} | settings).items()}
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen([*PINNED, BINARY, "serve"], env=environment, stdout=log, stderr=log, cwd=folder)
        try:
            wait_until_ready(process, port, folder / "log")
            yield Served(folder, process, port)
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(process: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(log.read_text()[-2000:])
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
            return
        time.sleep(0.05)
    raise RuntimeError("not ready within 60 s")
