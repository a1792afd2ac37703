"""The 3.12 standard library as a test of the compiler: its sources, and one hash for each code object.

The sources come with the oracle and stay in its cache; the repository keeps hashes alone
(interp/tests/listings/stdlib.csv: file, the first 16 digits of the SHA-256 of the source, and those of each
code object's listing, separated by spaces, in the order of the listing). The table is recorded from
CPython 3.12.7; Krait's listings must give the same hashes.
"""

import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "interp" / "tests" / "listings" / "stdlib.csv"
# What the oracle adds to the library.
FOREIGN = ("pyodide/", "_pyodide/", "_sysconfigdata")


def digest(data):
    """16 hexadecimal digits of the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def code_digest(code):
    """The hash of one code object of a listing: of all its fields, in whatever order they came."""
    return digest(json.dumps(code, sort_keys=True, separators=(",", ":")).encode())


def sources(cache):
    """The folder with the library's sources, unpacked at the first time; None without the oracle."""
    archive = cache / "node_modules" / "pyodide" / "python_stdlib.zip"
    folder = cache / "stdlib"
    if folder.is_dir():
        return folder
    if not archive.is_file():
        return None
    unfinished = cache / f"stdlib.{os.getpid()}"
    with zipfile.ZipFile(archive) as file:
        names = [name for name in file.namelist() if name.endswith(".py") and not name.startswith(FOREIGN)]
        file.extractall(unfinished, names)
    try:
        unfinished.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(unfinished)
    return folder


def names(folder):
    """The library's files, relative to its folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py"))


def write_table(folder, listings):
    """Writes TABLE from the oracle's listings ({file: listing}); the number of code objects."""
    count = 0
    with open(TABLE, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "source", "codes"])
        for name, listing in sorted(listings.items()):
            codes = [code_digest(code) for code in listing["codes"]]
            count += len(codes)
            table.writerow([name, digest((folder / name).read_bytes()), " ".join(codes)])
    return count


def read_table():
    with open(TABLE, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def krait_listings(krait, folder):
    """Krait's listings of the library, {file: listing}; a text that says what went wrong instead."""
    try:
        done = subprocess.run([krait, "--listing", folder], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "krait --listing took longer than 300 s"
    if done.returncode not in (0, 1):
        return f"krait --listing: exit code {done.returncode}\n{done.stderr[-2000:]}"
    return {listing["file"]: listing for listing in map(json.loads, done.stdout.splitlines())}


class Comparison:
    """Krait's listings against the table: `identical` of `total` code objects; `differing` maps files to what
    is wrong: a text, or [(index of the code object, Krait's listing of it)]."""

    def __init__(self, krait, folder):
        self.identical = self.total = 0
        self.differing = {}
        listings = krait_listings(krait, folder)
        for row in read_table():
            self.compare(folder, row, listings if isinstance(listings, str) else listings.get(row["file"], "not listed"))

    def compare(self, folder, row, listing):
        name, wanted = row["file"], row["codes"].split()
        self.total += len(wanted)
        if digest((folder / name).read_bytes()) != row["source"]:
            self.differing[name] = "another version of the source than the one recorded"
        elif isinstance(listing, str):
            self.differing[name] = listing
        elif "error" in listing:
            self.differing[name] = f"does not compile: {listing['error']}"
        elif len(listing["codes"]) != len(wanted):
            self.differing[name] = f"{len(listing['codes'])} code objects instead of {len(wanted)}"
        else:
            found = [code_digest(code) for code in listing["codes"]]
            wrong = [(i, listing["codes"][i]) for i in range(len(wanted)) if found[i] != wanted[i]]
            self.identical += len(wanted) - len(wrong)
            if wrong:
                self.differing[name] = wrong

    def __str__(self):
        return f"identical {self.identical} of {self.total}"
