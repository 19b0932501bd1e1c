"""The installed author's package builds a plugin out of tree: by find_package(RipostePlugin), or by pkg-config without CMake."""
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


def test_find_package_has_what_builds_a_plugin_and_its_test(tmp_path: Path):
    run("cmake", "--install", BUILD, "--component", "plugin-api", "--prefix", tmp_path / "sdk")
    folder = tmp_path / "dice"
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text("""
        cmake_minimum_required(VERSION 3.25)
        project(dice LANGUAGES CXX)
        find_package(RipostePlugin REQUIRED)
        riposte_add_plugin(dice SOURCES %s/plugins/dice/dice.cpp)
        riposte_add_plugin_test(dice SOURCES test.cpp)
        enable_testing()
        add_test(NAME dice COMMAND dice_test)
    """ % SOURCE, encoding="utf-8")
    (folder / "test.cpp").write_text("""
        #include <riposte/testing.hpp>
        int main() { return riposte::testing::Host(RIPOSTE_PLUGIN_FILE).says("alice", "/dice 2d6").done() ? 0 : 1; }
    """, encoding="utf-8")
    run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={tmp_path / 'sdk'}")
    run("cmake", "--build", folder / "build")
    run("ctest", "--test-dir", folder / "build", "--output-on-failure")
    exported = [line.split()[2] for line in run("nm", "-D", "--defined-only", folder / "build/plugins/dice.so").splitlines()]
    assert exported == ["riposte_plugin_entry"]


def test_the_package_holds_the_headers_and_nothing_of_the_host(tmp_path: Path):
    run("cmake", "--install", BUILD, "--component", "plugin-api", "--prefix", tmp_path)
    headers = {str(path.relative_to(tmp_path / "include")) for path in (tmp_path / "include").rglob("*") if path.is_file()}
    assert {"riposte/plugin.h", "riposte/plugin.hpp", "riposte/testing.hpp"} <= headers
    assert all(name.startswith("riposte/") for name in headers)
