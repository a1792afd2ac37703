// test_base_containers.c — arena, vectors and text buffer.
#include "base/arena.h"
#include "base/text_buffer.h"
#include "base/vector.h"

#include "tests/unit/harness.h"

VECTOR_DEFINE(IntVector, int_vector, int)
ARENA_VECTOR_DEFINE(ArenaInts, arena_ints, int)

static void test_arena(void) {
    Arena arena = {0};
    char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = arena_allocate(&arena, i * 7);
        CHECK(blocks[i] != NULL && (uintptr_t)blocks[i] % 16 == 0);
        memset(blocks[i], (int)i, i * 7);
    }
    bool intact = true;
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i * 7; j++) intact = intact && blocks[i][j] == (char)i;
    CHECK(intact);
    CHECK_TEXT(arena_copy_text(&arena, "hello", 4), "hell");
    int *zeros = arena_allocate_array(&arena, 100, sizeof(int));
    CHECK(zeros[0] == 0 && zeros[99] == 0);
    char *block = arena_copy(&arena, "0123456789", 10);
    char *longer = arena_extend(&arena, block, 10, 40);
    CHECK(longer == block && memcmp(longer, "0123456789", 10) == 0);
    arena_allocate(&arena, 1);
    char *moved = arena_extend(&arena, longer, 40, 100000);
    CHECK(moved != longer && memcmp(moved, "0123456789", 10) == 0);
    CHECK(!arena.failed && arena_allocate_array(&arena, SIZE_MAX / 2, 16) == NULL && arena.failed);
    CHECK(arena_allocate(&arena, SIZE_MAX) == NULL);
    arena_free_all(&arena);
    CHECK(arena.allocated == 0 && !arena.failed);
}

static void test_vectors(void) {
    IntVector vector = {0};
    for (int i = 0; i < 1000; i++) CHECK(int_vector_push(&vector, i));
    CHECK(vector.count == 1000 && vector.items[999] == 999 && *int_vector_last(&vector) == 999);
    CHECK(int_vector_pop(&vector) == 999 && vector.count == 999);
    int more[] = {7, 8};
    CHECK(int_vector_extend(&vector, more, 2) && vector.items[1000] == 8);
    CHECK(!int_vector_reserve(&vector, SIZE_MAX / 2) && vector.items[1000] == 8);
    int_vector_truncate(&vector, 1);
    CHECK(vector.count == 1);
    int_vector_free(&vector);
    CHECK(vector.items == NULL && vector.capacity == 0);

    Arena arena = {0};
    ArenaInts first = {0}, second = {0};
    for (int i = 0; i < 1000; i++)
        CHECK(arena_ints_push(&arena, &first, i) && arena_ints_push(&arena, &second, -i));
    bool intact = true;
    for (int i = 0; i < 1000; i++) intact = intact && first.items[i] == i && second.items[i] == -i;
    CHECK(intact && arena_ints_extend(&arena, &first, more, 2) && first.count == 1002);
    CHECK(!arena_ints_reserve(&arena, &first, SIZE_MAX / 2) && arena.failed);
    arena_free_all(&arena);
}

static void test_text_buffer(void) {
    TextBuffer buffer = {0};
    CHECK_TEXT(text_buffer_text(&buffer), "");
    text_buffer_append_text(&buffer, "a");
    text_buffer_append_byte(&buffer, 'b');
    text_buffer_append_fill(&buffer, '-', 3);
    text_buffer_append_code_point(&buffer, 0x20AC);
    text_buffer_append_format(&buffer, "%d|%s", 42, "xyz");
    CHECK_TEXT(text_buffer_text(&buffer), "ab---\xE2\x82\xAC"
                                          "42|xyz");
    text_buffer_truncate(&buffer, 2);
    CHECK(text_buffer_append_format(&buffer, "%0500d", 1));
    CHECK(buffer.length == 502 && buffer.bytes[501] == '1' && buffer.bytes[502] == '\0');
    char *taken = text_buffer_take(&buffer);
    CHECK(taken != NULL && strlen(taken) == 502 && buffer.bytes == NULL);
    free(taken);
    CHECK(!text_buffer_reserve(&buffer, SIZE_MAX - 1) && buffer.failed);
    CHECK(!text_buffer_append_text(&buffer, "x") && text_buffer_take(&buffer) == NULL);
    CHECK(!buffer.failed);
}

int main(void) {
    test_arena();
    test_vectors();
    test_text_buffer();
    return harness_finish();
}
