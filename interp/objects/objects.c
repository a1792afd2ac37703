// objects.c — makes all types of runtime/ and objects/ ready, in an order in which each finds what
// it needs: object and type, then the descriptors that namespaces hold, then the rest.
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/exception.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/signature.h"
#include "objects/text.h"
#include "objects/type_variables.h"

// The types of objects that exist before type_ready has seen these.
static Type *const early_types[] = {
    &object_type,
    &type_type,
    &value_array_type,
    &byte_buffer_type,
    &dict_table_type,
    &dict_type,
    &tuple_type,
    &list_type,
    &str_type,
    &bytes_type,
    &int_type,
    &native_function_type,
    &method_descriptor_type,
    &classmethod_descriptor_type,
    &slot_wrapper_type,
    &method_wrapper_type,
    &getset_descriptor_type,
    &member_descriptor_type,
};

static Type *const types[] = {
    &object_type,
    &type_type,
    &native_function_type,
    &method_descriptor_type,
    &classmethod_descriptor_type,
    &slot_wrapper_type,
    &method_wrapper_type,
    &getset_descriptor_type,
    &member_descriptor_type,
    &staticmethod_type,
    &classmethod_type,
    &property_type,
    &super_type,
    &none_type,
    &not_implemented_type,
    &ellipsis_type,
    &cell_type,
    &module_type,
    &mapping_proxy_type,
    &simple_namespace_type,
    &generic_alias_type,
    &union_type,
    &type_var_type,
    &param_spec_type,
    &type_var_tuple_type,
    &param_spec_args_type,
    &param_spec_kwargs_type,
    &type_alias_type,
    &generic_type,
    &unpack_type,
};

void objects_bind_shapes(void) {
    for (size_t i = 0; i < COUNT_OF(early_types); i++) {
        Type *type = early_types[i];
        Shape *shape = shape_table[type->root_index];
        shape->type = type;
        shape->is_plain = !type->trace && type->extension_offset == 0;
    }
}

bool objects_initialize(Thread *thread) {
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (!type_ready(thread, types[i])) return false;
    return exceptions_initialize(thread) && containers_initialize(thread) &&
           text_initialize(thread);
}

void objects_finalize(Runtime *runtime) { signatures_finalize(runtime); }
