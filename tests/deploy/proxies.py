"""Debian's nginx and Caddy on loopback, each with its example of deploy/: only ports, certificate and folders differ."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/integration"))

from harness import free_port  # noqa: E402

PROGRAMS = SOURCE / ".cache/programs/usr"
NAME = "chat.example.org"


@dataclass
class Ports:
    plain: int
    tls: int
    server: int


def replaced(text: str, changes: dict[str, str]) -> str:
    """Each of these must be there, or the example has changed and this test with it."""
    for old, new in changes.items():
        assert old in text, f"the example has no {old!r}"
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> tuple[Path, Path]:
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={NAME}", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def nginx(folder: Path, ports: Ports) -> subprocess.Popen:
    cert, key = certificate(folder)
    site = replaced((SOURCE / "deploy/nginx.conf.example").read_text(), {
        "listen 80;": f"listen 127.0.0.1:{ports.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports.tls} ssl http2;",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(cert),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
        "server 127.0.0.1:8080;": f"server 127.0.0.1:{ports.server};",
    })
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    (folder / "nginx.conf").write_text("\n".join([
        "user root;" if os.getuid() == 0 else "", "daemon off;", "worker_processes 1;", f"pid {folder}/nginx.pid;",
        f"error_log {folder}/nginx.log;", "events {}", "http {", "access_log off;",
        *[f"{kind}_temp_path {folder}/{kind};" for kind in kinds], f"include {folder}/site.conf;", "}"]))
    return subprocess.Popen([PROGRAMS / "sbin/nginx", "-p", folder, "-c", folder / "nginx.conf"],
                            stderr=open(folder / "nginx.stderr", "wb"))


def caddy(folder: Path, ports: Ports) -> subprocess.Popen:
    site = replaced((SOURCE / "deploy/Caddyfile.example").read_text(), {
        f"\n{NAME} {{": f"\n{NAME} {{\n\ttls internal\n\tbind 127.0.0.1",
        "127.0.0.1:8080": f"127.0.0.1:{ports.server}",
    })
    options = f"{{\n\tadmin off\n\thttp_port {ports.plain}\n\thttps_port {ports.tls}\n\tskip_install_trust\n}}\n"
    (folder / "Caddyfile").write_text(options + site)
    return subprocess.Popen([PROGRAMS / "bin/caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
                            env=os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)},
                            stderr=open(folder / "caddy.stderr", "wb"))


PROXIES = {"nginx": nginx, "caddy": caddy}


def chosen_ports() -> Ports:
    return Ports(free_port(), free_port(), free_port())


def logged_address(log: str, path: str) -> str:
    """From where the server says that the last request for this path came."""
    lines = [line for line in log.splitlines() if '"event":"request"' in line and path in line]
    assert lines, f"no request for {path} in the log:\n{log[-2000:]}"
    return re.search(r'"from":"([^"]*)"', lines[-1])[1]
