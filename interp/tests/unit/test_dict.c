// test_dict.c — dict and set as C uses them: against a model, through growth and deletion, with
// versions for inline caches, under a heap that collects all the time.
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/set.h"
#include "runtime/thread.h"
#include "tests/unit/harness.h"

enum { KEYS = 2000, STEPS = 40000 };

static uint64_t random_state = 88172645463325252u;
static uint64_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static Value number(int64_t value) { return value_from_fixnum(value); }

static Value name_of(Thread *thread, int64_t key) {
    char text[32];
    snprintf(text, sizeof text, "key%lld", (long long)key);
    return str_from_c(thread, text);
}

// The model: for each key its value and the step that inserted it; 0 is no value.
static int64_t model_values[KEYS], model_order[KEYS];

static bool order_is_right(const Dict *dict, bool names) {
    Value key, value;
    int64_t last = 0;
    size_t count = 0;
    for (size_t position = 0; dict_next(dict, &position, &key, &value); count++) {
        int64_t index = names ? strtoll((char *)str_data(value_as_str(key)) + 3, NULL, 10)
                              : value_as_fixnum(key);
        if (model_values[index] != value_as_fixnum(value) || model_order[index] <= last)
            return false;
        last = model_order[index];
    }
    return count == dict->length;
}

static void test_against_model(Thread *thread, bool names) {
    memset(model_values, 0, sizeof model_values);
    Value owner = dict_new(thread);
    Dict *dict = value_as_dict(owner);
    size_t live = 0;
    bool right = true;
    for (int64_t step = 1; step <= STEPS && right; step++) {
        // First growing, then shrinking.
        int64_t index = (int64_t)(next_random() % KEYS);
        bool insert = next_random() % 100 < (step < STEPS / 2 ? 70 : 30);
        Value key = names ? name_of(thread, index) : number(index);
        if (insert) {
            if (!dict_set(thread, dict, key, number(step))) right = false;
            if (!model_values[index]) {
                model_order[index] = step;
                live++;
            }
            model_values[index] = step;
        } else {
            int deleted = dict_delete(thread, dict, key);
            right = right && deleted == (model_values[index] != 0);
            live -= model_values[index] != 0;
            model_values[index] = 0;
        }
        right = right && dict->length == live;
    }
    CHECK(right);
    CHECK(order_is_right(dict, names));
    CHECK(dict->only_str_keys == names);
    for (int64_t index = 0; index < KEYS; index++) {
        Value key = names ? name_of(thread, index) : number(index);
        Value found = dict_find(thread, dict, key);
        bool expected = model_values[index] ? value_same(found, number(model_values[index]))
                                            : value_is_absent(found);
        if (!expected) CHECK(expected);
    }
    Value copy = dict_copy(thread, dict);
    CHECK(order_is_right(value_as_dict(copy), names));
    Value key, value;
    while (dict_pop_last(dict, &key, &value)) live--;
    CHECK(live == 0 && dict->length == 0);
    CHECK(order_is_right(value_as_dict(copy), names));
}

static void test_versions(Thread *thread) {
    Value owner = dict_new(thread);
    Dict *dict = value_as_dict(owner);
    Value a = str_intern_c(thread, "a"), b = str_intern_c(thread, "b");
    CHECK(dict_entry_of_str(thread, dict, a) == -1);
    uint32_t empty = dict->keys_version;
    CHECK(empty > DICT_NO_VERSION);
    CHECK(dict_set(thread, dict, a, number(1)) && dict->keys_version != empty);
    CHECK(dict_entry_of_str(thread, dict, a) == 0);
    uint32_t one = dict->keys_version;
    CHECK(one != empty && dict_set(thread, dict, a, number(2)) && dict->keys_version == one);
    CHECK(value_same(dict->table->entries[0].value, number(2)));
    CHECK(dict_set(thread, dict, b, number(3)) && dict->keys_version != one);
    CHECK(dict_entry_of_str(thread, dict, b) == 1);
    uint32_t two = dict->keys_version;
    CHECK(dict_delete(thread, dict, a) == 1 && dict->keys_version != two);
    CHECK(value_is_absent(dict_find_str(thread, dict, a)));
    // A key that is no str: look-ups of names go on to work.
    CHECK(dict_set(thread, dict, number(7), number(8)) && !dict->only_str_keys);
    CHECK(value_same(dict_find_str(thread, dict, b), number(3)));
    CHECK(value_same(dict_find(thread, dict, number(7)), number(8)));
}

static void test_set(Thread *thread) {
    bool model[KEYS] = {0};
    Value owner = set_new(thread);
    Set *set = value_as_set(owner);
    size_t live = 0;
    bool right = true;
    for (int step = 0; step < STEPS && right; step++) {
        int64_t index = (int64_t)(next_random() % KEYS);
        Value item = name_of(thread, index);
        if (next_random() % 100 < (step < STEPS / 2 ? 70u : 30u)) {
            right = set_add(thread, set, item);
            live += !model[index];
            model[index] = true;
        } else {
            right = set_discard(thread, set, item) == model[index];
            live -= model[index];
            model[index] = false;
        }
        right = right && set->length == live;
    }
    CHECK(right);
    for (int64_t index = 0; index < KEYS; index++) {
        bool same = set_contains(thread, set, name_of(thread, index)) == model[index];
        if (!same) CHECK(same);
    }
    Value copy = set_copy(thread, set, SHAPE_frozenset);
    CHECK(value_as_set(copy)->length == live);
    while (!value_is_absent(set_pop(set))) live--;
    CHECK(live == 0 && set->length == 0);
    // Small ints lie in CPython's order.
    set = value_as_set(owner = set_new(thread));
    static const int64_t items[] = {33, 1, 9, 17, 5, 64, 3};
    static const int64_t order[] = {64, 33, 1, 3, 5, 9, 17};
    for (size_t i = 0; i < COUNT_OF(items); i++) CHECK(set_add(thread, set, number(items[i])));
    Value item;
    size_t place = 0;
    for (size_t position = 0; set_next(set, &position, &item); place++)
        CHECK(value_same(item, number(order[place])));
}

static void test_str(Thread *thread) {
    Value a = str_from_c(thread, "gr\xc3\xbc\xc3\x9f"
                                 "e"),
          b = str_from_c(thread, "\xe2\x82\xac");
    CHECK(value_as_str(a)->length == 5 && str_kind(value_as_str(a)) == 1);
    CHECK(str_kind(value_as_str(b)) == 2 && !str_is_ascii(value_as_str(b)));
    Value joined = str_concatenate(thread, a, b);
    CHECK(str_kind(value_as_str(joined)) == 2 && str_at(value_as_str(joined), 5) == 0x20AC);
    Value part = str_substring(thread, joined, 0, 2);
    CHECK(str_is_ascii(value_as_str(part)) && str_equals_c(value_as_str(part), "gr"));
    CHECK(str_find(value_as_str(joined), value_as_str(part), 0, 6) == 0);
    CHECK(str_find(value_as_str(joined), value_as_str(b), 0, 6) == 5);
    CHECK(str_find(value_as_str(joined), value_as_str(b), 0, 5) == -1);
    CHECK(str_compare(value_as_str(a), value_as_str(joined)) == -1);
    size_t size;
    const char *text = str_as_utf8(thread, joined, &size);
    CHECK_BYTES(text, size,
                "gr\xc3\xbc\xc3\x9f"
                "e\xe2\x82\xac");
    CHECK(value_same(str_intern_c(thread, "interned"), str_intern_c(thread, "interned")));
    CHECK(value_same(str_from_character(thread, 'x'), str_from_c(thread, "x")));
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (int i = 0; i < 1000; i++) CHECK(str_builder_append_character(&builder, 'a' + i % 26));
    CHECK(str_builder_append(&builder, joined));
    Value built = str_builder_finish(&builder);
    CHECK(value_as_str(built)->length == 1006 && str_kind(value_as_str(built)) == 2);
    CHECK(str_find(value_as_str(built), value_as_str(joined), 0, 1006) == 1000);
}

static void test_all(HeapOptions heap) {
    heap.collect_enabled = true;
    RuntimeOptions options = {.heap = heap, .hash_seed = "0"};
    Runtime *runtime = runtime_new(&options);
    if (!CHECK(runtime != NULL)) return;
    Thread *thread = runtime->main_thread;
    test_against_model(thread, false);
    test_against_model(thread, true);
    test_versions(thread);
    test_set(thread);
    test_str(thread);
    CHECK(!error_is_pending(thread));
    runtime_delete(runtime);
}

int main(void) {
    test_all((HeapOptions){0});
    test_all((HeapOptions){.stress_interval = 499, .verify = true});
    return harness_finish();
}
