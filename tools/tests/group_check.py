"""tools/check: one case a rule."""
from harness import ROOT, Case, run


def run_rule(rule):
    result = run([ROOT / "tools" / "check", "--only", rule], cwd=ROOT, timeout=120)
    return None if result.code == 0 else result.out + result.err


def cases(context):
    result = run([ROOT / "tools" / "check", "--list"], cwd=ROOT)
    for rule in result.out.split():
        yield Case("check", rule, lambda rule=rule: run_rule(rule))
