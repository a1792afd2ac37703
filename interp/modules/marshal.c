// marshal.c — the module marshal: values to bytes and back, in the format of .pyc files.
#include "bytecode/marshal.h"
#include "modules/modules.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"
#include <limits.h>

static bool get_version(Thread *thread, Value argument, int *version) {
    int64_t number = MARSHAL_VERSION;
    *version = MARSHAL_VERSION;
    if (value_is_absent(argument)) return true;
    Value index = object_index(thread, argument);
    if (value_is_error(index)) return false;
    if (!int_as_int64(index, &number) || number < INT_MIN || number > INT_MAX) {
        raise_error(thread, &exception_OverflowError, "Python int too large to convert to C int");
        return false;
    }
    *version = (int)number;
    return true;
}

static Value marshal_py_dumps(Thread *thread, Value *args, int count) {
    (void)count;
    int version;
    if (!get_version(thread, args[1], &version)) return VALUE_ERROR;
    return marshal_dump(thread, args[0], version);
}

static Value marshal_py_dump(Thread *thread, Value *args, int count) {
    (void)count;
    int version;
    if (!get_version(thread, args[2], &version)) return VALUE_ERROR;
    Value bytes = marshal_dump(thread, args[0], version);
    if (value_is_error(bytes)) return bytes;
    return object_call_method(thread, args[1], NAMES(thread)->write, &bytes, 1);
}

static Value marshal_py_loads(Thread *thread, Value *args, int count) {
    (void)count;
    const unsigned char *data;
    size_t size;
    if (!bytes_view(args[0], &data, &size))
        return raise_type_error(thread, "a bytes-like object is required, not '%T'", args[0]);
    if (!value_is_bytes(args[0])) {
        Value copy = bytes_new(thread, data, size);
        if (value_is_error(copy)) return copy;
        args[0] = copy;
        data = value_as_bytes(copy)->data;
    }
    return marshal_load(thread, data, size);
}

static Value marshal_py_load(Thread *thread, Value *args, int count) {
    (void)count;
    // An empty read tells a text file from a binary one.
    Value zero = value_from_fixnum(0);
    Value data = object_call_method(thread, args[0], NAMES(thread)->read, &zero, 1);
    if (value_is_error(data)) return data;
    if (!value_is_bytes(data))
        return raise_type_error(thread, "file.read() returned not bytes but %T", data);
    return marshal_load_file(thread, args[0]);
}

static const MethodRow functions[] = {
    {"dump", marshal_py_dump, "value, file, version=version, /",
     "Write the value on the open file.\n\n"
     "  value\n"
     "    Must be a supported type.\n"
     "  file\n"
     "    Must be a writeable binary file.\n"
     "  version\n"
     "    Indicates the data format that dump should use.",
     0},
    {"dumps", marshal_py_dumps, "value, version=version, /",
     "Return the bytes object that would be written to a file by dump(value, file).\n\n"
     "  value\n"
     "    Must be a supported type.\n"
     "  version\n"
     "    Indicates the data format that dumps should use.",
     0},
    {"load", marshal_py_load, "file, /", "Read one value from the open file and return it.", 0},
    {"loads", marshal_py_loads, "bytes, /", "Convert the bytes-like object to a value.", 0},
    {NULL, NULL, NULL, NULL, 0},
};

Value marshal_module_new(Thread *thread) {
    Value module = native_module_new(
        thread, "marshal",
        "This module contains functions that can read and write Python values in\n"
        "a binary format, the one of .pyc files. It may differ between versions of Python.",
        functions);
    if (value_is_error(module) ||
        !module_set(thread, module, "version", value_from_fixnum(MARSHAL_VERSION)))
        return VALUE_ERROR;
    return module;
}
