# SPDX-License-Identifier: GPL-3.0-or-later
"""A few of the desk's pages in Debian's Chromium by itself: its script runs, its policy forbids nothing
of its own and all that an article brings along. tests/desk/browser has a reader's whole day, for which
npm is needed. Skipped where there is no Chromium."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

from lib.desk import DeskTest, Page
from lib.programs import PATIENCE_SECONDS, article

CHROMIUM = shutil.which("chromium")
HARM = ("<script>document.title='harmed'</script><img src=x onerror=\"document.title='harmed'\">"
        "<svg onload=\"document.title='harmed'\"><iframe srcdoc='<script>1</script>'></iframe>")


class DeskBrowser(DeskTest):
    @classmethod
    def setUpClass(cls):
        if CHROMIUM is None:
            print("SKIPPED: the whole file: no chromium", flush=True)
            raise unittest.SkipTest("no chromium")
        super().setUpClass()
        cls.profile = cls.enterClassContext(tempfile.TemporaryDirectory())

    @classmethod
    def fill(cls, index):
        index.build_articles(
            article(1, headline="Quay closed", body="The quay is closed."),
            article(2, headline=f"Harm {HARM}", body=HARM, summary=HARM, source=HARM, tags=[HARM],
                    captions=[{"text": HARM, "mediaUrl": "javascript:alert(1)"}]),
        )

    def open(self, path):
        """The page when its script has run. Fails when the browser complains of anything."""
        ran = subprocess.run(
            [CHROMIUM, "--headless", "--disable-gpu", "--enable-logging=stderr", "--dump-dom",
             *(["--no-sandbox"] if os.geteuid() == 0 else []), f"--user-data-dir={self.profile}",
             f"http://{self.desk.address}{path}"],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True,
        )
        self.assertEqual(re.findall(r"CONSOLE.*", ran.stderr), [])
        return Page(ran.stdout)

    def test_the_script_runs_and_adds_to_the_page(self):
        page = self.open("/")
        self.assertIn("Quay closed", page.headlines())
        self.assertEqual(page.one("input", id="q")["role"], "combobox")
        self.assertNotIn("hidden", page.one("button", id="live").attributes)

    def test_what_articles_bring_along_stays_text(self):
        for path in ("/?q=harm", "/a/article-2?q=harm"):
            page = self.open(path)
            self.assertNotEqual(page.one("title").text, "harmed")
            self.assertEqual(page.all("iframe") + page.all("img"), [])
            self.assertIn(HARM, page.one("main").text)


if __name__ == "__main__":
    unittest.main()
