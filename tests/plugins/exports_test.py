"""What every built plugin shows to the dynamic linker: one symbol, and nothing that would pin it in memory."""
import os
import subprocess
from pathlib import Path

import pytest

LIBRARIES = sorted(Path(os.environ["RIPOSTE_BUILD"]).glob("plugins*/*.so"))


def symbols(library: Path) -> list[list[str]]:
    """[value, type, name] of each symbol that is defined and exported."""
    shown = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True, timeout=60)
    return [line.split() for line in shown.stdout.splitlines()]


def test_the_bundled_plugins_are_built():
    assert {"echo", "dice", "poll", "remind", "trivia", "units", "llm", "drill"} <= {library.stem for library in LIBRARIES}


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.stem)
def test_exports_nothing_but_the_entry(library: Path):
    assert [name for _, _, name in symbols(library)] == ["riposte_plugin_entry"]


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.stem)
def test_has_no_unique_symbol_that_would_pin_it(library: Path):
    shown = subprocess.run(["readelf", "-Ws", library], check=True, capture_output=True, text=True, timeout=60)
    assert [line for line in shown.stdout.splitlines() if " UNIQUE " in line and " UND " not in line] == []
