// test_runtime.c — classes, attributes, slots and exceptions, without a compiler or evaluator:
// native functions stand for Python's.
#include "harness.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

static Thread *thread;

static Value text(const char *bytes) { return str_intern_c(thread, bytes); }

static Value number(int64_t n) { return value_from_fixnum(n); }

static bool reads(Value value, const char *wanted) {
    if (value_is_error(value)) {
        Value error = error_take(thread);
        Value message = object_str(thread, error);
        printf("    raised %s: %s\n", type_of(error)->name,
               str_as_utf8_lossy(thread, message, &(size_t){0}));
        return false;
    }
    Value shown = object_repr(thread, value);
    const char *found = str_as_utf8_lossy(thread, shown, &(size_t){0});
    if (strcmp(found, wanted) == 0) return true;
    printf("    found:  %s\n    wanted: %s\n", found, wanted);
    return false;
}
#define CHECK_REPR(value, wanted) CHECK(reads((value), (wanted)))

// The pending exception is `type` with that message; clears it.
static bool raised(const Type *type, const char *wanted) {
    if (!error_is_pending(thread)) {
        printf("    nothing raised; wanted %s: %s\n", type->name, wanted);
        return false;
    }
    Value error = error_take(thread);
    Value message = object_str(thread, error);
    if (value_is_error(message)) return false;
    const char *found = str_as_utf8_lossy(thread, message, &(size_t){0});
    if (type_of(error) == type && strcmp(found, wanted) == 0) return true;
    printf("    found:  %s: %s\n    wanted: %s: %s\n", type_of(error)->name, found, type->name,
           wanted);
    return false;
}
#define CHECK_RAISED(type, wanted) CHECK(raised(&exception_##type, (wanted)))
#define CHECK_FAILS(expression, type, wanted)                                                      \
    do {                                                                                           \
        CHECK(value_is_error(expression));                                                         \
        CHECK_RAISED(type, wanted);                                                                \
    } while (0)

static Value get(Value object, const char *name) {
    return object_get_attribute(thread, object, text(name));
}

static bool set(Value object, const char *name, Value value) {
    return object_set_attribute(thread, object, text(name), value);
}

static Value call_method1(Value object, const char *name, Value argument) {
    return object_call_method(thread, object, text(name), &argument, 1);
}

// A method whose descriptor belongs to object, so that any class can have it.
static Value method(const MethodRow *row) {
    return method_descriptor_new(thread, &object_type, row);
}

static Value new_class(const char *name, Value bases, Value namespace) {
    Value args[3] = {text(name), bases, namespace};
    return object_call(thread, value_from_type(&type_type), args, 3, VALUE_ABSENT);
}

static Value empty_namespace(void) { return dict_new(thread); }

static Value simple_class(const char *name, Value base) {
    return new_class(name, value_is_absent(base) ? tuple_of(thread, 0) : tuple_of(thread, 1, base),
                     empty_namespace());
}

static Value answer(Thread *t, Value *args, int count) {
    (void)t, (void)args, (void)count;
    return number(42);
}
static Value add_ten(Thread *t, Value *args, int count) {
    (void)count;
    return object_binary_op(t, BINARY_ADD, args[1], number(10));
}
static Value say_x(Thread *t, Value *args, int count) {
    (void)args, (void)count;
    return str_from_c(t, "<X>");
}
static Value reflected(Thread *t, Value *args, int count) {
    (void)args, (void)count;
    return str_from_c(t, "reflected");
}
static Value decline(Thread *t, Value *args, int count) {
    (void)t, (void)args, (void)count;
    return VALUE_NOT_IMPLEMENTED;
}
static Value say_name(Thread *t, Value *args, int count) {
    (void)t, (void)count;
    return args[1];
}
static Value yes(Thread *t, Value *args, int count) {
    (void)t, (void)args, (void)count;
    return VALUE_TRUE;
}
static Value stop(Thread *t, Value *args, int count) {
    (void)args, (void)count;
    return raise_stop_iteration(t, number(7));
}
static Value take_all(Thread *t, Value *args, int count) {
    return tuple_from_values(t, args, (size_t)count);
}

static const MethodRow answer_row = {"answer", answer, "self, /", NULL, METHOD_INSTANCE};
static const MethodRow add_row = {"__add__", add_ten, "self, value, /", NULL, METHOD_INSTANCE};
static const MethodRow repr_row = {"__repr__", say_x, "self, /", NULL, METHOD_INSTANCE};
static const MethodRow radd_row = {"__radd__", reflected, "self, value, /", NULL, METHOD_INSTANCE};
static const MethodRow decline_row = {"__add__", decline, "self, value, /", NULL, METHOD_INSTANCE};
static const MethodRow getattr_row = {"__getattr__", say_name, "self, name, /", NULL,
                                      METHOD_INSTANCE};
static const MethodRow len_row = {"__len__", answer, "self, /", NULL, METHOD_INSTANCE};
static const MethodRow eq_row = {"__eq__", yes, "self, value, /", NULL, METHOD_INSTANCE};
static const MethodRow next_row = {"__next__", stop, "self, /", NULL, METHOD_INSTANCE};
static const MethodRow iter_row = {"__iter__", say_x, "self, /", NULL, METHOD_INSTANCE};

static void test_classes(void) {
    Value a = simple_class("A", VALUE_ABSENT);
    CHECK_REPR(a, "<class 'A'>");
    Value x = object_call0(thread, a);
    CHECK(type_of(x) == value_as_type(a));
    CHECK(set(x, "p", number(1)) && set(x, "q", text("two")));
    CHECK_REPR(get(x, "p"), "1");
    CHECK_REPR(get(x, "__dict__"), "{'p': 1, 'q': 'two'}");
    CHECK(set(x, "r", number(3)));
    CHECK_REPR(get(x, "__dict__"), "{'p': 1, 'q': 'two', 'r': 3}");
    CHECK_FAILS(get(x, "nothing"), AttributeError, "'A' object has no attribute 'nothing'");
    CHECK_FAILS(get(a, "nothing"), AttributeError, "type object 'A' has no attribute 'nothing'");
    CHECK_FAILS(object_call1(thread, a, number(1)), TypeError, "A() takes no arguments");
    Value b = simple_class("B", a);
    CHECK_REPR(get(b, "__mro__"), "(<class 'B'>, <class 'A'>, <class 'object'>)");
    CHECK(set(a, "shared", number(5)));
    Value y = object_call0(thread, b);
    CHECK_REPR(get(y, "shared"), "5");
    CHECK(set(a, "shared", number(6)));
    CHECK_REPR(get(y, "shared"), "6");
    CHECK(set(b, "shared", number(7)));
    CHECK_REPR(get(y, "shared"), "7");
    CHECK_REPR(object_call_method(thread, a, text("__subclasses__"), NULL, 0), "[<class 'B'>]");
    CHECK(object_is_instance(thread, y, a) == 1 && object_is_subclass(thread, a, b) == 0);
    CHECK_FAILS(new_class("C", tuple_of(thread, 2, a, b), empty_namespace()), TypeError,
                "Cannot create a consistent method resolution\norder (MRO) for bases A, B");
    CHECK_FAILS(new_class("C", tuple_of(thread, 2, a, a), empty_namespace()), TypeError,
                "duplicate base class A");
    CHECK_FAILS(simple_class("C", value_from_type(&none_type)), TypeError,
                "type 'NoneType' is not an acceptable base type");
    CHECK_FAILS(
        new_class("C",
                  tuple_of(thread, 2, value_from_type(&list_type), value_from_type(&dict_type)),
                  empty_namespace()),
        TypeError, "multiple bases have instance lay-out conflict");
    CHECK(!set(value_from_type(&list_type), "x", number(1)));
    CHECK_RAISED(TypeError, "cannot set 'x' attribute of immutable type 'list'");
    CHECK(set(y, "__class__", a) && type_of(y) == value_as_type(a));
}

static void test_shapes(void) {
    Value a = simple_class("A", VALUE_ABSENT);
    Type *type = value_as_type(a);
    Value first = object_call0(thread, a), second = object_call0(thread, a);
    CHECK(set(first, "p", number(1)) && set(second, "p", number(2)));
    CHECK(value_as_object(first)->shape == value_as_object(second)->shape);
    char name[8];
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "n%d", i);
        CHECK(set(first, name, number(i)));
    }
    CHECK_REPR(get(first, "n39"), "39");
    CHECK_REPR(get(first, "n0"), "0");
    CHECK(type->inline_slots == 32);
    Value third = object_call0(thread, a);
    CHECK(object_shape(value_as_object(third))->inline_capacity == 32);
    CHECK(set(third, "p", number(3)) && set(third, "q", number(4)));
    CHECK(set(third, "p", VALUE_ABSENT));
    CHECK(object_shape(value_as_object(third))->is_dictionary);
    CHECK_REPR(get(third, "__dict__"), "{'q': 4}");
    CHECK(!set(third, "p", VALUE_ABSENT));
    CHECK_RAISED(AttributeError, "'A' object has no attribute 'p'");
    for (int i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "m%d", i);
        CHECK(set(second, name, number(i)));
    }
    CHECK(object_shape(value_as_object(second))->is_dictionary);
    CHECK_REPR(get(second, "m199"), "199");
    heap_collect(thread->heap);
    CHECK_REPR(get(second, "m3"), "3");
    CHECK_REPR(get(first, "n20"), "20");
}

// Inline caches depend on the epoch: what the evaluator marks when it fills one decides whether a
// change of a class makes all of them miss.
static void test_class_epoch(void) {
    Value a = simple_class("A", VALUE_ABSENT), b = simple_class("B", a);
    Value counter = text("epoch_counter"), looked_for = text("epoch_looked_for");
    CHECK(set(a, "epoch_looked_for", number(1)) && set(a, "epoch_counter", number(1)));
    uint32_t epoch = thread->class_epoch;
    CHECK(set(a, "epoch_looked_for", number(2)));
    CHECK(thread->class_epoch == epoch);
    value_as_type(b)->flags |= TYPE_CACHED;
    value_as_str(looked_for)->header.data |= STR_CACHED;
    CHECK(set(a, "epoch_counter", number(2)) && set(b, "epoch_counter", number(3)));
    CHECK(thread->class_epoch == epoch);
    CHECK_REPR(type_find(value_as_type(b), counter), "3");
    CHECK(set(b, "epoch_counter", VALUE_ABSENT));
    CHECK_REPR(type_find(value_as_type(b), counter), "2");
    CHECK(thread->class_epoch == epoch && value_as_type(b)->flags & TYPE_CACHED);
    CHECK(set(a, "epoch_looked_for", number(3)));
    CHECK(thread->class_epoch == epoch + 1);
    CHECK(set(a, "epoch_looked_for", number(4)));
    CHECK(thread->class_epoch == epoch + 1);
    value_as_type(b)->flags |= TYPE_CACHED;
    CHECK(set(a, "__len__", VALUE_NONE));
    CHECK(thread->class_epoch == epoch + 2);
    value_as_type(b)->flags |= TYPE_CACHED;
    Value other = simple_class("Other", VALUE_ABSENT);
    CHECK(set(b, "__bases__", tuple_of(thread, 1, other)));
    CHECK(thread->class_epoch == epoch + 3);
    CHECK_REPR(get(b, "__mro__"), "(<class 'B'>, <class 'Other'>, <class 'object'>)");
    CHECK(value_is_absent(type_find(value_as_type(b), looked_for)));
}

static void test_slots_of_classes(void) {
    Value a = simple_class("A", VALUE_ABSENT);
    CHECK(set(a, "answer", method(&answer_row)) && set(a, "__add__", method(&add_row)));
    Value x = object_call0(thread, a);
    CHECK_REPR(object_call_method(thread, x, text("answer"), NULL, 0), "42");
    CHECK_REPR(object_binary_op(thread, BINARY_ADD, x, number(5)), "15");
    CHECK_FAILS(object_binary_op(thread, BINARY_SUBTRACT, x, number(5)), TypeError,
                "unsupported operand type(s) for -: 'A' and 'int'");
    Value b = simple_class("B", a);
    Value y = object_call0(thread, b);
    CHECK(set(a, "__repr__", method(&repr_row)));
    CHECK_REPR(y, "<X>");
    CHECK(set(a, "__repr__", VALUE_ABSENT));
    Value shown = object_repr(thread, y);
    CHECK(!str_equals_c(value_as_str(shown), "<X>"));
    CHECK(set(b, "__radd__", method(&radd_row)));
    CHECK_REPR(object_binary_op(thread, BINARY_ADD, x, y), "'reflected'");
    CHECK(set(a, "__add__", method(&decline_row)));
    CHECK_REPR(object_binary_op(thread, BINARY_ADD, number(1), y), "'reflected'");
    CHECK_FAILS(object_binary_op(thread, BINARY_ADD, number(1), x), TypeError,
                "unsupported operand type(s) for +: 'int' and 'A'");
    CHECK(set(a, "__getattr__", method(&getattr_row)));
    CHECK_REPR(get(y, "unknown"), "'unknown'");
    CHECK(set(a, "__getattr__", VALUE_ABSENT));
    CHECK_FAILS(get(y, "unknown"), AttributeError, "'B' object has no attribute 'unknown'");
    CHECK(object_length(thread, x) == -1);
    CHECK_RAISED(TypeError, "object of type 'A' has no len()");
    CHECK(set(a, "__len__", method(&len_row)) && object_length(thread, y) == 42);
    CHECK(object_is_true(thread, y) == 1);
    CHECK(set(a, "__iter__", method(&iter_row)));
    CHECK_FAILS(object_iterate(thread, x), TypeError, "iter() returned non-iterator of type 'str'");
    CHECK(set(a, "__next__", method(&next_row)) && value_is_absent(object_next(thread, x)));
    CHECK(!error_is_pending(thread) && value_same(thread->stop_value, number(7)));
    CHECK(set(a, "__contains__", VALUE_NONE) && object_contains(thread, x, number(1)) == -1);
    CHECK_RAISED(TypeError, "'A' object is not a container");
}

static void test_hash_and_equality(void) {
    Value namespace = empty_namespace();
    CHECK(dict_set_c(thread, value_as_dict(namespace), "__eq__", method(&eq_row)));
    Value a = new_class("A", tuple_of(thread, 0), namespace);
    Value x = object_call0(thread, a);
    int64_t hash;
    CHECK(!object_hash(thread, x, &hash));
    CHECK_RAISED(TypeError, "unhashable type: 'A'");
    CHECK(object_equal(thread, x, number(1)) == 1);
    CHECK_REPR(object_compare(thread, x, number(1), COMPARE_NE), "False");
    CHECK_FAILS(object_compare(thread, x, number(1), COMPARE_LT), TypeError,
                "'<' not supported between instances of 'A' and 'int'");
    CHECK_REPR(get(value_from_type(&list_type), "__hash__"), "None");
}

static void test_builtin_dunders(void) {
    Value items[2] = {number(1), number(2)};
    Value list = list_from_values(thread, items, 2);
    CHECK_REPR(object_call0(thread, get(list, "__len__")), "2");
    CHECK_REPR(get(value_from_type(&list_type), "__len__"),
               "<slot wrapper '__len__' of 'list' objects>");
    CHECK_FAILS(call_method1(list, "__len__", number(1)), TypeError, "expected 0 arguments, got 1");
    CHECK_FAILS(object_call1(thread, get(value_from_type(&list_type), "__len__"), number(1)),
                TypeError, "descriptor '__len__' requires a 'list' object but received a 'int'");
    CHECK_REPR(call_method1(list, "__eq__", list), "True");
    CHECK_REPR(call_method1(list, "__contains__", number(2)), "True");
    CHECK_REPR(call_method1(list, "__getitem__", number(1)), "2");
    Value sub = simple_class("L", value_from_type(&list_type));
    CHECK(value_as_type(sub)->get_item == list_type.get_item);
    Value made = object_call1(thread, sub, list);
    CHECK_REPR(made, "[1, 2]");
    CHECK(set(made, "extra", number(9)));
    CHECK_REPR(get(made, "extra"), "9");
    CHECK_REPR(object_binary_op(thread, BINARY_ADD, made, list), "[1, 2, 1, 2]");
    Value pair = simple_class("T", value_from_type(&tuple_type));
    Value t = object_call1(thread, pair, list);
    CHECK_REPR(t, "(1, 2)");
    CHECK(set(t, "extra", number(8)));
    heap_collect(thread->heap);
    CHECK_REPR(get(t, "extra"), "8");
    CHECK_FAILS(object_call0(thread, get(list, "append")), TypeError,
                "list.append() takes exactly one argument (0 given)");
    CHECK_FAILS(object_call1(thread, get(list, "copy"), list), TypeError,
                "list.copy() takes no arguments (1 given)");
    CHECK_FAILS(object_call1(thread, get(list, "insert"), list), TypeError,
                "insert expected 2 arguments, got 1");
    CHECK_FAILS(object_call1(thread, get(list, "sort"), list), TypeError,
                "sort() takes no positional arguments");
    CHECK_FAILS(object_call0(thread, get(value_from_type(&list_type), "append")), TypeError,
                "unbound method list.append() needs an argument");
    Value args[2] = {number(1), number(2)};
    CHECK_FAILS(
        object_call(thread, get(value_from_type(&list_type), "append"), args, 2, VALUE_ABSENT),
        TypeError, "descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
    Value names = tuple_of(thread, 1, text("x"));
    CHECK_FAILS(object_call(thread, get(list, "append"), args, 0, names), TypeError,
                "list.append() takes no keyword arguments");
    CHECK_FAILS(object_call(thread, get(list, "sort"), args, 0, names), TypeError,
                "'x' is an invalid keyword argument for sort()");
}

static void test_members(void) {
    Value namespace = empty_namespace();
    Value names = tuple_of(thread, 2, text("b"), text("a"));
    CHECK(dict_set_c(thread, value_as_dict(namespace), "__slots__", names));
    Value a = new_class("A", tuple_of(thread, 0), namespace);
    Value x = object_call0(thread, a);
    CHECK(set(x, "a", number(1)));
    CHECK_REPR(get(x, "a"), "1");
    CHECK_FAILS(get(x, "b"), AttributeError, "'A' object has no attribute 'b'");
    CHECK(!set(x, "c", number(1)));
    CHECK_RAISED(AttributeError, "'A' object has no attribute 'c'");
    CHECK_REPR(get(a, "a"), "<member 'a' of 'A' objects>");
    Value b = simple_class("B", a);
    Value y = object_call0(thread, b);
    CHECK(set(y, "a", text("kept")) && set(y, "z", text("too")));
    heap_collect(thread->heap);
    CHECK_REPR(get(y, "a"), "'kept'");
    CHECK_REPR(get(y, "__dict__"), "{'z': 'too'}");
    namespace = empty_namespace();
    CHECK(dict_set_c(thread, value_as_dict(namespace), "__slots__", text("a")));
    CHECK(dict_set_c(thread, value_as_dict(namespace), "a", number(1)));
    CHECK_FAILS(new_class("C", tuple_of(thread, 0), namespace), ValueError,
                "'a' in __slots__ conflicts with class variable");
}

static void test_descriptors(void) {
    Value getter = native_function_new(
        thread, &(const MethodRow){"get", answer, "self, /", NULL, 0}, VALUE_ABSENT, VALUE_ABSENT);
    Value property = object_call1(thread, value_from_type(&property_type), getter);
    Value namespace = empty_namespace();
    CHECK(dict_set_c(thread, value_as_dict(namespace), "p", property));
    static const MethodRow all_row = {"all", take_all, "*args", NULL, METHOD_STATIC};
    Value all = native_function_new(thread, &all_row, VALUE_ABSENT, VALUE_ABSENT);
    CHECK(dict_set_c(thread, value_as_dict(namespace), "s", staticmethod_new(thread, all)));
    Value a = new_class("A", tuple_of(thread, 0), namespace);
    Value x = object_call0(thread, a);
    CHECK_REPR(get(x, "p"), "42");
    CHECK(!set(x, "p", number(1)));
    CHECK_RAISED(AttributeError, "property 'p' of 'A' object has no setter");
    CHECK_REPR(call_method1(x, "s", number(1)), "(1,)");
    Value b = simple_class("B", a);
    Value y = object_call0(thread, b);
    Value super = object_call2(thread, value_from_type(&super_type), b, y);
    CHECK_REPR(get(super, "p"), "42");
    CHECK_FAILS(get(super, "nothing"), AttributeError, "'super' object has no attribute 'nothing'");
    CHECK_FAILS(object_call2(thread, value_from_type(&super_type), b, number(1)), TypeError,
                "super(type, obj): obj must be an instance or subtype of type");
    Value module = module_new(thread, text("m"));
    CHECK(set(module, "x", number(1)));
    CHECK_REPR(get(module, "x"), "1");
    CHECK_REPR(module, "<module 'm'>");
    CHECK_FAILS(get(module, "y"), AttributeError, "module 'm' has no attribute 'y'");
    Value alias = object_get_item(thread, value_from_type(&list_type), a);
    CHECK(!value_is_error(alias));
    Value either = object_binary_op(thread, BINARY_OR, value_from_type(&list_type), VALUE_NONE);
    CHECK_REPR(either, "list | None");
    CHECK(object_is_instance(thread, VALUE_NONE, either) == 1);
    CHECK(object_is_instance(thread, number(1), either) == 0);
}

static void test_exceptions(void) {
    raise_value_error(thread, "bad %s %d %R %T", "thing", 3, text("x"), number(1));
    CHECK_RAISED(ValueError, "bad thing 3 'x' int");
    raise_key_error(thread, text("k"));
    CHECK_RAISED(KeyError, "'k'");
    raise_os_error(thread, 2, text("f"));
    CHECK_RAISED(FileNotFoundError, "[Errno 2] No such file or directory: 'f'");
    CHECK_FAILS(get(number(1), "x"), AttributeError, "'int' object has no attribute 'x'");
    CHECK(value_is_error(get(number(1), "x")));
    Value error = error_take(thread);
    CHECK_REPR(get(error, "name"), "'x'");
    CHECK_REPR(get(error, "obj"), "1");
    CHECK_REPR(error, "AttributeError(\"'int' object has no attribute 'x'\")");
    // Context: raising while another is handled links it; raising the handled one again does not.
    thread->handled = error;
    raise_type_error(thread, "second");
    Value second = error_take(thread);
    CHECK(value_same(get(second, "__context__"), error));
    thread->handled = second;
    CHECK(value_is_error(raise_value(thread, error)));
    CHECK(value_same(error_take(thread), error));
    CHECK(value_same(get(error, "__context__"), second));
    CHECK(value_is_none(get(second, "__context__")));
    thread->handled = VALUE_NONE;
    CHECK_FAILS(raise_value(thread, number(1)), TypeError,
                "exceptions must derive from BaseException");
    Value group_args[2] = {text("g"), tuple_of(thread, 2, error, second)};
    Value group = object_call(thread, value_from_type(&exception_BaseExceptionGroup), group_args, 2,
                              VALUE_ABSENT);
    CHECK(type_of(group) == &exception_ExceptionGroup);
    CHECK_REPR(object_str(thread, group), "'g (2 sub-exceptions)'");
    Value parts = call_method1(group, "split", value_from_type(&exception_TypeError));
    CHECK_REPR(parts, "(ExceptionGroup('g', [TypeError('second')]), ExceptionGroup('g', "
                      "[AttributeError(\"'int' object has no attribute 'x'\")]))");
    CHECK_REPR(get(value_from_type(&exception_ExceptionGroup), "__mro__"),
               "(<class 'ExceptionGroup'>, <class 'BaseExceptionGroup'>, <class 'Exception'>, "
               "<class 'BaseException'>, <class 'object'>)");
    CHECK(value_is_none(call_method1(error, "add_note", text("n"))));
    CHECK_REPR(get(error, "__notes__"), "['n']");
    CHECK(exception_matches(thread, error, value_from_type(&exception_Exception)) == 1);
    CHECK(exception_matches(thread, error, number(1)) == -1);
    CHECK_RAISED(TypeError,
                 "catching classes that do not inherit from BaseException is not allowed");
    Value own = simple_class("Own", value_from_type(&exception_OSError));
    Value made = object_call2(thread, own, number(2), text("gone"));
    CHECK_REPR(object_str(thread, made), "'[Errno 2] gone'");
    CHECK(set(made, "detail", number(4)));
    heap_collect(thread->heap);
    CHECK_REPR(get(made, "detail"), "4");
    raise_stop_iteration(thread, number(3));
    CHECK_REPR(get(error_take(thread), "value"), "3");
    Value unicode_args[5] = {text("ascii"), str_from_c(thread, "\xc3\xa9"), number(0), number(1),
                             text("no")};
    made = object_call(thread, value_from_type(&exception_UnicodeEncodeError), unicode_args, 5,
                       VALUE_ABSENT);
    CHECK_REPR(object_str(thread, made),
               "\"'ascii' codec can't encode character '\\\\xe9' in position 0: no\"");
}

// Classes die with their instances; so do their shapes.
static void test_death_of_classes(void) {
    for (int i = 0; i < 300; i++) {
        Value a = simple_class("Short", VALUE_ABSENT);
        Value meta = simple_class("Meta", value_from_type(&type_type));
        Value args[3] = {text("Made"), tuple_of(thread, 1, a), empty_namespace()};
        Value b = object_call(thread, meta, args, 3, VALUE_ABSENT);
        CHECK(!value_is_error(b));
        Value x = object_call0(thread, b);
        CHECK(set(x, "p", number(i)));
        if (i % 100 == 99) heap_collect(thread->heap);
    }
    Value list = object_call_method(thread, value_from_type(&type_type), text("__subclasses__"),
                                    &(Value){value_from_type(&type_type).bits}, 1);
    CHECK(value_as_list(list)->length < 200);
}

static Value recurse(Thread *t, Value *args, int count) {
    (void)count;
    return object_call_method(t, args[0], str_intern_c(t, "again"), NULL, 0);
}

static void test_deep_recursion(void) {
    static const MethodRow row = {"again", recurse, "self, /", NULL, METHOD_INSTANCE};
    Value a = simple_class("A", VALUE_ABSENT);
    CHECK(set(a, "again", method(&row)));
    Value x = object_call0(thread, a);
    CHECK_FAILS(object_call_method(thread, x, text("again"), NULL, 0), RecursionError,
                "maximum recursion depth exceeded while calling a Python object");
}

static void run_all(uint64_t stress) {
    RuntimeOptions options = {.hash_seed = "0", .heap.stress_interval = stress};
    Runtime *runtime = runtime_new(&options);
    if (!CHECK(runtime != NULL)) return;
    thread = runtime->main_thread;
    test_classes();
    test_shapes();
    test_class_epoch();
    test_slots_of_classes();
    test_hash_and_equality();
    test_builtin_dunders();
    test_members();
    test_descriptors();
    test_exceptions();
    test_death_of_classes();
    test_deep_recursion();
    CHECK(!error_is_pending(thread));
    runtime_delete(runtime);
}

int main(void) {
    run_all(0);
    run_all(7);
    return harness_finish();
}
