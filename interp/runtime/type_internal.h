// type_internal.h — what the files type*.c, instance.c and slots.c share.
#pragma once
#include "runtime/thread.h"

typedef struct TypeList {
    size_t count, capacity;
    Type *items[];
} TypeList;

typedef struct {
    uint32_t version; // 0: an empty entry
    Value name, value;
} MethodCacheEntry;

typedef struct {
    Type *type;
    Type *pristine; // its bytes before type_ready, put back by type_table_delete
} StaticType;

enum { METHOD_CACHE_SIZE = 4096 };

// Every type of the process. Classes are held weakly; static types are roots.
typedef struct TypeTable {
    StaticType *statics;
    size_t static_count, static_capacity;
    TypeList *classes;
    MethodCacheEntry cache[METHOD_CACHE_SIZE];
} TypeTable;

// Makes runtime->types with its root scanner and weak cleaner; false without memory.
bool type_table_initialize(Runtime *runtime);
// After heap_delete: frees the shapes and puts static types back as they were.
void type_table_delete(Runtime *runtime);

RAISES bool type_register_static(Thread *thread, Type *type);
RAISES bool type_register_class(Thread *thread, Type *type);
RAISES bool type_add_subclass(Thread *thread, Type *base, Type *subclass);
// Adds to a malloc'ed list, which may move; false without memory.
bool type_list_add(TypeList **list, Type *type);
void type_list_remove(TypeList *list, const Type *type);
// Computes the MRO from type->bases by C3 (or the metaclass's mro method) into type->mro.
RAISES bool type_compute_mro(Thread *thread, Type *type) RUNS_PYTHON;
// The C3 order alone, as a tuple.
RAISES Value type_linearize(Thread *thread, Type *type);

// slots.c: fills slots that are NULL from the base.
void slots_inherit(Type *type, const Type *base);
// Puts descriptors for the type's own slots into its dict.
RAISES bool slots_add_wrappers(Thread *thread, Type *type);
// Recomputes every slot of a class from its dunders; or the slots of one name, in subclasses too.
void slots_update_all(Thread *thread, Type *type);
void slots_update_name(Thread *thread, Type *type, Value name);

// Whose type table type_find uses: it carries no thread. NULL before runtime_new and after
// runtime_delete.
void type_set_current(Thread *thread);
// object.__class__ = type: TypeError unless the layouts agree.
RAISES bool instance_set_class(Thread *thread, Object *object, Type *type);
// object.__dict__ = dict (VALUE_ABSENT: a fresh one).
RAISES bool instance_set_dict(Thread *thread, Object *object, Value dict);
Thread *type_current_thread(void);
// type_ready's last steps, which classes made by Python share: shape, version, subclass links.
RAISES bool type_finish_layout(Thread *thread, Type *type);
// A copy of text by malloc with MemoryError raised on failure.
RAISES char *text_duplicate(Thread *thread, const char *text, size_t size);
// Frees what a class owns outside the heap: Type.release of type_type.
void type_release(Heap *heap, Object *object);
// Chooses the base whose layout the class extends: TypeError if two of them do not agree.
RAISES Type *type_best_base(Thread *thread, Value bases);
// The nearest type along the best bases that adds to the layout of its base.
Type *type_solid_base(Type *type);
// May instances or subclasses of `old` become those of `new`? TypeError if the layouts differ;
// `attribute` is what is being assigned, for its message.
RAISES bool type_check_layout(Thread *thread, const Type *old, const Type *new,
                              const char *attribute);
// Class.__bases__ = bases: the class and all below it get new MROs and slots.
RAISES bool type_set_bases(Thread *thread, Type *type, Value bases) RUNS_PYTHON;
// Lays the instances of a class out over type->base: members of __slots__ (VALUE_ABSENT: none
// given), extension, inline slots. Adds the member descriptors to type->dict.
RAISES bool type_lay_out(Thread *thread, Type *type, Value slots) RUNS_PYTHON;
// type.__getattribute__: descriptors of the metaclass, attributes along the MRO, then the rest of
// the metaclass. find gives VALUE_ABSENT where get raises.
RAISES Value type_get_attribute(Thread *thread, Value self, Value name) RUNS_PYTHON;
RAISES Value type_find_attribute(Thread *thread, Type *type, Value name) RUNS_PYTHON;
// __module__: VALUE_ABSENT for a class whose namespace has none.
Value type_get_module(Thread *thread, Type *type);
// Gives a class a new __name__; `text` is its UTF-8.
RAISES bool type_rename(Thread *thread, Type *type, Value name, const char *text, size_t size);
