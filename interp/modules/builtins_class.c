// builtins_class.c — __build_class__: what a class statement calls (PEP 3115, PEP 560, PEP 487).
#include "modules/builtins_internal.h"
#include "objects/builtin_types.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/function.h"

// Replaces bases that are no classes by what their __mro_entries__ gives; the tuple itself if there
// are none.
static Value resolve_bases(Thread *thread, Value bases) {
    const Tuple *tuple = value_as_tuple(bases);
    Value resolved = VALUE_ABSENT;
    for (size_t i = 0; i < tuple->length; i++) {
        Value base = tuple->items[i], entries = VALUE_ABSENT;
        if (!value_is_type(base)) {
            entries = object_find_attribute(thread, base, NAMES(thread)->__mro_entries__);
            if (value_is_error(entries)) return entries;
        }
        if (!value_is_absent(entries)) {
            entries = object_call1(thread, entries, bases);
            if (value_is_error(entries)) return entries;
            if (!value_is_tuple(entries))
                return raise_type_error(thread, "__mro_entries__ must return a tuple");
            if (value_is_absent(resolved)) resolved = list_from_values(thread, tuple->items, i);
            if (value_is_error(resolved) || !list_extend(thread, value_as_list(resolved), entries))
                return VALUE_ERROR;
        } else if (!value_is_absent(resolved) &&
                   !list_append(thread, value_as_list(resolved), base)) {
            return VALUE_ERROR;
        }
    }
    return value_is_absent(resolved) ? bases : list_as_tuple(thread, value_as_list(resolved));
}

// Takes `metaclass` out of the keywords and settles which metaclass wins.
static Value choose_metaclass(Thread *thread, Dict *keywords, Value bases, bool *is_class) {
    Value metaclass = dict_pop(thread, keywords, NAMES(thread)->metaclass);
    if (value_is_error(metaclass)) return metaclass;
    *is_class = true;
    if (value_is_absent(metaclass)) {
        const Tuple *tuple = value_as_tuple(bases);
        metaclass = value_from_type(tuple->length ? type_of(tuple->items[0]) : &type_type);
    } else {
        *is_class = value_is_type(metaclass);
    }
    if (!*is_class) return metaclass;
    Type *winner = type_calculate_metatype(thread, value_as_type(metaclass), bases);
    return winner ? value_from_type(winner) : VALUE_ERROR;
}

static Value prepare_namespace(Thread *thread, Value metaclass, bool is_class, Value name,
                               Value bases, Value keywords) {
    Value prepare = object_find_attribute(thread, metaclass, NAMES(thread)->__prepare__);
    if (value_is_absent(prepare)) return dict_new(thread);
    if (value_is_error(prepare)) return prepare;
    Value args = tuple_of(thread, 2, name, bases);
    if (value_is_error(args)) return args;
    Value namespace = object_call_unpacked(thread, prepare, args, keywords);
    if (value_is_error(namespace) || type_of(namespace)->get_item) return namespace;
    return raise_type_error(thread, "%s.__prepare__() must return a mapping, not %T",
                            is_class ? value_as_type(metaclass)->name : "<metaclass>", namespace);
}

// The body has put its __class__ cell into the namespace; type.__new__ must have filled it.
static bool check_class_cell(Thread *thread, Value cell, Value class, Value name) {
    if (!value_is_type(class) || !value_is_cell(cell)) return true;
    Value content = ((const Cell *)value_as_object(cell))->content;
    if (value_same(content, class)) return true;
    if (value_is_absent(content))
        raise_error(thread, &exception_RuntimeError,
                    "__class__ not set defining %R as %R. Was __classcell__ propagated to "
                    "type.__new__?",
                    name, class);
    else
        raise_type_error(thread, "__class__ set to %R defining %R as %R", content, name, class);
    return false;
}

Value builtin_build_class(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_absent(args[0]) || value_is_absent(args[1]))
        return raise_type_error(thread, "__build_class__: not enough arguments");
    Value function = args[0], name = args[1], original_bases = args[2], keywords = args[3];
    if (!value_is_function(function))
        return raise_type_error(thread, "__build_class__: func must be a function");
    if (!value_is_str(name))
        return raise_type_error(thread, "__build_class__: name is not a string");
    Value bases = resolve_bases(thread, original_bases);
    if (value_is_error(bases)) return bases;
    bool is_class;
    Value metaclass = choose_metaclass(thread, value_as_dict(keywords), bases, &is_class);
    if (value_is_error(metaclass)) return metaclass;
    Value namespace = prepare_namespace(thread, metaclass, is_class, name, bases, keywords);
    if (value_is_error(namespace)) return namespace;
    Value cell = eval_vector(thread, value_as_function(function), namespace, NULL, 0, VALUE_ABSENT);
    if (value_is_error(cell)) return cell;
    if (!value_same(bases, original_bases) &&
        !object_set_item(thread, namespace, NAMES(thread)->__orig_bases__, original_bases))
        return VALUE_ERROR;
    Value positionals = tuple_of(thread, 3, name, bases, namespace);
    if (value_is_error(positionals)) return positionals;
    Value class = object_call_unpacked(thread, metaclass, positionals, keywords);
    if (value_is_error(class)) return class;
    if (!check_class_cell(thread, cell, class, name)) return VALUE_ERROR;
    if (value_is_type(class)) function_reserve_slots(thread, value_as_type(class));
    return class;
}
