// slow_attributes.c — attribute look-ups that no cache answers.
#include "vm/slow_paths.h"

Value load_method(Thread *thread, Value object, Value name) {
    Value self;
    Value method = object_get_method(thread, object, name, &self);
    if (value_is_error(method)) return method;
    // The null form: the attribute is called by itself.
    thread->result = value_is_absent(self) ? method : self;
    return value_is_absent(self) ? VALUE_ABSENT : method;
}

// Stack: super, class, self. A `super` that is not the builtin one is called as the source says.
Value load_super_attribute(Thread *thread, const Value *stack, Value name, int operand) {
    bool method_form = operand & 1, two_arguments = operand & 2;
    if (UNLIKELY(stack[0].bits != value_from_type(&super_type).bits)) {
        Value args[] = {stack[1], stack[2]};
        Value object = object_call(thread, stack[0], args, two_arguments ? 2 : 0, VALUE_ABSENT);
        if (value_is_error(object)) return object;
        Value attribute = object_get_attribute(thread, object, name);
        thread->result = attribute;
        return method_form && !value_is_error(attribute) ? VALUE_ABSENT : attribute;
    }
    Value self = VALUE_ABSENT;
    Value attribute =
        super_get_attribute(thread, stack[1], stack[2], name, method_form ? &self : NULL);
    if (value_is_error(attribute) || !method_form) return attribute;
    thread->result = value_is_absent(self) ? attribute : self;
    return value_is_absent(self) ? VALUE_ABSENT : attribute;
}
