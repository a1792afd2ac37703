"""The part of tools/oracle that runs inside the oracle, a CPython 3.12.7.

`answer` is called with one job at a time (a JSON text) and returns the answer (a
JSON text). Programs run one after the other in the same interpreter; what one of
them changes in sys or builtins is put back before the next one starts.
"""

import base64
import builtins
import ctypes
import importlib.util
import io
import json
import linecache
import marshal
import opcode
import os
import struct
import sys
import tempfile
import types
import warnings

sys.dont_write_bytecode = True

PLACE = ("lineno", "offset", "end_lineno", "end_offset", "text")  # of a SyntaxError
FIRST_WITH_ARGUMENT = opcode.HAVE_ARGUMENT


def answer(job_text):
    job = json.loads(job_text)
    kinds = {"listing": list_source, "message": say_message, "run": run_program, "bytecode": compile_source}
    result = kinds[job.pop("kind")](**job)
    return json.dumps(result, ensure_ascii=True, separators=(",", ":"))


# ---- listings


def list_source(path, name, optimize=0):
    """Everything the compiler makes of a source file, as a dictionary of plain values."""
    with open(path, "rb") as file:
        source = file.read()
    record = {"file": name, "srcbytes": len(source)}
    try:
        module = compile(source, name, "exec", dont_inherit=True, optimize=optimize)
    except (SyntaxError, ValueError) as error:
        record["error"] = [type(error).__name__, str(error)]
        if isinstance(error, SyntaxError):
            record["error"][1:] = [getattr(error, field) for field in ("msg", *PLACE)]
        return record
    record["marshalbytes"] = len(marshal.dumps(module))
    record["codes"] = []
    list_code(module, record["codes"])
    return record


def list_code(code, listed):
    """Appends `code` and, in pre-order, the code objects among its constants; returns its index."""
    index = len(listed)
    record = {"i": index}
    listed.append(record)
    for field in (
        "name", "qualname", "argcount", "posonlyargcount", "kwonlyargcount",
        "flags", "stacksize", "nlocals", "firstlineno",
    ):
        record[field] = getattr(code, "co_" + field)
    for field in ("names", "varnames", "cellvars", "freevars"):
        record[field] = list(getattr(code, "co_" + field))
    names, kinds = slots_of(code)
    record["localsplus"] = names
    record["localspluskinds"] = kinds.hex()
    record["consts"] = [constant_text(value, listed) for value in code.co_consts]
    record["instrs"] = instructions_of(code)
    record["exctable"] = exception_ranges(code.co_exceptiontable)
    record["exctable_hex"] = code.co_exceptiontable.hex()
    record["linetable_hex"] = code.co_linetable.hex()
    record["codelen"] = len(code.co_code)
    return index


def constant_text(value, listed):
    """A text or list that tells value and type apart from every other constant."""
    if value is None or value is True or value is False:
        return str(value)
    if value is ...:
        return "Ellipsis"
    if isinstance(value, types.CodeType):
        return ["code", list_code(value, listed)]
    if isinstance(value, int):
        fits = -(2**63) <= value < 2**63
        return f"i:{value}" if fits else f"I:{value:#x}"
    if isinstance(value, float):
        return "f:" + bits_of(value)
    if isinstance(value, complex):
        return f"c:{bits_of(value.real)}:{bits_of(value.imag)}"
    if isinstance(value, str):
        return "s:" + value
    if isinstance(value, bytes):
        return "b:" + value.hex()
    items = [constant_text(item, listed) for item in value]
    if isinstance(value, frozenset):
        items.sort(key=json.dumps)
    return [type(value).__name__, *items]


def bits_of(number):
    return struct.pack(">d", number).hex()


def instructions_of(code):
    """Rows of offset, name, argument, line, end line, column, end column, without the caches.

    A prefix keeps its own byte as argument; the instruction behind it shows the whole number.
    """
    units = code.co_code
    positions = list(code.co_positions())
    rows = []
    offset = prefix = 0
    while offset < len(units):
        operation, argument = units[offset], units[offset + 1]
        shown = None
        if operation == opcode.EXTENDED_ARG:
            shown = argument
            prefix = (prefix | argument) << 8
        else:
            if operation >= FIRST_WITH_ARGUMENT:
                shown = prefix | argument
            prefix = 0
        rows.append([offset, opcode.opname[operation], shown, *positions[offset // 2]])
        offset += 2 * (1 + opcode._inline_cache_entries[operation])
    return rows


def exception_ranges(table):
    """The entries as [start, end, target, depth, lasti]; the first three in bytes."""
    numbers = []
    value = 0
    for byte in table:
        value = value << 6 | byte & 0x3F
        if not byte & 0x40:
            numbers.append(value)
            value = 0
    entries = []
    for start, length, target, state in zip(*[iter(numbers)] * 4):
        entries.append([2 * start, 2 * (start + length), 2 * target, state >> 1, state & 1])
    return entries


def slots_of(code):
    """The names and kinds of locals, cells and free variables.

    Only the marshalled form shows the kinds. Its second version has no back references, and
    without names and constants the wanted tuple comes early.
    """
    data = marshal.dumps(code.replace(co_consts=(), co_names=()), 2)
    offset = 1 + 5 * 4

    def take_count():
        nonlocal offset
        offset += 5
        return struct.unpack_from("<i", data, offset - 4)[0]

    def take_bytes():
        nonlocal offset
        size = take_count()
        offset += size
        return data[offset - size : offset]

    take_bytes()
    for _ in range(2):
        assert take_count() == 0
    names = [take_bytes().decode("utf-8", "surrogatepass") for _ in range(take_count())]
    return names, take_bytes()


# ---- .pyc files


def compile_source(path, name):
    """The .pyc file of a source, valid by its hash: the same bytes for the same source."""
    with open(path, "rb") as file:
        source = file.read()
    module = compile(source, name, "exec", dont_inherit=True, optimize=0)
    digest = importlib.util.source_hash(source)
    data = importlib._bootstrap_external._code_to_hash_pyc(module, digest, False)
    return {"bytecode": base64.b64encode(data).decode()}


# ---- programs


class Surroundings:
    """What a program may change: restored at the end of the with block."""

    def __enter__(self):
        self.folder = os.getcwd()
        self.recursion_limit = sys.getrecursionlimit()
        self.digits = sys.get_int_max_str_digits()
        self.builtins = dict(vars(builtins))
        self.sys = dict(vars(sys))
        self.path = list(sys.path)
        self.modules = dict(sys.modules)
        return self

    def __exit__(self, *exception):
        os.chdir(self.folder)
        for namespace, saved in ((vars(builtins), self.builtins), (vars(sys), self.sys)):
            for name in [name for name in namespace if name not in saved]:
                del namespace[name]
            namespace.update(saved)
        sys.path[:] = self.path
        for name in [name for name in sys.modules if name not in self.modules]:
            # C modules stay: the interpreter may keep pointers into one (unicodedata).
            if str(getattr(sys.modules[name], "__file__", "")).endswith(".py"):
                del sys.modules[name]
        sys.modules.update(self.modules)
        sys.setrecursionlimit(self.recursion_limit)
        sys.set_int_max_str_digits(self.digits)


def own_depth():
    """How many frames are below the program's first one, which run_program's caller starts."""
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth + 1  # exit_code_of


def text_stream(errors, content=b""):
    return io.TextIOWrapper(io.BytesIO(content), "utf-8", errors, newline="\n", write_through=True)


def run_program(folder, name, arguments=(), stdin=""):
    """Runs folder/name as the main program; returns its stdout, stderr and exit code."""
    with Surroundings():
        os.chdir(folder)
        sys.argv = [name, *arguments]
        sys.path.insert(0, folder)
        sys.setrecursionlimit(1000 + own_depth())
        sys.excepthook = sys.__excepthook__  # CPython's own, which the oracle's host replaces
        output, errors = text_stream("strict"), text_stream("backslashreplace")
        sys.stdin, sys.stdout, sys.stderr = text_stream("strict", stdin.encode()), output, errors
        main = types.ModuleType("__main__")
        main.__builtins__ = builtins
        main.__file__ = os.path.join(folder, name)
        sys.modules["__main__"] = main
        code = exit_code_of(name, vars(main))
    return {
        "stdout": output.buffer.getvalue().decode("utf-8", "surrogateescape"),
        "stderr": errors.buffer.getvalue().decode("utf-8", "surrogateescape"),
        "exit": code,
    }


def exit_code_of(name, namespace):
    """Compiles and executes; prints an uncaught exception as the interpreter would."""
    try:
        with open(name, "rb") as file:
            program = compile(file.read(), name, "exec", dont_inherit=True)
        exec(program, namespace)
    except SystemExit as request:
        if request.code is None or isinstance(request.code, int):
            fits = -(2**63) <= (request.code or 0) < 2**63
            return (request.code or 0) & 0xFF if fits else 0xFF
        try:
            sys.stderr.write(str(request.code))
        except Exception:
            pass
        sys.stderr.write("\n")
        return 1
    except BaseException as error:
        report(error)
        return 1
    return 0


def without_own_frame(error):
    error.__traceback__ = error.__traceback__.tb_next
    return type(error), error, error.__traceback__


def report(error):
    """Calls sys.excepthook as the interpreter does at its end."""
    original = without_own_frame(error)
    stderr = sys.stderr
    try:
        sys.excepthook(*original)
    except BaseException as second:
        second.__context__ = None
        stderr.write("Error in sys.excepthook:\n")
        sys.__excepthook__(*without_own_frame(second))
        stderr.write("\nOriginal exception was:\n")
        sys.__excepthook__(*original)


# ---- messages about sources

FILE_INPUT = 257  # Py_file_input


def run_file(name):
    """Runs a file as `python NAME` does: read by the tokenizer itself, line by line."""
    python = ctypes.pythonapi
    python.fopen.restype = ctypes.c_void_p
    run = python.PyRun_FileExFlags
    run.restype = ctypes.py_object
    run.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.py_object,
                    ctypes.py_object, ctypes.c_int, ctypes.c_void_p]
    stream = python.fopen(name.encode(), b"rb")
    namespace = {"__name__": "__main__", "__builtins__": builtins}
    run(stream, name.encode(), FILE_INPUT, namespace, namespace, 1, None)


def read_message(way, source, name):
    """Hands the source to CPython in one of the ways in which a source can reach it."""
    if way == "file":
        with open(name, "wb") as file:
            file.write(source)
        run_file(name)
    elif way == "bytes":
        compile(source, "<bytes>", "exec", dont_inherit=True)
    else:
        text = source.decode("utf-8", "surrogatepass")
        mode = {"string": "exec"}.get(way, way)
        compile(text, "<string>", mode, dont_inherit=True)


def say_message(way, source, options=()):
    """What is said about a source (hexadecimal), as attributes and as printed; options are -W's."""
    record = {"type": "", "message": "", "lineno": "", "offset": "", "end_lineno": "",
              "end_offset": "", "text": ""}
    with Surroundings(), tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.resetwarnings()
        for action, category, module in DEFAULT_FILTERS:
            warnings.filterwarnings(action, category=category, module=module, append=True)
        warnings._processoptions(options)
        linecache.clearcache()
        os.chdir(folder)
        sys.stderr = text_stream("backslashreplace")
        try:
            read_message(way, bytes.fromhex(source), "row.py")
        except BaseException as error:
            error.__traceback__ = error.__context__ = None
            record["type"] = type(error).__name__
            record["message"] = error.msg if isinstance(error, SyntaxError) else str(error)
            if isinstance(error, SyntaxError):
                for field in PLACE:
                    record[field] = getattr(error, field)
            sys.__excepthook__(type(error), error, None)
        record["printed"] = sys.stderr.buffer.getvalue().decode("utf-8", "surrogateescape")
        os.chdir("/")
    return record


# As CPython sets them up without -W.
DEFAULT_FILTERS = [
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, ""),
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
]
