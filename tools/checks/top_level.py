"""Only the listed entries stand at the top level, and every folder of it has a README."""
ENTRIES = set("CMakeLists.txt CMakePresets.json README.md LICENSE interp microbench macrobench results tools".split())
LOCAL = {"build"}  # ignored by git


def problems(tree):
    for path in sorted(tree.root.iterdir()):
        if path.name.startswith(".") or path.name in LOCAL:
            continue
        if path.name not in ENTRIES:
            yield path.name, 1, "no other top-level entry is allowed"
        elif path.is_dir() and not (path / "README.md").exists():
            yield path.name, 1, "the folder has no README.md"
