// type_variables.c — TypeVar, ParamSpec and TypeVarTuple, and the args and kwargs of a ParamSpec.
//
// Bounds and constraints that were written in brackets after a name (PEP 695) are functions; the
// first reader of __bound__ or __constraints__ calls them, and the result is kept.
#include "objects/type_variables.h"
#include "objects/builtin_types.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

typedef struct {
    Object header;
    Value origin;
} ParamSpecPart; // P.args, P.kwargs

static TypeVariable *as_variable(Value value) { return (TypeVariable *)value_as_object(value); }

static ParamSpecPart *as_part(Value value) { return (ParamSpecPart *)value_as_object(value); }

static void trace_variable(Marker *marker, Object *object) {
    TypeVariable *variable = (TypeVariable *)object;
    mark_value(marker, variable->name);
    mark_value(marker, variable->bound);
    mark_value(marker, variable->constraints);
    mark_value(marker, variable->evaluate_bound);
    mark_value(marker, variable->evaluate_constraints);
}

static void trace_part(Marker *marker, Object *object) {
    mark_value(marker, ((ParamSpecPart *)object)->origin);
}

Value typing_find(Thread *thread, const char *name) {
    Value typing = str_intern_c(thread, "typing"), function = str_intern_c(thread, name);
    if (value_is_error(typing) || value_is_error(function)) return VALUE_ERROR;
    Value module = dict_find_str(thread, value_as_dict(thread->runtime->modules), typing);
    return value_is_absent(module) ? module : object_find_attribute(thread, module, function);
}

// Making them

static TypeVariable *allocate(Thread *thread, Type *type, Value name) {
    TypeVariable *variable = (TypeVariable *)type_allocate(thread, type, 0);
    if (!variable) return NULL;
    variable->name = name;
    variable->covariant = variable->contravariant = VALUE_FALSE;
    variable->infer_variance = VALUE_TRUE;
    return variable;
}

Value type_var_new(Thread *thread, Value name, Value evaluate, bool constrained) {
    TypeVariable *variable = allocate(thread, &type_var_type, name);
    if (!variable) return VALUE_ERROR;
    if (constrained)
        variable->evaluate_constraints = evaluate;
    else
        variable->evaluate_bound = evaluate;
    return value_from_object(variable);
}

Value param_spec_new(Thread *thread, Value name) {
    TypeVariable *variable = allocate(thread, &param_spec_type, name);
    return variable ? value_from_object(variable) : VALUE_ERROR;
}

Value type_var_tuple_new(Thread *thread, Value name) {
    TypeVariable *variable = allocate(thread, &type_var_tuple_type, name);
    return variable ? value_from_object(variable) : VALUE_ERROR;
}

// A variable that a call makes belongs to the module of the caller.
static bool set_module(Thread *thread, TypeVariable *variable) {
    Value globals = running_globals ? running_globals(thread) : VALUE_ABSENT;
    Value module = VALUE_ABSENT;
    if (value_is_dict(globals))
        module = dict_find_str(thread, value_as_dict(globals), NAMES(thread)->__name__);
    return instance_set(thread, &variable->header, NAMES(thread)->__module__,
                        value_is_absent(module) ? VALUE_NONE : module);
}

static bool check_name(Thread *thread, const char *function, Value name) {
    if (value_is_str(name)) return true;
    raise_argument_error(thread, function, "argument 'name'", "str", name);
    return false;
}

// Variance: given[0..2] are covariant, contravariant, infer_variance.
static bool set_variance(Thread *thread, TypeVariable *variable, const Value *given) {
    Value *const fields[] = {&variable->covariant, &variable->contravariant,
                             &variable->infer_variance};
    bool flags[3];
    for (int i = 0; i < 3; i++) {
        int truth = value_is_absent(given[i]) ? 0 : object_is_true(thread, given[i]);
        if (truth < 0) return false;
        flags[i] = truth;
        object_store(thread->heap, variable, fields[i], value_from_bool(truth));
    }
    if (flags[0] && flags[1])
        raise_value_error(thread, "Bivariant types are not supported.");
    else if (flags[2] && (flags[0] || flags[1]))
        raise_value_error(thread, "Variance cannot be specified with infer_variance.");
    else
        return true;
    return false;
}

// typing turns a str into a ForwardRef; without that module it stays a str.
static Value check_bound(Thread *thread, Value bound) {
    if (value_is_absent(bound) || value_is_none(bound)) return VALUE_ABSENT;
    Value check = typing_find(thread, "_type_check");
    if (value_is_error(check) || value_is_absent(check))
        return value_is_error(check) ? check : bound;
    Value message = str_from_c(thread, "Bound must be a type.");
    return value_is_error(message) ? message : object_call2(thread, check, bound, message);
}

static Value make_type_var(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value given[6];
    if (!arguments_bind(thread, "typevar",
                        "name, *constraints, bound=None, covariant=False, contravariant=False, "
                        "infer_variance=False",
                        args, count, names, given) ||
        !check_name(thread, "typevar", given[0]))
        return VALUE_ERROR;
    TypeVariable *variable = allocate(thread, type, given[0]);
    if (!variable || !set_variance(thread, variable, given + 3)) return VALUE_ERROR;
    Value bound = check_bound(thread, given[2]);
    if (value_is_error(bound)) return bound;
    size_t constraints = value_as_tuple(given[1])->length;
    if (constraints == 1) return raise_type_error(thread, "A single constraint is not allowed");
    if (constraints > 0 && !value_is_absent(bound))
        return raise_type_error(thread, "Constraints cannot be combined with bound=...");
    object_store(thread->heap, variable, &variable->bound, bound);
    if (constraints) object_store(thread->heap, variable, &variable->constraints, given[1]);
    return set_module(thread, variable) ? value_from_object(variable) : VALUE_ERROR;
}

static Value make_param_spec(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value given[5];
    if (!arguments_bind(thread, "paramspec",
                        "name, *, bound=None, covariant=False, contravariant=False, "
                        "infer_variance=False",
                        args, count, names, given) ||
        !check_name(thread, "paramspec", given[0]))
        return VALUE_ERROR;
    TypeVariable *variable = allocate(thread, type, given[0]);
    if (!variable || !set_variance(thread, variable, given + 2)) return VALUE_ERROR;
    Value bound = check_bound(thread, given[1]);
    if (value_is_error(bound)) return bound;
    object_store(thread->heap, variable, &variable->bound, bound);
    return set_module(thread, variable) ? value_from_object(variable) : VALUE_ERROR;
}

static Value make_type_var_tuple(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value name;
    if (!arguments_bind(thread, "typevartuple", "name", args, count, names, &name) ||
        !check_name(thread, "typevartuple", name))
        return VALUE_ERROR;
    TypeVariable *variable = allocate(thread, type, name);
    return variable && set_module(thread, variable) ? value_from_object(variable) : VALUE_ERROR;
}

// Attributes

// What a lazy attribute holds: calls `evaluate` once.
static Value evaluate(Thread *thread, TypeVariable *variable, Value *field, Value function) {
    if (!value_is_absent(*field) || value_is_absent(function)) return *field;
    Value result = object_call0(thread, function);
    if (!value_is_error(result)) object_store(thread->heap, variable, field, result);
    return result;
}

static Value type_var_py_get_bound(Thread *thread, Value self) {
    TypeVariable *variable = as_variable(self);
    Value bound = evaluate(thread, variable, &variable->bound, variable->evaluate_bound);
    return value_is_absent(bound) ? VALUE_NONE : bound;
}

static Value type_var_py_get_constraints(Thread *thread, Value self) {
    TypeVariable *variable = as_variable(self);
    Value constraints =
        evaluate(thread, variable, &variable->constraints, variable->evaluate_constraints);
    return value_is_absent(constraints) ? tuple_of(thread, 0) : constraints;
}

static Value make_part(Thread *thread, Value origin, uint32_t shape) {
    ParamSpecPart *part = (ParamSpecPart *)heap_allocate(thread->heap, sizeof *part, shape);
    if (!part) return raise_memory_error(thread);
    part->origin = origin;
    return value_from_object(part);
}

static Value param_spec_py_get_args(Thread *thread, Value self) {
    return make_part(thread, self, SHAPE_param_spec_args);
}

static Value param_spec_py_get_kwargs(Thread *thread, Value self) {
    return make_part(thread, self, SHAPE_param_spec_kwargs);
}

static Value repr_variable(Thread *thread, Value self) {
    const TypeVariable *variable = as_variable(self);
    const char *sign = value_same(variable->infer_variance, VALUE_TRUE)  ? ""
                       : value_same(variable->covariant, VALUE_TRUE)     ? "+"
                       : value_same(variable->contravariant, VALUE_TRUE) ? "-"
                                                                         : "~";
    return str_format(thread, "%s%U", sign, variable->name);
}

// T | other: typing.Union once typing is there.
static Value unite(Thread *thread, Value left, Value right) {
    Value make = typing_find(thread, "_make_union");
    if (value_is_error(make)) return make;
    return value_is_absent(make) ? union_new(thread, left, right)
                                 : object_call2(thread, make, left, right);
}

static Value type_variable_py_mro_entries(Thread *thread, Value *args, int count) {
    (void)count;
    return raise_type_error(thread, "Cannot subclass an instance of %s",
                            type_of(args[0])->name + 7);
}

static Value type_variable_py_reduce(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)count;
    return as_variable(args[0])->name;
}

// Substitution: C[int] puts int in the place of T. Each calls typing's function if there is one.

static Value call_typing(Thread *thread, const char *name, Value *args, int count) {
    Value function = typing_find(thread, name);
    if (value_is_error(function) || value_is_absent(function)) return function;
    return object_call(thread, function, args, count, VALUE_ABSENT);
}

static Value type_var_py_typing_subst(Thread *thread, Value *args, int count) {
    Value result = call_typing(thread, "_typevar_subst", args, count);
    if (!value_is_absent(result)) return result;
    Value arg = generic_convert_argument(args[1]);
    if (value_is_tuple_exact(arg))
        return raise_type_error(thread, "Parameters to generic types must be types. Got %.100R.",
                                arg);
    return arg;
}

// A list of types, an ellipsis, or another ParamSpec stands for parameters.
static bool is_parameter_expression(Value arg) {
    return value_same(arg, VALUE_ELLIPSIS) || value_is_tuple(arg) || value_is_list(arg) ||
           value_is_param_spec(arg);
}

static Value param_spec_py_typing_subst(Thread *thread, Value *args, int count) {
    Value result = call_typing(thread, "_paramspec_subst", args, count);
    if (!value_is_absent(result)) return result;
    if (value_is_list(args[1]) || value_is_tuple(args[1])) return object_to_tuple(thread, args[1]);
    if (is_parameter_expression(args[1])) return args[1];
    return raise_type_error(
        thread, "Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got %S",
        args[1]);
}

static Value type_var_tuple_py_typing_subst(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return raise_type_error(thread, "Substitution of bare TypeVarTuple is not supported");
}

// The parameters of `alias` and the place of `variable` among them; -1 error.
static ssize_t find_place(Thread *thread, Value alias, Value variable, Value *parameters) {
    *parameters = generic_find_attribute(thread, alias, "__parameters__");
    if (value_is_error(*parameters)) return -1;
    if (value_is_tuple(*parameters)) {
        const Tuple *tuple = value_as_tuple(*parameters);
        for (size_t i = 0; i < tuple->length; i++)
            if (value_same(tuple->items[i], variable)) return (ssize_t)i;
    }
    raise_value_error(thread, "%R is no parameter of %R", variable, alias);
    return -1;
}

static Value replace_item(Thread *thread, const Tuple *tuple, size_t index, Value item) {
    Value copy = tuple_from_values(thread, tuple->items, tuple->length);
    if (!value_is_error(copy))
        object_store(thread->heap, value_as_object(copy), &value_as_tuple(copy)->items[index],
                     item);
    return copy;
}

// C[int, str] is C[[int, str]] if the ParamSpec is the only parameter (PEP 612).
static Value param_spec_py_typing_prepare_subst(Thread *thread, Value *args, int count) {
    Value result = call_typing(thread, "_paramspec_prepare_subst", args, count);
    if (!value_is_absent(result)) return result;
    Value parameters, given = args[2];
    ssize_t place = find_place(thread, args[1], args[0], &parameters);
    if (place < 0) return VALUE_ERROR;
    const Tuple *tuple = value_as_tuple(given);
    if ((size_t)place >= tuple->length)
        return raise_type_error(thread, "Too few arguments for %S", args[1]);
    if (value_as_tuple(parameters)->length == 1 && !is_parameter_expression(tuple->items[0]))
        return tuple_of(thread, 1, given);
    Value item = tuple->items[place];
    if (!value_is_list(item)) return given;
    Value items = object_to_tuple(thread, item);
    return value_is_error(items) ? items : replace_item(thread, tuple, (size_t)place, items);
}

// The argument among `given` that is an unpacked tuple of any length, *tuple[int, ...]: its index,
// with the item type in *fill; -1 if there is none, -2 error.
static ssize_t find_unbounded(Thread *thread, const Tuple *given, Value *fill) {
    ssize_t found = -1;
    for (size_t i = 0; i < given->length; i++) {
        if (value_is_type(given->items[i])) continue;
        Value items =
            generic_find_attribute(thread, given->items[i], "__typing_unpacked_tuple_args__");
        if (value_is_error(items)) return -2;
        if (!value_is_tuple(items) || value_as_tuple(items)->length != 2 ||
            !value_same(value_as_tuple(items)->items[1], VALUE_ELLIPSIS))
            continue;
        if (found >= 0) {
            raise_type_error(thread, "More than one unpacked arbitrary-length tuple argument");
            return -2;
        }
        found = (ssize_t)i;
        *fill = value_as_tuple(items)->items[0];
    }
    return found;
}

// Gathers the arguments that fall to the TypeVarTuple into one tuple.
static Value type_var_tuple_py_typing_prepare_subst(Thread *thread, Value *args, int count) {
    Value result = call_typing(thread, "_typevartuple_prepare_subst", args, count);
    if (!value_is_absent(result)) return result;
    Value parameters, fill = VALUE_NONE;
    ssize_t place = find_place(thread, args[1], args[0], &parameters);
    if (place < 0) return VALUE_ERROR;
    const Tuple *wanted = value_as_tuple(parameters), *given = value_as_tuple(args[2]);
    for (size_t i = (size_t)place + 1; i < wanted->length; i++)
        if (value_is_type_var_tuple(wanted->items[i]))
            return raise_type_error(thread, "More than one TypeVarTuple parameter in %S", args[1]);
    ssize_t left = place, behind = (ssize_t)wanted->length - place - 1, right = behind;
    ssize_t length = (ssize_t)given->length, unbounded = find_unbounded(thread, given, &fill);
    if (unbounded < -1) return VALUE_ERROR;
    if (unbounded >= 0) {
        if (unbounded < left) left = unbounded;
        if (length - unbounded - 1 < right) right = length - unbounded - 1;
    } else if (left + right > length) {
        return raise_type_error(thread,
                                "Too few arguments for %S; actual %zd, expected at least %zu",
                                args[1], length, (size_t)wanted->length - 1);
    }
    Value middle = tuple_from_values(thread, given->items + left, (size_t)(length - left - right));
    Value prepared = value_is_error(middle) ? middle : tuple_new(thread, wanted->length);
    if (value_is_error(prepared)) return prepared;
    Value *items = value_as_tuple(prepared)->items;
    for (ssize_t i = 0; i < place; i++) items[i] = i < left ? given->items[i] : fill;
    items[place] = middle;
    for (ssize_t i = 0; i < behind; i++) {
        ssize_t from_end = behind - i;
        items[place + 1 + i] = from_end <= right ? given->items[length - from_end] : fill;
    }
    return prepared;
}

// *Ts: one item, Unpack[Ts].
static Value iterate_type_var_tuple(Thread *thread, Value self) {
    Value unpack = typing_find(thread, "Unpack");
    if (value_is_error(unpack)) return unpack;
    Value item = value_is_absent(unpack)
                     ? generic_alias_new(thread, value_from_type(&unpack_type), self)
                     : object_get_item(thread, unpack, self);
    Value tuple = value_is_error(item) ? item : tuple_of(thread, 1, item);
    return value_is_error(tuple) ? tuple : object_iterate(thread, tuple);
}

Value type_var_tuples_unpack(Thread *thread, Value tuple) {
    const Tuple *items = value_as_tuple(tuple);
    Value unpacked = tuple_new(thread, items->length);
    for (size_t i = 0; i < items->length && !value_is_error(unpacked); i++) {
        Value item = items->items[i];
        if (value_is_type_var_tuple(item)) {
            Value iterator = iterate_type_var_tuple(thread, item);
            item = value_is_error(iterator) ? iterator : object_next(thread, iterator);
            if (value_is_error(item)) return item;
        }
        object_store(thread->heap, value_as_object(unpacked), &value_as_tuple(unpacked)->items[i],
                     item);
    }
    return unpacked;
}

// P.args and P.kwargs

static Value make_part_of(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value origin;
    const char *function = type == &param_spec_args_type ? "paramspecargs" : "paramspeckwargs";
    if (!arguments_bind(thread, function, "origin", args, count, names, &origin))
        return VALUE_ERROR;
    return make_part(thread, origin, type->root_index);
}

static Value repr_part(Thread *thread, Value self) {
    Value origin = as_part(self)->origin;
    const char *what = type_of(self) == &param_spec_args_type ? "args" : "kwargs";
    if (value_is_param_spec(origin))
        return str_format(thread, "%U.%s", as_variable(origin)->name, what);
    return str_format(thread, "%R.%s", origin, what);
}

static Value compare_parts(Thread *thread, Value self, Value other, CompareOperator op) {
    if (type_of(self) != type_of(other) || (op != COMPARE_EQ && op != COMPARE_NE))
        return VALUE_NOT_IMPLEMENTED;
    return object_compare(thread, as_part(self)->origin, as_part(other)->origin, op);
}

#define METHOD_MRO_ENTRIES                                                                         \
    { "__mro_entries__", type_variable_py_mro_entries, "self, bases, /", NULL, METHOD_INSTANCE }
#define METHOD_REDUCE                                                                              \
    { "__reduce__", type_variable_py_reduce, "self, /", NULL, METHOD_INSTANCE }

static const MethodRow type_var_methods[] = {
    {"__typing_subst__", type_var_py_typing_subst, "self, arg, /", NULL, METHOD_INSTANCE},
    METHOD_MRO_ENTRIES,
    METHOD_REDUCE,
    {0},
};
static const MethodRow param_spec_methods[] = {
    {"__typing_subst__", param_spec_py_typing_subst, "self, arg, /", NULL, METHOD_INSTANCE},
    {"__typing_prepare_subst__", param_spec_py_typing_prepare_subst, "self, alias, args, /", NULL,
     METHOD_INSTANCE},
    METHOD_MRO_ENTRIES,
    METHOD_REDUCE,
    {0},
};
static const MethodRow type_var_tuple_methods[] = {
    {"__typing_subst__", type_var_tuple_py_typing_subst, "self, arg, /", NULL, METHOD_INSTANCE},
    {"__typing_prepare_subst__", type_var_tuple_py_typing_prepare_subst, "self, alias, args, /",
     NULL, METHOD_INSTANCE},
    METHOD_MRO_ENTRIES,
    METHOD_REDUCE,
    {0},
};
static const MethodRow part_methods[] = {
    METHOD_MRO_ENTRIES,
    {0},
};
static const GetSetRow type_var_getsets[] = {
    {"__bound__", type_var_py_get_bound, NULL, NULL},
    {"__constraints__", type_var_py_get_constraints, NULL, NULL},
    {0},
};
static const GetSetRow param_spec_getsets[] = {
    {"args", param_spec_py_get_args, NULL, "Represents positional arguments."},
    {"kwargs", param_spec_py_get_kwargs, NULL, "Represents keyword arguments."},
    {0},
};
static const MemberRow type_var_members[] = {
    {"__name__", offsetof(TypeVariable, name), true, false, NULL},
    {"__covariant__", offsetof(TypeVariable, covariant), true, false, NULL},
    {"__contravariant__", offsetof(TypeVariable, contravariant), true, false, NULL},
    {"__infer_variance__", offsetof(TypeVariable, infer_variance), true, false, NULL},
    {0},
};
static const MemberRow param_spec_members[] = {
    {"__name__", offsetof(TypeVariable, name), true, false, NULL},
    {"__bound__", offsetof(TypeVariable, bound), true, true, NULL},
    {"__covariant__", offsetof(TypeVariable, covariant), true, false, NULL},
    {"__contravariant__", offsetof(TypeVariable, contravariant), true, false, NULL},
    {"__infer_variance__", offsetof(TypeVariable, infer_variance), true, false, NULL},
    {0},
};
static const MemberRow type_var_tuple_members[] = {
    {"__name__", offsetof(TypeVariable, name), true, false, NULL},
    {0},
};
static const MemberRow part_members[] = {
    {"__origin__", offsetof(ParamSpecPart, origin), true, false, NULL},
    {0},
};

Type type_var_type = {
    TYPE_STATIC_HEADER(type_var),
    .name = "typing.TypeVar",
    .documentation = "A type variable: the T of `class C[T]`, or TypeVar('T').",
    .basic_size = sizeof(TypeVariable),
    .extension_offset = offsetof(TypeVariable, extension),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = type_var_methods,
    .getsets = type_var_getsets,
    .members = type_var_members,
    .trace = trace_variable,
    .make = make_type_var,
    .repr = repr_variable,
    .binary[BINARY_OR] = unite,
};

Type param_spec_type = {
    TYPE_STATIC_HEADER(param_spec),
    .name = "typing.ParamSpec",
    .documentation = "The parameters of a callable: the P of `def f[**P]`, or ParamSpec('P').",
    .basic_size = sizeof(TypeVariable),
    .extension_offset = offsetof(TypeVariable, extension),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = param_spec_methods,
    .getsets = param_spec_getsets,
    .members = param_spec_members,
    .trace = trace_variable,
    .make = make_param_spec,
    .repr = repr_variable,
    .binary[BINARY_OR] = unite,
};

Type type_var_tuple_type = {
    TYPE_STATIC_HEADER(type_var_tuple),
    .name = "typing.TypeVarTuple",
    .documentation = "Any number of types: the Ts of `class C[*Ts]`, or TypeVarTuple('Ts').",
    .basic_size = sizeof(TypeVariable),
    .extension_offset = offsetof(TypeVariable, extension),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = type_var_tuple_methods,
    .members = type_var_tuple_members,
    .trace = trace_variable,
    .make = make_type_var_tuple,
    .repr = repr_variable,
    .iterate = iterate_type_var_tuple,
};

Type param_spec_args_type = {
    TYPE_STATIC_HEADER(param_spec_args),
    .name = "typing.ParamSpecArgs",
    .documentation = "P.args of a ParamSpec P: the type of *args.",
    .basic_size = sizeof(ParamSpecPart),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = part_methods,
    .members = part_members,
    .trace = trace_part,
    .make = make_part_of,
    .repr = repr_part,
    .compare = compare_parts,
};

Type param_spec_kwargs_type = {
    TYPE_STATIC_HEADER(param_spec_kwargs),
    .name = "typing.ParamSpecKwargs",
    .documentation = "P.kwargs of a ParamSpec P: the type of **kwargs.",
    .basic_size = sizeof(ParamSpecPart),
    .flags = TYPE_HAS_WEAK_REFERENCES,
    .methods = part_methods,
    .members = part_members,
    .trace = trace_part,
    .make = make_part_of,
    .repr = repr_part,
    .compare = compare_parts,
};
