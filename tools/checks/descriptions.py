"""What a header exports is described where it is declared: in interp/'s headers every paragraph of
prototypes has a comment, and in the public header every declaration has one."""
import re

PROTOTYPE = re.compile(r"^(?!typedef|static|#|ALWAYS_INLINE)[A-Za-z_][\w\s*]*\b(\w+)\([^{};]*\)[\w\s]*;", re.M)


def paragraphs(file):
    """(first line number, lines) of every run of lines that are not empty."""
    start, block = None, []
    for number, line in enumerate([*file.lines, ""], 1):
        if line.strip():
            start = start or number
            block.append(line)
        elif block:
            yield start, block
            start, block = None, []


def problems(tree):
    public = tree.find("interp/include/krait.h")
    for file in tree.select({".h"}, "interp/", "microbench/"):
        if file is public:
            continue
        for start, block in paragraphs(file):
            text = "\n".join(block)
            prototype = PROTOTYPE.search(text)
            if prototype and "//" not in text:
                yield file.path, start, f"{prototype[1]} is not described"
    for match in PROTOTYPE.finditer(public.plain) if public else ():
        line = public.line_of(match.start())
        if not public.lines[line - 2].lstrip().startswith("//") and "//" not in public.lines[line - 1]:
            yield public.path, line, f"{match[1]} is not described"
