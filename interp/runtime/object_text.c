// object_text.c — repr, str, ascii, format, and the guard against containers that hold themselves.
#include "objects/float.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "runtime/protocols.h"

Value object_repr(Thread *thread, Value value) {
    Type *type = type_of(value);
    if (!type->repr) return str_format(thread, "<%s object at %p>", type->name, (void *)value.bits);
    if (!thread_check_stack(thread, " while getting the repr of an object")) return VALUE_ERROR;
    Value text = type->repr(thread, value);
    if (value_is_error(text) || value_is_str(text)) return text;
    return raise_type_error(thread, "__repr__ returned non-string (type %T)", text);
}

Value object_str(Thread *thread, Value value) {
    if (value_is_str_exact(value)) return value;
    Type *type = type_of(value);
    if (!type->str) return object_repr(thread, value);
    if (!thread_check_stack(thread, " while getting the str of an object")) return VALUE_ERROR;
    Value text = type->str(thread, value);
    if (value_is_error(text) || value_is_str(text)) return text;
    return raise_type_error(thread, "__str__ returned non-string (type %T)", text);
}

static bool append_escaped(StrBuilder *builder, uint32_t c) {
    static const char digits[] = "0123456789abcdef";
    char text[10] = {'\\', c <= 0xff ? 'x' : c <= 0xffff ? 'u' : 'U'};
    unsigned count = c <= 0xff ? 2 : c <= 0xffff ? 4 : 8;
    for (unsigned i = 0; i < count; i++) text[2 + i] = digits[c >> 4 * (count - 1 - i) & 15];
    return str_builder_append_ascii(builder, text, count + 2);
}

Value object_ascii(Thread *thread, Value value) {
    Value text = object_repr(thread, value);
    if (value_is_error(text) || str_is_ascii(value_as_str(text))) return text;
    Str *str = value_as_str(text);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        if (!(c < 0x80 ? str_builder_append_character(&builder, c) : append_escaped(&builder, c)))
            return VALUE_ERROR;
    }
    return str_builder_finish(&builder);
}

Value object_format(Thread *thread, Value value, Value specification) {
    bool empty = value_is_absent(specification) || value_as_str(specification)->length == 0;
    if (empty && (value_is_str_exact(value) || value_is_fixnum(value)))
        return object_str(thread, value);
    if (value_is_absent(specification)) specification = NAMES(thread)->empty;
    // What their __format__ would do.
    if (value_is_int_exact(value)) return format_spec_int(thread, value, specification);
    if (value_is_float_exact(value)) return format_spec_float(thread, value, specification);
    if (value_is_str_exact(value)) return format_spec_str(thread, value, specification);
    Value method = object_find_special(thread, value, NAMES(thread)->__format__);
    if (value_is_error(method)) return method;
    if (value_is_absent(method))
        return raise_type_error(thread, "Type %T doesn't define __format__", value);
    Value text = object_call1(thread, method, specification);
    if (value_is_error(text) || value_is_str(text)) return text;
    return raise_type_error(thread, "__format__ must return a str, not %T", text);
}

// thread->repr_active is a stack: the innermost container is the last item. The flag spares the
// search for those that are not in it, so that deep nesting takes linear time.
int repr_enter(Thread *thread, Value container) {
    if (value_is_absent(thread->repr_active)) {
        Value list = list_new(thread, 8);
        if (value_is_error(list)) return -1;
        thread->repr_active = list;
    }
    List *active = value_as_list(thread->repr_active);
    Object *object = value_as_object(container);
    if (object->flags & OBJECT_IN_REPR) {
        for (size_t i = active->length; i-- > 0;)
            if (value_same(active->items->items[i], container)) return 1;
    }
    if (!list_append(thread, active, container)) return -1;
    object->flags |= OBJECT_IN_REPR;
    return 0;
}

void repr_leave(Thread *thread, Value container) {
    List *active = value_as_list(thread->repr_active);
    value_as_object(container)->flags &= (uint8_t)~OBJECT_IN_REPR;
    for (size_t i = active->length; i-- > 0;) {
        if (!value_same(active->items->items[i], container)) continue;
        for (size_t k = i + 1; k < active->length; k++)
            object_store(thread->heap, active->items, &active->items->items[k - 1],
                         active->items->items[k]);
        active->items->items[--active->length] = VALUE_ABSENT;
        return;
    }
}
