"""The page in headless Chromium, wide and narrow: no errors, nothing stands out to the side, the table of
opcodes sorts and filters, and what is shown is what the files say."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import made_run
from ledger import store
from test_report import Elements

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# What a person would do, and where the page then says what it saw.
ACTIONS = """
<script>
(function () {
  var found = {}, table = document.getElementById("opcodes");
  function shown() { return Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; }); }
  function names() { return shown().map(function (row) { return row.dataset.bench; }).join(" "); }
  function field(name) { return document.querySelector("[data-filters=opcodes] [name=" + name + "]"); }
  function type(name, value) { field(name).value = value; field(name).dispatchEvent(new Event("input")); }
  found.first = names();
  table.querySelector("th[data-sort=median] button").click();
  found.sorted = names();
  table.querySelector("th[data-sort=median] button").click();
  found.reversed = names();
  type("words", "attr");
  found.filtered = names();
  type("engine", "switch:gcc");
  found.other = shown().map(function (row) { return row.dataset.engine; }).join(" ");
  type("words", "no such opcode");
  found.none = document.querySelector("[data-filters=opcodes] output").textContent;
  var mark = document.querySelector(".mark"), tip = document.getElementById("tip");
  mark.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
  found.tip = tip.hidden ? "" : tip.textContent;
  found.width = document.documentElement.scrollWidth;
  found.window = innerWidth;
  found.pictures = Array.from(document.querySelectorAll("figure > svg")).filter(function (svg) { return svg.getBoundingClientRect().width > 0; }).map(function (svg) { return svg.getAttribute("class"); }).join(" ");
  found.small = Array.from(document.querySelectorAll("figure > svg text")).filter(function (text) {
    var box = text.getBoundingClientRect();
    return box.height > 0 && box.height < 9;
  }).length;
  document.body.dataset.found = JSON.stringify(found);
})();
</script>
"""


def browse(path, width, *options):
    """(the document after its scripts, what the console said) in a window of this width."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={profile}", "--enable-logging=stderr", "--hide-scrollbars", f"--window-size={width},2000", *options, f"file://{path}",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=True)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        results = pathlib.Path(cls.holder.name)
        for number in range(5):
            run_id = f"2026112{number}T184500Z-1a2b3c{number}"
            cls.folder = made_run.write_run(results / "runs" / run_id, run_id, scale={"tak": 1.4} if number > 2 else {})
        made_run.add_comparison(cls.folder)
        made_run.add_ablation(cls.folder)
        made_run.add_resources(cls.folder)
        (cls.folder / "fib.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 100"><text>main</text></svg>')
        from reporting import report

        done = made_run.called("report", report.main, "--results", results)
        assert done.returncode == 0, done.stderr
        text = (cls.folder / "report.html").read_text(encoding="utf-8")
        cls.acted = cls.folder / "acted.html"
        cls.acted.write_text(text.replace("</body>", ACTIONS + "</body>"), encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def look(self, width):
        """What ACTIONS saw, and the page; the console must be silent."""
        text, console = browse(self.acted, width, "--dump-dom")
        self.assertEqual(console, [])
        page = Elements(text)
        (found,) = [attrs["data-found"] for tag, attrs in page.found if tag == "body"]
        return json.loads(found), page

    def test_wide(self):
        found, page = self.look(1280)
        self.assertEqual(found["width"], 1280)
        self.assertEqual(set(found["pictures"].split()), {"wide"})
        self.assertEqual(found["small"], 0)
        self.assertEqual(found["first"], "BINARY_OP.add_int LOAD_ATTR.slot UNPACK_SEQUENCE.<two|of>")
        self.assertEqual(found["sorted"], found["first"])
        self.assertEqual(found["reversed"], " ".join(found["first"].split()[::-1]))
        self.assertEqual((found["filtered"], found["other"], found["none"]), ("LOAD_ATTR.slot", "switch:gcc", "0 of 9 rows"))
        self.assertRegex(found["tip"], r"takes 1\.\d\d \[1\.\d\d, 1\.\d\d\] times as long as direct")
        made = store.Run(str(self.folder))
        shown = {(row["bench"], row["engine"], row["median"]) for row in page.of_file("summary.csv")}
        self.assertEqual(shown, {(row["bench"], f"{row['technique']}:{row['engine_compiler']}", row["median_ns"]) for row in made.table("summary.csv")})

    def test_narrow(self):
        # Chromium's headless windows are at least 500 pixels wide in some versions: the page says which it got.
        found, _ = self.look(400)
        self.assertLessEqual(found["width"], found["window"])
        self.assertEqual(set(found["pictures"].split()), {"narrow"})
        self.assertEqual(found["small"], 0)

    def test_picture_is_drawn(self):
        for width in (1280, 400):
            path = self.folder / f"{width}.png"
            _, console = browse(self.folder / "report.html", width, f"--screenshot={path}")
            self.assertEqual(console, [])
            self.assertGreater(path.stat().st_size, 20_000)

    def test_errors_would_be_seen(self):
        path = self.folder / "broken.html"
        path.write_text("<script>nothing.here()</script>")
        self.assertTrue(any(re.search("nothing is not defined", line) for line in browse(path, 400, "--dump-dom")[1]))


if __name__ == "__main__":
    if not BROWSER:
        print("chromium is not installed (tools/setup --soak installs it)")
        sys.exit(77)
    unittest.main()
