// weak.c — weak references: the table of all of them, and the type weakref.ReferenceType.
//
// The table is a ByteBuffer of WeakReference pointers, so it keeps neither references nor referents
// alive. After each mark the cleaner drops dead references, empties those whose referent has died
// and links the ones with a callback into runtime->dead_references, which is a root; thread_poll
// runs them. An object that was ever weakly referenced has OBJECT_WEAKLY_REFERENCED set.
#include "objects/weak.h"
#include "objects/array.h"
#include "objects/containers.h"
#include "objects/generic_alias.h"
#include "objects/native.h"

enum { FIRST_CAPACITY = 16 };

static WeakReference *as_reference(Value value) { return (WeakReference *)value_as_object(value); }

static WeakReference **references(Runtime *runtime) {
    return (WeakReference **)(void *)((ByteBuffer *)value_as_object(runtime->weak_references))
        ->bytes;
}

static void scan(Marker *marker, void *context) {
    Runtime *runtime = context;
    mark_value(marker, runtime->weak_references);
    for (WeakReference *reference = runtime->dead_references; reference;
         reference = reference->next_dead)
        mark_object(marker, reference);
}

static void clean(Heap *heap, void *context) {
    Runtime *runtime = context;
    WeakReference **table = references(runtime);
    size_t kept = 0;
    for (size_t i = 0; i < runtime->weak_reference_count; i++) {
        WeakReference *reference = table[i];
        if (!heap_is_marked(heap, reference)) continue;
        if (heap_is_marked(heap, value_as_object(reference->referent))) {
            table[kept++] = reference;
            continue;
        }
        reference->referent = VALUE_ABSENT;
        if (value_is_none(reference->callback)) continue;
        object_store_pointer(heap, reference, &reference->next_dead, runtime->dead_references);
        runtime->dead_references = reference;
        heap_raise_poll_flag(heap);
    }
    runtime->weak_reference_count = kept;
}

bool weak_initialize(Thread *thread) {
    Runtime *runtime = thread->runtime;
    ByteBuffer *table = byte_buffer_new(thread, FIRST_CAPACITY * sizeof(WeakReference *));
    if (!table) return false;
    runtime->weak_references = value_from_object(table);
    if (heap_add_root_scanner(thread->heap, scan, runtime) &&
        heap_add_weak_cleaner(thread->heap, clean, runtime))
        return true;
    raise_memory_error(thread);
    return false;
}

static bool add_to_table(Thread *thread, WeakReference *reference) {
    Runtime *runtime = thread->runtime;
    ByteBuffer *table = (ByteBuffer *)value_as_object(runtime->weak_references);
    size_t capacity = table->capacity / sizeof(WeakReference *);
    if (runtime->weak_reference_count == capacity) {
        ByteBuffer *larger = byte_buffer_new(thread, capacity * 2 * sizeof(WeakReference *));
        if (!larger) return false;
        memcpy(larger->bytes, table->bytes,
               runtime->weak_reference_count * sizeof(WeakReference *));
        runtime->weak_references = value_from_object(larger);
    }
    references(runtime)[runtime->weak_reference_count++] = reference;
    value_as_object(reference->referent)->flags |= OBJECT_WEAKLY_REFERENCED;
    return true;
}

static WeakReference *find_shared(Thread *thread, Value referent) {
    if (!(value_as_object(referent)->flags & OBJECT_WEAKLY_REFERENCED)) return NULL;
    Runtime *runtime = thread->runtime;
    for (size_t i = 0; i < runtime->weak_reference_count; i++) {
        WeakReference *reference = references(runtime)[i];
        if (value_same(reference->referent, referent) && value_is_none(reference->callback) &&
            reference->header.shape == SHAPE_weak_reference)
            return reference;
    }
    return NULL;
}

Value weak_reference_new(Thread *thread, Type *type, Value referent, Value callback) {
    if (value_is_absent(callback)) callback = VALUE_NONE;
    if (!value_is_object(referent) || !(type_of(referent)->flags & TYPE_HAS_WEAK_REFERENCES))
        return raise_type_error(thread, "cannot create weak reference to '%T' object", referent);
    if (type == &weak_reference_type && value_is_none(callback)) {
        WeakReference *shared = find_shared(thread, referent);
        if (shared) return value_from_object(shared);
    }
    WeakReference *reference = (WeakReference *)type_allocate(thread, type, 0);
    if (!reference) return VALUE_ERROR;
    reference->referent = referent;
    reference->callback = callback;
    return add_to_table(thread, reference) ? value_from_object(reference) : VALUE_ERROR;
}

Value weak_reference_get(Value value) {
    Value referent = as_reference(value)->referent;
    return value_is_absent(referent) ? VALUE_NONE : referent;
}

int64_t weak_reference_count(Thread *thread, Value referent) {
    int64_t count = 0;
    for (size_t i = 0; i < thread->runtime->weak_reference_count; i++)
        count += value_same(references(thread->runtime)[i]->referent, referent);
    return count;
}

Value weak_reference_list(Thread *thread, Value referent) {
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    for (size_t i = 0; i < thread->runtime->weak_reference_count; i++) {
        WeakReference *reference = references(thread->runtime)[i];
        if (value_same(reference->referent, referent) &&
            !list_append(thread, value_as_list(list), value_from_object(reference)))
            return VALUE_ERROR;
    }
    return list;
}

void weak_run_callbacks(Thread *thread) {
    Runtime *runtime = thread->runtime;
    for (WeakReference *reference; (reference = runtime->dead_references) != NULL;) {
        runtime->dead_references = reference->next_dead;
        Value pending = error_take(thread);
        Value callback = reference->callback;
        reference->callback = VALUE_NONE;
        if (value_is_error(object_call1(thread, callback, value_from_object(reference))))
            error_write_unraisable(thread, callback);
        error_restore(thread, pending);
    }
}

// The type

static void trace(Marker *marker, Object *object) {
    mark_value(marker, ((WeakReference *)object)->callback);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (type == &weak_reference_type && !value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "ref() takes no keyword arguments");
    if (count < 1) return raise_type_error(thread, "__new__ expected at least 1 argument, got 0");
    if (count > 2)
        return raise_type_error(thread, "__new__ expected at most 2 arguments, got %d", count);
    return weak_reference_new(thread, type, args[0], count == 2 ? args[1] : VALUE_NONE);
}

static Value call(Thread *thread, Value self, Value *args, int count, Value names) {
    (void)args;
    if (count || (!value_is_absent(names) && value_as_tuple(names)->length))
        return raise_type_error(thread, "weakref.ReferenceType() takes no arguments");
    return weak_reference_get(self);
}

static Value repr(Thread *thread, Value self) {
    Value referent = as_reference(self)->referent;
    void *address = value_as_object(self);
    if (value_is_absent(referent)) return str_format(thread, "<weakref at %p; dead>", address);
    return str_format(thread, "<weakref at %p; to '%T' at %p>", address, referent,
                      (void *)value_as_object(referent));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    WeakReference *reference = as_reference(self);
    if (!reference->hash) {
        if (value_is_absent(reference->referent)) {
            raise_type_error(thread, "weak object has gone away");
            return false;
        }
        if (!object_hash(thread, reference->referent, &reference->hash)) return false;
    }
    *result = reference->hash;
    return true;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    if (!type_is_subtype(type_of(self), &weak_reference_type) ||
        !type_is_subtype(type_of(other), &weak_reference_type))
        return VALUE_NOT_IMPLEMENTED;
    Value a = as_reference(self)->referent, b = as_reference(other)->referent;
    if (!value_is_absent(a) && !value_is_absent(b)) return object_compare(thread, a, b, op);
    return value_from_bool(value_same(self, other) == (op == COMPARE_EQ));
}

static Value get_callback(Thread *thread, Value self) {
    (void)thread;
    return as_reference(self)->callback;
}

static const GetSetRow getsets[] = {
    {"__callback__", get_callback, NULL, NULL},
    {0},
};
static const MethodRow methods[] = {
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type weak_reference_type = {
    TYPE_STATIC_HEADER(weak_reference),
    .name = "weakref.ReferenceType",
    .basic_size = sizeof(WeakReference),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .trace = trace,
    .make = make,
    .call = call,
    .repr = repr,
    .hash = hash,
    .compare = compare,
};
