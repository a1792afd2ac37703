// slow_names.c — names, cells and imports.
#include "objects/int.h"
#include "vm/slow_paths.h"

static Value slot_name(const CodeObject *code, int slot) {
    return value_as_tuple(code->co_localsplusnames)->items[slot];
}

static COLD Value raise_name_error(Thread *thread, Type *type, Value name, const char *format) {
    raise_error(thread, type, format, name);
    if (error_is_pending(thread) && error_matches(thread, &exception_NameError)) {
        Value pending = error_take(thread);
        if (!object_set_attribute(thread, pending, NAMES(thread)->name, name)) error_clear(thread);
        error_restore(thread, pending);
    }
    return VALUE_ERROR;
}

Value raise_unbound_local(Thread *thread, const CodeObject *code, int slot) {
    return raise_error(thread, &exception_UnboundLocalError,
                       "cannot access local variable '%U' where it is not associated with a value",
                       slot_name(code, slot));
}

Value raise_unbound_cell(Thread *thread, const CodeObject *code, int slot) {
    if (slot < code->co_nlocalsplus - code->co_nfreevars)
        return raise_unbound_local(thread, code, slot);
    return raise_name_error(
        thread, &exception_NameError, slot_name(code, slot),
        "cannot access free variable '%U' where it is not associated with a value in enclosing scope");
}

static COLD Value raise_undefined(Thread *thread, Value name) {
    return raise_name_error(thread, &exception_NameError, name, "name '%U' is not defined");
}

bool frame_copy_free_variables(Thread *thread, Frame *frame) {
    const CodeObject *code = frame->code;
    Value closure = frame->function->closure;
    if (UNLIKELY(!value_is_tuple(closure) ||
                 value_as_tuple(closure)->length != (size_t)code->co_nfreevars)) {
        raise_type_error(thread, "code object '%U' wants a closure of %i cells", code->co_name,
                         code->co_nfreevars);
        return false;
    }
    memcpy(frame->localsplus + (code->co_nlocalsplus - code->co_nfreevars),
           value_as_tuple(closure)->items, (size_t)code->co_nfreevars * sizeof(Value));
    return true;
}

// A name in a namespace that may be any mapping: VALUE_ABSENT if it has none.
static Value find_in_mapping(Thread *thread, Value mapping, Value name) {
    if (LIKELY(value_is_dict_exact(mapping)))
        return dict_find_str(thread, value_as_dict(mapping), name);
    Value value = object_get_item(thread, mapping, name);
    return value_is_error(value) && error_clear_if(thread, &exception_KeyError) ? VALUE_ABSENT
                                                                                : value;
}

Value load_from_dict_or_cell(Thread *thread, const CodeObject *code, int slot, Value mapping,
                             Value cell) {
    Value value = find_in_mapping(thread, mapping, slot_name(code, slot));
    if (!value_is_absent(value)) return value;
    value = cell_content(cell);
    return value_is_absent(value) ? raise_unbound_cell(thread, code, slot) : value;
}

Value load_global(Thread *thread, const Frame *frame, Value name) {
    Value value = dict_find_str(thread, frame->function->globals, name);
    if (value_is_absent(value)) value = dict_find_str(thread, frame->function->builtins, name);
    return value_is_absent(value) ? raise_undefined(thread, name) : value;
}

Value load_from_dict_or_globals(Thread *thread, const Frame *frame, Value mapping, Value name) {
    Value value = find_in_mapping(thread, mapping, name);
    return value_is_absent(value) ? load_global(thread, frame, name) : value;
}

Value load_name(Thread *thread, const Frame *frame, Value name) {
    if (UNLIKELY(value_is_absent(frame->locals)))
        return raise_error(thread, &exception_SystemError, "no locals when loading '%U'", name);
    return load_from_dict_or_globals(thread, frame, frame->locals, name);
}

bool store_name(Thread *thread, const Frame *frame, Value name, Value value) {
    if (UNLIKELY(value_is_absent(frame->locals))) {
        raise_error(thread, &exception_SystemError, "no locals found when storing '%U'", name);
        return false;
    }
    if (LIKELY(value_is_dict_exact(frame->locals)))
        return dict_set(thread, value_as_dict(frame->locals), name, value);
    return object_set_item(thread, frame->locals, name, value);
}

bool delete_name(Thread *thread, const Frame *frame, Value name) {
    if (UNLIKELY(value_is_absent(frame->locals))) {
        raise_error(thread, &exception_SystemError, "no locals when deleting '%U'", name);
        return false;
    }
    if (object_delete_item(thread, frame->locals, name)) return true;
    if (error_clear_if(thread, &exception_KeyError)) raise_undefined(thread, name);
    return false;
}

bool delete_global(Thread *thread, const Frame *frame, Value name) {
    int deleted = dict_delete(thread, frame->function->globals, name);
    if (deleted == 0) raise_undefined(thread, name);
    return deleted > 0;
}

Value load_build_class(Thread *thread, const Frame *frame) {
    Value value = dict_find_str(thread, frame->function->builtins, NAMES(thread)->__build_class__);
    return value_is_absent(value)
               ? raise_error(thread, &exception_NameError, "__build_class__ not found")
               : value;
}

bool setup_annotations(Thread *thread, const Frame *frame) {
    if (UNLIKELY(value_is_absent(frame->locals))) {
        raise_error(thread, &exception_SystemError, "no locals found when setting up annotations");
        return false;
    }
    Value present = find_in_mapping(thread, frame->locals, NAMES(thread)->__annotations__);
    if (!value_is_absent(present)) return !value_is_error(present);
    Value dict = dict_new(thread);
    return !value_is_error(dict) && store_name(thread, frame, NAMES(thread)->__annotations__, dict);
}

Value import_name(Thread *thread, const Frame *frame, Value name, Value from_list, Value level) {
    Value import = dict_find_str(thread, frame->function->builtins, NAMES(thread)->__import__);
    if (value_is_absent(import))
        return raise_error(thread, &exception_ImportError, "__import__ not found");
    Value locals = value_is_absent(frame->locals) ? VALUE_NONE : frame->locals;
    Value args[] = {name, value_from_object(frame->function->globals), locals, from_list, level};
    return object_call(thread, import, args, COUNT_OF(args), VALUE_ABSENT);
}

// Does the module's __spec__ say that its code is still running?
static bool is_initializing(Thread *thread, Value module) {
    Value spec = object_find_attribute(thread, module, NAMES(thread)->__spec__);
    Value name = str_intern_c(thread, "_initializing");
    Value mark = VALUE_ABSENT;
    if (!value_is_absent(spec) && !value_is_error(spec) && !value_is_error(name))
        mark = object_find_attribute(thread, spec, name);
    error_clear(thread);
    return value_same(mark, VALUE_TRUE);
}

static COLD Value raise_cannot_import(Thread *thread, Value module, Value name) {
    Value module_name = object_find_attribute(thread, module, NAMES(thread)->__name__);
    if (value_is_error(module_name)) return module_name;
    Value shown_name =
        value_is_str(module_name) ? module_name : str_from_c(thread, "<unknown module name>");
    if (value_is_error(shown_name)) return shown_name;
    if (!value_is_str(module_name)) module_name = VALUE_NONE;
    Value path = object_find_attribute(thread, module, NAMES(thread)->__file__);
    if (value_is_error(path)) return path;
    const char *format = "cannot import name %R from %R (%S)";
    if (!value_is_str(path)) {
        path = VALUE_NONE;
        format = "cannot import name %R from %R (unknown location)";
    } else if (is_initializing(thread, module)) {
        format = "cannot import name %R from partially initialized module %R (most likely due to a "
                 "circular import) (%S)";
    }
    raise_import_error(thread, &exception_ImportError, module_name, path, format, name, shown_name,
                       path);
    Value pending = error_take(thread), name_from = str_intern_c(thread, "name_from");
    if (value_is_error(name_from) || !object_set_attribute(thread, pending, name_from, name))
        error_clear(thread);
    error_restore(thread, pending);
    return VALUE_ERROR;
}

// A submodule that is being imported may stand in sys.modules before its package has the attribute.
Value import_from(Thread *thread, Value module, Value name) {
    Value value = object_find_attribute(thread, module, name);
    if (!value_is_absent(value)) return value;
    Value package = object_find_attribute(thread, module, NAMES(thread)->__name__);
    if (value_is_error(package)) return package;
    if (value_is_str(package)) {
        Value full = str_format(thread, "%U.%U", package, name);
        if (value_is_error(full)) return full;
        value = dict_find_str(thread, value_as_dict(thread->runtime->modules), full);
        if (!value_is_absent(value)) return value;
    }
    return raise_cannot_import(thread, module, name);
}

// The items of a sequence that is no list nor tuple, by index.
static Value index_items(Thread *thread, Value sequence) {
    if (type_of(sequence)->get_item == NULL)
        return raise_type_error(thread, "'%T' object does not support indexing", sequence);
    if (value_is_dict(sequence))
        return raise_type_error(thread, "'%T' object is not a sequence", sequence);
    Value list = list_new(thread, 0);
    for (int64_t i = 0; !value_is_error(list); i++) {
        Value item = object_get_item(thread, sequence, value_from_fixnum(i));
        if (value_is_error(item))
            return error_clear_if(thread, &exception_IndexError) ? list : VALUE_ERROR;
        if (!list_append(thread, value_as_list(list), item)) return VALUE_ERROR;
    }
    return list;
}

// The names that `from module import *` binds: __all__, or every name without leading underscore.
static Value star_names(Thread *thread, Value module, bool *skip_private) {
    Value names = object_find_attribute(thread, module, NAMES(thread)->__all__);
    *skip_private = value_is_absent(names);
    if (value_is_list(names) || value_is_tuple(names)) return object_to_list(thread, names);
    if (!value_is_absent(names)) return value_is_error(names) ? names : index_items(thread, names);
    Value dict = object_find_attribute(thread, module, NAMES(thread)->__dict__);
    if (value_is_error(dict)) return dict;
    if (value_is_absent(dict))
        return raise_error(thread, &exception_ImportError,
                           "from-import-* object has no __dict__ and no __all__");
    return object_to_list(thread, dict);
}

static COLD bool raise_bad_star_name(Thread *thread, Value module, Value item, bool from_dict) {
    Value name = object_get_attribute(thread, module, NAMES(thread)->__name__);
    if (value_is_error(name)) return false;
    if (!value_is_str(name))
        raise_type_error(thread, "module __name__ must be a string, not %T", name);
    else
        raise_type_error(thread, "%s in %U.%s must be str, not %T", from_dict ? "Key" : "Item",
                         name, from_dict ? "__dict__" : "__all__", item);
    return false;
}

bool import_star(Thread *thread, const Frame *frame, Value module) {
    bool skip_private;
    Value names = star_names(thread, module, &skip_private);
    if (value_is_error(names)) return false;
    for (size_t i = 0; i < value_as_list(names)->length; i++) {
        Value name = value_as_list(names)->items->items[i];
        if (!value_is_str(name)) return raise_bad_star_name(thread, module, name, skip_private);
        const Str *text = value_as_str(name);
        if (skip_private && text->length > 0 && str_at(text, 0) == '_') continue;
        Value value = object_get_attribute(thread, module, name);
        if (value_is_error(value) || !store_name(thread, frame, name, value)) return false;
    }
    return true;
}
