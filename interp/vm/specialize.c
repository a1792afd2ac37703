// specialize.c — from what an adaptive instruction sees to a specialised member of its family.
//
// A specialised instruction guards what was seen. When the guard fails it returns to the adaptive
// form, which looks again; after CACHE_ATTEMPT_LIMIT attempts, or when nothing fits, the
// instruction becomes its base opcode for good.
#include "objects/native.h"
#include "vm/inject.h"
#include "vm/slow_paths.h"

enum { POLYMORPHIC_ATTEMPTS = 4 }; // of one inline cache before the table of look-ups serves

static void go_generic(Thread *thread, const Instruction *pc) {
    instruction_rewrite(thread, pc, instruction_base(pc->opcode));
}

// False: too many attempts; the instruction has gone generic.
static bool may_try(Thread *thread, const Instruction *pc) {
    CacheCounter *counter = &instruction_cache(pc)->counter;
    if (counter->attempts >= CACHE_ATTEMPT_LIMIT) {
        go_generic(thread, pc);
        return false;
    }
    counter->attempts++;
    return true;
}

void instruction_despecialize(Thread *thread, const Instruction *pc) {
    instruction_rewrite(thread, pc, instruction_adaptive(instruction_base(pc->opcode)));
}

void specialize_load_global(Thread *thread, const Frame *frame, const Instruction *pc, Value name) {
    if (!may_try(thread, pc)) return;
    AttributeCache *cache = instruction_cache(pc);
    Dict *globals = frame->function->globals, *builtins = frame->function->builtins;
    // Asked even when the name is missing: only then has the dict a version that a cache may keep.
    ssize_t entry = dict_entry_of_str(thread, globals, name);
    cache->shape = globals->keys_version;
    if (cache->shape == DICT_NO_VERSION) {
        go_generic(thread, pc);
        return;
    }
    if (entry >= 0) {
        cache->counter.index = (uint32_t)entry;
        instruction_rewrite(thread, pc, OP_LOAD_GLOBAL_MODULE);
        return;
    }
    entry = dict_entry_of_str(thread, builtins, name);
    if (entry < 0 || builtins->keys_version == DICT_NO_VERSION) {
        go_generic(thread, pc);
        return;
    }
    cache->builtins_version = builtins->keys_version;
    cache->counter.index = (uint32_t)entry;
    instruction_rewrite(thread, pc, OP_LOAD_GLOBAL_BUILTIN);
}

static bool specialize_module(Thread *thread, const Instruction *pc, Value module, Value name) {
    if (!value_is_absent(type_find(&module_type, name))) return false;
    Dict *dict = (Dict *)(uintptr_t)module_dict(module);
    ssize_t entry = dict_entry_of_str(thread, dict, name);
    if (entry < 0 || dict->keys_version == DICT_NO_VERSION) return false;
    instruction_cache(pc)->shape = dict->keys_version;
    instruction_cache(pc)->counter.index = (uint32_t)entry;
    instruction_rewrite(thread, pc, OP_LOAD_ATTR_MODULE);
    return true;
}

// Byte offset of an instance's own attribute, 0 if the shape has no such slot inline.
static uint32_t inline_slot(Shape *shape, Value name) {
    int slot = shape->is_dictionary ? -1 : shape_find(shape, name);
    return slot >= 0 && slot < shape->inline_capacity ? shape->slots_offset + 8 * (uint32_t)slot
                                                      : 0;
}

// What a look-up of `name` gives for every object of a shape, as far as that is one thing:
// LOOKUP_NONE if not.
static Lookup look_up(Thread *thread, Shape *shape, Value name) {
    Lookup found = {.name = name.bits, .shape = shape->index, .epoch = thread->class_epoch};
    Type *type = shape->type;
    if (type->get_attribute != object_generic_get_attribute) return found;
    type->flags |= TYPE_CACHED;
    value_as_str(name)->header.data |= STR_CACHED;
    Value descriptor = type_find(type, name);
    Type *descriptor_type = value_is_absent(descriptor) ? NULL : type_of(descriptor);
    if (descriptor_type) descriptor_type->flags |= TYPE_CACHED; // it may get a __get__ or a __set__
    if (descriptor_type == &property_type) {
        found.kind = LOOKUP_PROPERTY;
        found.value = descriptor;
        return found;
    }
    if (descriptor_type && descriptor_type->descriptor_set) {
        found.offset = member_descriptor_offset(descriptor, type);
        if (found.offset) found.kind = LOOKUP_SLOT;
        return found;
    }
    if (type->extension_offset) {
        found.offset = inline_slot(shape, name);
        if (found.offset) {
            found.kind = LOOKUP_SLOT;
            return found;
        }
        if (shape->is_dictionary || shape_find(shape, name) >= 0) return found;
    }
    if (!descriptor_type) return found;
    found.value = descriptor;
    if (descriptor_type->flags & TYPE_METHOD_DESCRIPTOR)
        found.kind = LOOKUP_METHOD;
    else if (!descriptor_type->descriptor_get)
        found.kind = LOOKUP_VALUE;
    return found;
}

void lookup_fill(Thread *thread, Value object, Value name) {
    if (!value_is_object(object)) return;
    Lookup found = look_up(thread, object_shape(value_as_object(object)), name);
    if (found.kind != LOOKUP_NONE) *lookup_entry(thread, found.shape, name) = found;
}

void specialize_load_attr(Thread *thread, const Instruction *pc, Value object, Value name) {
    static const int opcodes[] = {[LOOKUP_SLOT] = OP_LOAD_ATTR_SLOT,
                                  [LOOKUP_METHOD] = OP_LOAD_ATTR_METHOD,
                                  [LOOKUP_VALUE] = OP_LOAD_ATTR_CLASS_VALUE,
                                  [LOOKUP_PROPERTY] = OP_LOAD_ATTR_PROPERTY};
    AttributeCache *cache = instruction_cache(pc);
    if (value_has_shape(object, SHAPE_module)) {
        if (may_try(thread, pc) && !specialize_module(thread, pc, object, name))
            go_generic(thread, pc);
        return;
    }
    if (!value_is_object(object)) {
        go_generic(thread, pc);
        return;
    }
    Lookup found = look_up(thread, object_shape(value_as_object(object)), name);
    bool cacheable =
        found.kind != LOOKUP_NONE && (found.kind != LOOKUP_METHOD || instruction_operand(pc) & 1);
    if (cacheable && cache->counter.attempts++ < POLYMORPHIC_ATTEMPTS) {
        cache->shape = found.shape;
        cache->load_epoch = found.epoch;
        cache->counter.index = found.offset;
        cache->value = found.value;
        instruction_rewrite(thread, pc, opcodes[found.kind]);
    } else if (cacheable) {
        instruction_rewrite(thread, pc, OP_LOAD_ATTR_POLYMORPHIC);
    } else {
        go_generic(thread, pc);
    }
}

static int choose_store(const Instruction *pc, Shape *shape, Value name) {
    AttributeCache *cache = instruction_cache(pc);
    Value descriptor = type_find(shape->type, name);
    if (!value_is_absent(descriptor) && type_of(descriptor)->descriptor_set) {
        cache->counter.index = member_descriptor_offset(descriptor, shape->type);
        return cache->counter.index ? OP_STORE_ATTR_SLOT : 0;
    }
    if (!shape->type->extension_offset || shape->is_dictionary) return 0;
    cache->counter.index = inline_slot(shape, name);
    if (cache->counter.index) return OP_STORE_ATTR_SLOT;
    if (shape_find(shape, name) >= 0 || shape->slot_count >= shape->inline_capacity) return 0;
    const Shape *grown = shape_add(shape, name);
    if (!grown) return 0;
    cache->new_shape = grown->index;
    cache->counter.index = shape->slots_offset + 8 * (uint32_t)shape->slot_count;
    return OP_STORE_ATTR_ADD;
}

void specialize_store_attr(Thread *thread, const Instruction *pc, Value object, Value name) {
    if (!may_try(thread, pc)) return;
    int opcode = 0;
    if (value_is_object(object)) {
        Shape *shape = object_shape(value_as_object(object));
        if (shape->type->set_attribute == object_generic_set_attribute) {
            opcode = choose_store(pc, shape, name);
            instruction_cache(pc)->shape = shape->index;
            instruction_cache(pc)->store_epoch = thread->class_epoch;
            shape->type->flags |= TYPE_CACHED;
            value_as_str(name)->header.data |= STR_CACHED;
        }
    }
    if (opcode)
        instruction_rewrite(thread, pc, opcode);
    else
        go_generic(thread, pc);
}

// One way for both kinds of operands of an operator: the specialised opcode, or 0.
static int arithmetic_opcode(int op, bool ints) {
    switch (op >= BINARY_INPLACE ? op - BINARY_INPLACE : op) {
    case BINARY_ADD: return ints ? OP_BINARY_OP_ADD_INT : OP_BINARY_OP_ADD_FLOAT;
    case BINARY_SUBTRACT: return ints ? OP_BINARY_OP_SUBTRACT_INT : OP_BINARY_OP_SUBTRACT_FLOAT;
    case BINARY_MULTIPLY: return ints ? OP_BINARY_OP_MULTIPLY_INT : OP_BINARY_OP_MULTIPLY_FLOAT;
    case BINARY_TRUE_DIVIDE: return ints ? 0 : OP_BINARY_OP_TRUE_DIVIDE_FLOAT;
    case BINARY_FLOOR_DIVIDE: return ints ? OP_BINARY_OP_FLOOR_DIVIDE_INT : 0;
    case BINARY_REMAINDER: return ints ? OP_BINARY_OP_REMAINDER_INT : 0;
    case BINARY_AND: return ints ? OP_BINARY_OP_AND_INT : 0;
    default: return 0;
    }
}

void specialize_binary_op(Thread *thread, const Instruction *pc, int op, Value left, Value right) {
    if (!may_try(thread, pc)) return;
    int opcode = 0;
    if (value_is_fixnum(left) && value_is_fixnum(right))
        opcode = arithmetic_opcode(op, true);
    else if (value_is_flonum(left) && value_is_flonum(right))
        opcode = arithmetic_opcode(op, false);
    if (opcode)
        instruction_rewrite(thread, pc, opcode);
    else
        go_generic(thread, pc);
}

void specialize_compare_op(Thread *thread, const Instruction *pc, Value left, Value right) {
    if (!may_try(thread, pc)) return;
    if (value_is_fixnum(left) && value_is_fixnum(right))
        instruction_rewrite(thread, pc, OP_COMPARE_OP_INT);
    else if (value_is_flonum(left) && value_is_flonum(right))
        instruction_rewrite(thread, pc, OP_COMPARE_OP_FLOAT);
    else
        go_generic(thread, pc);
}

void specialize_binary_subscr(Thread *thread, const Instruction *pc, Value container, Value key) {
    if (!may_try(thread, pc)) return;
    if (value_is_list_exact(container) && value_is_fixnum(key))
        instruction_rewrite(thread, pc, OP_BINARY_SUBSCR_LIST_INT);
    else if (value_is_tuple_exact(container) && value_is_fixnum(key))
        instruction_rewrite(thread, pc, OP_BINARY_SUBSCR_TUPLE_INT);
    else if (value_is_dict_exact(container))
        instruction_rewrite(thread, pc, OP_BINARY_SUBSCR_DICT);
    else
        go_generic(thread, pc);
}

void specialize_store_subscr(Thread *thread, const Instruction *pc, Value container, Value key) {
    if (!may_try(thread, pc)) return;
    if (value_is_list_exact(container) && value_is_fixnum(key))
        instruction_rewrite(thread, pc, OP_STORE_SUBSCR_LIST_INT);
    else if (value_is_dict_exact(container))
        instruction_rewrite(thread, pc, OP_STORE_SUBSCR_DICT);
    else
        go_generic(thread, pc);
}

// Words between a FOR_ITER and what follows the UNPACK_SEQUENCE 2 right behind it; 0: there is
// none.
static uint32_t words_to_pair(const Instruction *pc) {
    const Instruction *next = instruction_after(pc);
    while (instruction_is_prefix(next->opcode)) next = instruction_after(next);
    if (next->opcode != OP_UNPACK_SEQUENCE || instruction_operand(next) != 2) return 0;
    const void *behind = instruction_after(next), *start = pc + 1;
    return (uint32_t)((const uint64_t *)behind - (const uint64_t *)start);
}

void specialize_for_iter(Thread *thread, const Instruction *pc, Value iterator) {
    if (!may_try(thread, pc)) return;
    uint32_t shape = value_is_object(iterator) ? value_as_object(iterator)->shape : SHAPE_none;
    switch (shape) {
    case SHAPE_range_iterator: instruction_rewrite(thread, pc, OP_FOR_ITER_RANGE); break;
    case SHAPE_list_iterator: instruction_rewrite(thread, pc, OP_FOR_ITER_LIST); break;
    case SHAPE_tuple_iterator: instruction_rewrite(thread, pc, OP_FOR_ITER_TUPLE); break;
    case SHAPE_generator: instruction_rewrite(thread, pc, OP_FOR_ITER_GENERATOR); break;
    default:
        if (type_of(iterator)->next_pair && words_to_pair(pc)) {
            instruction_cache(pc)->counter.index = words_to_pair(pc);
            instruction_rewrite(thread, pc, OP_FOR_ITER_PAIR);
        } else {
            go_generic(thread, pc);
        }
        break;
    }
}
