"""Builds of commits, made in one git worktree, so that nothing but their sources tells two builds apart.

All commits are checked out at the same place in turn, build/compare/tree, and built by `layouts.py` there: the
same paths, flags and compilers; a neighbouring commit costs only what changed. What is measured are copies,
build/compare/arms/HASH-SEED-N, each with a path (of the same length) and an inode of its own: HASH names
sources, flags and compilers, SEED the layout, N the arm. A folder that exists is whole.
"""

import fcntl
import functools
import json
import os
import shutil
import subprocess
import sys

from benchmarking import code, environment, layouts

KEPT_ARMS = 48  # copies, those used longest ago go


class BuildFailed(Exception):
    """A commit does not build; the message holds what the compiler said."""


class UnknownRevision(Exception):
    """Git knows no such commit."""


def git(root, *words, check=True):
    """What git prints; raises UnknownRevision with its message where it fails."""
    done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise UnknownRevision(done.stderr.strip() or f"git {' '.join(words)} failed")
    return done.stdout.strip() if done.returncode == 0 else ""


class Revision:
    """A commit: its hash, and the name that tables show."""

    def __init__(self, commit, label):
        self.commit, self.label = commit, label


def revision(root, name):
    """The commit that a name stands for. None: HEAD, or, if files that git knows have changed, those files
    as they are now (as a commit that no branch holds)."""
    if name is None:
        stashed = git(root, "stash", "create")
        if stashed:
            return Revision(stashed, git(root, "rev-parse", "--short=7", "HEAD") + "-dirty")
    commit = git(root, "rev-parse", "--verify", "--quiet", f"{name or 'HEAD'}^{{commit}}", check=False)
    if not commit:
        raise UnknownRevision(f"git knows no commit '{name or 'HEAD'}'")
    return Revision(commit, commit[:7])


class Build:
    """The executables of one commit with one layout; `folder` may be a build folder of any origin."""

    def __init__(self, folder, label, seed=0):
        self.folder, self.label, self.seed = os.path.abspath(folder), label, seed
        self.krait = os.path.join(self.folder, "krait")
        self.microbench = os.path.join(self.folder, "krait-microbench")

    def copied_to(self, folder):
        """This build's executables once more, in other pages of memory."""
        os.makedirs(folder)
        for path in (self.krait, self.microbench):
            if os.path.exists(path):
                shutil.copy(path, folder)
        return Build(folder, self.label, self.seed)

    @functools.cached_property
    def code(self):
        """What the executable's code is, function by function; None where it cannot be told."""
        return code.read(self.krait)

    @functools.cached_property
    def knows_layouts(self):
        """Whether the build has been laid out by its seed: old commits ignore it."""
        try:
            return json.loads(environment.output([self.krait, "--version", "--json"])).get("layout_seed") == self.seed
        except (ValueError, AttributeError):
            return False


class Builder:
    """Makes and keeps builds. `say` gets one line about each thing that takes time."""

    def __init__(self, root, jobs=None, folder=None, say=None):
        self.root, self.jobs = root, jobs or os.cpu_count() or 1
        self.folder = folder or os.path.join(root, "build", "compare")
        self.tree, self.arms = os.path.join(self.folder, "tree"), os.path.join(self.folder, "arms")
        self.say = say or (lambda text: print(text, file=sys.stderr, flush=True))

    def build(self, rev, seeds, number):
        """The Builds of a commit as arm `number`, one for each layout seed. Raises BuildFailed."""
        os.makedirs(self.arms, exist_ok=True)
        with open(os.path.join(self.folder, "lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._check_out(rev)
            folders = [self._laid_out(rev, seed) for seed in seeds]
            copies = [self._copy(folder, number) for folder in folders]
            self._prune(copies)
        return [Build(folder, rev.label, seed) for folder, seed in zip(copies, seeds)]

    def _laid_out(self, rev, seed):
        if not os.path.exists(layouts.path_of(self.tree, seed)):
            self.say(f"building {rev.label}, layout {seed}")
        try:
            return layouts.build(self.tree, seed, jobs=self.jobs)
        except layouts.BuildFailed as problem:
            lines = str(problem).splitlines()
            errors = [line for line in lines if "error" in line.lower()][:8] or lines[-8:]
            raise BuildFailed(f"{rev.label} does not build:\n  " + "\n  ".join(errors)) from None

    def _copy(self, folder, number):
        target = os.path.join(self.arms, f"{os.path.basename(folder)}-{number}")
        if os.path.exists(target):
            os.utime(target)
            return target
        part = f"{target}.part"
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(folder, part)
        os.replace(part, target)
        return target

    def _prune(self, keep):
        entries = [os.path.join(self.arms, name) for name in os.listdir(self.arms)]
        others = sorted(set(entries) - set(keep), key=os.path.getmtime, reverse=True)
        for entry in others[KEPT_ARMS:] + [entry for entry in others if entry.endswith(".part")]:
            shutil.rmtree(entry, ignore_errors=True)

    def _check_out(self, rev):
        if not self._is_worktree():
            self._make_worktree(rev)
        git(self.tree, "checkout", "--force", "--detach", rev.commit)
        git(self.tree, "clean", "-fd")

    def _is_worktree(self):
        """Whether the tree is a worktree of this clone: a folder that a cache brought here is of another."""
        words = ("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir")
        found = git(self.tree, *words, check=False).splitlines() if os.path.isdir(self.tree) else []
        wanted = [self.tree, git(self.root, "rev-parse", "--path-format=absolute", "--git-common-dir")]
        return [os.path.realpath(path) for path in found] == [os.path.realpath(path) for path in wanted]

    def _make_worktree(self, rev):
        """A worktree made beside the tree becomes the tree, whose files (builds among them) stay as they are:
        what does not differ from the commit keeps its time of change, and need not be built again."""
        part = f"{self.tree}.part"
        shutil.rmtree(part, ignore_errors=True)
        git(self.root, "worktree", "prune")
        git(self.root, "worktree", "add", "--force", "--no-checkout", "--detach", part, rev.commit)
        os.makedirs(self.tree, exist_ok=True)
        os.replace(os.path.join(part, ".git"), os.path.join(self.tree, ".git"))
        os.rmdir(part)
        git(self.root, "worktree", "repair", self.tree)
        git(self.tree, "reset", "--quiet")
