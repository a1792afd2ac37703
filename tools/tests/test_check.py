"""tools/check finds what its rules are about, and nothing in a tree that keeps them."""
import pathlib
import sys
import tempfile
import unittest

CHECKS = pathlib.Path(__file__).resolve().parents[1] / "checks"
sys.path.insert(0, str(CHECKS))

import completion  # noqa: E402 (found by the path above)
import descriptions  # noqa: E402 (found by the path above)
import handlers  # noqa: E402
import layers  # noqa: E402
import opcodes  # noqa: E402
import sizes  # noqa: E402
import stores  # noqa: E402
import words  # noqa: E402
from tree import Tree  # noqa: E402

MACROS = """// ceval_macros.h — words.
#define JUMP_BY(n) do { pc += (n); NEXT(); } while (0)
#define RAISE() GO_SHARED(raise)
#define RAISE_IF(c) do { if (c) RAISE(); } while (0)
"""


class CheckTest(unittest.TestCase):
    def found(self, rule, files):
        """The messages of one rule on a tree of these files, in order."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return [f"{path}:{line}: {message}" for path, line, message in rule.problems(Tree(folder))]

    def handler(self, body):
        prototype = "// s\nRAISES Value slow(Thread *thread);\n"
        files = {"interp/vm/ceval_macros.h": MACROS, "interp/vm/slow_paths.h": prototype,
                 "interp/vm/handlers/a.inc": body}
        return [message.split(": ", 1)[1] for message in self.found(handlers, files)]

    def test_good_handlers(self):
        self.assertEqual(self.handler("HANDLER(NOP) { NEXT(); }\n"), [])
        self.assertEqual(self.handler("HANDLER(A) {\n    if (x) JUMP_BY(1);\n    NEXT();\n}\n"), [])
        self.assertEqual(self.handler("HANDLER(A) {\n    if (x) RAISE();\n    else EXIT(v);\n}\n"), [])
        self.assertEqual(self.handler("HANDLER(A) {\n    switch (x) {\n    case 1: NEXT();\n"
                                      "    default: RAISE();\n    }\n}\n"), [])
        self.assertEqual(self.handler("HANDLER(A) {\n    Value v = a ? b : c;\n    Value *p = &list[0];\n"
                                      "    use(&frame->x, v);\n    CALL_OUT(f(slow(thread)));\n    NEXT_PAST(2);\n}\n"), [])

    def test_paths_without_exit(self):
        for body in ("if (x) NEXT();", "RAISE_IF(x);", "pc += 1;", "", "switch (x) { case 1: NEXT(); }"):
            messages = self.handler(f"HANDLER(A) {{\n    {body}\n}}\n")
            self.assertEqual(messages, ["a path of A ends without an exit word"], body)

    def test_banned_in_handlers(self):
        for body, message in (
            ("while (x) y();", "`while` in A"),
            ("return;", "`return` in A"),
            ("static int x;", "`static` in A"),
            ("x = slow(thread);", "A calls slow outside CALL_OUT()"),
            ("x = CALL_OUT(slow(t)) + slow(t);", "A calls slow outside CALL_OUT()"),
            ("again: x();", "label again in A"),
            ("PUSH(f(POP()));", "POP() within PUSH() in A"),
            ("Value v = x; f(&v);", "A takes the address of v"),
        ):
            messages = self.handler(f"HANDLER(A) {{\n    {body}\n    NEXT();\n}}\n")
            self.assertIn(message, messages)
        self.assertIn("#if among handlers", self.handler("#if X\nHANDLER(A) { NEXT(); }\n#endif\n"))
        long_body = "    x();\n" * 25 + "    NEXT();\n"
        self.assertIn("A has 26 lines; 25 allowed", self.handler(f"HANDLER(A) {{\n{long_body}}}\n"))

    def test_layers(self):
        files = {
            "interp/base/a.h": "// a\n",
            "interp/vm/b.h": "// b\n",
            "interp/base/good.c": '// c\n#include "base/a.h"\n#include <stdio.h>\n',
            "interp/base/bad.c": '// c\n#include "vm/b.h"\n',
            "interp/compiler/bad.c": '// c\n#include "vm/b.h"\n#include "a.h"\nextern int x;\n',
        }
        self.assertEqual(self.found(layers, files), [
            "interp/base/bad.c:2: base/ must not include vm/",
            "interp/compiler/bad.c:2: compiler/ must not include vm/",
            'interp/compiler/bad.c:3: "a.h" is not written from interp/',
            "interp/compiler/bad.c:4: declare it in a header of its layer",
        ])

    def test_sizes(self):
        long_function = "// a\nstatic int\nf(void) {\n" + "    x();\n" * 58 + "}\n"
        deep = "void g(void) {\n" + "if (x) {\n" * 5 + "}\n" * 5 + "}\n"
        messages = self.found(sizes, {"interp/base/a.c": long_function + deep})
        self.assertEqual(messages, ["interp/base/a.c:2: f has 61 lines; 60 allowed",
                                    "interp/base/a.c:63: g nests 5 deep"])

    def test_stores(self):
        header = ("// a\ntypedef struct {\n    Object header;\n    Value item;\n    int64_t count;\n"
                  "    Value slots[];\n} Pair;\n")
        body = ("void f(Heap *heap, Pair *pair, Value v) {\n    pair->item = v;\n    pair->slots[1] = v;\n"
                "    pair->count = 1;\n    if (pair->item == v) g();\n}\n"
                "Pair *h(Heap *heap, Value v) {\n    Pair *fresh = pair_allocate(heap);\n"
                "    fresh->item = v;\n    return fresh;\n}\n"
                "void k(Pair *pair) {\n    pair->item = VALUE_NONE;\n    Value made = pair_new(1);\n"
                "    Pair *other = value_as_pair(made);\n    other->item = made;\n}\n")
        messages = self.found(stores, {"interp/objects/a.h": header, "interp/objects/a.c": "// a\n" + body})
        self.assertEqual([message.split(":")[1] for message in messages], ["3", "4"])

    def test_opcodes(self):
        files = {
            "interp/bytecode/opcodes.def": "// t\nOPCODE(A, 1)\nOPCODE(B, 2)\n",
            "interp/vm/instructions.def": "// t\nWORDS(A, 1)\nFUSED(A_B, A, B)\n",
            "interp/vm/handlers/a.inc": "HANDLER(A) { NEXT(); }\nHANDLER(C) { NEXT(); }\n",
            "interp/compiler/emit.c": "// e\nint x = OP_A;\n",
        }
        self.assertEqual([message.split(": ", 1)[1] for message in self.found(opcodes, files)],
                         ["no HANDLER(B)", "no HANDLER(A_B)", "HANDLER(C) has no row",
                          "nothing in compiler/ names OP_B"])

    def test_completion(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            self.assertEqual(list(completion.problems(Tree(folder))), [])  # a tree without it
            program = folder / "tools" / "completion" / "generate"
            program.parent.mkdir(parents=True)
            program.write_text('#!/bin/sh\n[ "$1" = --check ] || touch written\n[ -e written ] || { echo old; exit 1; }\n'.replace("written", f"{name}/written"))
            program.chmod(0o755)
            self.assertEqual([message for _, _, message in completion.problems(Tree(folder))], ["old"])
            completion.fix(Tree(folder))
            self.assertEqual(list(completion.problems(Tree(folder))), [])

    def test_words_and_descriptions(self):
        unfinished = "// " + "TO" + "DO: more\n"
        self.assertEqual(len(self.found(words, {"interp/a.c": "int x; \n", "interp/b.c": unfinished})), 3)
        header = "// a.h\n#pragma once\n\nint f(void);\n\n// Described.\nint g(void);\n"
        self.assertEqual(self.found(descriptions, {"interp/base/a.h": header}),
                         ["interp/base/a.h:4: f is not described"])


if __name__ == "__main__":
    unittest.main()
