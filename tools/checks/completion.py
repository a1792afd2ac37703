"""What shells complete is what the commands take: tools/completion/generate has nothing to write."""
import subprocess


def _generate(tree, *options):
    program = tree.root / "tools" / "completion" / "generate"
    if not program.exists():
        return []
    done = subprocess.run([program, *options], capture_output=True, text=True, timeout=120)
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def problems(tree):
    for line in _generate(tree, "--check"):
        yield "tools/completion/generate", 1, line


def fix(tree):
    _generate(tree)
