"""The layering test must be able to fail: each case plants one breach in an otherwise clean tree."""
import tempfile
import unittest
from pathlib import Path

from layering import breaches


class Layering(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.write("host/base/ids.hpp", "#pragma once\n#include <string>\n")
        self.write("host/store/store.hpp", '#include "base/ids.hpp"\n')
        self.write("host/server.cpp", '#include "server.hpp"\n#include "net/server.hpp"\n')

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def expect_breach(self, name, text, said):
        self.write(name, text)
        found = breaches(self.root)
        self.assertEqual(len(found), 1, found)
        self.assertIn(said, found[0])

    def test_clean_tree(self):
        self.assertEqual(breaches(self.root), [])

    def test_store_may_not_reach_up_to_chat(self):
        self.expect_breach("host/store/bad.cpp", '\n#include "chat/rooms.hpp"\n', "bad.cpp:2: store may not include chat")

    def test_no_angle_brackets_around_the_plugin_header_outside_loader(self):
        self.expect_breach("host/chat/bad.cpp", "#include <riposte/plugin.h>\n", "chat may not include plugin-api")

    def test_sqlite_stays_in_the_store(self):
        self.expect_breach("host/chat/bad.cpp", "#include <sqlite3.h>\n", "may not use sqlite3.h")

    def test_nested_folders_count_as_their_parent(self):
        self.expect_breach("host/store/sqlite/bad.cpp", '#include "net/http.hpp"\n', "store may not include net")

    def test_plugins_see_no_host(self):
        self.expect_breach("plugins/dice/dice.cpp", '#include "base/ids.hpp"\n', "a plugin may not include")

    def test_a_fifth_beast_coroutine_file(self):
        for i in range(5):
            self.write(f"host/net/c{i}.cpp", "#include <boost/beast/core.hpp>\nauto f() { co_await g(); }\n")
        found = breaches(self.root)
        self.assertEqual(len(found), 1, found)
        self.assertIn("5 files compile Beast coroutines", found[0])

    def test_one_name_for_two_types(self):
        self.write("host/cli/a.hpp", "namespace riposte {\nclass Refused : public Error {\n};\n}\n")
        self.write("host/net/c.hpp", "namespace riposte::other {\nstruct Refused {\n};\n}\n")
        self.expect_breach("host/loader/b.hpp", "namespace riposte {\nclass Refused;\nstruct Refused {\n};\n}\n",
                           "riposte::Refused is defined in host/cli/a.hpp and in host/loader/b.hpp")

    def test_a_new_folder_needs_a_line_in_the_table(self):
        self.expect_breach("host/helpers/x.cpp", "", "not in the table")


if __name__ == "__main__":
    unittest.main()
