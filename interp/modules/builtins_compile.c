// builtins_compile.c — compile, eval, exec: from text to code, and running code in namespaces.
#include "compiler/compilation.h"
#include "compiler/compile.h"
#include "modules/builtins_internal.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/bytes_internal.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/traceback.h"

// Source text of str, bytes or bytearray; `keeper` holds what the text lives in.
typedef struct {
    const char *text;
    size_t size;
    int flags;
    Value keeper;
} Source;

static bool read_source(Thread *thread, Value value, const char *function, const char *what,
                        Source *source) {
    const unsigned char *bytes;
    source->keeper = value;
    source->flags = 0;
    if (value_is_str(value) && str_is_ascii(value_as_str(value))) {
        source->text = str_data(value_as_str(value));
        source->size = value_as_str(value)->length;
        source->flags = COMPILE_IGNORE_COOKIE;
    } else if (value_is_str(value)) {
        source->text = str_as_utf8(thread, value, &source->size);
        source->flags = COMPILE_IGNORE_COOKIE;
        if (!source->text) return false;
    } else if (value_is_bytes(value)) {
        source->text = (const char *)value_as_bytes(value)->data;
        source->size = value_as_bytes(value)->length;
    } else if (value_is_bytearray(value) && bytes_view(value, &bytes, &source->size)) {
        // No one may change the text meanwhile.
        Value copy = bytes_new(thread, bytes, source->size);
        if (value_is_error(copy)) return false;
        source->keeper = copy;
        source->text = (const char *)value_as_bytes(copy)->data;
    } else {
        raise_type_error(thread, "%s() arg 1 must be a %s object", function, what);
        return false;
    }
    if (!memchr(source->text, 0, source->size)) return true;
    raise_error(thread, &exception_SyntaxError, "source code string cannot contain null bytes");
    return false;
}

// The __future__ features of the code that calls compile, eval or exec.
static int inherited_flags(const Thread *thread) {
    if (thread->frame < thread->frame_base) return 0;
    return thread->frame->code->co_flags & COMPILE_FUTURE_MASK;
}

static bool parse_mode(Thread *thread, Value value, CompileMode *mode) {
    if (!value_is_str(value)) {
        raise_type_error(thread, "compile() argument 'mode' must be str, not %K", value);
        return false;
    }
    static const char *const names[] = {
        [COMPILE_EXEC] = "exec", [COMPILE_EVAL] = "eval", [COMPILE_SINGLE] = "single"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equals_c(value_as_str(value), names[i])) {
            *mode = (CompileMode)i;
            return true;
        }
    raise_value_error(thread, "compile() mode must be 'exec', 'eval' or 'single'");
    return false;
}

static Value decode_filename(Thread *thread, Value filename) {
    if (value_is_str(filename)) return filename;
    const unsigned char *bytes;
    size_t size;
    if (!value_is_bytes(filename) || !bytes_view(filename, &bytes, &size))
        return raise_type_error(thread, "expected str, bytes or os.PathLike object, not %T",
                                filename);
    return str_decode_utf8(thread, (const char *)bytes, size, "surrogateescape");
}

static bool read_compile_flags(Thread *thread, const Value *args, int64_t *flags,
                               int64_t *optimize) {
    enum {
        COMPILE_TYPE_COMMENTS = 0x1000,
        KNOWN = COMPILE_FUTURE_MASK | COMPILE_DONT_IMPLY_DEDENT | COMPILE_ONLY_AST |
                COMPILE_TYPE_COMMENTS | COMPILE_ALLOW_TOP_LEVEL_AWAIT |
                COMPILE_ALLOW_INCOMPLETE_INPUT,
    };
    *flags = 0;
    *optimize = -1;
    if (!value_is_absent(args[3]) && !object_as_int64(thread, args[3], flags)) return false;
    int dont_inherit = value_is_absent(args[4]) ? 0 : object_is_true(thread, args[4]);
    if (dont_inherit < 0) return false;
    if (!value_is_absent(args[5]) && !object_as_int64(thread, args[5], optimize)) return false;
    if (*flags & ~(int64_t)KNOWN) {
        raise_value_error(thread, "compile(): unrecognised flags");
        return false;
    }
    if (*optimize < -1 || *optimize > 2) {
        raise_value_error(thread, "compile(): invalid optimize value");
        return false;
    }
    if (*flags & COMPILE_ONLY_AST) {
        raise_error(thread, &exception_NotImplementedError,
                    "compile() to an abstract syntax tree is not available");
        return false;
    }
    if (!dont_inherit) *flags |= inherited_flags(thread);
    return true;
}

Value builtin_compile(Thread *thread, Value *args, int count) {
    (void)count;
    Value filename = decode_filename(thread, args[1]);
    if (value_is_error(filename)) return filename;
    int64_t flags, optimize;
    if (!read_compile_flags(thread, args, &flags, &optimize)) return VALUE_ERROR;
    CompileMode mode;
    if (!parse_mode(thread, args[2], &mode)) return VALUE_ERROR;
    Source source;
    if (!read_source(thread, args[0], "compile", "string, bytes or AST", &source))
        return VALUE_ERROR;
    return compile_source(thread, source.text, source.size, filename, mode,
                          (int)flags | source.flags, (int)optimize);
}

// Fills in missing namespaces from the running frame; both are then given.
static bool complete_namespaces(Thread *thread, Value *globals, Value *locals) {
    if (value_is_absent(*locals)) *locals = VALUE_NONE;
    if (value_is_absent(*globals) || value_is_none(*globals)) {
        if (thread->frame < thread->frame_base) {
            raise_error(thread, &exception_SystemError,
                        "globals and locals must be given without a frame");
            return false;
        }
        *globals = value_from_object(thread->frame->function->globals);
        if (value_is_none(*locals)) {
            *locals = frame_locals(thread, thread->frame);
            if (value_is_error(*locals)) return false;
        }
    }
    if (value_is_none(*locals)) *locals = *globals;
    Dict *dict = value_as_dict(*globals);
    Value builtins = dict_find_str(thread, dict, NAMES(thread)->__builtins__);
    return !value_is_absent(builtins) ||
           dict_set(thread, dict, NAMES(thread)->__builtins__, thread->runtime->builtins);
}

static bool is_mapping(Value value) { return type_of(value)->get_item != NULL; }

Value builtin_eval(Thread *thread, Value *args, int count) {
    (void)count;
    Value globals = args[1], locals = args[2];
    if (!value_is_absent(locals) && !value_is_none(locals) && !is_mapping(locals))
        return raise_type_error(thread, "locals must be a mapping");
    if (!value_is_absent(globals) && !value_is_none(globals) && !value_is_dict(globals))
        return raise_type_error(
            thread, is_mapping(globals) ? "globals must be a real dict; try eval(code, {}, mapping)"
                                        : "globals must be a dict");
    if (!complete_namespaces(thread, &globals, &locals)) return VALUE_ERROR;
    Value code = args[0];
    if (!value_is_code(code)) {
        Source source;
        if (!read_source(thread, code, "eval", "string, bytes or code", &source))
            return VALUE_ERROR;
        while (source.size > 0 && (*source.text == ' ' || *source.text == '\t')) {
            source.text++;
            source.size--;
        }
        code = compile_source(thread, source.text, source.size, NAMES(thread)->angle_string,
                              COMPILE_EVAL, source.flags | inherited_flags(thread), -1);
        if (value_is_error(code)) return code;
    } else if (value_as_code(code)->co_nfreevars > 0) {
        return raise_type_error(thread,
                                "code object passed to eval() may not contain free variables");
    }
    return eval_code(thread, value_as_code(code), value_as_dict(globals), locals);
}

// The closure argument of exec fits the code's free variables; *closure is a tuple or absent.
static bool check_closure(Thread *thread, const CodeObject *code, Value *closure) {
    if (value_is_none(*closure)) *closure = VALUE_ABSENT;
    int wanted = code->co_nfreevars;
    if (wanted == 0) {
        if (value_is_absent(*closure)) return true;
        raise_type_error(thread, "cannot use a closure with this code object");
        return false;
    }
    bool fits =
        value_is_tuple_exact(*closure) && value_as_tuple(*closure)->length == (size_t)wanted;
    for (int i = 0; fits && i < wanted; i++)
        fits = value_is_cell(value_as_tuple(*closure)->items[i]);
    if (fits) return true;
    raise_type_error(thread, "code object requires a closure of exactly length %d", wanted);
    return false;
}

Value builtin_exec(Thread *thread, Value *args, int count) {
    (void)count;
    Value globals = args[1], locals = args[2], closure = args[3];
    if (!value_is_absent(globals) && !value_is_none(globals) && !value_is_dict(globals))
        return raise_type_error(thread, "exec() globals must be a dict, not %T", globals);
    if (!value_is_absent(locals) && !value_is_none(locals) && !is_mapping(locals))
        return raise_type_error(thread, "locals must be a mapping or None, not %T", locals);
    if (!complete_namespaces(thread, &globals, &locals)) return VALUE_ERROR;
    Value code = args[0];
    if (value_is_code(code)) {
        if (!check_closure(thread, value_as_code(code), &closure)) return VALUE_ERROR;
    } else {
        if (!value_is_absent(closure) && !value_is_none(closure))
            return raise_type_error(thread,
                                    "closure can only be used when source is a code object");
        closure = VALUE_ABSENT;
        Source source;
        if (!read_source(thread, code, "exec", "string, bytes or code", &source))
            return VALUE_ERROR;
        code = compile_source(thread, source.text, source.size, NAMES(thread)->angle_string,
                              COMPILE_EXEC, source.flags | inherited_flags(thread), -1);
        if (value_is_error(code)) return code;
    }
    Value result = eval_code_ex(thread, value_as_code(code), value_as_dict(globals), locals, NULL,
                                0, VALUE_ABSENT, VALUE_ABSENT, VALUE_ABSENT, closure);
    return value_is_error(result) ? result : VALUE_NONE;
}
