"""The dispatch-shape test finds merged jumps: engines compiled with the wrong flags fail it."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
INTERP = HERE.parent
sys.path.insert(0, str(HERE))

import dispatch_shape  # noqa: E402 (found by the path above)


class DispatchShapeTest(unittest.TestCase):
    def complaint(self, program, technique, compiler, *flags):
        """What the test says of one engine page compiled with these flags."""
        if not shutil.which(program):
            self.skipTest(f"{program} is not installed")
        with tempfile.TemporaryDirectory() as folder:
            rows, engine = f"{folder}/engines.def", f"{folder}/engine.o"
            pathlib.Path(rows).write_text(f"ENGINE({technique}, {compiler})\n")
            command = [program, "-std=gnu17", "-g", "-DNDEBUG", "-fno-pie", "-w", *flags,
                       f"-I{INTERP}", f"-I{INTERP}/include", f"-I{folder}", f"-DENGINE_TECHNIQUE={technique}",
                       f"-DENGINE_COMPILER={compiler}", '-DENGINE_COMPILER_NAME=""', '-DENGINE_FLAGS=""',
                       "-c", f"{INTERP}/vm/engine_{technique}.c", "-o", engine]
            subprocess.run(command, check=True)
            return dispatch_shape.check(engine, rows)[0][4]

    def test_good_flags(self):
        flags = ("-O2", "-fno-jump-tables")
        self.assertIsNone(self.complaint("gcc", "direct", "gcc", *flags, "-fno-crossjumping", "-fno-gcse"))
        duplicate = ("-mllvm", "-tail-dup-pred-size=5000")
        self.assertIsNone(self.complaint("clang-19", "direct", "clang_19", *flags, *duplicate))

    def test_merged_by_gcc(self):
        self.assertIn("own no jump", self.complaint("gcc", "direct", "gcc", "-Os"))

    def test_merged_by_clang(self):
        self.assertIn("own no jump", self.complaint("clang-19", "token", "clang_19", "-O2"))

    def test_replicated_switch(self):
        flags = ("-O2", "-mllvm", "-tail-dup-pred-size=5000", "-mllvm", "-tail-dup-size=100")
        self.assertIn("indirect jumps", self.complaint("clang-19", "switch", "clang_19", *flags) or "")


if __name__ == "__main__":
    unittest.main()
