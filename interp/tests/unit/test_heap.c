// test_heap.c — the heap alone, with objects of its own making: what is reachable stays, what is
// not goes, under every allocator, with stress, with verification, without room.
#include "memory/barrier.h"
#include "memory/heap_private.h"
#include "tests/unit/harness.h"

// A node refers to two others; a leaf to none; a counted object releases something.
enum { LEAF = 1, NODE = 2, RESOURCE = 3, WIDE = 4 };
typedef struct {
    Object header;
    Value left, right;
    uint64_t number;
} Node;
typedef struct {
    Object header;
    uint64_t count;
    Value items[];
} Wide;

static unsigned released;

static void trace(Marker *marker, Object *object) {
    if (object->shape == NODE || object->shape == RESOURCE) {
        mark_value(marker, ((Node *)object)->left);
        mark_value(marker, ((Node *)object)->right);
    } else if (object->shape == WIDE) {
        mark_values(marker, ((Wide *)object)->items, ((Wide *)object)->count);
    }
}
static void release(Heap *heap, Object *object) {
    (void)heap;
    released += object->shape == RESOURCE;
}
static bool is_plain(uint32_t shape) { return shape == LEAF; }

static const HeapCallbacks callbacks = {trace, release, is_plain};

static Heap *make(HeapOptions options) {
    options.collect_enabled = true;
    Heap *heap = heap_new(&options, &callbacks);
    if (!heap) exit(1);
    heap->stack_base = (char *)__builtin_frame_address(0) + 256;
    return heap;
}

static NOINLINE Node *node_new(Heap *heap, Node *left, Node *right, uint64_t number) {
    Node *node = (Node *)heap_allocate(heap, sizeof(Node), NODE);
    if (!node) return NULL;
    node->left = value_from_object(left);
    node->right = value_from_object(right);
    node->number = number;
    return node;
}

static NOINLINE Node *chain_new(Heap *heap, uint64_t length) {
    Node *last = NULL;
    for (uint64_t i = 0; i < length; i++) last = node_new(heap, last, NULL, i);
    return last;
}

static bool chain_is_whole(const Node *node, uint64_t length) {
    for (; length > 0; node = (Node *)(uintptr_t)node->left.bits) {
        if (!node || node->header.shape != NODE || node->number != --length) return false;
    }
    return node == NULL;
}

// Overwrites what earlier calls left on the native stack.
static NOINLINE void clear_stack(void) {
    volatile char junk[8192];
    for (size_t i = 0; i < sizeof junk; i++) junk[i] = 0;
}

static void count_object(Object *object, void *context) {
    (void)object;
    ++*(size_t *)context;
}
static size_t count_objects(Heap *heap) {
    size_t count = 0;
    heap_visit_objects(heap, count_object, &count);
    return count;
}

static void test_classes(void) {
    for (size_t size = 1; size <= HEAP_SMALL_LIMIT; size++) {
        unsigned size_class = heap_size_class(size);
        bool fits = heap_class_size(size_class) >= size &&
                    (size_class == 0 || heap_class_size(size_class - 1) < size) &&
                    heap_class_size(size_class) % 16 == 0;
        if (!fits && !CHECK(fits)) return;
    }
    CHECK(heap_class_size(heap_size_class(HEAP_SMALL_LIMIT)) == HEAP_SMALL_LIMIT);
}

static NOINLINE void make_garbage(Heap *heap) {
    for (int i = 0; i < 20; i++) chain_new(heap, 1000);
}

static void test_reachability(HeapOptions options) {
    Heap *heap = make(options);
    Node *chain = chain_new(heap, 5000);
    make_garbage(heap);
    clear_stack();
    heap_collect(heap);
    CHECK(chain_is_whole(chain, 5000));
    size_t live = count_objects(heap);
    CHECK(live >= 5000 && live < 8100);
    // Everything handed out again is zero but for the header.
    bool zero = true;
    for (int i = 0; i < 3000; i++) {
        Object *leaf = heap_allocate(heap, 40, LEAF);
        uint64_t words[5];
        memcpy(words, leaf, 40);
        zero = zero && (words[0] & ~(uint64_t)0xff00000000) == LEAF &&
               !(words[1] | words[2] | words[3] | words[4]);
        memset((char *)leaf + 8, 0xff, 32);
    }
    CHECK(zero);
    CHECK(chain_is_whole(chain, 5000));
    HeapStatistics statistics;
    heap_statistics(heap, &statistics);
    CHECK(statistics.collections >= 1 && statistics.pause_max_ns <= statistics.pause_total_ns);
    heap_delete(heap);
}

static NOINLINE char *hidden_pointer(Heap *heap, size_t size, size_t offset) {
    char *object = (char *)heap_allocate(heap, size, LEAF);
    memset(object + 8, 0x5a, size - 8);
    return object + offset;
}

static void test_interior_pointers(HeapOptions options) {
    Heap *heap = make(options);
    static const size_t sizes[] = {16, 48, 256, 320, 16384, 16400, 1 << 20};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *volatile inside = hidden_pointer(heap, sizes[i], sizes[i] / 2);
        char *volatile end = hidden_pointer(heap, sizes[i], sizes[i]);
        clear_stack();
        heap_collect(heap);
        make_garbage(heap);
        CHECK(inside[0] == 0x5a && end[-1] == 0x5a);
        CHECK((char *)heap_find_object(heap, (uintptr_t)inside) == inside - sizes[i] / 2);
        CHECK(heap_find_object(heap, (uintptr_t)end) != NULL);
    }
    CHECK(heap_find_object(heap, (uintptr_t)&heap) == NULL);
    CHECK(heap_find_object(heap, 0) == NULL && heap_find_object(heap, UINT64_MAX) == NULL);
    heap_delete(heap);
}

static Value static_root;
static void scan_static_root(Marker *marker, void *context) {
    mark_value(marker, *(Value *)context);
}

static void test_roots(HeapOptions options) {
    Heap *heap = make(options);
    Handle *handle = handle_new(heap, value_from_object(chain_new(heap, 100)));
    static_root = value_from_object(chain_new(heap, 200));
    CHECK(heap_add_root_scanner(heap, scan_static_root, &static_root));
    clear_stack();
    heap_collect(heap);
    make_garbage(heap);
    CHECK(chain_is_whole((Node *)value_as_object(handle_get(handle)), 100));
    CHECK(chain_is_whole((Node *)value_as_object(static_root), 200));
    handle_set(handle, static_root);
    handle_delete(heap, handle);
    heap_remove_root_scanner(heap, scan_static_root, &static_root);
    clear_stack();
    heap_collect(heap);
    CHECK(count_objects(heap) < 4300);
    heap_delete(heap);
}

static Object *weak_entries[100];
static void clean_weak_entries(Heap *heap, void *context) {
    (void)context;
    for (size_t i = 0; i < COUNT_OF(weak_entries); i++)
        if (weak_entries[i] && !heap_is_marked(heap, weak_entries[i])) weak_entries[i] = NULL;
}

static NOINLINE void fill_weak_entries(Heap *heap, Handle *handle) {
    for (size_t i = 0; i < COUNT_OF(weak_entries); i++) {
        weak_entries[i] = heap_allocate(heap, 64, LEAF);
        if (i == 7) handle_set(handle, value_from_object(weak_entries[i]));
    }
}

static void test_weak(HeapOptions options) {
    Heap *heap = make(options);
    CHECK(heap_add_weak_cleaner(heap, clean_weak_entries, NULL));
    Handle *handle = handle_new(heap, (Value){0});
    fill_weak_entries(heap, handle);
    clear_stack();
    heap_collect(heap);
    size_t alive = 0;
    for (size_t i = 0; i < COUNT_OF(weak_entries); i++) alive += weak_entries[i] != NULL;
    CHECK(weak_entries[7] != NULL && alive < 10);
    handle_delete(heap, handle);
    heap_remove_weak_cleaner(heap, clean_weak_entries, NULL);
    heap_delete(heap);
}

static NOINLINE void make_finalizable(Heap *heap, int count) {
    for (int i = 0; i < count; i++) {
        Node *node = node_new(heap, chain_new(heap, 10), NULL, (uint64_t)i);
        CHECK(heap_register_finalizer(heap, &node->header));
        CHECK(heap_register_finalizer(heap, &node->header));
        node->header.shape = RESOURCE;
        CHECK(heap_register_release(heap, &node->header));
    }
}

static NOINLINE int run_finalizers(Heap *heap) {
    int run = 0;
    for (Object *object; (object = heap_next_finalizable(heap)) != NULL; run++) {
        Node *node = (Node *)object;
        if (!chain_is_whole((Node *)value_as_object(node->left), 10)) CHECK(false);
    }
    return run;
}

static void test_finalizers(HeapOptions options) {
    released = 0;
    Heap *heap = make(options);
    volatile uint32_t poll = 0;
    heap->poll_flag = &poll;
    make_finalizable(heap, 50);
    clear_stack();
    heap_collect(heap);
    make_garbage(heap);
    CHECK(poll == HEAP_POLL_FINALIZERS);
    CHECK(options.stress_interval || released == 0);
    int run = run_finalizers(heap);
    CHECK(run >= 45 && run <= 50);
    clear_stack();
    heap_collect(heap);
    CHECK(released >= 40);
    heap_queue_all_finalizers(heap);
    run += run_finalizers(heap);
    CHECK(run == 50);
    heap_delete(heap);
    CHECK(released == 50);
}

static void test_mark_stack_overflow(void) {
    Heap *heap = make((HeapOptions){.allocator = ALLOCATOR_SLABS});
    heap->private->marker.stack_limit = 4096;
    Wide *wide = (Wide *)heap_allocate(heap, sizeof(Wide) + 40000 * sizeof(Value), WIDE);
    for (wide->count = 0; wide->count < 40000; wide->count++) {
        Node *node = chain_new(heap, 2);
        wide->items[wide->count] = value_from_object(node);
    }
    heap_collect(heap);
    make_garbage(heap);
    bool whole = true;
    for (size_t i = 0; i < wide->count; i++)
        whole = whole && chain_is_whole((Node *)value_as_object(wide->items[i]), 2);
    CHECK(whole);
    heap_delete(heap);
}

static void test_limit(AllocatorKind allocator) {
    Heap *heap = make((HeapOptions){.allocator = allocator, .max_size = 8 << 20});
    // Garbage without end fits; what is kept does not.
    bool all = true;
    for (int i = 0; i < 300; i++) all = all && heap_allocate(heap, 1 << 20, LEAF) != NULL;
    CHECK(all);
    CHECK(!heap_has_room(heap, 9 << 20) && heap_has_room(heap, 1 << 20));
    CHECK(heap_allocate(heap, 9 << 20, LEAF) == NULL);
    CHECK(heap_allocate(heap, SIZE_MAX - 100, LEAF) == NULL);
    Node *chain = NULL;
    uint64_t length = 0;
    for (; length < 1000000; length++) {
        Node *node = node_new(heap, chain, NULL, length);
        if (!node) break;
        chain = node;
    }
    CHECK(length > 50000 && length < 1000000);
    CHECK(chain_is_whole(chain, length));
    heap_account_external(heap, 6 << 20);
    CHECK(!heap_has_room(heap, 4 << 20));
    heap_account_external(heap, -(6 << 20));
    heap_delete(heap);
}

static void test_arena(void) {
    Heap *heap = make((HeapOptions){.allocator = ALLOCATOR_SLABS});
    chain_new(heap, 100000);
    CHECK(heap_arena_bytes(heap) >= 100000 * sizeof(Node));
    finalize_release_all(heap);
    large_free_all(heap);
    slab_free_all(heap);
    CHECK(heap_arena_bytes(heap) == 0);
    heap_delete(heap);
}

static void test_all(HeapOptions options) {
    test_reachability(options);
    test_interior_pointers(options);
    test_roots(options);
    test_weak(options);
    test_finalizers(options);
}

int main(void) {
    test_classes();
    for (AllocatorKind kind = ALLOCATOR_SLABS; kind <= ALLOCATOR_LIBC; kind++) {
        test_all((HeapOptions){.allocator = kind});
        test_all((HeapOptions){.allocator = kind, .verify = true});
        test_all((HeapOptions){.allocator = kind, .stress_interval = 97, .verify = true});
        test_limit(kind);
    }
    test_mark_stack_overflow();
    test_arena();
    return harness_finish();
}
