// builtin_types.h — the small types: property, classmethod, staticmethod, super, cell, module,
// mapping proxy.
#pragma once
#include "objects/dict.h"
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value getter, setter, deleter, documentation, name;
    bool getter_documentation; /* the docstring came from the getter */
} Property;
typedef struct {
    Object header;
    Value extension;
    Value callable;
} WrappedMethod; // classmethod, staticmethod
typedef struct {
    Object header;
    Value type, object, object_type;
} Super;
typedef struct {
    Object header;
    Value content;
} Cell; // absent: empty
typedef struct {
    Object header;
    Value dict;
    Value name;
} Module;
extern Type property_type, classmethod_type, staticmethod_type, super_type, cell_type, module_type,
    mapping_proxy_type, simple_namespace_type;
RAISES Value staticmethod_new(Thread *thread, Value callable);
RAISES Value classmethod_new(Thread *thread, Value callable);
RAISES Value mapping_proxy_new(Thread *thread, Value mapping);
RAISES Value cell_new(Thread *thread, Value content);
RAISES Value module_new(Thread *thread, Value name);
// Is the module's body still running (its __spec__ says so)? 1, 0, -1 error.
RAISES int module_is_initializing(Thread *thread, Value module) RUNS_PYTHON;
ALWAYS_INLINE bool value_is_cell(Value value) { return value_has_shape(value, SHAPE_cell); }
// vm/ installs these. running_globals gives the globals dict of the running frame, or VALUE_ABSENT.
extern Value (*running_globals)(Thread *thread);
// super_find_arguments finds __class__'s content and the first argument for super() without
// arguments in the running frame: false with an exception pending. bound_method_new is method_new.
extern bool (*super_find_arguments)(Thread *thread, Value *type, Value *object);
extern Value (*bound_method_new)(Thread *thread, Value function, Value self);
// super(type, object).name without making the super object (LOAD_SUPER_ATTR). With `self` not NULL
// the method form of object_get_method.
RAISES Value super_get_attribute(Thread *thread, Value type, Value object, Value name, Value *self)
    RUNS_PYTHON;
// Adds the names of a class and its bases as keys (dir()).
RAISES bool object_merge_class_names(Thread *thread, Dict *names, Type *type) RUNS_PYTHON;
// The __dict__ and __weakref__ of instances.
RAISES Value object_py_get_dict(Thread *thread, Value self);
RAISES bool object_py_set_dict(Thread *thread, Value self, Value value);
RAISES Value object_py_get_weak_references(Thread *thread, Value self);
// Makes every type of objects/ ready and fills runtime->names; called by runtime_new.
RAISES bool objects_initialize(Thread *thread);
// Tells the shapes of objects that exist before their types are ready which types those are.
void objects_bind_shapes(void);
// Frees what objects/ keeps outside the heap.
void objects_finalize(Runtime *runtime);
