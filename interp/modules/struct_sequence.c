// struct_sequence.c — tuples whose items have names too.
#include "modules/struct_sequence.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

int struct_sequence_length(const Type *type) {
    int length = 0;
    while (type->members[length].name) length++;
    return length;
}

Value struct_sequence_new(Thread *thread, Type *type, const Value *values) {
    size_t length = (size_t)struct_sequence_length(type);
    for (size_t i = 0; i < length; i++)
        if (value_is_error(values[i])) return VALUE_ERROR;
    Tuple *tuple = (Tuple *)heap_allocate(thread->heap, sizeof *tuple + length * sizeof(Value),
                                          type->root_index);
    if (!tuple) return raise_memory_error(thread);
    tuple->length = length;
    memcpy(tuple->items, values, length * sizeof(Value));
    return value_from_object(tuple);
}

Value struct_sequence_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value sequence;
    if (!arguments_bind(thread, type->name, "sequence, /", args, count, names, &sequence))
        return VALUE_ERROR;
    Value tuple = object_to_tuple(thread, sequence);
    if (value_is_error(tuple)) return tuple;
    int length = struct_sequence_length(type);
    size_t given = value_as_tuple(tuple)->length;
    if (given != (size_t)length)
        return raise_type_error(thread, "%s() takes a %d-sequence (%zu-sequence given)", type->name,
                                length, given);
    return struct_sequence_new(thread, type, value_as_tuple(tuple)->items);
}

Value struct_sequence_repr(Thread *thread, Value self) {
    const Type *type = type_of(self);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    Value text = str_format(thread, "%s(", type->name);
    if (value_is_error(text) || !str_builder_append(&builder, text)) return VALUE_ERROR;
    for (int i = 0; type->members[i].name; i++) {
        text = str_format(thread, "%s%s=%R", i ? ", " : "", type->members[i].name,
                          value_as_tuple(self)->items[i]);
        if (value_is_error(text) || !str_builder_append(&builder, text)) return VALUE_ERROR;
    }
    if (!str_builder_append_ascii(&builder, ")", 1)) return VALUE_ERROR;
    return str_builder_finish(&builder);
}

static bool set_count(Thread *thread, Type *type, const char *name) {
    return dict_set_c(thread, value_as_dict(type->dict), name,
                      value_from_fixnum(struct_sequence_length(type)));
}

bool struct_sequence_ready(Thread *thread, Type *type) {
    return type_ready(thread, type) && set_count(thread, type, "n_fields") &&
           set_count(thread, type, "n_sequence_fields") &&
           dict_set_c(thread, value_as_dict(type->dict), "n_unnamed_fields", value_from_fixnum(0));
}
