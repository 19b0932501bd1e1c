"""deploy/riposte.service and deploy/riposte.toml.example hold what they promise."""
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("RIPOSTE_BINARY", str(SOURCE / "build/dev/host/riposte"))


def test_the_example_configuration_is_accepted_and_says_what_it_sets():
    shown = subprocess.run([BINARY, "config", "show", "--config", str(SOURCE / "deploy/riposte.toml.example")],
                           capture_output=True, text=True, timeout=20)
    assert shown.returncode == 0, shown.stderr
    lines = {line.split(" = ")[0]: line for line in shown.stdout.splitlines()}
    assert '"https://chat.example.org"' in lines["http.public_url"]
    assert "riposte.toml.example:6" in lines["http.public_url"]
    assert lines["http.threads"].endswith("# default")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
def test_systemd_understands_the_unit(tmp_path):
    unit = (SOURCE / "deploy/riposte.service").read_text()
    assert "/usr/local/bin/riposte" in unit
    (tmp_path / "riposte.service").write_text(unit.replace("/usr/local/bin/riposte", BINARY))
    said = subprocess.run(["systemd-analyze", "verify", str(tmp_path / "riposte.service")], capture_output=True, text=True,
                          timeout=30)
    complaints = [line for line in said.stderr.splitlines() if "riposte.service" in line]
    assert complaints == []
