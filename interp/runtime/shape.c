// shape.c — makes, grows and frees hidden classes.
//
// Shapes are malloc'ed trees owned by a class: the root, and one child for each name that some
// instance added next. A shape is immutable once made but for its list of transitions and its
// look-up table, which is built at the first search of a shape with many names.
#include "runtime/shape.h"
#include "runtime/errors.h"
#include <stdlib.h>

enum {
    LINEAR_LIMIT = 8,       // names that are searched one by one
    TRANSITION_LIMIT = 128, // different names that may follow one shape
};

Shape *shape_table[SHAPE_LIMIT];

// Indices already given out; they are never reused, not even by a second runtime.
static uint32_t next_index = SHAPE_BUILTIN_COUNT;

static Shape *new_shape(Type *type, uint32_t index) {
    if (index == 0) {
        if (next_index >= SHAPE_LIMIT) return NULL;
        index = next_index;
    }
    Shape *shape = calloc(1, sizeof *shape);
    if (!shape) return NULL;
    if (index == next_index) next_index++;
    shape->type = type;
    shape->index = index;
    shape_table[index] = shape;
    return shape;
}

bool shapes_initialize(void) {
    for (uint32_t index = 1; index < SHAPE_BUILTIN_COUNT; index++)
        if (!shape_table[index] && !new_shape(NULL, index)) return false;
    return true;
}

Shape *shape_new_root(Thread *thread, Type *type, uint32_t index, uint16_t inline_capacity,
                      bool is_dictionary) {
    Shape *shape = index != 0 && shape_table[index] ? shape_table[index] : new_shape(type, index);
    if (!shape) {
        raise_memory_error(thread);
        return NULL;
    }
    shape->type = type;
    shape->inline_capacity = inline_capacity;
    shape->slots_offset = type->basic_size;
    shape->is_dictionary = is_dictionary;
    shape->is_plain = !type->trace && type->extension_offset == 0 && !(type->flags & TYPE_HEAP);
    return shape;
}

// Spreads the addresses of interned names, which are multiples of 16.
static unsigned bucket(Value name, unsigned mask) {
    return (unsigned)((name.bits >> 4) * 0x9e3779b1u >> 7) & mask;
}

static bool make_lookup(Shape *shape) {
    unsigned size = 16;
    while (size < shape->slot_count * 2u) size *= 2;
    uint16_t *lookup = calloc(size, sizeof *lookup);
    if (!lookup) return false;
    for (unsigned slot = 0; slot < shape->slot_count; slot++) {
        unsigned place = bucket(shape->names[slot], size - 1);
        while (lookup[place]) place = (place + 1) & (size - 1);
        lookup[place] = (uint16_t)(slot + 1);
    }
    shape->lookup = lookup;
    shape->lookup_size = (uint16_t)size;
    return true;
}

int shape_find(Shape *shape, Value name) {
    if (shape->slot_count <= LINEAR_LIMIT || (!shape->lookup && !make_lookup(shape))) {
        for (int slot = 0; slot < shape->slot_count; slot++)
            if (value_same(shape->names[slot], name)) return slot;
        return -1;
    }
    unsigned mask = shape->lookup_size - 1u;
    for (unsigned place = bucket(name, mask); shape->lookup[place]; place = (place + 1) & mask) {
        int slot = shape->lookup[place] - 1;
        if (value_same(shape->names[slot], name)) return slot;
    }
    return -1;
}

static bool reserve_transition(Shape *shape) {
    if (shape->transition_count < shape->transition_capacity) return true;
    unsigned capacity = shape->transition_capacity ? shape->transition_capacity * 2u : 2;
    Shape **grown = realloc(shape->transitions, capacity * sizeof *grown);
    if (!grown) return false;
    shape->transitions = grown;
    shape->transition_capacity = (uint16_t)capacity;
    return true;
}

Shape *shape_add(Shape *shape, Value name) {
    for (unsigned i = 0; i < shape->transition_count; i++)
        if (value_same(shape->transitions[i]->name, name)) return shape->transitions[i];
    unsigned count = shape->slot_count;
    if (count >= SHAPE_SLOT_LIMIT || shape->transition_count >= TRANSITION_LIMIT) return NULL;
    if (!reserve_transition(shape)) return NULL;
    Value *names = malloc((count + 1) * sizeof *names);
    Shape *grown = names ? new_shape(shape->type, 0) : NULL;
    if (!grown) {
        free(names);
        return NULL;
    }
    if (count) memcpy(names, shape->names, count * sizeof *names);
    names[count] = name;
    grown->names = names;
    grown->name = name;
    grown->slot_count = (uint16_t)(count + 1);
    grown->inline_capacity = shape->inline_capacity;
    grown->slots_offset = shape->slots_offset;
    grown->parent = shape;
    shape->transitions[shape->transition_count++] = grown;
    return grown;
}

void shape_trace_tree(Marker *marker, const Shape *root) {
    for (; root; root = root->older_root) {
        mark_value(marker, root->name);
        for (unsigned i = 0; i < root->transition_count; i++)
            shape_trace_tree(marker, root->transitions[i]);
    }
}

void shape_delete_tree(Shape *root, Shape *heir) {
    while (root) {
        Shape *older = root->older_root;
        for (unsigned i = 0; i < root->transition_count; i++)
            shape_delete_tree(root->transitions[i], heir);
        shape_table[root->index] = heir;
        free(root->transitions);
        free(root->lookup);
        free(root->names);
        free(root);
        root = older;
    }
}
