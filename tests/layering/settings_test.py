"""Every key of the configuration must reach a part: one that nobody reads would be a promise that is not kept."""
import re
import unittest
from pathlib import Path

HOST = Path(__file__).resolve().parents[2] / "host"
READERS = ["server.cpp", "server_options.cpp", "cli/run.cpp", "cli/plugin_verbs.cpp", "config/finish.cpp"]


class EverySettingIsRead(unittest.TestCase):
    def test_every_member_is_named_by_the_server_or_the_command_line(self):
        keys = re.findall(r"AT\(([a-z_0-9]+\.[a-z_0-9]+)\)", (HOST / "config/keys.cpp").read_text(encoding="utf-8"))
        self.assertGreater(len(keys), 30)
        read = "\n".join((HOST / name).read_text(encoding="utf-8") for name in READERS if (HOST / name).exists())
        unread = [key for key in keys if not re.search(r"\.%s\b" % re.escape(key.split(".")[1]), read)]
        self.assertEqual(unread, [])

    def test_a_plugins_own_table_reaches_the_loader(self):
        options = (HOST / "server_options.cpp").read_text(encoding="utf-8")
        for member in ("values", "read_paths", "isolation"):
            self.assertIn(f"plugin.{member}", options)


if __name__ == "__main__":
    unittest.main()
