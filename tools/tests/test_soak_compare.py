"""tools/compare and tools/bisect on real commits (with --soak: builds take minutes): one that slows a handler
down on purpose (slower_build_list.patch), and one that changes nothing but a README."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATCH = pathlib.Path(__file__).resolve().parent / "slower_build_list.patch"
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import tables  # noqa: E402


class Commits:
    """Commits on top of HEAD that no branch holds."""

    def __init__(self, folder):
        who = {f"GIT_{role}_{key}": "test" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
        self.environ = dict(os.environ, GIT_INDEX_FILE=os.path.join(folder, "index"), **who)

    def git(self, *words, stdin=None):
        done = subprocess.run(["git", "-C", ROOT, *words], input=stdin, capture_output=True, text=True, env=self.environ, check=True)
        return done.stdout.strip()

    def head(self):
        return self.git("rev-parse", "HEAD")

    def commit(self, parent):
        return self.git("commit-tree", self.git("write-tree"), "-p", parent, "-m", "test")

    def patched(self, parent):
        self.git("read-tree", parent)
        self.git("apply", "--cached", str(PATCH))
        return self.commit(parent)

    def with_readme(self, parent):
        self.git("read-tree", parent)
        blob = self.git("hash-object", "-w", "--stdin", stdin=self.git("show", f"{parent}:README.md") + "\n\nOne line more.\n")
        self.git("update-index", "--cacheinfo", f"100644,{blob},README.md")
        return self.commit(parent)


@unittest.skipUnless(os.environ.get("KRAIT_MODE") == "soak", "builds commits: only with --soak")
class RealCommitsTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.out = pathlib.Path(holder.name) / "run"
        self.commits = Commits(holder.name)
        self.head = self.commits.head()

    def tool(self, name, *arguments):
        command = [ROOT / "tools" / name, "--no-setup", "--quiet", "--jobs", "2", "--out", self.out, *arguments]
        return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)

    def test_slower_handler(self):
        slow = self.commits.patched(self.head)
        rows = ("--only", "BUILD_LIST.two,BINARY_OP.add_int,LOAD_ATTR.instance", "--quick")
        done = self.tool("compare", self.head, slow, *rows)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        found = {row["bench"]: row for row in tables.read(self.out / "compare.csv")}
        self.assertEqual(found["BUILD_LIST.two"]["verdict"], "REGRESSED")
        self.assertEqual(found["BUILD_LIST.two"]["code_same"], "0")
        self.assertIn("changed: BUILD_LIST", done.stdout)
        self.assertNotIn("REGRESSED", [row["verdict"] for bench, row in found.items() if bench != "BUILD_LIST.two"])

    def test_readme_only(self):
        done = self.tool("compare", self.head, self.commits.with_readme(self.head), "--quick")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("the same code", done.stdout)

    def test_bisect(self):
        first = self.commits.with_readme(self.head)
        slow = self.commits.patched(first)
        last = self.commits.with_readme(slow)
        done = self.tool("bisect", self.head, last, "BUILD_LIST.two", "--layouts", "1")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(slow[:7], done.stdout.splitlines()[-1])


if __name__ == "__main__":
    if os.environ.get("KRAIT_MODE") != "soak":
        print("builds commits: only with --soak")
        sys.exit(77)
    unittest.main()
