"""The CI templates are valid workflows, and their scripts turn the exit codes of tools/compare into the
right verdicts. The scripts are run, with stand-ins for the commands that they call."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

try:
    import yaml
except ImportError:
    print("python3-yaml is not installed")
    raise SystemExit(77) from None

ROOT = pathlib.Path(__file__).resolve().parents[2]
GITHUB, GITLAB = (ROOT / "tools" / "ci" / name for name in ("github-actions.yml", "gitlab-ci.yml"))
README = ROOT / "tools" / "ci" / "README.md"
WORKFLOW_KEYS = {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"}
JOB_KEYS = {"name", "permissions", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env", "defaults", "steps", "timeout-minutes",
            "strategy", "continue-on-error", "container", "services", "uses", "with", "secrets"}
STEP_KEYS = {"id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env", "continue-on-error", "timeout-minutes"}
SCOPES = {"actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "packages", "pages",
          "pull-requests", "repository-projects", "security-events", "statuses"}
ACTION_INPUTS = {
    "actions/checkout@v4": {"fetch-depth", "ref"},
    "actions/cache@v4": {"path", "key", "restore-keys"},
    "actions/upload-artifact@v4": {"name", "path", "if-no-files-found"},
    "actions/github-script@v7": {"script"},
}
GITLAB_JOB_KEYS = {"after_script", "allow_failure", "artifacts", "before_script", "cache", "coverage", "dependencies", "environment", "extends",
                   "hooks", "id_tokens", "identity", "image", "inherit", "interruptible", "manual_confirmation", "needs", "pages", "parallel",
                   "release", "resource_group", "retry", "rules", "run", "script", "secrets", "services", "stage", "tags", "timeout", "trigger",
                   "variables", "when"}
GITLAB_ARTIFACT_KEYS = {"access", "exclude", "expire_in", "expose_as", "name", "paths", "public", "reports", "untracked", "when"}
GITLAB_CACHE_KEYS = {"paths", "key", "untracked", "unprotect", "when", "policy", "fallback_keys"}
STAND_IN = """#!/bin/sh
echo "$0 $*" >> "$CALLS"
name=$(basename "$0")
if [ "$name" = compare ]; then
    mkdir -p "$RUN"
    exit "$STAND_IN_CODE"
fi
while [ $# -gt 0 ]; do
    if [ "$1" = --out ]; then echo "| table |" > "$2"; fi
    shift
done
"""


class Loader(yaml.SafeLoader):
    """Refuses a key that stands twice, and leaves `on` a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise ValueError(f"{doubled} stands twice in line {node.start_mark.line + 1}")
    return dict(zip(keys, (loader.construct_object(value, deep=True) for _, value in node.value)))


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)


def load(path):
    text = path.read_text()
    assert "\t" not in text, f"{path}: a tab"
    return yaml.load(text, Loader)


class Sandbox(unittest.TestCase):
    """A folder with stand-ins for the commands, in which scripts run."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.calls = self.folder / "calls"
        for name in ("tools/compare", "tools/export", "tools/report", "tools/setup", "bin/git", "bin/curl"):
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(STAND_IN)
            path.chmod(0o755)
        (self.folder / "bin/git").write_text("#!/bin/sh\necho abc1234\n")

    def script(self, text, shell, **variables):
        environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "CALLS": str(self.calls), **variables}
        return subprocess.run([*shell, "-c", text], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60)

    def called(self):
        return self.calls.read_text().replace(f"{self.folder}/", "").splitlines() if self.calls.exists() else []


class GitHubTest(Sandbox):
    SHELL = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"]  # what `shell: bash` means

    def setUp(self):
        super().setUp()
        self.workflow = load(GITHUB)
        (self.job,) = self.workflow["jobs"].values()

    def test_keys(self):
        self.assertLessEqual(set(self.workflow), WORKFLOW_KEYS)
        self.assertLessEqual({"name", "on", "jobs"}, set(self.workflow))
        self.assertLessEqual(set(self.workflow["permissions"]), SCOPES)
        self.assertLessEqual(set(self.workflow["permissions"].values()), {"read", "write", "none"})
        self.assertEqual(set(self.workflow["on"]), {"pull_request"})
        self.assertLessEqual(set(self.job), JOB_KEYS)
        self.assertIn("runs-on", self.job)
        self.assertEqual(self.job["defaults"]["run"]["shell"], "bash")
        names = [step["id"] for step in self.job["steps"] if "id" in step]
        self.assertEqual(len(names), len(set(names)))
        for step in self.job["steps"]:
            self.assertLessEqual(set(step), STEP_KEYS, step)
            self.assertEqual(("run" in step) + ("uses" in step), 1, step)
            if "uses" in step:
                self.assertLessEqual(set(step.get("with", {})), ACTION_INPUTS[step["uses"]], step)

    def test_nothing_from_the_event_reaches_a_script(self):
        for step in self.job["steps"]:
            self.assertNotIn("${{", step.get("run", "") + step.get("with", {}).get("script", ""))

    def test_expressions(self):
        known = {step["id"] for step in self.job["steps"] if "id" in step}
        text = GITHUB.read_text()
        for expression in re.findall(r"\$\{\{(.*?)\}\}", text) + re.findall(r"^ +if: (.*)$", text, re.M):
            self.assertEqual(expression.count("("), expression.count(")"))
            self.assertLessEqual(set(re.findall(r"steps\.(\w+)\.", expression)), known)
            self.assertLessEqual(set(re.findall(r"\b([a-zA-Z]+)\(", expression)), {"contains", "fromJSON", "always"})

    def steps(self, code, **more):
        """Runs the scripts as a runner would: (exit code of the last, outputs of compare)."""
        output, summary = self.folder / "output", self.folder / "summary"
        variables = dict(self.workflow["env"], GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary), STAND_IN_CODE=str(code), **more)
        by_name = {step["name"]: step["run"] for step in self.job["steps"] if "run" in step}
        self.assertEqual(self.script(by_name["Compare"], self.SHELL, TARGET="main", **variables).returncode, 0)
        found = dict(line.split("=", 1) for line in output.read_text().splitlines())
        if found["code"] in ("0", "1", "3"):
            result = self.script(by_name["Table and page"], self.SHELL, **variables)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(summary.read_text(), "| table |\n")
        return self.script(by_name["Verdict"], self.SHELL, CODE=found["code"], **variables)

    def test_verdicts(self):
        for code, wanted, word in ((0, 0, "not slower"), (1, 1, "slower"), (2, 2, "did not run"), (3, 0, "::warning"), (4, 4, "wrong result"), (130, 2, "did not run")):
            for name in ("calls", "output", "summary"):
                (self.folder / name).unlink(missing_ok=True)
            result = self.steps(code)
            self.assertEqual(result.returncode, wanted, f"{code}: {result.stdout}")
            self.assertIn(word, result.stdout)
            self.assertEqual(self.called()[0], "tools/compare --no-setup --quick --out ci-run abc1234 HEAD")
            self.assertEqual(len(self.called()), 3 if code in (0, 1, 3) else 1)
        self.assertEqual(self.steps(3, UNDECIDED="fail").returncode, 1)

    def test_the_page_lists_the_lines(self):
        text = README.read_text()
        for word in ("container", "fetch-depth", "safe.directory", "merge-base", "timeout-minutes", "concurrency", "continue-on-error", "UNDECIDED"):
            self.assertIn(word, text)
            self.assertIn(word, GITHUB.read_text())


class GitLabTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.pipeline = load(GITLAB)
        self.job = self.pipeline["krait"]

    def test_keys(self):
        self.assertEqual(set(self.pipeline), {"krait"})
        self.assertLessEqual(set(self.job), GITLAB_JOB_KEYS)
        self.assertLessEqual(set(self.job["artifacts"]), GITLAB_ARTIFACT_KEYS)
        self.assertLessEqual(set(self.job["cache"]), GITLAB_CACHE_KEYS)
        self.assertLessEqual(len(self.job["cache"]["fallback_keys"]), 5)
        self.assertTrue(all(isinstance(line, str) for line in self.job["script"] + self.job["before_script"]))
        self.assertTrue(all(isinstance(value, str) for value in self.job["variables"].values()))
        self.assertEqual(self.job["allow_failure"], {"exit_codes": [3]})
        self.assertIn(self.job["artifacts"]["when"], ("on_success", "on_failure", "always"))
        for path in self.job["artifacts"]["paths"] + [self.job["artifacts"]["reports"]["junit"]]:
            self.assertTrue(path.startswith(self.job["variables"]["RUN"] + "/"))

    def run_job(self, code, **more):
        variables = dict(self.job["variables"], CI_MERGE_REQUEST_DIFF_BASE_SHA="abc", CI_COMMIT_SHA="def", STAND_IN_CODE=str(code), **more)
        return self.script("set -e\n" + "\n".join(self.job["script"]), ["sh"], **variables)

    def test_verdicts(self):
        for code in (0, 1, 2, 3, 4):
            self.calls.unlink(missing_ok=True)
            result = self.run_job(code)
            self.assertEqual(result.returncode, code, result.stderr)
            self.assertEqual(self.called()[0], "tools/compare --no-setup --quick --out ci-run abc def")
            self.assertEqual([line.split()[0] for line in self.called()[1:]], ["tools/export", "tools/export", "tools/report"] if code in (0, 1, 3) else [])

    def test_note(self):
        result = self.run_job(1, KRAIT_NOTES_TOKEN="secret", CI_API_V4_URL="https://host/api/v4", CI_PROJECT_ID="7", CI_MERGE_REQUEST_IID="9")
        self.assertEqual(result.returncode, 1)
        self.assertIn("https://host/api/v4/projects/7/merge_requests/9/notes", self.called()[-1])


class LoaderTest(unittest.TestCase):
    def test_it_can_fail(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "bad.yml"
            for text in ("a: 1\na: 2\n", "a: [1\n", "a:\n\tb: 1\n"):
                path.write_text(text)
                with self.assertRaises((ValueError, AssertionError, yaml.YAMLError)):
                    load(path)

    def test_no_make(self):
        for path in (GITHUB, GITLAB):
            self.assertIsNone(re.search(r"\bmake\b", path.read_text()))


if __name__ == "__main__":
    unittest.main()
