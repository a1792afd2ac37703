// test_base_hash.c — hashes that 64-bit CPython printed for the same values.
#include "base/hash.h"

#include <math.h>

#include "tests/unit/harness.h"

static int64_t hash_text(const HashKey *key, const char *text) {
    return hash_bytes(key, text, strlen(text));
}

static void test_text(void) {
    HashKey key;
    CHECK(hash_key_from_setting("0", &key) == HASH_KEY_FIXED);
    CHECK(hash_text(&key, "") == 0);
    CHECK(hash_text(&key, "a") == INT64_C(4644417185603328019));
    CHECK(hash_text(&key, "abc") == INT64_C(-4594863902769663758));
    CHECK(hash_text(&key, "abcdefgh") == INT64_C(4574395652268504554));
    CHECK(hash_text(&key, "the quick brown fox") == INT64_C(6491753435481021626));
    CHECK(hash_key_from_setting("42", &key) == HASH_KEY_FIXED);
    CHECK(hash_text(&key, "a") == INT64_C(-123207753977932514));
    CHECK(hash_text(&key, "the quick brown fox") == INT64_C(-5507856078744094505));
}

static void test_settings(void) {
    HashKey first, second;
    CHECK(hash_key_from_setting(NULL, &first) == HASH_KEY_RANDOM);
    CHECK(hash_key_from_setting("random", &second) == HASH_KEY_RANDOM);
    CHECK(first.k0 != second.k0 && first.k1 != second.k1);
    CHECK(hash_key_from_setting("4294967295", &first) == HASH_KEY_FIXED);
    CHECK(hash_key_from_setting("4294967296", &first) == HASH_KEY_INVALID);
    CHECK(hash_key_from_setting("-1", &first) == HASH_KEY_INVALID);
    CHECK(hash_key_from_setting("12x", &first) == HASH_KEY_INVALID);
}

static void test_numbers(void) {
    CHECK(hash_double(0.0) == 0 && hash_double(-0.0) == 0);
    CHECK(hash_double(1.0) == 1 && hash_double(-1.0) == -2 && hash_double(-2.0) == -2);
    CHECK(hash_double(0.5) == INT64_C(1152921504606846976));
    CHECK(hash_double(1.1) == INT64_C(230584300921369601));
    CHECK(hash_double(1e300) == INT64_C(1224995262755759164));
    CHECK(hash_double(-1e-300) == INT64_C(-482449582752280463));
    CHECK(hash_double(5e-324) == 16777216);
    CHECK(hash_double(0x1p61) == 1);
    CHECK(hash_double(INFINITY) == 314159 && hash_double(-INFINITY) == -314159);
    CHECK(hash_int64(-1) == -2 && hash_int64(7) == 7);
    CHECK(hash_int64(INT64_MIN) == -4 && hash_int64(INT64_MAX) == 3);
    CHECK(hash_int64((INT64_C(1) << 61) - 1) == 0);
    uint64_t limbs[] = {0, 1};
    CHECK(hash_limbs(limbs, 2, false) == 8 && hash_limbs(limbs, 2, true) == -8);
    uint64_t ten_to_30[] = {UINT64_C(0x4674EDEA40000000), UINT64_C(0xC9F2C9CD0)};
    CHECK(hash_limbs(ten_to_30, 2, false) == INT64_C(465258685558744706));
}

static int64_t hash_of_range(size_t count) {
    uint64_t state = hash_tuple_start();
    for (size_t i = 0; i < count; i++) state = hash_tuple_add(state, (int64_t)i);
    return hash_tuple_finish(state, count);
}

static void test_containers(void) {
    CHECK(hash_of_range(0) == INT64_C(5740354900026072187));
    CHECK(hash_of_range(100) == INT64_C(4479737025582696436));
    uint64_t state = hash_tuple_add(hash_tuple_start(), INT64_C(5740354900026072187));
    CHECK(hash_tuple_finish(state, 1) == INT64_C(-5486347211504344842));
    CHECK(hash_set_finish(0, 0) == INT64_C(133146708735736));
    state = 0;
    for (int64_t i = 99; i >= 0; i--) state = hash_set_add(state, i);
    CHECK(hash_set_finish(state, 100) == INT64_C(4411996150312757951));
}

int main(void) {
    test_text();
    test_settings();
    test_numbers();
    test_containers();
    return harness_finish();
}
