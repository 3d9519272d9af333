# SPDX-License-Identifier: GPL-3.0-or-later
"""What an admin's Prometheus sees of a real server, above all when its disk is full."""

import json
import re
import shutil
import subprocess
import unittest
import urllib.error

from lib import api
from lib.figures import page, values
from lib.programs import SOURCE, Index, article, run, wait_for
from lib.small_disk import small_disk

RULES = SOURCE / "packaging" / "prometheus"
DASHBOARD = SOURCE / "packaging" / "grafana" / "broadsheet.json"


class ReadOnly(unittest.TestCase):
    def setUp(self):
        self.index = self.enterContext(Index())
        self.index.build_articles(article(1), article(2))
        self.server = self.enterContext(self.index.serve("--metrics", "127.0.0.1:0"))

    def test_searches_are_counted_and_their_stages_timed(self):
        for query in ("number1", "number1", "headline"):
            self.server.ids(query)
        seen = values(page(self.server))
        searches = '{grpc_type="unary",grpc_service="broadsheet.v1.SearchService",' \
                   'grpc_method="SearchArticles"'
        self.assertEqual(seen[f"grpc_server_started_total{searches}}}"], 3)
        self.assertEqual(seen[f'grpc_server_handled_total{searches},grpc_code="OK"}}'], 3)
        # The second one is answered from memory, and so are none of its later stages needed.
        self.assertEqual(seen["broadsheet_answer_cache_hits_total"], 1)
        for stage, count in {"snapshot": 3, "compile": 2, "match": 2, "notices": 2, "hits": 2}.items():
            self.assertEqual(
                seen[f'broadsheet_query_stage_seconds_count{{stage="{stage}"}}'], count, stage
            )
        self.assertEqual(seen["broadsheet_articles"], 2)
        self.assertEqual(seen["broadsheet_generation"], 1)
        self.assertEqual(seen["broadsheet_serving"], 1)
        self.assertGreater(seen["broadsheet_disk_free_bytes"], 0)
        self.assertGreater(seen["process_resident_memory_bytes"], 1e6)
        self.assertGreater(seen["process_open_fds"], 5)
        wait_for(lambda: values(page(self.server))['broadsheet_base_check{state="whole"}'] == 1,
                 "the check of the base")

    def test_a_bad_query_is_told_by_its_reason(self):
        self.assertEqual(self.server.client("search", "AND AND").returncode, 2)
        errors = {name: value for name, value in values(page(self.server)).items()
                  if name.startswith("broadsheet_errors_total")}
        self.assertEqual(len(errors), 1, errors)
        self.assertEqual(list(errors.values()), [1])

    def test_health_for_balancers(self):
        self.assertEqual(page(self.server, "/healthz"), "SERVING\n")
        with self.assertRaises(urllib.error.HTTPError) as wrong:
            page(self.server, "/nowhere")
        self.assertEqual(wrong.exception.code, 404)

    def test_the_dashboard_and_the_alerts_ask_for_what_there_is(self):
        """A dashboard whose names nobody serves shows empty panels for ever."""
        served = set(re.findall(r"^# TYPE (\S+) ", page(self.server), re.M))
        served |= {f"{name}_{part}" for name in served for part in ("bucket", "sum", "count")}
        # Those that are there only while there is something to say, or on a writable server.
        documented = (SOURCE / "docs" / "operations.md").read_text()
        panels = json.loads(DASHBOARD.read_text())["panels"]
        asked = " ".join(target["expr"] for panel in panels for target in panel["targets"])
        asked += (RULES / "broadsheet.rules.yml").read_text()
        names = set(re.findall(r"\b(?:broadsheet|grpc_server|process)_[a-z_]+\b", asked))
        self.assertGreater(len(names), 20)
        for name in names - served:
            self.assertIn(f"`{name}`", documented, name)

    def test_an_address_in_use_names_the_option(self):
        refused = run("broadsheetd", "--index", self.index.path, "--listen", "127.0.0.1:0",
                      "--metrics", self.server.address)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--metrics", refused.stderr)
        self.assertEqual(len(refused.stderr.splitlines()), 1, refused.stderr)


class Rules(unittest.TestCase):
    def test_promtool_accepts_the_alerts_and_they_do_what_they_say(self):
        promtool = shutil.which("promtool")
        if promtool is None:
            print("SKIPPED: no promtool (apt-get install prometheus)", flush=True)
            self.skipTest("no promtool")
        for command in (["check", "rules", "broadsheet.rules.yml"],
                        ["test", "rules", "broadsheet.rules.test.yml"]):
            done = subprocess.run([promtool, *command], cwd=RULES, capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_promtool_accepts_a_servers_page(self):
        promtool = shutil.which("promtool")
        if promtool is None:
            print("SKIPPED: no promtool (apt-get install prometheus)", flush=True)
            self.skipTest("no promtool")
        with Index() as index:
            index.build_articles(article(1))
            with index.serve("--metrics", "127.0.0.1:0", "--writable") as server:
                server.ids("number1")
                done = subprocess.run([promtool, "check", "metrics"], input=page(server),
                                      capture_output=True, text=True, check=False)
                self.assertEqual(done.stdout + done.stderr, "")
                self.assertEqual(done.returncode, 0)


class FullDisk(unittest.TestCase):
    def test_an_admin_sees_that_writes_fail_since_when_and_what_it_cost(self):
        disk = self.enterContext(small_disk(megabytes=8))
        index = self.enterContext(Index())
        index.path = disk.path / "index"
        index.build_articles(article(1), article(2))
        server = self.enterContext(index.serve("--writable", "--metrics", "127.0.0.1:0"))
        before = values(page(server))
        self.assertEqual(before["broadsheet_writes_failing"], 0)
        self.assertNotIn("broadsheet_last_write_timestamp_seconds", before)
        disk.leave(0)
        articles = api.ArticleService(self.enterContext(api.connect(server.address)))
        with self.assertRaises(api.grpc.RpcError):
            articles.put(article(3))
        full = values(page(server))
        self.assertEqual(full["broadsheet_writes_failing"], 1)
        self.assertGreaterEqual(full["broadsheet_writes_failed_total"], 1)
        status = server.client("status").stdout
        self.assertRegex(status, r"Writes      FAIL since 20\d\d-.* UTC, INDEX_FULL: 1 refused\n")
        self.assertIn("Disk        0.0 GB free\n", status)
        self.assertEqual(server.status()["writeFailure"]["reason"], "INDEX_FULL")
        since = 'broadsheet_writes_failing_since_timestamp_seconds{reason="INDEX_FULL"}'
        self.assertGreater(full[since], 1.7e9)
        self.assertLess(full["broadsheet_disk_free_bytes"], 1 << 20)
        disk.grow(20)
        articles.put(article(3))
        well = values(page(server))
        self.assertRegex(server.client("status").stdout, r"Writes      last at 20\d\d-")
        self.assertEqual(well["broadsheet_writes_failing"], 0)
        self.assertNotIn(since, well)
        self.assertEqual(well["broadsheet_writes_total"], 1)
        self.assertEqual(well["broadsheet_live_articles"], 1)
        self.assertRegex(server.log(), r"writes succeed again: \d+ writes, 0\.0 MB, were refused "
                                       r"in \d+ s, since 20\S+Z")


if __name__ == "__main__":
    unittest.main()
