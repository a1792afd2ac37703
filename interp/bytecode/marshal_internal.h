// marshal_internal.h — the type bytes of the marshal format, for its writer and its reader.
#pragma once

enum {
    MARSHAL_NULL = '0', // ends a dict
    MARSHAL_NONE = 'N',
    MARSHAL_FALSE = 'F',
    MARSHAL_TRUE = 'T',
    MARSHAL_STOP_ITERATION = 'S',
    MARSHAL_ELLIPSIS = '.',
    MARSHAL_INT = 'i',
    MARSHAL_INT64 = 'I', // read only
    MARSHAL_LONG = 'l',
    MARSHAL_FLOAT = 'f', // as text: versions 0 and 1, like 'x'
    MARSHAL_BINARY_FLOAT = 'g',
    MARSHAL_COMPLEX = 'x',
    MARSHAL_BINARY_COMPLEX = 'y',
    MARSHAL_STRING = 's', // bytes
    MARSHAL_INTERNED = 't',
    MARSHAL_UNICODE = 'u',
    MARSHAL_ASCII = 'a',
    MARSHAL_ASCII_INTERNED = 'A',
    MARSHAL_SHORT_ASCII = 'z',
    MARSHAL_SHORT_ASCII_INTERNED = 'Z',
    MARSHAL_TUPLE = '(',
    MARSHAL_SMALL_TUPLE = ')',
    MARSHAL_LIST = '[',
    MARSHAL_DICT = '{',
    MARSHAL_SET = '<',
    MARSHAL_FROZENSET = '>',
    MARSHAL_CODE = 'c',
    MARSHAL_REFERENCE = 'r',
    MARSHAL_FLAG = 0x80, // the object goes to the list of references
    MARSHAL_DEPTH_LIMIT = 2000,
};
