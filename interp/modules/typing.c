// typing.c — the module _typing: the types of objects/type_variables.h under the names that
// typing.py imports.
#include "modules/modules.h"
#include "objects/type_variables.h"

static Value typing_py_idfunc(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    return args[0];
}

static const MethodRow functions[] = {
    {"_idfunc", typing_py_idfunc, "x, /", NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};

Value typing_module_new(Thread *thread) {
    Type *const types[] = {&type_var_type,        &type_var_tuple_type,    &param_spec_type,
                           &param_spec_args_type, &param_spec_kwargs_type, &type_alias_type,
                           &generic_type};
    Value module = native_module_new(
        thread, "_typing", "Primitives and accelerators for the typing module.", functions);
    for (size_t i = 0; i < COUNT_OF(types) && !value_is_error(module); i++) {
        const char *name = strrchr(types[i]->name, '.') + 1;
        if (!module_set(thread, module, name, value_from_type(types[i]))) return VALUE_ERROR;
    }
    return module;
}
