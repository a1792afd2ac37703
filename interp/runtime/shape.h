// shape.h — hidden classes: what an object's header names.
//
// A shape says the type of an object and, for objects with attributes of their own, which name is
// in which slot. Objects of one class that got the same attributes in the same order share one
// shape; adding a name follows a transition. A class owns its root shape, so a shape implies the
// class. Indices are never reused in a process, so an inline cache that compares one is never
// wrong about the object's layout. Past SHAPE_SLOT_LIMIT names, after `del`, or once __dict__ has
// been asked for, an object goes to its type's dictionary shape: attributes then live in a dict.
//
// Where attributes live: slot i < inline_capacity is the word at slots_offset + 8 * i of the
// object; the word at type->extension_offset (`extension`) is absent, or a ValueArray with the
// slots that do not fit inline, or (dictionary shape) the dict. Both offsets lie behind what the
// base layout uses.
#pragma once
#include "memory/heap.h"
#include "runtime/value.h"

typedef struct Thread Thread;
typedef struct Type Type;
typedef struct Shape Shape;

enum {
#define SHAPE(name) SHAPE_##name,
#include "runtime/shapes.def"
#undef SHAPE
    SHAPE_BUILTIN_COUNT,
    SHAPE_LIMIT = 1 << 20,  // in a process; after that new classes raise MemoryError
    SHAPE_SLOT_LIMIT = 128, // attributes of one object before it goes to a dict
};

struct Shape {
    Type *type;
    uint32_t index;
    uint16_t slot_count;
    uint16_t inline_capacity;
    uint32_t slots_offset; // bytes from the start of the object to slot 0
    bool is_dictionary;
    bool is_plain;       // instances refer to no other object (str, float, ...): nothing to trace
    Value name;          // of the last slot; absent in a root shape
    Shape *parent;       // the shape before `name` was added; NULL in a root shape
    Shape *older_root;   // of a root shape: the class's root before inline_slots grew
    Shape **transitions; // malloc'ed
    uint16_t transition_count, transition_capacity;
    uint16_t *lookup; // open-addressing table of slot index + 1 by name, made when it pays
    uint16_t lookup_size;
    Value *names; // the slot_count names, malloc'ed; shared by no other shape
};

// The process-wide table from header to shape; with the type objects the only mutable global.
extern Shape *shape_table[SHAPE_LIMIT];

ALWAYS_INLINE Shape *object_shape(const Object *object) { return shape_table[object->shape]; }
ALWAYS_INLINE bool value_has_shape(Value value, uint32_t shape) {
    return value_is_object(value) && value_as_object(value)->shape == shape;
}

// A root shape of a class (malloc'ed, owned by the class), or NULL with MemoryError raised.
// `index` 0 takes the next free index.
RAISES Shape *shape_new_root(Thread *thread, Type *type, uint32_t index, uint16_t inline_capacity,
                             bool is_dictionary);
// Slot of an interned name, or -1.
int shape_find(Shape *shape, Value name);
// The shape after adding an interned name; NULL without an exception when the object must go to
// its dictionary shape (too many names, no memory).
Shape *shape_add(Shape *shape, Value name);
// Marks the names of this shape, of all that grew from it and of older roots.
void shape_trace_tree(Marker *marker, const Shape *root);
// Frees them (the class has died). Their indices then name `heir`, so that instances which die
// together with their class still find how to release their resources; NULL at the very end.
void shape_delete_tree(Shape *root, Shape *heir);
// Makes the shapes of shapes.def, still without types; false without memory.
bool shapes_initialize(void);
