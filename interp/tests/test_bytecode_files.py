"""How krait finds, trusts, writes and runs .pyc files, and how it finds modules: __pycache__,
validation by time, size and hash, -B, -O, PYTHONPYCACHEPREFIX, PYTHONPATH, -m, directories,
--compile. The expected words are CPython 3.12's."""
import _imp
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

KRAIT = os.environ.get("KRAIT")
MAGIC = b"\xcb\r\r\n"
CACHED = "__pycache__/mod.cpython-312.pyc"
failures = []


def krait(*arguments, cwd, expect=0, **settings):
    """Runs krait in the folder; returns its standard output, or with another exit code its errors."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    result = subprocess.run([KRAIT, *map(str, arguments)], cwd=cwd, env={**kept, **settings},
                            capture_output=True, text=True, timeout=120)
    if result.returncode != expect:
        raise AssertionError(f"{arguments}: exit code {result.returncode}, {expect} expected\n{result.stderr}")
    return result.stderr if expect else result.stdout


def equal(found, wanted):
    if found != wanted:
        raise AssertionError(f"{found!r} found, {wanted!r} expected")


def contains(found, wanted):
    if wanted not in found:
        raise AssertionError(f"{wanted!r} not in {found!r}")


def header(path):
    data = path.read_bytes()
    equal(data[:4], MAGIC)
    return struct.unpack("<III", data[4:16])


def hash_of(source):
    return struct.unpack("<II", _imp.source_hash(int.from_bytes(MAGIC, "little"), source))


def test_cache_is_written_and_used(folder):
    source = folder / "mod.py"
    source.write_text("value = 'first'\n")
    os.utime(source, (1_000_000_000.7, 1_000_000_000.7))
    equal(krait("-c", "import mod; print(mod.value, mod.__cached__[-31:])", cwd=folder), f"first {CACHED}\n")
    equal(header(folder / CACHED), (0, 1_000_000_000, 16))
    equal(sorted(path.name for path in (folder / "__pycache__").iterdir()), ["mod.cpython-312.pyc"])
    # Another text of the same size and time: the cache is believed.
    source.write_text("value = 'other'\n")
    os.utime(source, (1_000_000_000, 1_000_000_000))
    equal(krait("-c", "import mod; print(mod.value)", cwd=folder), "first\n")
    os.utime(source, (1_000_000_001, 1_000_000_001))
    equal(krait("-c", "import mod; print(mod.value)", cwd=folder), "other\n")
    equal(header(folder / CACHED), (0, 1_000_000_001, 16))
    source.write_text("value = 'longer'\n")
    os.utime(source, (1_000_000_001, 1_000_000_001))
    equal(krait("-c", "import mod; print(mod.value)", cwd=folder), "longer\n")


def test_cache_is_not_written(folder):
    (folder / "mod.py").write_text("import sys; print(sys.dont_write_bytecode, sys.flags.dont_write_bytecode)\n")
    equal(krait("-B", "-c", "import mod", cwd=folder), "True 1\n")
    equal(krait("-c", "import mod", cwd=folder, PYTHONDONTWRITEBYTECODE="x"), "True 1\n")
    equal(krait("-c", "import sys; sys.dont_write_bytecode = 1; import mod", cwd=folder), "1 0\n")
    equal((folder / "__pycache__").exists(), False)
    equal(krait("-c", "import mod", cwd=folder, PYTHONDONTWRITEBYTECODE=""), "False 0\n")
    equal((folder / CACHED).exists(), True)


def test_cache_that_cannot_be_written(folder):
    (folder / "mod.py").write_text("print('runs')\n")
    (folder / "__pycache__").write_text("a file, no folder")
    equal(krait("-c", "import mod", cwd=folder), "runs\n")


def test_cache_prefix(folder):
    (folder / "pack").mkdir()
    (folder / "pack" / "mod.py").write_text("print(__cached__)\n")
    target = f"{folder}/cache{folder}/pack/mod.cpython-312.pyc"
    equal(krait("-c", "import pack.mod", cwd=folder, PYTHONPYCACHEPREFIX=f"{folder}/cache"), target + "\n")
    equal(os.path.exists(target), True)
    equal((folder / "pack" / "__pycache__").exists(), False)
    equal(krait("-c", "import sys; print(sys.pycache_prefix)", cwd=folder, PYTHONPYCACHEPREFIX="c"),
          f"{folder}/c\n")


def test_optimisation(folder):
    (folder / "mod.py").write_text("'doc'\nassert 0, 'asserted'\nprint(__debug__, __doc__)\n")
    contains(krait("-c", "import mod", cwd=folder, expect=1), "AssertionError: asserted")
    equal(krait("-O", "-c", "import mod, sys; print(sys.flags.optimize)", cwd=folder), "False doc\n1\n")
    equal(krait("-BOO", "-c", "import mod, sys; print(sys.flags.optimize)", cwd=folder), "False None\n2\n")
    equal(krait("-OO", "mod.py", cwd=folder), "False None\n")
    equal(krait("mod.py", cwd=folder, PYTHONOPTIMIZE="1"), "False doc\n")
    krait("-c", "import mod", cwd=folder, PYTHONOPTIMIZE="2")
    names = sorted(path.name for path in (folder / "__pycache__").iterdir())
    equal(names, ["mod.cpython-312.opt-1.pyc", "mod.cpython-312.opt-2.pyc", "mod.cpython-312.pyc"])


def test_hashes(folder):
    source = folder / "mod.py"
    source.write_text("value = 1\n")
    krait("--compile", "--validation=checked-hash", "mod.py", cwd=folder)
    equal(header(folder / CACHED), (3, *hash_of(b"value = 1\n")))
    source.write_text("value = 2\n")
    equal(krait("-c", "import mod; print(mod.value)", cwd=folder), "2\n")
    equal(header(folder / CACHED), (3, *hash_of(b"value = 2\n")))
    krait("--compile", "--validation", "unchecked-hash", "mod.py", cwd=folder)
    equal(header(folder / CACHED), (1, *hash_of(b"value = 2\n")))
    source.write_text("value = 3\n")
    equal(krait("-c", "import mod; print(mod.value)", cwd=folder), "2\n")


def test_bad_cache_files(folder):
    source = folder / "mod.py"
    source.write_text("print('compiled')\n")
    cached = folder / CACHED
    good = None
    for change in (lambda d: b"", lambda d: b"\0" + d[1:], lambda d: d[:10], lambda d: d[:4] + b"\xff" + d[5:]):
        krait("--compile", source, cwd=folder)
        good = cached.read_bytes()
        cached.write_bytes(change(good))
        equal(krait("-c", "import mod", cwd=folder), "compiled\n")
        equal(cached.read_bytes(), good)
    cached.write_bytes(good[:40])
    contains(krait("-c", "import mod", cwd=folder, expect=1), "EOFError")
    cached.write_bytes(good[:16] + b"i\1\0\0\0")
    contains(krait("-c", "import mod", cwd=folder, expect=1),
             f"ImportError: Non-code object in '{cached}'")
    cached.write_bytes(good[:16] + b"?")
    contains(krait("-c", "import mod", cwd=folder, expect=1),
             "ValueError: bad marshal data (unknown type code)")


def test_without_source(folder):
    (folder / "mod.py").write_text("def f():\n    return 1 / 0\nprint('loaded', __name__, __file__ == __cached__)\n")
    krait("--compile", ".", cwd=folder)
    (folder / CACHED).rename(folder / "mod.pyc")
    (folder / "mod.py").unlink()
    equal(krait("-c", "import mod; print(type(mod.__loader__).__name__, mod.__loader__.get_source('mod'))", cwd=folder),
          "loaded mod True\nSourcelessFileLoader None\n")
    equal(krait("mod.pyc", cwd=folder), "loaded __main__ False\n")
    equal(krait("-m", "mod", cwd=folder), "loaded __main__ True\n")
    errors = krait("-c", "import mod; mod.f()", cwd=folder, expect=1)
    contains(errors, 'mod.py", line 2, in f\n')
    contains(errors, "ZeroDivisionError")
    (folder / "other").write_bytes((folder / "mod.pyc").read_bytes())
    equal(krait("other", cwd=folder), "loaded __main__ False\n")
    (folder / "bad.pyc").write_bytes(b"junk")
    contains(krait("-c", "import bad", cwd=folder, expect=1), "ImportError: bad magic number in 'bad': b'junk'")
    contains(krait("bad.pyc", cwd=folder, expect=1), "RuntimeError: Bad magic number in .pyc file")
    (folder / "bad.pyc").write_bytes(MAGIC + b"\0" * 5)
    contains(krait("-c", "import bad", cwd=folder, expect=1),
             "EOFError: reached EOF while reading pyc header of 'bad'")
    (folder / "bad.pyc").write_bytes(MAGIC + b"\4" + b"\0" * 11)
    contains(krait("-c", "import bad", cwd=folder, expect=1), "ImportError: invalid flags 4 in 'bad'")
    (folder / "bad.pyc").write_bytes(MAGIC + b"\0" * 12 + b"N")
    contains(krait("bad.pyc", cwd=folder, expect=1), "RuntimeError: Bad code object in .pyc file")


def test_moved_cache(folder):
    """A traceback names the file as it is now, not as it was compiled."""
    (folder / "old").mkdir()
    (folder / "old" / "mod.py").write_text("def f():\n    raise KeyError(1)\n")
    os.utime(folder / "old" / "mod.py", (1_000_000_000, 1_000_000_000))
    krait("--compile", "old", cwd=folder)
    (folder / "old").rename(folder / "new")
    errors = krait("-c", "import mod; mod.f()", cwd=folder / "new", expect=1)
    contains(errors, f'File "{folder}/new/mod.py", line 2, in f')


def test_listings(folder):
    (folder / "mod.py").write_text("def f(x):\n    return x + 1\nprint(f(1))\n")
    krait("--compile", "mod.py", cwd=folder)
    listings = [re.sub(r" at 0x\w+", "", krait("--dis", name, cwd=folder)) for name in ("mod.py", CACHED)]
    equal(*listings)
    (folder / "bad.pyc").write_bytes(b"junk")
    contains(krait("--dis", "bad.pyc", cwd=folder, expect=1), "RuntimeError: Bad magic number in .pyc file")


def test_unfit_bytecode(folder):
    """Well-formed marshal data whose bytecode would leave its frame is refused before it runs."""
    (folder / "make.py").write_text("""
import marshal, sys
code = compile("a = 1", "f", "exec")
bad = code.replace(co_code=bytes([151, 0, 100, 99, 83, 0]))
with open("bad.pyc", "wb") as file:
    file.write(b"\\xcb\\r\\r\\n" + bytes(12) + marshal.dumps(bad))
""")
    krait("make.py", cwd=folder)
    contains(krait("bad.pyc", cwd=folder, expect=1), "ValueError: invalid bytecode in")
    contains(krait("-c", "import bad", cwd=folder, expect=1), "ValueError: invalid bytecode in")


def test_compile_command(folder):
    (folder / "pack" / "deep").mkdir(parents=True)
    (folder / "pack" / "__pycache__").mkdir()
    (folder / "pack" / ".hidden").mkdir()
    for name in ("a.py", "deep/b.py", ".hidden/c.py", "note.txt", "__pycache__/d.py"):
        (folder / "pack" / name).write_text("x = 1\n")
    equal(krait("--compile", "pack", cwd=folder), "2 files compiled, 0 failed\n")
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.pyc"))
    equal(names, ["pack/__pycache__/a.cpython-312.pyc", "pack/deep/__pycache__/b.cpython-312.pyc"])
    (folder / "pack" / "wrong.py").write_text("x = = 1\n")
    errors = krait("--compile", "pack", "missing.py", cwd=folder, expect=1)
    contains(errors, "krait: can't compile 'pack/wrong.py'")
    contains(errors, "SyntaxError: invalid syntax")
    contains(errors, "krait: can't compile 'missing.py': [Errno 2] No such file or directory")
    contains(krait("--compile", cwd=folder, expect=2), "--compile wants files or directories")
    contains(krait("--compile", "--validation=never", "pack", cwd=folder, expect=2), "no such validation: never")
    equal(krait("-O", "--compile", "pack/a.py", cwd=folder), "1 file compiled, 0 failed\n")
    equal((folder / "pack" / "__pycache__" / "a.cpython-312.opt-1.pyc").exists(), True)
    for path in folder.rglob("*.pyc.*"):
        raise AssertionError(f"{path} was left behind")


def test_modules_as_programs(folder):
    pack = folder / "pack"
    (pack / "sub").mkdir(parents=True)
    (pack / "__init__.py").write_text("print('init', __name__)\n")
    (pack / "__main__.py").write_text("from . import other\nimport sys\n"
                                      "print(__name__, __package__, __spec__.name, sys.argv, sys.path[0])\n")
    (pack / "other.py").write_text("print('other', __name__)\n")
    (pack / "plain.py").write_text("import sys\nprint(__name__, __package__, __spec__.parent, __cached__)\n"
                                   "print(sys.modules['__main__'].__file__ == __file__, __loader__.name)\n")
    main = f"{folder}/pack/__main__.py"
    equal(krait("-B", "-m", "pack", "x", "-y", cwd=folder),
          f"init pack\nother pack.other\n__main__ pack pack.__main__ ['{main}', 'x', '-y'] {folder}\n")
    equal(krait("-Bmpack.plain", cwd=folder),
          f"init pack\n__main__ pack pack {pack}/__pycache__/plain.cpython-312.pyc\nTrue pack.plain\n")
    for name, words in (
        ("missing", "No module named missing"),
        ("pack.missing", "No module named pack.missing"),
        ("pack.sub", "No module named pack.sub.__main__; 'pack.sub' is a package and cannot be directly executed"),
        ("missing.more", "Error while finding module specification for 'missing.more' "
                         "(ModuleNotFoundError: No module named 'missing')"),
        ("pack.other.more", "Error while finding module specification for 'pack.other.more' (ModuleNotFoundError: "
                            "__path__ attribute not found on 'pack.other' while trying to find 'pack.other.more')"),
        ("other.py", "No module named 'other'). Try using 'other' instead of 'other.py' as the module name."),
        (".pack", "Relative module names not supported"),
    ):
        contains(krait("-B", "-m", name, cwd=folder, expect=1), words)
    contains(krait("-m", "math", cwd=folder, expect=1), "krait: No code object available for math")
    (folder / "fails.py").write_text("raise SystemExit(7)\n")
    krait("-m", "fails", cwd=folder, expect=7)
    contains(krait("-m", cwd=folder, expect=2), "option -m wants the name of a module")


def test_directories(folder):
    (folder / "prog").mkdir()
    (folder / "prog" / "__main__.py").write_text("import helper, sys\nprint(__name__, repr(__package__), sys.path[0], sys.argv)\n")
    (folder / "prog" / "helper.py").write_text("print('helper')\n")
    equal(krait("prog", "x", cwd=folder), f"helper\n__main__ '' {folder}/prog ['prog', 'x']\n")
    (folder / "empty").mkdir()
    contains(krait("empty", cwd=folder, expect=1), f"can't find '__main__' module in '{folder}/empty'")


def test_search_path(folder):
    for name in ("one", "two", "here"):
        (folder / name).mkdir()
        (folder / name / "mod.py").write_text(f"print('{name}')\n")
    (folder / "here" / "main.py").write_text("import mod, sys; print(sys.path[:3], __file__, sys.argv)\n")
    (folder / "main.py").write_text("import mod\n")
    path = f"{folder}/one:two"
    equal(krait("-B", "here/main.py", cwd=folder, PYTHONPATH=path),
          f"here\n['{folder}/here', '{folder}/one', '{folder}/two'] {folder}/here/main.py ['here/main.py']\n")
    equal(krait("-B", "main.py", cwd=folder, PYTHONPATH=path), "one\n")
    equal(krait("-B", "main.py", cwd=folder, PYTHONPATH="two"), "two\n")
    (folder / "link.py").symlink_to("here/main.py")
    equal(krait("-B", "./link.py", cwd=folder).splitlines()[0], "here")
    equal(krait("-c", "import sys; print(repr(sys.path[0]), sys.argv)", "a", cwd=folder), "'' ['-c', 'a']\n")
    contains(krait("-c", "import mod", cwd=folder, expect=1), "ModuleNotFoundError: No module named 'mod'")
    program = "import sys; sys.path.insert(0, 'one'); import mod; print(mod.__file__)"
    equal(krait("-B", "-c", program, cwd=folder), f"one\n{folder}/one/mod.py\n")


def test_order_in_a_folder(folder):
    """A package comes before a module, source before bytecode, both before a namespace."""
    (folder / "both").mkdir()
    (folder / "both" / "__init__.py").write_text("print('package')\n")
    (folder / "both.py").write_text("print('module')\n")
    equal(krait("-B", "-c", "import both", cwd=folder), "package\n")
    krait("--compile", "both/__init__.py", cwd=folder)
    (folder / "both" / "__pycache__" / "__init__.cpython-312.pyc").rename(folder / "both" / "__init__.pyc")
    (folder / "both" / "__init__.py").unlink()
    equal(krait("-B", "-c", "import both", cwd=folder), "package\n")
    (folder / "both" / "__init__.pyc").unlink()
    equal(krait("-B", "-c", "import both", cwd=folder), "module\n")
    (folder / "both.py").unlink()
    equal(krait("-B", "-c", "import both; print(both.__file__)", cwd=folder), "None\n")


def main():
    if not KRAIT:
        print("KRAIT names no command")
        return 77
    for name, test in sorted(globals().items()):
        if not name.startswith("test_"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder).resolve())
            except AssertionError as error:
                failures.append(name)
                print(f"{name}: {error}")
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
