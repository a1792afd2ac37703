// dict_type.c — the type dict: what Python sees of the table in dict.c.
#include "objects/containers.h"
#include "objects/dict_views.h"
#include "objects/generic_alias.h"
#include "objects/native.h"

static void trace(Marker *marker, Object *object) { mark_object(marker, ((Dict *)object)->table); }

static void trace_table(Marker *marker, Object *object) {
    DictTable *table = (DictTable *)object;
    for (size_t i = 0; i < table->capacity; i++) {
        mark_value(marker, table->entries[i].key);
        mark_value(marker, table->entries[i].value);
    }
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args, (void)count, (void)names;
    if (type == &dict_type) return dict_new(thread);
    Dict *dict = (Dict *)type_allocate(thread, type, 0);
    if (!dict) return VALUE_ERROR;
    dict_initialize(dict);
    return value_from_object(dict);
}

static bool set_keywords(Thread *thread, Dict *dict, const Value *values, Value names) {
    if (value_is_absent(names)) return true;
    Tuple *tuple = value_as_tuple(names);
    for (size_t i = 0; i < tuple->length; i++)
        if (!dict_set(thread, dict, tuple->items[i], values[i])) return false;
    return true;
}

static bool initialize(Thread *thread, Value self, Value *args, int count, Value names) {
    if (count > 1) {
        raise_type_error(thread, "dict expected at most 1 argument, got %d", count);
        return false;
    }
    Dict *dict = value_as_dict(self);
    if (count == 1 && !dict_update(thread, dict, args[0])) return false;
    return set_keywords(thread, dict, args + count, names);
}

static bool append_item(StrBuilder *builder, Value key, Value value, bool first) {
    return (first || str_builder_append_c(builder, ", ")) &&
           str_builder_append_repr(builder, key) && str_builder_append_c(builder, ": ") &&
           str_builder_append_repr(builder, value);
}

static Value repr(Thread *thread, Value self) {
    Dict *dict = value_as_dict(self);
    if (dict->length == 0) return str_from_c(thread, "{}");
    int running = repr_enter(thread, self);
    if (running) return running < 0 ? VALUE_ERROR : str_from_c(thread, "{...}");
    StrBuilder builder;
    str_builder_start(&builder, thread);
    bool whole = str_builder_append_c(&builder, "{"), first = true;
    Value key, value;
    for (size_t position = 0; whole && dict_next(dict, &position, &key, &value); first = false)
        whole = append_item(&builder, key, value, first);
    whole = whole && str_builder_append_c(&builder, "}");
    repr_leave(thread, self);
    return whole ? str_builder_finish(&builder) : VALUE_ERROR;
}

// 1 if every item of one dict is in the other, -1 with an exception pending.
static int same_items(Thread *thread, Dict *a, Dict *b) {
    if (a->length != b->length) return 0;
    Value key, value;
    for (size_t position = 0; dict_next(a, &position, &key, &value);) {
        Value other = dict_find(thread, b, key);
        if (value_is_error(other)) return -1;
        if (value_is_absent(other)) return 0;
        int equal = items_equal(thread, value, other);
        if (equal <= 0) return equal;
    }
    return 1;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    if (!value_is_dict(self) || !value_is_dict(other)) return VALUE_NOT_IMPLEMENTED;
    int same = same_items(thread, value_as_dict(self), value_as_dict(other));
    return same < 0 ? VALUE_ERROR : value_from_bool(same == (op == COMPARE_EQ));
}

static Value iterate(Thread *thread, Value self) {
    return dict_iterator_new(thread, SHAPE_dict_key_iterator, self);
}

static ssize_t length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)value_as_dict(self)->length;
}

static Value get_item(Thread *thread, Value self, Value key) {
    Value value = dict_find(thread, value_as_dict(self), key);
    if (LIKELY(!value_is_absent(value))) return value;
    if (!value_is_dict_exact(self)) {
        Value missing = object_find_special(thread, self, NAMES(thread)->__missing__);
        if (value_is_error(missing)) return missing;
        if (!value_is_absent(missing)) return object_call1(thread, missing, key);
    }
    return raise_key_error(thread, key);
}

static bool set_item(Thread *thread, Value self, Value key, Value value) {
    if (!value_is_absent(value)) return dict_set(thread, value_as_dict(self), key, value);
    int deleted = dict_delete(thread, value_as_dict(self), key);
    if (deleted == 0) raise_key_error(thread, key);
    return deleted == 1;
}

static int contains(Thread *thread, Value self, Value key) {
    return dict_contains(thread, value_as_dict(self), key);
}

static Value unite(Thread *thread, Value left, Value right) {
    if (!value_is_dict(left) || !value_is_dict(right)) return VALUE_NOT_IMPLEMENTED;
    Value result = dict_copy(thread, value_as_dict(left));
    if (value_is_error(result) || !dict_update(thread, value_as_dict(result), right))
        return VALUE_ERROR;
    return result;
}

static Value unite_inplace(Thread *thread, Value self, Value other) {
    return dict_update(thread, value_as_dict(self), other) ? self : VALUE_ERROR;
}

// Methods

static Value dict_py_get(Thread *thread, Value *args, int count) {
    (void)count;
    Value value = dict_find(thread, value_as_dict(args[0]), args[1]);
    if (!value_is_absent(value)) return value;
    return value_is_absent(args[2]) ? VALUE_NONE : args[2];
}

static Value dict_py_setdefault(Thread *thread, Value *args, int count) {
    (void)count;
    Value fallback = value_is_absent(args[2]) ? VALUE_NONE : args[2];
    return dict_set_default(thread, value_as_dict(args[0]), args[1], fallback);
}

static Value dict_py_pop(Thread *thread, Value *args, int count) {
    (void)count;
    Value value = dict_pop(thread, value_as_dict(args[0]), args[1]);
    if (!value_is_absent(value)) return value;
    return value_is_absent(args[2]) ? raise_key_error(thread, args[1]) : args[2];
}

static Value dict_py_popitem(Thread *thread, Value *args, int count) {
    (void)count;
    Value pair = tuple_new(thread, 2);
    if (value_is_error(pair)) return pair;
    Value *items = value_as_tuple(pair)->items;
    if (dict_pop_last(value_as_dict(args[0]), &items[0], &items[1])) return pair;
    return raise_error(thread, &exception_KeyError, "popitem(): dictionary is empty");
}

static Value dict_py_clear(Thread *thread, Value *args, int count) {
    (void)count;
    dict_clear(thread, value_as_dict(args[0]));
    return VALUE_NONE;
}

static Value dict_py_copy(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_copy(thread, value_as_dict(args[0]));
}

static Value dict_py_keys(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_view_new(thread, SHAPE_dict_keys, args[0]);
}
static Value dict_py_values(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_view_new(thread, SHAPE_dict_values, args[0]);
}
static Value dict_py_items(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_view_new(thread, SHAPE_dict_items, args[0]);
}

// args: self, the positionals as a tuple, the keywords as a dict.
static Value dict_py_update(Thread *thread, Value *args, int count) {
    (void)count;
    Tuple *positionals = value_as_tuple(args[1]);
    if (positionals->length > 1)
        return raise_type_error(thread, "update expected at most 1 argument, got %zu",
                                positionals->length);
    Dict *dict = value_as_dict(args[0]);
    if (positionals->length == 1 && !dict_update(thread, dict, positionals->items[0]))
        return VALUE_ERROR;
    if (!value_is_absent(args[2]) && !dict_merge(thread, dict, args[2], true)) return VALUE_ERROR;
    return VALUE_NONE;
}

static Value dict_py_fromkeys(Thread *thread, Value *args, int count) {
    (void)count;
    Value value = value_is_absent(args[2]) ? VALUE_NONE : args[2];
    Value dict = object_call0(thread, args[0]);
    if (value_is_error(dict)) return dict;
    Value iterator = object_iterate(thread, args[1]);
    if (value_is_error(iterator)) return iterator;
    bool direct = value_is_dict_exact(dict);
    for (;;) {
        Value key = object_next(thread, iterator);
        if (value_is_error(key)) return key;
        if (value_is_absent(key)) return dict;
        bool stored = direct ? dict_set(thread, value_as_dict(dict), key, value)
                             : object_set_item(thread, dict, key, value);
        if (!stored || !thread_poll_if_needed(thread)) return VALUE_ERROR;
    }
}

static Value dict_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    return dict_iterator_new(thread, SHAPE_dict_reverse_key_iterator, args[0]);
}

static Value dict_py_sizeof(Thread *thread, Value *args, int count) {
    (void)count, (void)thread;
    Dict *dict = value_as_dict(args[0]);
    size_t size = type_of(args[0])->basic_size;
    if (dict->table) size += dict_table_size(dict->table->capacity, dict->table->index_mask);
    return value_from_fixnum((int64_t)size);
}

static const MethodRow methods[] = {
    {"get", dict_py_get, "self, key, default=None, /",
     "Return the value for key if key is in the dictionary, else default.", METHOD_INSTANCE},
    {"setdefault", dict_py_setdefault, "self, key, default=None, /",
     "Insert key with a value of default if key is not in the dictionary.\n\n"
     "Return the value for key if key is in the dictionary, else default.",
     METHOD_INSTANCE},
    {"pop", dict_py_pop, "self, key, default=<unrepresentable>, /",
     "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\n"
     "If the key is not found, return the default if given; otherwise,\nraise a KeyError.",
     METHOD_INSTANCE},
    {"popitem", dict_py_popitem, "self, /",
     "Remove and return a (key, value) pair as a 2-tuple.\n\n"
     "Pairs are returned in LIFO (last-in, first-out) order.\n"
     "Raises KeyError if the dict is empty.",
     METHOD_INSTANCE},
    {"keys", dict_py_keys, "self, /", "D.keys() -> a set-like object providing a view on D's keys",
     METHOD_INSTANCE},
    {"items", dict_py_items, "self, /",
     "D.items() -> a set-like object providing a view on D's items", METHOD_INSTANCE},
    {"values", dict_py_values, "self, /", "D.values() -> an object providing a view on D's values",
     METHOD_INSTANCE},
    {"update", dict_py_update, "self, /, *args, **kwargs",
     "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.\n"
     "If E is present and has a .keys() method, then does:  for k in E: D[k] = E[k]\n"
     "If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v\n"
     "In either case, this is followed by: for k in F:  D[k] = F[k]",
     METHOD_INSTANCE},
    {"fromkeys", dict_py_fromkeys, "type, iterable, value=None, /",
     "Create a new dictionary with keys from iterable and values set to value.", METHOD_CLASS},
    {"clear", dict_py_clear, "self, /", "D.clear() -> None.  Remove all items from D.",
     METHOD_INSTANCE},
    {"copy", dict_py_copy, "self, /", "D.copy() -> a shallow copy of D", METHOD_INSTANCE},
    {"__reversed__", dict_py_reversed, "self, /", "Return a reverse iterator over the dict keys.",
     METHOD_INSTANCE},
    {"__sizeof__", dict_py_sizeof, "self, /", "D.__sizeof__() -> size of D in memory, in bytes",
     METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type dict_table_type = {
    TYPE_STATIC_HEADER(dict_table), .name = "dict_table", .basic_size = sizeof(DictTable),
    .flags = TYPE_NO_NEW,           .trace = trace_table,
};

Type dict_type = {
    TYPE_STATIC_HEADER(dict),
    .name = "dict",
    .documentation = "dict() -> new empty dictionary\n"
                     "dict(mapping) -> new dictionary initialized from a mapping object's\n"
                     "    (key, value) pairs\n"
                     "dict(iterable) -> new dictionary initialized as if via:\n"
                     "    d = {}\n"
                     "    for k, v in iterable:\n"
                     "        d[k] = v\n"
                     "dict(**kwargs) -> new dictionary initialized with the name=value pairs\n"
                     "    in the keyword argument list.  For example:  dict(one=1, two=2)",
    .basic_size = sizeof(Dict),
    .flags = TYPE_BASE | TYPE_MAPPING,
    .methods = methods,
    .trace = trace,
    .make = make,
    .initialize = initialize,
    .repr = repr,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .set_item = set_item,
    .contains = contains,
    .binary[BINARY_OR] = unite,
    .inplace[BINARY_OR] = unite_inplace,
};
