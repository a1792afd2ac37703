// type_new.c — makes a class: what type(name, bases, namespace) does (CPython: type_new).
//
// The steps are CPython's, in its order, as Python code can watch most of them: best base, layout,
// namespace entries, MRO, slots, __classcell__, __set_name__, __init_subclass__.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include <stdlib.h>

Value (*running_globals)(Thread *thread);

char *text_duplicate(Thread *thread, const char *text, size_t size) {
    char *copy = malloc(size + 1);
    if (!copy) {
        raise_memory_error(thread);
        return NULL;
    }
    memcpy(copy, text, size);
    copy[size] = 0;
    return copy;
}

void type_release(Heap *heap, Object *object) {
    (void)heap;
    Type *type = (Type *)object;
    if (!(type->flags & TYPE_HEAP)) return;
    const Type *builtin = type->base;
    while (builtin && (builtin->flags & TYPE_HEAP)) builtin = builtin->base;
    Shape *heir = builtin ? builtin->root_shape : NULL;
    if (type->root_shape) shape_delete_tree(type->root_shape, heir);
    if (type->dictionary_shape && type->dictionary_shape != type->root_shape)
        shape_delete_tree(type->dictionary_shape, heir);
    free(type->subclasses);
    free((void *)type->members);
    free((void *)type->name);
}

bool type_rename(Thread *thread, Type *type, Value name, const char *text, size_t size) {
    char *copy = text_duplicate(thread, text, size);
    if (!copy) return false;
    free((void *)type->name);
    type->name = copy;
    object_store(thread->heap, type, &type->name_value, name);
    return true;
}

static bool set_name(Thread *thread, Type *type, Value name) {
    size_t size;
    const char *text = str_as_utf8(thread, name, &size);
    if (!text) return false;
    if (memchr(text, 0, size)) {
        raise_value_error(thread, "type name must not contain null characters");
        return false;
    }
    object_store(thread->heap, type, &type->qualname, name);
    return type_rename(thread, type, name, text, size);
}

// A copy with interned keys: the method cache relies on that.
static Value copy_namespace(Thread *thread, Value namespace) {
    Value copy = dict_new(thread);
    if (value_is_error(copy)) return copy;
    size_t position = 0;
    Value key, value;
    while (dict_next(value_as_dict(namespace), &position, &key, &value)) {
        if (value_is_str_exact(key)) key = str_intern(thread, key);
        if (value_is_error(key) || !dict_set(thread, value_as_dict(copy), key, value))
            return VALUE_ERROR;
    }
    return copy;
}

static bool remove_entry(Thread *thread, Dict *dict, Value name) {
    return dict_delete(thread, dict, name) >= 0;
}

static bool set_qualname(Thread *thread, Type *type) {
    Dict *dict = value_as_dict(type->dict);
    Value qualname = dict_find_str(thread, dict, NAMES(thread)->__qualname__);
    if (value_is_absent(qualname)) return true;
    if (!value_is_str(qualname)) {
        raise_type_error(thread, "type __qualname__ must be a str, not %T", qualname);
        return false;
    }
    object_store(thread->heap, type, &type->qualname, qualname);
    return remove_entry(thread, dict, NAMES(thread)->__qualname__);
}

static bool set_module(Thread *thread, Dict *dict) {
    if (!value_is_absent(dict_find_str(thread, dict, NAMES(thread)->__module__))) return true;
    Value globals = running_globals ? running_globals(thread) : VALUE_ABSENT;
    if (value_is_absent(globals)) return true;
    Value module = dict_find_str(thread, value_as_dict(globals), NAMES(thread)->__name__);
    return value_is_absent(module) || dict_set(thread, dict, NAMES(thread)->__module__, module);
}

static bool set_documentation(Thread *thread, Dict *dict) {
    if (!value_is_absent(dict_find_str(thread, dict, NAMES(thread)->__doc__))) return true;
    return dict_set(thread, dict, NAMES(thread)->__doc__, VALUE_NONE);
}

// Plain functions under these names are static or class methods without saying so.
static bool wrap_function(Thread *thread, Dict *dict, Value name, bool is_static) {
    Value function = dict_find_str(thread, dict, name);
    if (!value_has_shape(function, SHAPE_function)) return true;
    Value wrapped =
        is_static ? staticmethod_new(thread, function) : classmethod_new(thread, function);
    return !value_is_error(wrapped) && dict_set(thread, dict, name, wrapped);
}

// Defining equality without a hash makes instances unhashable.
static bool set_hash(Thread *thread, Dict *dict) {
    if (value_is_absent(dict_find_str(thread, dict, NAMES(thread)->__eq__))) return true;
    if (!value_is_absent(dict_find_str(thread, dict, NAMES(thread)->__hash__))) return true;
    return dict_set(thread, dict, NAMES(thread)->__hash__, VALUE_NONE);
}

static bool set_class_cell(Thread *thread, Type *type) {
    Dict *dict = value_as_dict(type->dict);
    Value cell = dict_find_str(thread, dict, NAMES(thread)->__classcell__);
    if (value_is_absent(cell)) return true;
    if (!value_is_cell(cell)) {
        raise_type_error(thread, "__classcell__ must be a nonlocal cell, not <class '%T'>", cell);
        return false;
    }
    Cell *object = (Cell *)value_as_object(cell);
    object_store(thread->heap, object, &object->content, value_from_type(type));
    return remove_entry(thread, dict, NAMES(thread)->__classcell__);
}

static bool fill_namespace(Thread *thread, Type *type) {
    Dict *dict = value_as_dict(type->dict);
    return set_module(thread, dict) && set_qualname(thread, type) &&
           wrap_function(thread, dict, NAMES(thread)->__new__, true) &&
           wrap_function(thread, dict, NAMES(thread)->__init_subclass__, false) &&
           wrap_function(thread, dict, NAMES(thread)->__class_getitem__, false);
}

static Type *allocate(Thread *thread, Type *metatype, Value name, Value bases, Value namespace) {
    Type *type = (Type *)type_allocate(thread, metatype, 0);
    if (!type) return NULL;
    type->flags = TYPE_HEAP | TYPE_BASE;
    type->bases = bases;
    type->name = NULL;
    type->dict = copy_namespace(thread, namespace);
    if (value_is_error(type->dict)) {
        type->dict = VALUE_ABSENT;
        return NULL;
    }
    return set_name(thread, type, name) ? type : NULL;
}

static void inherit_from_base(Type *type) {
    const Type *base = type->base;
    uint32_t inherited = TYPE_SUBCLASS_MASK | TYPE_VARIABLE_SIZE | TYPE_DICTIONARY_INSTANCES;
    type->flags |= base->flags & inherited;
    size_t count;
    Type **mro = type_mro_items(type, &count);
    for (size_t i = 1; i < count; i++) {
        type->flags |= mro[i]->flags & (TYPE_MAPPING | TYPE_SEQUENCE);
        if (type->flags & (TYPE_MAPPING | TYPE_SEQUENCE)) break;
    }
    type->trace = base->trace;
    type->release = base->release;
}

static bool link_to_bases(Thread *thread, Type *type) {
    Tuple *bases = value_as_tuple(type->bases);
    for (size_t i = 0; i < bases->length; i++)
        if (!type_add_subclass(thread, value_as_type(bases->items[i]), type)) return false;
    return true;
}

static bool set_names(Thread *thread, Type *type) {
    Value entries = dict_items_list(thread, value_as_dict(type->dict));
    if (value_is_error(entries)) return false;
    List *list = value_as_list(entries);
    for (size_t i = 0; i < list->length; i++) {
        Tuple *entry = value_as_tuple(list->items->items[i]);
        Value value = entry->items[1];
        Value method = object_find_special(thread, value, NAMES(thread)->__set_name__);
        if (value_is_absent(method)) continue;
        if (!value_is_error(method))
            method = object_call2(thread, method, value_from_type(type), entry->items[0]);
        if (!value_is_error(method)) continue;
        exception_add_note(thread, "Error calling __set_name__ on '%T' instance %R in '%s'", value,
                           entry->items[0], type->name);
        return false;
    }
    return true;
}

// super(type, type).__init_subclass__(**keywords)
static bool init_subclass(Thread *thread, Type *type, Value keyword_names, Value *keyword_values) {
    Value self = value_from_type(type);
    Value method = super_get_attribute(thread, self, self, NAMES(thread)->__init_subclass__, NULL);
    if (value_is_error(method)) return false;
    return !value_is_error(object_call(thread, method, keyword_values, 0, keyword_names));
}

Value type_new_class(Thread *thread, Type *metatype, Value name, Value bases, Value namespace,
                     Value keyword_names, Value *keyword_values) {
    Value object_base = value_from_type(&object_type);
    if (value_as_tuple(bases)->length == 0) bases = tuple_of(thread, 1, object_base);
    if (value_is_error(bases)) return bases;
    Type *base = type_best_base(thread, bases);
    if (!base) return VALUE_ERROR;
    Type *type = allocate(thread, metatype, name, bases, namespace);
    if (!type) return VALUE_ERROR;
    type->base = base;
    Dict *dict = value_as_dict(type->dict);
    Value slots = dict_find_str(thread, dict, NAMES(thread)->__slots__);
    type->flags |= base->flags & TYPE_VARIABLE_SIZE;
    inherit_from_base(type);
    if (!fill_namespace(thread, type) || !type_lay_out(thread, type, slots) ||
        !set_documentation(thread, dict) || !set_class_cell(thread, type) ||
        !set_hash(thread, dict) || !type_compute_mro(thread, type))
        return VALUE_ERROR;
    inherit_from_base(type);
    type->flags |= TYPE_READY;
    if (!type_register_class(thread, type) || !link_to_bases(thread, type)) return VALUE_ERROR;
    type_modified(thread, type);
    slots_update_all(thread, type);
    if (!set_names(thread, type)) return VALUE_ERROR;
    if (!init_subclass(thread, type, keyword_names, keyword_values)) return VALUE_ERROR;
    return value_from_type(type);
}
