// type.c — what all types share: the table of types, the MRO, attribute look-up with its cache.
//
// An attribute found along the MRO is cached process-wide by (version of the type, interned name).
// Versions are never reused, so an entry needs no clearing: changing a type gives it and all its
// subclasses new versions. The cache holds its values weakly: as long as a version is current, the
// namespaces along the MRO keep them alive.
#include "runtime/type.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include <stdlib.h>

// The table of types

bool type_list_add(TypeList **list, Type *type) {
    TypeList *old = *list;
    if (!old || old->count == old->capacity) {
        size_t capacity = old ? old->capacity * 2 : 4;
        TypeList *grown = realloc(old, sizeof *grown + capacity * sizeof(Type *));
        if (!grown) return false;
        if (!old) grown->count = 0;
        grown->capacity = capacity;
        *list = grown;
    }
    (*list)->items[(*list)->count++] = type;
    return true;
}

void type_list_remove(TypeList *list, const Type *type) {
    if (!list) return;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] != type) continue;
        memmove(&list->items[i], &list->items[i + 1], (list->count - i - 1) * sizeof(Type *));
        list->count--;
        return;
    }
}

static void keep_marked(Heap *heap, TypeList *list) {
    if (!list) return;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        Type *type = list->items[i];
        if ((type->header.flags & OBJECT_STATIC) || heap_is_marked(heap, type))
            list->items[kept++] = type;
    }
    list->count = kept;
}

static void clean_types(Heap *heap, void *context) {
    TypeTable *table = context;
    keep_marked(heap, table->classes);
    for (size_t i = 0; i < table->static_count; i++)
        keep_marked(heap, table->statics[i].type->subclasses);
    for (size_t i = 0; table->classes && i < table->classes->count; i++)
        keep_marked(heap, table->classes->items[i]->subclasses);
}

static void scan_static_types(Marker *marker, void *context) {
    TypeTable *table = context;
    for (size_t i = 0; i < table->static_count; i++) {
        Type *type = table->statics[i].type;
        type_type.trace(marker, &type->header);
    }
}

bool type_table_initialize(Runtime *runtime) {
    TypeTable *table = calloc(1, sizeof *table);
    if (!table) return false;
    runtime->types = table;
    runtime->next_type_version = 1;
    return heap_add_root_scanner(runtime->heap, scan_static_types, table) &&
           heap_add_weak_cleaner(runtime->heap, clean_types, table);
}

void type_table_delete(Runtime *runtime) {
    TypeTable *table = runtime->types;
    if (!table) return;
    for (size_t i = 0; i < table->static_count; i++) {
        StaticType *row = &table->statics[i];
        if (row->type->root_shape) shape_delete_tree(row->type->root_shape, NULL);
        if (row->type->dictionary_shape && row->type->dictionary_shape != row->type->root_shape)
            shape_delete_tree(row->type->dictionary_shape, NULL);
        free(row->type->subclasses);
        *row->type = *row->pristine;
        free(row->pristine);
    }
    free(table->statics);
    free(table->classes);
    free(table);
    runtime->types = NULL;
}

bool type_register_static(Thread *thread, Type *type) {
    TypeTable *table = thread->runtime->types;
    if (table->static_count == table->static_capacity) {
        size_t capacity = table->static_capacity ? table->static_capacity * 2 : 128;
        StaticType *grown = realloc(table->statics, capacity * sizeof *grown);
        if (!grown) goto no_memory;
        table->statics = grown;
        table->static_capacity = capacity;
    }
    Type *pristine = malloc(sizeof *pristine);
    if (!pristine) goto no_memory;
    *pristine = *type;
    table->statics[table->static_count++] = (StaticType){type, pristine};
    return true;
no_memory:
    raise_memory_error(thread);
    return false;
}

bool type_register_class(Thread *thread, Type *type) {
    if (type_list_add(&thread->runtime->types->classes, type)) return true;
    raise_memory_error(thread);
    return false;
}

bool type_add_subclass(Thread *thread, Type *base, Type *subclass) {
    if (type_list_add(&base->subclasses, subclass)) return true;
    raise_memory_error(thread);
    return false;
}

Type *type_subclass(const Type *type, size_t index) {
    const TypeList *list = type->subclasses;
    return list && index < list->count ? list->items[index] : NULL;
}

// Questions

Type *type_of_immediate(Value value) {
    if (value_is_bool(value)) return &bool_type;
    if (value_is_none(value)) return &none_type;
    if (value_same(value, VALUE_NOT_IMPLEMENTED)) return &not_implemented_type;
    ASSERT(value_same(value, VALUE_ELLIPSIS));
    return &ellipsis_type;
}

Type **type_mro_items(const Type *type, size_t *count) {
    if (value_is_absent(type->mro)) {
        *count = 0;
        return NULL;
    }
    Tuple *mro = value_as_tuple(type->mro);
    *count = mro->length;
    return (Type **)mro->items;
}

bool type_is_subtype(const Type *type, const Type *base) {
    if (type == base || base == &object_type) return true;
    size_t count;
    Type **mro = type_mro_items(type, &count);
    for (size_t i = 0; i < count; i++)
        if (mro[i] == base) return true;
    if (count == 0)
        for (; type; type = type->base)
            if (type == base) return true;
    return false;
}

static Value search_mro(Thread *thread, Type *type, Value name) {
    size_t count;
    Type **mro = type_mro_items(type, &count);
    for (size_t i = 0; i < count; i++) {
        if (value_is_absent(mro[i]->dict)) continue;
        Value found = dict_find_str(thread, value_as_dict(mro[i]->dict), name);
        if (!value_is_absent(found)) return found;
    }
    return VALUE_ABSENT;
}

// The running runtime's cache; look-ups carry no thread, so the table is reached through this.
static TypeTable *current_table;
static Thread *current_thread;

void type_set_current(Thread *thread) {
    current_thread = thread;
    current_table = thread ? thread->runtime->types : NULL;
}

Thread *type_current_thread(void) { return current_thread; }

Value type_find(Type *type, Value name) {
    uint32_t version = type->version;
    if (UNLIKELY(version == 0)) return search_mro(current_thread, type, name);
    size_t place = (version * 31u ^ (uint32_t)(name.bits >> 4)) & (METHOD_CACHE_SIZE - 1);
    MethodCacheEntry *entry = &current_table->cache[place];
    if (LIKELY(entry->version == version && value_same(entry->name, name))) return entry->value;
    Value found = search_mro(current_thread, type, name);
    *entry = (MethodCacheEntry){version, name, found};
    return found;
}

// Changes

// New versions for a class and all below it. Says whether an inline cache depends on one of them;
// `caches_die` forgets that.
static bool renew(Thread *thread, Type *type, bool caches_die) {
    Runtime *runtime = thread->runtime;
    bool cached = type->flags & TYPE_CACHED;
    if (caches_die) type->flags &= ~(uint32_t)TYPE_CACHED;
    type->version = runtime->next_type_version;
    if (runtime->next_type_version != 0) runtime->next_type_version++;
    Type *subclass;
    for (size_t i = 0; (subclass = type_subclass(type, i)); i++)
        if (renew(thread, subclass, caches_die)) cached = true;
    return cached;
}

void type_modified(Thread *thread, Type *type) {
    if (renew(thread, type, true)) thread->class_epoch++;
}

static bool is_dunder(const Str *name) {
    size_t length = name->length;
    return length > 4 && str_at(name, 0) == '_' && str_at(name, 1) == '_' &&
           str_at(name, length - 1) == '_' && str_at(name, length - 2) == '_';
}

typedef struct {
    Thread *thread;
    const Type *type;
    bool failed;
} Registration;

static void register_instance(Object *object, void *context) {
    Registration *registration = context;
    const Type *type = object_shape(object)->type;
    if (!type || !type->finalize || !type_is_subtype(type, registration->type)) return;
    if (!heap_register_finalizer(registration->thread->heap, object)) registration->failed = true;
}

// A __del__ that comes later is for the instances that exist already, too.
static bool register_instances(Thread *thread, Type *type) {
    Registration registration = {thread, type, false};
    if (type->finalize) heap_visit_objects(thread->heap, register_instance, &registration);
    if (registration.failed) raise_memory_error(thread);
    return !registration.failed;
}

bool type_set_attribute(Thread *thread, Type *type, Value name, Value value) {
    if (type->flags & TYPE_IMMUTABLE || !(type->flags & TYPE_HEAP)) {
        raise_type_error(thread, "cannot set %R attribute of immutable type '%s'", name,
                         type->name);
        return false;
    }
    name = str_intern(thread, name);
    if (value_is_error(name)) return false;
    Dict *dict = value_as_dict(type->dict);
    if (value_is_absent(value)) {
        int deleted = dict_delete(thread, dict, name);
        if (deleted < 0) return false;
        if (deleted == 0) {
            Value error = raise_error(thread, &exception_AttributeError,
                                      "type object '%s' has no attribute '%U'", type->name, name);
            (void)error;
            return false;
        }
    } else if (!dict_set(thread, dict, name, value)) {
        return false;
    }
    bool dunder = is_dunder(value_as_str(name));
    // An attribute that no inline cache has looked for, such as a counter, leaves all of them
    // valid.
    if (dunder || (value_as_str(name)->header.data & STR_CACHED))
        type_modified(thread, type);
    else
        renew(thread, type, false);
    if (dunder) slots_update_name(thread, type, name);
    return !value_same(name, NAMES(thread)->__del__) || register_instances(thread, type);
}

// Bases and metaclasses

Type *type_calculate_metatype(Thread *thread, Type *initial, Value bases) {
    Type *winner = initial;
    Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++) {
        Type *candidate = type_of(tuple->items[i]);
        if (type_is_subtype(winner, candidate)) continue;
        if (type_is_subtype(candidate, winner)) {
            winner = candidate;
            continue;
        }
        raise_type_error(thread, "metaclass conflict: the metaclass of a derived class must be a "
                                 "(non-strict) subclass of the metaclasses of all its bases");
        return NULL;
    }
    return winner;
}

// One of the sequences that C3 merges: `next` is its head.
typedef struct {
    Type **items;
    size_t count, next;
} MergeList;

static bool is_in_a_tail(const MergeList *lists, size_t count, const Type *candidate) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = lists[i].next + 1; k < lists[i].count; k++)
            if (lists[i].items[k] == candidate) return true;
    return false;
}

static Value raise_inconsistent(Thread *thread, const MergeList *lists, size_t count) {
    Value text = str_from_c(thread, "Cannot create a consistent method resolution\n"
                                    "order (MRO) for bases");
    const char *separator = " ";
    for (size_t i = 0; i < count && !value_is_error(text); i++) {
        if (lists[i].next >= lists[i].count) continue;
        Type *head = lists[i].items[lists[i].next];
        bool named = false;
        for (size_t k = 0; k < i; k++)
            if (lists[k].next < lists[k].count && lists[k].items[lists[k].next] == head)
                named = true;
        if (named) continue;
        text = str_format(thread, "%U%s%U", text, separator, head->name_value);
        separator = ", ";
    }
    if (value_is_error(text)) return text;
    return raise_type_error(thread, "%U", text);
}

// Moves every list past `taken`, which some of them have at their head.
static void take(MergeList *lists, size_t count, const Type *taken) {
    for (size_t i = 0; i < count; i++)
        if (lists[i].next < lists[i].count && lists[i].items[lists[i].next] == taken)
            lists[i].next++;
}

static Value merge(Thread *thread, Type *type, MergeList *lists, size_t count) {
    Value result = list_new(thread, 8);
    if (value_is_error(result)) return result;
    List *order = value_as_list(result);
    if (!list_append(thread, order, value_from_type(type))) return VALUE_ERROR;
    for (;;) {
        Type *chosen = NULL;
        bool finished = true;
        for (size_t i = 0; i < count && !chosen; i++) {
            if (lists[i].next >= lists[i].count) continue;
            finished = false;
            Type *head = lists[i].items[lists[i].next];
            if (!is_in_a_tail(lists, count, head)) chosen = head;
        }
        if (finished) return list_as_tuple(thread, order);
        if (!chosen) return raise_inconsistent(thread, lists, count);
        if (!list_append(thread, order, value_from_type(chosen))) return VALUE_ERROR;
        take(lists, count, chosen);
    }
}

Value type_linearize(Thread *thread, Type *type) {
    Tuple *bases = value_as_tuple(type->bases);
    for (size_t i = 0; i < bases->length; i++)
        for (size_t k = 0; k < i; k++)
            if (value_same(bases->items[i], bases->items[k]))
                return raise_type_error(thread, "duplicate base class %U",
                                        value_as_type(bases->items[i])->name_value);
    MergeList *lists = malloc((bases->length + 1) * sizeof *lists);
    if (!lists) return raise_memory_error(thread);
    for (size_t i = 0; i < bases->length; i++) {
        lists[i].items = type_mro_items(value_as_type(bases->items[i]), &lists[i].count);
        lists[i].next = 0;
    }
    lists[bases->length] = (MergeList){(Type **)bases->items, bases->length, 0};
    Value result = merge(thread, type, lists, bases->length + 1);
    free(lists);
    return result;
}

// The metaclass's own mro() may put any classes in any order.
static Value call_custom_mro(Thread *thread, Type *type) {
    Value method = object_find_special(thread, value_from_type(type), NAMES(thread)->mro);
    if (value_is_error(method) || value_is_absent(method)) return method;
    Value order = object_call0(thread, method);
    if (!value_is_error(order)) order = object_to_tuple(thread, order);
    if (value_is_error(order)) return order;
    Tuple *tuple = value_as_tuple(order);
    Type *solid = type_solid_base(type);
    for (size_t i = 0; i < tuple->length; i++) {
        if (!value_is_type(tuple->items[i]))
            return raise_type_error(thread, "mro() returned a non-class ('%T')", tuple->items[i]);
        Type *base = value_as_type(tuple->items[i]);
        if (!type_is_subtype(solid, type_solid_base(base)))
            return raise_type_error(thread, "mro() returned base with unsuitable layout ('%s')",
                                    base->name);
    }
    return order;
}

bool type_compute_mro(Thread *thread, Type *type) {
    Type *metatype = object_shape(&type->header)->type;
    bool custom = metatype != &type_type && !value_same(type_find(metatype, NAMES(thread)->mro),
                                                        type_find(&type_type, NAMES(thread)->mro));
    Value order = custom ? call_custom_mro(thread, type) : type_linearize(thread, type);
    if (value_is_error(order)) return false;
    object_store(thread->heap, type, &type->mro, order);
    return true;
}
