// builtins.c — the module builtins: its table, and the functions about single values.
//
// Classes (int, list, zip, ...) are the type objects of objects/; exception classes come from
// runtime/exceptions.def.
#include "modules/builtins_internal.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/bytes_internal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/memoryview.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/async_generator.h"

static Value builtin_abs(Thread *thread, Value *args, int count) {
    (void)count;
    return object_unary_op(thread, UNARY_ABSOLUTE_, args[0]);
}

static Value builtin_ascii(Thread *thread, Value *args, int count) {
    (void)count;
    return object_ascii(thread, args[0]);
}

// "0b", "0o" or "0x" and the digits, behind a sign.
static Value prefixed_digits(Thread *thread, Value value, const char *prefix, int base) {
    Value number = object_index(thread, value);
    if (value_is_error(number)) return number;
    bool negative = int_sign(number) < 0;
    if (negative) number = int_negate(thread, number);
    Value digits = value_is_error(number) ? number : int_to_str(thread, number, base);
    if (value_is_error(digits)) return digits;
    return str_format(thread, "%s%s%U", negative ? "-" : "", prefix, digits);
}

static Value builtin_bin(Thread *thread, Value *args, int count) {
    (void)count;
    return prefixed_digits(thread, args[0], "0b", 2);
}

static Value builtin_oct(Thread *thread, Value *args, int count) {
    (void)count;
    return prefixed_digits(thread, args[0], "0o", 8);
}

static Value builtin_hex(Thread *thread, Value *args, int count) {
    (void)count;
    return prefixed_digits(thread, args[0], "0x", 16);
}

static Value builtin_chr(Thread *thread, Value *args, int count) {
    (void)count;
    Value number = object_index(thread, args[0]);
    if (value_is_error(number)) return number;
    int64_t code_point;
    if (!int_as_int64(number, &code_point) || code_point != (int)code_point)
        return raise_error(thread, &exception_OverflowError,
                           "Python int too large to convert to C int");
    if (code_point < 0 || code_point > 0x10ffff)
        return raise_value_error(thread, "chr() arg not in range(0x110000)");
    return str_from_character(thread, (uint32_t)code_point);
}

static Value builtin_ord(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *bytes;
    size_t size;
    if (value_is_str(args[0])) {
        size = value_as_str(args[0])->length;
        if (size == 1) return value_from_fixnum(str_at(value_as_str(args[0]), 0));
    } else if ((value_is_bytes(args[0]) || value_is_bytearray(args[0])) &&
               bytes_view(args[0], &bytes, &size)) {
        if (size == 1) return value_from_fixnum(bytes[0]);
    } else {
        return raise_type_error(thread, "ord() expected string of length 1, but %T found", args[0]);
    }
    return raise_type_error(thread, "ord() expected a character, but string of length %zu found",
                            size);
}

static Value builtin_divmod(Thread *thread, Value *args, int count) {
    (void)count;
    return object_divmod(thread, args[0], args[1]);
}

static Value builtin_format(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_absent(args[1]) && !value_is_str(args[1]))
        return raise_type_error(thread, "format() argument 2 must be str, not %K", args[1]);
    return object_format(thread, args[0], args[1]);
}

static Value builtin_hash(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t hash;
    if (!object_hash(thread, args[0], &hash)) return VALUE_ERROR;
    return int_from_int64(thread, hash);
}

static Value builtin_id(Thread *thread, Value *args, int count) {
    (void)count;
    return int_from_uint64(thread, args[0].bits);
}

static Value builtin_len(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t length = object_length(thread, args[0]);
    return length < 0 ? VALUE_ERROR : value_from_fixnum(length);
}

static Value builtin_iter(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_absent(args[1])) return object_iterate(thread, args[0]);
    if (!object_is_callable(args[0]))
        return raise_type_error(thread, "iter(object, sentinel): object must be callable");
    return callable_iterator_new(thread, args[0], args[1]);
}

static Value builtin_next(Thread *thread, Value *args, int count) {
    (void)count;
    if (!object_is_iterator(args[0]))
        return raise_type_error(thread, "'%T' object is not an iterator", args[0]);
    thread->stop_value = VALUE_ABSENT;
    Value item = object_next(thread, args[0]);
    if (value_is_absent(item)) {
        if (value_is_absent(args[1])) return raise_stop_iteration(thread, thread->stop_value);
        return args[1];
    }
    if (value_is_error(item) && !value_is_absent(args[1]) &&
        error_clear_if(thread, &exception_StopIteration))
        return args[1];
    return item;
}

static Value builtin_aiter(Thread *thread, Value *args, int count) {
    (void)count;
    Type *type = type_of(args[0]);
    if (!type->async_iterate)
        return raise_type_error(thread, "'%T' object is not an async iterable", args[0]);
    Value iterator = type->async_iterate(thread, args[0]);
    if (value_is_error(iterator) || type_of(iterator)->async_next) return iterator;
    return raise_type_error(thread, "aiter() returned not an async iterator of type '%T'",
                            iterator);
}

static Value builtin_anext(Thread *thread, Value *args, int count) {
    (void)count;
    Type *type = type_of(args[0]);
    if (!type->async_next)
        return raise_type_error(thread, "'%T' object is not an async iterator", args[0]);
    Value awaitable = type->async_next(thread, args[0]);
    if (value_is_error(awaitable) || value_is_absent(args[1])) return awaitable;
    return anext_awaitable_new(thread, awaitable, args[1]);
}

static Value builtin_pow(Thread *thread, Value *args, int count) {
    (void)count;
    return object_power(thread, args[0], args[1], value_is_absent(args[2]) ? VALUE_NONE : args[2]);
}

static Value builtin_repr(Thread *thread, Value *args, int count) {
    (void)count;
    return object_repr(thread, args[0]);
}

static Value builtin_round(Thread *thread, Value *args, int count) {
    (void)count;
    Value method = object_find_special(thread, args[0], NAMES(thread)->__round__);
    if (value_is_error(method)) return method;
    if (value_is_absent(method))
        return raise_type_error(thread, "type %T doesn't define __round__ method", args[0]);
    if (value_is_absent(args[1]) || value_is_none(args[1])) return object_call0(thread, method);
    return object_call1(thread, method, args[1]);
}

static const MethodRow functions[] = {
    {"__build_class__", builtin_build_class, "func=None, name=None, /, *bases, **kwds",
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\n"
     "Internal helper function used by the class statement.",
     0},
    {"__import__", builtin_import, "name, globals=None, locals=None, fromlist=(), level=0",
     "Import a module.", 0},
    {"abs", builtin_abs, "x, /", "Return the absolute value of the argument.", 0},
    {"aiter", builtin_aiter, "async_iterable, /",
     "Return an AsyncIterator for an AsyncIterable object.", 0},
    {"all", builtin_all, "iterable, /",
     "Return True if bool(x) is True for all values x in the iterable.\n\n"
     "If the iterable is empty, return True.",
     0},
    {"anext", builtin_anext, "aiterator, default=None, /",
     "Return the next item from the async iterator.", 0},
    {"any", builtin_any, "iterable, /",
     "Return True if bool(x) is True for any x in the iterable.\n\n"
     "If the iterable is empty, return False.",
     0},
    {"ascii", builtin_ascii, "obj, /", "Return an ASCII-only representation of an object.", 0},
    {"bin", builtin_bin, "number, /", "Return the binary representation of an integer.", 0},
    {"breakpoint", builtin_breakpoint, "*args, **kws", "Calls sys.breakpointhook().", 0},
    {"callable", builtin_callable, "obj, /", "Return whether the object is callable.", 0},
    {"chr", builtin_chr, "i, /",
     "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.", 0},
    {"compile", builtin_compile,
     "source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1",
     "Compile source into a code object that can be executed by exec() or eval().", 0},
    {"delattr", builtin_delattr, "obj, name, /",
     "Deletes the named attribute from the given object.", 0},
    {"dir", builtin_dir, "object=None, /",
     "Names in the current scope, or the attributes of an object, as a sorted list.", 0},
    {"divmod", builtin_divmod, "x, y, /", "Return the tuple (x//y, x%y).", 0},
    {"eval", builtin_eval, "source, globals=None, locals=None, /",
     "Evaluate the given source in the context of globals and locals.", 0},
    {"exec", builtin_exec, "source, globals=None, locals=None, /, *, closure=None",
     "Execute the given source in the context of globals and locals.", 0},
    {"format", builtin_format, "value, format_spec='', /",
     "Return type(value).__format__(value, format_spec)", 0},
    {"getattr", builtin_getattr, "object, name, default=None, /",
     "Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.", 0},
    {"globals", builtin_globals, "",
     "Return the dictionary containing the current scope's global variables.", 0},
    {"hasattr", builtin_hasattr, "obj, name, /",
     "Return whether the object has an attribute with the given name.", 0},
    {"hash", builtin_hash, "obj, /", "Return the hash value for the given object.", 0},
    {"help", builtin_help, "*args, **kwds", "Shows documentation by means of pydoc.help().", 0},
    {"hex", builtin_hex, "number, /", "Return the hexadecimal representation of an integer.", 0},
    {"id", builtin_id, "obj, /", "Return the identity of an object.", 0},
    {"input", builtin_input, "prompt='', /",
     "Read a string from standard input.  The trailing newline is stripped.", 0},
    {"isinstance", builtin_isinstance, "obj, class_or_tuple, /",
     "Return whether an object is an instance of a class or of a subclass thereof.", 0},
    {"issubclass", builtin_issubclass, "cls, class_or_tuple, /",
     "Return whether 'cls' is derived from another class or is the same class.", 0},
    {"iter", builtin_iter, "object, sentinel=None, /", "Get an iterator from an object.", 0},
    {"len", builtin_len, "obj, /", "Return the number of items in a container.", 0},
    {"locals", builtin_locals, "",
     "Return a dictionary containing the current scope's local variables.", 0},
    {"max", builtin_max, "*args, key=None, default=None",
     "With a single iterable argument, return its biggest item.\n"
     "With two or more arguments, return the largest argument.",
     0},
    {"min", builtin_min, "*args, key=None, default=None",
     "With a single iterable argument, return its smallest item.\n"
     "With two or more arguments, return the smallest argument.",
     0},
    {"next", builtin_next, "iterator, default=None, /", "Return the next item from the iterator.",
     0},
    {"oct", builtin_oct, "number, /", "Return the octal representation of an integer.", 0},
    {"open", text_file_open,
     "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
     "opener=None",
     "Open file and return a stream.  Raise OSError upon failure.", 0},
    {"ord", builtin_ord, "c, /", "Return the Unicode code point for a one-character string.", 0},
    {"pow", builtin_pow, "base, exp, mod=None",
     "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.", 0},
    {"print", builtin_print, "*args, sep=' ', end='\\n', file=None, flush=False",
     "Prints the values to a stream, or to sys.stdout by default.", 0},
    {"repr", builtin_repr, "obj, /", "Return the canonical string representation of the object.",
     0},
    {"round", builtin_round, "number, ndigits=None",
     "Round a number to a given precision in decimal digits.", 0},
    {"setattr", builtin_setattr, "obj, name, value, /",
     "Sets the named attribute on the given object to the specified value.", 0},
    {"sorted", builtin_sorted, "*iterable, **keywords",
     "Return a new list containing all items from the iterable in ascending order.", 0},
    {"sum", builtin_sum, "iterable, /, start=0",
     "Return the sum of a 'start' value (default: 0) plus an iterable of numbers", 0},
    {"vars", builtin_vars, "object=None, /",
     "The __dict__ attribute of an object; without one, what locals() gives.", 0},
    {NULL, NULL, NULL, NULL, 0},
};

static Type *const classes[] = {
    &bool_type,         &bytearray_type, &bytes_type,    &classmethod_type, &complex_type,
    &dict_type,         &enumerate_type, &filter_type,   &float_type,       &frozenset_type,
    &int_type,          &list_type,      &map_type,      &memoryview_type,  &object_type,
    &property_type,     &range_type,     &reversed_type, &set_type,         &slice_type,
    &staticmethod_type, &str_type,       &super_type,    &tuple_type,       &type_type,
    &zip_type,
#define EXCEPTION(name, base, ...) &exception_##name,
#include "runtime/exceptions.def"
#undef EXCEPTION
};

static bool set_constants(Thread *thread, Value module) {
    return module_set(thread, module, "__debug__",
                      value_from_bool(thread->runtime->options.optimize == 0)) &&
           module_set(thread, module, "None", VALUE_NONE) &&
           module_set(thread, module, "True", VALUE_TRUE) &&
           module_set(thread, module, "False", VALUE_FALSE) &&
           module_set(thread, module, "Ellipsis", VALUE_ELLIPSIS) &&
           module_set(thread, module, "NotImplemented", VALUE_NOT_IMPLEMENTED) &&
           module_set(thread, module, "EnvironmentError", value_from_type(&exception_OSError)) &&
           module_set(thread, module, "IOError", value_from_type(&exception_OSError));
}

static bool set_quitters(Thread *thread, Value module) {
    static const char *const names[] = {"exit", "quit"};
    if (!type_ready(thread, &quitter_type)) return false;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Value quitter = quitter_new(thread, names[i]);
        if (value_is_error(quitter) || !module_set(thread, module, names[i], quitter)) return false;
    }
    return true;
}

Value builtins_module_new(Thread *thread) {
    Value module = native_module_new(thread, "builtins",
                                     "Built-in functions, types, exceptions, and other objects.\n\n"
                                     "This module provides direct access to all 'built-in'\n"
                                     "identifiers of Python; for example, builtins.len is\n"
                                     "the full name for the built-in function len().",
                                     functions);
    if (value_is_error(module)) return module;
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (!module_set(thread, module, classes[i]->name, value_from_type(classes[i])))
            return VALUE_ERROR;
    if (!set_constants(thread, module) || !set_quitters(thread, module)) return VALUE_ERROR;
    Runtime *runtime = thread->runtime;
    runtime->builtins = ((Module *)value_as_object(module))->dict;
    bool listed =
        dict_set(thread, value_as_dict(runtime->modules), NAMES(thread)->builtins, module);
    return listed ? module : VALUE_ERROR;
}
