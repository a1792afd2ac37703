"""Installation: `cmake --install` into a scratch folder; the installed command runs; a program built
with the flags of the installed krait.pc, in C and in C++, links against every object of libkrait."""
import shlex
import shutil
import tempfile

from harness import Case, Skip, environment, run, tail

SOURCE = """#include <krait.h>
#ifndef __cplusplus
#include <stdio.h>
#endif
int main(void) { return 0; }
"""


def install(context, preset, folder):
    result = run(["cmake", "--install", context.folder(preset), "--prefix", folder], timeout=120)
    return None if result.code == 0 else f"cmake --install: {result.describe()}\n{tail(result.err)}"


def package_flags(folder, option):
    env = environment(PKG_CONFIG_PATH=f"{folder}/lib/pkgconfig:{folder}/lib/x86_64-linux-gnu/pkgconfig")
    result = run(["pkg-config", option, "krait"], env=env)
    if result.code != 0:
        raise RuntimeError(f"pkg-config: {result.err}")
    flags = shlex.split(result.out)
    # pkg-config knows the configured prefix; the scratch installation has its own.
    return [f"-I{folder}/include" if f.startswith("-I") else f"-L{folder}/lib" if f.startswith("-L") else f
            for f in flags]


def installed_command(context, preset):
    with tempfile.TemporaryDirectory() as folder:
        complaint = install(context, preset, folder)
        if complaint:
            return complaint
        result = run([f"{folder}/bin/krait", "-c", "print(6 * 7)"], cwd=folder)
        if result.code != 0 or result.out != "42\n":
            return f"installed krait: {result.describe()}, printed {result.out!r}\n{tail(result.err)}"
    return None


def embedding(context, preset, compiler, suffix):
    if not shutil.which(compiler):
        raise Skip(f"{compiler} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        complaint = install(context, preset, folder)
        if complaint:
            return complaint
        source = f"{folder}/embed{suffix}"
        with open(source, "w") as file:
            file.write(SOURCE)
        libraries = package_flags(folder, "--libs")
        at = libraries.index("-lkrait")
        libraries[at : at + 1] = ["-Wl,--whole-archive", "-lkrait", "-Wl,--no-whole-archive"]
        command = [compiler, "-Wall", "-Werror", *package_flags(folder, "--cflags"), source, "-o",
                   f"{folder}/embed", *libraries]
        for step in (command, [f"{folder}/embed"]):
            result = run(step, timeout=120)
            if result.code != 0:
                return f"{step[0]}: {result.describe()}\n{tail(result.err)}"
    return None


def cases(context):
    preset = context.release()
    if preset is None:
        return
    yield Case("install", "the installed command runs", lambda: installed_command(context, preset))
    for compiler, suffix in (("gcc", ".c"), ("g++", ".cc")):
        yield Case("install", f"a program embeds it ({compiler})",
                   lambda c=compiler, s=suffix: embedding(context, preset, c, s))
