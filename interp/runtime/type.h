// type.h — the type object: layout, slots and attributes shared by all instances.
//
// Slots are C functions; a class written in Python gets slot functions that look the dunder up in
// the MRO, builtin types get their dunders (list.__len__) from the slots: runtime/slots.def is the
// one table that ties the two. type_ready fills in what is inherited.
// Result conventions: Value-returning slots give VALUE_ERROR with an exception pending;
// `next` gives VALUE_ABSENT at the end; bool-returning slots false on error; int-returning ones -1.
#pragma once
#include "memory/barrier.h"
#include "runtime/shape.h"

// BINARY_OP's numbering (3.12); in-place operators are these plus BINARY_INPLACE.
typedef enum {
    BINARY_ADD,
    BINARY_AND,
    BINARY_FLOOR_DIVIDE,
    BINARY_LSHIFT,
    BINARY_MATRIX_MULTIPLY,
    BINARY_MULTIPLY,
    BINARY_REMAINDER,
    BINARY_OR,
    BINARY_POWER,
    BINARY_RSHIFT,
    BINARY_SUBTRACT,
    BINARY_TRUE_DIVIDE,
    BINARY_XOR,
    BINARY_INPLACE = 13, // BINARY_OP arguments 13..25
    BINARY_DIVMOD = 13,  // index in Type.binary only: divmod() is no BINARY_OP
    BINARY_SLOT_COUNT = 14,
} BinaryOperator;
typedef enum {
    UNARY_NEGATIVE_,
    UNARY_POSITIVE_,
    UNARY_INVERT_,
    UNARY_ABSOLUTE_,
    UNARY_COUNT
} UnaryOperator;
// COMPARE_OP's numbering.
typedef enum {
    COMPARE_LT,
    COMPARE_LE,
    COMPARE_EQ,
    COMPARE_NE,
    COMPARE_GT,
    COMPARE_GE
} CompareOperator;

// A function callable from Python. `args` holds one Value for each parameter of the signature of
// its row, in order, VALUE_ABSENT for an optional one that was not given; `count` is the length of
// args. With the signature "self, *args" (nothing after it) args are the raw positionals.
typedef Value NativeFunction(Thread *thread, Value *args, int count);
// The general calling convention: `count` positionals, then one value for each name in the tuple
// `names` (VALUE_ABSENT: no keywords). The arguments stay the caller's.
typedef Value CallFunction(Thread *thread, Value callable, Value *args, int count, Value names);

enum { METHOD_INSTANCE, METHOD_CLASS, METHOD_STATIC }; // MethodRow.kind
// One row of a method table, module function table included. Signature: Python's text signature
// without parentheses ("self, key, default=None, /"); it gives arity, keywords, defaults and
// __text_signature__. A default that C must see as "not given" is simply left VALUE_ABSENT.
typedef struct {
    const char *name;
    NativeFunction *function;
    const char *signature;
    const char *documentation;
    int kind;
} MethodRow;
typedef struct {
    const char *name;
    Value (*get)(Thread *thread, Value self);
    bool (*set)(Thread *thread, Value self, Value value); // VALUE_ABSENT deletes; NULL: read-only
    const char *documentation;
} GetSetRow;
// A Value field at a fixed offset (also what __slots__ makes).
typedef struct {
    const char *name;
    uint32_t offset;
    bool read_only;
    bool none_if_absent; // else AttributeError
    const char *documentation;
} MemberRow;

// Bits of Type.flags.
enum {
    TYPE_HEAP = 1, // made by a class statement or type()
    TYPE_BASE = 2, // may be subclassed
    TYPE_READY = 4,
    TYPE_INT_SUBCLASS = 8, // the type or one of its bases is int, ...
    TYPE_FLOAT_SUBCLASS = 16,
    TYPE_STR_SUBCLASS = 32,
    TYPE_BYTES_SUBCLASS = 64,
    TYPE_TUPLE_SUBCLASS = 128,
    TYPE_LIST_SUBCLASS = 256,
    TYPE_DICT_SUBCLASS = 512,
    TYPE_SET_SUBCLASS = 1024,
    TYPE_FROZENSET_SUBCLASS = 2048,
    TYPE_TYPE_SUBCLASS = 4096,
    TYPE_EXCEPTION_SUBCLASS = 8192,
    TYPE_SUBCLASS_MASK = 0x3ff8,
    TYPE_MAPPING = 1 << 14,  // matches a mapping pattern
    TYPE_SEQUENCE = 1 << 15, // matches a sequence pattern
    TYPE_IMMUTABLE = 1 << 16,
    TYPE_NO_NEW = 1 << 17, // cannot be instantiated from Python
    TYPE_CACHED = 1 << 18, // an inline cache depends on its attributes: see type_modified
    TYPE_ABSTRACT = 1 << 19,
    TYPE_METHOD_DESCRIPTOR = 1 << 20, // instances are functions that bind: LOAD_ATTR's method form
    TYPE_HAS_WEAK_REFERENCES = 1 << 21,
    TYPE_DICTIONARY_INSTANCES =
        1 << 22, // attributes of instances always live in a dict (modules, functions)
    TYPE_VARIABLE_SIZE =
        1 << 23, // items follow basic_size: the extension, if any, is the last word
};

// What next_pair did; PAIR_REFUSED: nothing was taken, next must be asked.
typedef enum { PAIR_TAKEN, PAIR_END, PAIR_ERROR, PAIR_REFUSED } PairStep;

struct Type {
    Object header;
    Value extension; // attributes of metaclass instances never live here: see `dict`
    // Names. A builtin type sets `name` ("list", "types.GenericAlias"); the others are made ready.
    const char *name; // static types: the printed name, with a module prefix if not builtins
    Value name_value; // __name__
    Value qualname;
    const char *documentation;
    Type *metatype;    // NULL: type
    Type *base;        // NULL: object (object itself excepted)
    Type *second_base; // builtin types with two bases (ExceptionGroup): only its attributes count
    Value bases;       // tuple
    Value mro;         // tuple
    Value dict;        // the class namespace, a dict
    struct TypeList *subclasses; // the direct ones, weakly; see type_subclass
    uint32_t flags;
    uint32_t version; // changes whenever an attribute of the type or of a base changes;
                      // 0 (versions are used up) never matches a cache
    // Layout of instances.
    uint32_t basic_size;       // bytes before the inline slots, members and extension included
    uint32_t extension_offset; // 0: no instance attributes; EXTENSION_AT_END: see object_extension
    uint32_t values_offset;  // classes made by Python: from here to basic_size all words are Values
    uint16_t inline_slots;   // learned: how many slots new instances get inline
    uint16_t root_index;     // builtin types: SHAPE_<name>
    Shape *root_shape;       // of new instances
    Shape *dictionary_shape; // made when first needed
    // Tables of builtin types; each ends with a row whose name is NULL.
    const MethodRow *methods;
    const GetSetRow *getsets;
    const MemberRow *members;
    // Memory.
    void (*trace)(Marker *marker, Object *object); // beyond attributes and slots; may be NULL
    void (*release)(Heap *heap, Object *object);   // native resources; type_allocate registers it
    // Life.
    Value (*make)(Thread *thread, Type *type, Value *args, int count, Value names); // __new__
    bool (*initialize)(Thread *thread, Value self, Value *args, int count, Value names);
    bool (*finalize)(Thread *thread, Value self); // __del__
    CallFunction *call;
    // Basics.
    Value (*repr)(Thread *thread, Value self);
    Value (*str)(Thread *thread, Value self);
    bool (*hash)(Thread *thread, Value self, int64_t *hash); // NULL after ready: unhashable
    Value (*compare)(Thread *thread, Value self, Value other, CompareOperator op);
    Value (*get_attribute)(Thread *thread, Value self, Value name);
    bool (*set_attribute)(Thread *thread, Value self, Value name, Value value); // ABSENT deletes
    Value (*iterate)(Thread *thread, Value self);
    Value (*next)(Thread *thread, Value self);
    // What next gives, for a loop that unpacks two at once: the tuple is never made. The first goes
    // to pair[1], the second to pair[0], as UNPACK_SEQUENCE leaves them. Not inherited; may be
    // NULL.
    PairStep (*next_pair)(Thread *thread, Value self, Value *pair);
    Value (*descriptor_get)(Thread *thread, Value self, Value object,
                            Value owner); // object ABSENT: from the class
    bool (*descriptor_set)(Thread *thread, Value self, Value object, Value value); // ABSENT deletes
    // Containers.
    ssize_t (*length)(Thread *thread, Value self);
    Value (*get_item)(Thread *thread, Value self, Value key);
    bool (*set_item)(Thread *thread, Value self, Value key, Value value); // ABSENT deletes
    int (*contains)(Thread *thread, Value self, Value item);
    Value (*concatenate)(Thread *thread, Value self, Value other); // sequences' +
    Value (*repeat)(Thread *thread, Value self, ssize_t count);    // sequences' *
    Value (*inplace_concatenate)(Thread *thread, Value self, Value other);
    Value (*inplace_repeat)(Thread *thread, Value self, ssize_t count);
    // Numbers. binary[] is called with the operands in their written order; either may be of the
    // type; VALUE_NOT_IMPLEMENTED passes the question on.
    int (*truth)(Thread *thread, Value self);
    Value (*unary[UNARY_COUNT])(Thread *thread, Value self);
    Value (*binary[BINARY_SLOT_COUNT])(Thread *thread, Value left, Value right);
    Value (*inplace[BINARY_SLOT_COUNT])(Thread *thread, Value left, Value right);
    Value (*power)(Thread *thread, Value base, Value exponent, Value modulus); // three-argument pow
    Value (*to_int)(Thread *thread, Value self);
    Value (*to_float)(Thread *thread, Value self);
    Value (*index)(Thread *thread, Value self);
    // Coroutines.
    Value (*await)(Thread *thread, Value self);
    Value (*async_iterate)(Thread *thread, Value self);
    Value (*async_next)(Thread *thread, Value self);
};

// The extension of an object whose type has TYPE_VARIABLE_SIZE lies behind its items.
enum { EXTENSION_AT_END = UINT32_MAX - 7 };

// Static initialisation of a builtin type: `Type list_type = {TYPE_STATIC_HEADER(list), .name =
// ...`
#define TYPE_STATIC_HEADER(shape_name)                                                             \
    .header = {.shape = SHAPE_type, .flags = OBJECT_STATIC}, .root_index = SHAPE_##shape_name

// The type of every immediate, without a table look-up.
extern Type object_type, type_type, none_type, not_implemented_type, ellipsis_type;
extern Type bool_type, int_type, float_type;
Type *type_of_immediate(Value value);
ALWAYS_INLINE Type *type_of(Value value) {
    if (LIKELY(value_is_object(value))) return object_shape(value_as_object(value))->type;
    if (value_is_fixnum(value)) return &int_type;
    if (value_is_flonum(value)) return &float_type;
    return type_of_immediate(value);
}
ALWAYS_INLINE bool value_has_flag(Value value, uint32_t type_flag) {
    return value_is_object(value) &&
           (object_shape(value_as_object(value))->type->flags & type_flag);
}
ALWAYS_INLINE bool value_is_type(Value value) { return value_has_flag(value, TYPE_TYPE_SUBCLASS); }
ALWAYS_INLINE Type *value_as_type(Value value) {
    ASSERT(value_is_type(value));
    return (Type *)value_as_object(value);
}
ALWAYS_INLINE Value value_from_type(const Type *type) { return value_from_object(type); }

// Makes a builtin type usable: base, MRO, inherited slots, its dict with methods, getsets, members
// and slot wrappers. Registers it as a root. Idempotent.
RAISES bool type_ready(Thread *thread, Type *type);
// A new class as type(name, bases, namespace) makes it: picks the base layout, collects
// __slots__, sets __module__/__qualname__/__doc__, calls __set_name__ and __init_subclass__.
RAISES Value type_new_class(Thread *thread, Type *metatype, Value name, Value bases,
                            Value namespace, Value keyword_names, Value *keyword_values)
    RUNS_PYTHON;
// The metaclass that wins among `initial` and those of the bases (PEP 3115); NULL with TypeError.
RAISES Type *type_calculate_metatype(Thread *thread, Type *initial, Value bases);
bool type_is_subtype(const Type *type, const Type *base);
// The index-th direct subclass in the order of their creation, or NULL.
Type *type_subclass(const Type *type, size_t index);
// The MRO as an array; *count is 0 before type_ready.
Type **type_mro_items(const Type *type, size_t *count);
// Where the extension word of an object stands; NULL when its type has none.
Value *object_extension(Object *object);
// An attribute found along the MRO, without binding: VALUE_ABSENT if none. `name` is interned.
// Cached by (type, version, name). Cannot raise.
Value type_find(Type *type, Value name);
// Must follow every change of a type's dict, bases or slots: new versions for it and its
// subclasses, and the inline caches that depend on it are made to miss.
void type_modified(Thread *thread, Type *type);
// Stores into the class namespace as `Class.name = value` does (slots updated); ABSENT deletes.
// Inline caches are made to miss only if one of them has looked for that name, or it is a dunder.
RAISES bool type_set_attribute(Thread *thread, Type *type, Value name, Value value);
// A fresh instance with its slots absent; MemoryError when there is no room. `extra` bytes follow
// basic_size for variable-sized builtin objects. Who allocates inline instead must come here when
// type->inline_slots differs from type->root_shape->inline_capacity: a new root shape is due.
RAISES Object *type_allocate(Thread *thread, Type *type, size_t extra);
