"""The installed author's package builds a C plugin by pkg-config, without CMake. (The tutorial's test builds one with it.)"""
import os
import subprocess
from pathlib import Path

BUILD = Path(os.environ["RIPOSTE_BUILD"])
SOURCE = Path(os.environ["RIPOSTE_SOURCE"])


def run(*command: str | Path, **more) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, **more).stdout


def test_pkg_config_has_the_flags(tmp_path: Path):
    run("cmake", "--install", BUILD, "--component", "plugin-api", "--prefix", tmp_path)
    (description,) = tmp_path.rglob("riposte-plugin.pc")
    flags = run("pkg-config", "--cflags", "--libs", "riposte-plugin",
                env=os.environ | {"PKG_CONFIG_PATH": str(description.parent)}).split()
    plugin = tmp_path / "echo.so"
    run("cc", "-std=c99", "-pedantic-errors", "-Wall", "-Wextra", "-Werror", SOURCE / "plugins/echo/echo.c", "-o", plugin, *flags)
    exported = [line.split()[2] for line in run("nm", "-D", "--defined-only", plugin).splitlines()]
    assert exported == ["riposte_plugin_entry"]


def test_the_package_holds_the_headers_and_nothing_of_the_host(tmp_path: Path):
    run("cmake", "--install", BUILD, "--component", "plugin-api", "--prefix", tmp_path)
    headers = {str(path.relative_to(tmp_path / "include")) for path in (tmp_path / "include").rglob("*") if path.is_file()}
    assert {"riposte/plugin.h", "riposte/plugin.hpp", "riposte/testing.hpp"} <= headers
    assert all(name.startswith("riposte/") for name in headers)
