// sys.c — the module sys: what the interpreter knows of itself.
#include "modules/struct_sequence.h"
#include "modules/sys_internal.h"
#include "objects/builtin_types.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "vm/traceback.h"
#include <limits.h>
#include <unistd.h>

static Value sys_py_exit(Thread *thread, Value *args, int count) {
    (void)count;
    Value class = value_from_type(&exception_SystemExit), status = args[0], exception;
    if (value_is_absent(status) || value_is_none(status))
        exception = object_call0(thread, class);
    else if (value_is_tuple(status))
        exception = object_call_unpacked(thread, class, status, VALUE_ABSENT);
    else
        exception = object_call1(thread, class, status);
    return value_is_error(exception) ? exception : raise_value(thread, exception);
}

static Value sys_py_getrecursionlimit(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return value_from_fixnum(thread->recursion_limit);
}

static Value sys_py_setrecursionlimit(Thread *thread, Value *args, int count) {
    (void)count;
    Value limit = object_index(thread, args[0]);
    if (value_is_error(limit)) return limit;
    int64_t number;
    if (!int_as_int64(limit, &number) || number > INT_MAX || number < INT_MIN)
        return raise_error(thread, &exception_OverflowError,
                           "Python int too large to convert to C int");
    if (number < 1)
        return raise_value_error(thread, "recursion limit must be greater or equal than 1");
    return frames_set_recursion_limit(thread, (int)number) ? VALUE_NONE : VALUE_ERROR;
}

static Value sys_py_intern(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_str_exact(args[0])) return str_intern(thread, args[0]);
    if (value_is_str(args[0])) return raise_type_error(thread, "can't intern %T", args[0]);
    return raise_type_error(thread, "intern() argument must be str, not %K", args[0]);
}

static Value sys_py_exception(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return thread_handled_exception(thread);
}

static Value exception_traceback(Value exception) {
    Value traceback = value_as_exception(exception)->traceback;
    return value_is_absent(traceback) ? VALUE_NONE : traceback;
}

static Value sys_py_exc_info(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    Value exception = thread_handled_exception(thread);
    if (value_is_none(exception)) return tuple_of(thread, 3, VALUE_NONE, VALUE_NONE, VALUE_NONE);
    return tuple_of(thread, 3, value_from_type(type_of(exception)), exception,
                    exception_traceback(exception));
}

static Value sys_py_getsizeof(Thread *thread, Value *args, int count) {
    (void)count;
    Value method = object_find_special(thread, args[0], NAMES(thread)->__sizeof__);
    Value size = VALUE_ERROR;
    if (value_is_absent(method))
        raise_type_error(thread, "Type %T doesn't define __sizeof__", args[0]);
    else if (!value_is_error(method))
        size = object_call0(thread, method);
    if (value_is_error(size) && !value_is_absent(args[1]) &&
        error_clear_if(thread, &exception_TypeError))
        return args[1];
    return size;
}

static Value sys_py_getframe(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t depth = 0;
    if (!value_is_absent(args[0]) && !object_as_int64(thread, args[0], &depth)) return VALUE_ERROR;
    if (depth < 0) depth = 0;
    if (depth > thread->frame - thread->frame_base)
        return raise_value_error(thread, "call stack is not deep enough");
    return frame_object_get(thread, thread->frame - depth);
}

static Value sys_py_getframemodulename(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t depth = 0;
    if (!value_is_absent(args[0]) && !object_as_int64(thread, args[0], &depth)) return VALUE_ERROR;
    if (depth < 0 || depth > thread->frame - thread->frame_base) return VALUE_NONE;
    Value name =
        dict_find_str(thread, (thread->frame - depth)->function->globals, NAMES(thread)->__name__);
    return value_is_absent(name) ? VALUE_NONE : name;
}

static Value sys_py_getdefaultencoding(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return str_intern_c(thread, "utf-8");
}

static Value sys_py_getfilesystemencodeerrors(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return str_intern_c(thread, "surrogateescape");
}

static Value sys_py_get_digits(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return value_from_fixnum(thread->runtime->int_digit_limit);
}

enum { DIGIT_THRESHOLD = 640 }; // the least limit that may be set

static Value sys_py_set_digits(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t limit;
    if (!object_as_int64(thread, args[0], &limit)) return VALUE_ERROR;
    if (limit != 0 && (limit < DIGIT_THRESHOLD || limit > INT_MAX))
        return raise_value_error(thread, "maxdigits must be 0 or larger than %d", DIGIT_THRESHOLD);
    thread->runtime->int_digit_limit = (int)limit;
    return VALUE_NONE;
}

static Value sys_py_is_finalizing(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_FALSE;
}

// What the interactive prompt does with the value of an expression.
static Value sys_py_displayhook(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_none(args[0])) return VALUE_NONE;
    Dict *builtins = value_as_dict(thread->runtime->builtins);
    if (!dict_set_c(thread, builtins, "_", VALUE_NONE)) return VALUE_ERROR;
    Value out = sys_get(thread, "stdout");
    if (value_is_absent(out))
        return raise_error(thread, &exception_RuntimeError, "lost sys.stdout");
    Value text = object_repr(thread, args[0]);
    if (value_is_error(text) || !stream_write(thread, out, text) ||
        !stream_write(thread, out, NAMES(thread)->newline) ||
        !dict_set_c(thread, builtins, "_", args[0]))
        return VALUE_ERROR;
    return VALUE_NONE;
}

static Value sys_py_excepthook(Thread *thread, Value *args, int count) {
    (void)count;
    Value file = sys_get(thread, "stderr");
    if (value_is_absent(file) || value_is_none(file)) return VALUE_NONE;
    if (!value_is_exception(args[1]))
        return raise_type_error(thread, "print_exception(): Exception expected for value, %T found",
                                args[1]);
    return exception_print(thread, args[1], file) ? VALUE_NONE : VALUE_ERROR;
}

static const MethodRow functions[] = {
    {"_getframe", sys_py_getframe, "depth=0, /", "Return a frame object from the call stack.", 0},
    {"_getframemodulename", sys_py_getframemodulename, "depth=0", "The name of a frame's module.",
     0},
    {"__breakpointhook__", builtin_breakpoint_hook, "*args, **kws",
     "Calls what $PYTHONBREAKPOINT names, or pdb.set_trace().", 0},
    {"breakpointhook", builtin_breakpoint_hook, "*args, **kws",
     "Calls what $PYTHONBREAKPOINT names, or pdb.set_trace().", 0},
    {"displayhook", sys_py_displayhook, "object, /", "Print an object to sys.stdout.", 0},
    {"exc_info", sys_py_exc_info, "",
     "The exception that is being handled: type, value, traceback.", 0},
    {"excepthook", sys_py_excepthook, "exctype, value, traceback, /",
     "Print an exception with its traceback to sys.stderr.", 0},
    {"exception", sys_py_exception, "", "The exception that is being handled, or None.", 0},
    {"exit", sys_py_exit, "status=None, /", "Leave the program by raising SystemExit(status).", 0},
    {"get_asyncgen_hooks", sys_py_get_asyncgen_hooks, "",
     "The hooks of asynchronous generators: (firstiter, finalizer).", 0},
    {"get_coroutine_origin_tracking_depth", sys_py_get_origin_depth, "",
     "How many frames a coroutine keeps of where it was made.", 0},
    {"get_int_max_str_digits", sys_py_get_digits, "",
     "The limit of digits in conversions between int and str.", 0},
    {"getdefaultencoding", sys_py_getdefaultencoding, "", "The encoding of str.encode().", 0},
    {"getfilesystemencodeerrors", sys_py_getfilesystemencodeerrors, "",
     "How file names are encoded.", 0},
    {"getfilesystemencoding", sys_py_getdefaultencoding, "", "The encoding of file names.", 0},
    {"getprofile", sys_py_getprofile, "", "The profiling function.", 0},
    {"getrecursionlimit", sys_py_getrecursionlimit, "", "The greatest depth of the call stack.", 0},
    {"getsizeof", sys_py_getsizeof, "object, default=None", "The size of an object in bytes.", 0},
    {"gettrace", sys_py_gettrace, "", "The tracing function.", 0},
    {"intern", sys_py_intern, "string, /", "The one interned str of that text.", 0},
    {"is_finalizing", sys_py_is_finalizing, "", "Is the interpreter shutting down?", 0},
    {"set_asyncgen_hooks", sys_py_set_asyncgen_hooks, "firstiter=None, finalizer=None",
     "Set the hooks of asynchronous generators.", 0},
    {"set_coroutine_origin_tracking_depth", sys_py_set_origin_depth, "depth",
     "Set how many frames a coroutine keeps of where it was made.", 0},
    {"set_int_max_str_digits", sys_py_set_digits, "maxdigits",
     "Set the limit of digits in conversions between int and str.", 0},
    {"setprofile", sys_py_setprofile, "function, /",
     "Set the profiling function: called at calls and returns, native ones too.", 0},
    {"setrecursionlimit", sys_py_setrecursionlimit, "limit, /",
     "Set the greatest depth of the call stack.", 0},
    {"settrace", sys_py_settrace, "function, /",
     "Set the tracing function: called at calls, lines, returns and exceptions.", 0},
    {"unraisablehook", sys_py_unraisablehook, "unraisable, /",
     "Print an exception that cannot be raised to sys.stderr.", 0},
    {NULL, NULL, NULL, NULL, 0},
};

static bool set_text(Thread *thread, Value module, const char *name, const char *text) {
    Value value = str_from_c(thread, text);
    return !value_is_error(value) && module_set(thread, module, name, value);
}

// The path of the running program, as the system knows it.
static bool set_executable(Thread *thread, Value module) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    Value value = str_decode_utf8(thread, path, strlen(path), "surrogateescape");
    return !value_is_error(value) && module_set(thread, module, "executable", value) &&
           module_set(thread, module, "_base_executable", value);
}

static bool set_streams(Thread *thread, Value module) {
    static const struct {
        const char *name, *dunder, *shown, *mode;
        int descriptor;
    } rows[] = {
        {"stdin", "__stdin__", "<stdin>", "r", STDIN_FILENO},
        {"stdout", "__stdout__", "<stdout>", "w", STDOUT_FILENO},
        {"stderr", "__stderr__", "<stderr>", "w", STDERR_FILENO},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        bool line_buffered = rows[i].descriptor == STDERR_FILENO || isatty(rows[i].descriptor);
        Value file = text_file_from_descriptor(thread, rows[i].descriptor, rows[i].shown,
                                               rows[i].mode, line_buffered);
        if (value_is_error(file) || !module_set(thread, module, rows[i].name, file) ||
            !module_set(thread, module, rows[i].dunder, file))
            return false;
    }
    return true;
}

static bool set_names(Thread *thread, Value module) {
    Value names = list_new(thread, 8);
    if (value_is_error(names)) return false;
    static const char *const always[] = {"builtins", "sys"};
    for (size_t i = 0; i < COUNT_OF(always); i++) {
        Value name = str_intern_c(thread, always[i]);
        if (value_is_error(name) || !list_append(thread, value_as_list(names), name)) return false;
    }
    for (const NativeModule *row = native_modules; row->name; row++) {
        Value name = str_intern_c(thread, row->name);
        if (value_is_error(name) || !list_append(thread, value_as_list(names), name)) return false;
    }
    if (!list_sort(thread, value_as_list(names), VALUE_NONE, false)) return false;
    Value tuple = list_as_tuple(thread, value_as_list(names));
    return !value_is_error(tuple) && module_set(thread, module, "builtin_module_names", tuple);
}

const char *const stdlib_names[] = {
#define STDLIB_NAME(name) #name,
#include "modules/stdlib_names.def"
#undef STDLIB_NAME
    NULL,
};

static bool set_stdlib_names(Thread *thread, Value module) {
    Value names[COUNT_OF(stdlib_names)];
    size_t count = 0;
    for (; stdlib_names[count]; count++) {
        names[count] = str_intern_c(thread, stdlib_names[count]);
        if (value_is_error(names[count])) return false;
    }
    Value set = frozenset_new(thread, names, count);
    return !value_is_error(set) && module_set(thread, module, "stdlib_module_names", set);
}

// The hooks under their second names, where a program that has replaced one finds it again.
static bool set_hooks(Thread *thread, Value module) {
    static const char *const hooks[][2] = {{"displayhook", "__displayhook__"},
                                           {"excepthook", "__excepthook__"},
                                           {"unraisablehook", "__unraisablehook__"}};
    Dict *dict = value_as_dict(((Module *)value_as_object(module))->dict);
    for (size_t i = 0; i < COUNT_OF(hooks); i++) {
        Value name = str_intern_c(thread, hooks[i][0]);
        if (value_is_error(name) ||
            !module_set(thread, module, hooks[i][1], dict_find_str(thread, dict, name)))
            return false;
    }
    return unraisable_initialize(thread);
}

static bool set_constants(Thread *thread, Value module) {
    Value path = list_new(thread, 0), argv = list_new(thread, 0),
          maximum = int_from_int64(thread, INT64_MAX);
    Value options = list_new(thread, 0), extra = dict_new(thread);
    if (value_is_error(path) || value_is_error(argv) || value_is_error(maximum) ||
        value_is_error(options) || value_is_error(extra))
        return false;
    return module_set(thread, module, "path", path) && module_set(thread, module, "argv", argv) &&
           module_set(thread, module, "orig_argv", argv) &&
           module_set(thread, module, "warnoptions", options) &&
           module_set(thread, module, "_xoptions", extra) &&
           module_set(thread, module, "maxsize", maximum) &&
           module_set(thread, module, "maxunicode", value_from_fixnum(0x10ffff)) &&
           module_set(thread, module, "hexversion", value_from_fixnum(0x030c07f0)) &&
           module_set(thread, module, "api_version", value_from_fixnum(1013)) &&
           module_set(thread, module, "dont_write_bytecode",
                      value_from_bool(thread->runtime->options.dont_write_bytecode)) &&
           module_set(thread, module, "pycache_prefix", VALUE_NONE) &&
           set_text(thread, module, "platform", "linux") &&
           set_text(thread, module, "platlibdir", "lib") &&
           set_text(thread, module, "byteorder", "little") &&
           set_text(thread, module, "prefix", "/usr") &&
           set_text(thread, module, "base_prefix", "/usr") &&
           set_text(thread, module, "exec_prefix", "/usr") &&
           set_text(thread, module, "base_exec_prefix", "/usr") &&
           set_text(thread, module, "float_repr_style", "short") &&
           set_text(thread, module, "copyright", "Krait is distributed under the MIT license.");
}

Value sys_module_new(Thread *thread) {
    Runtime *runtime = thread->runtime;
    runtime->modules = dict_new(thread);
    if (value_is_error(runtime->modules) || !sys_hooks_initialize(thread)) return VALUE_ERROR;
    Value module = native_module_new(
        thread, "sys",
        "This module provides access to some objects used or maintained by the\n"
        "interpreter and to functions that interact strongly with the interpreter.",
        functions);
    if (value_is_error(module)) return module;
    runtime->sys_dict = ((Module *)value_as_object(module))->dict;
    bool made = dict_set(thread, value_as_dict(runtime->modules), NAMES(thread)->sys, module) &&
                module_set(thread, module, "modules", runtime->modules) &&
                set_constants(thread, module) && set_hooks(thread, module) &&
                sys_add_information(thread, module) && set_executable(thread, module) &&
                set_streams(thread, module) && set_names(thread, module) &&
                set_stdlib_names(thread, module);
    return made ? module : VALUE_ERROR;
}
