// str.c — Unicode text: making, interning, hashing, comparing, cutting and joining it.
//
// The one idea: a str's width is the least that holds all its characters, so equal texts have equal
// bytes, and comparing or hashing looks at bytes alone.
// runtime->interned is a ValueArray: the 256 shared Latin-1 characters, then the table of interned
// strs. That table is a ByteBuffer, which is not traced: an entry does not keep its str alive, and
// the weak cleaner drops the entries whose str has died.
#define _GNU_SOURCE // memmem
#include "objects/str.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "objects/array.h"
#include "objects/containers.h"
#include "objects/exception.h"
#include "objects/tuple.h"
#include "objects/bytes.h"

#define STR_MAX_LENGTH ((size_t)PTRDIFF_MAX / 4 - 64)

// Making

Str *str_new(Thread *thread, size_t length, uint32_t max_char) {
    unsigned kind = utf8_width_for(max_char);
    Str *str = NULL;
    if (length <= STR_MAX_LENGTH)
        str = (Str *)heap_allocate(thread->heap, sizeof(Str) + (length + 1) * kind, SHAPE_str);
    if (UNLIKELY(!str)) {
        raise_memory_error(thread);
        return NULL;
    }
    str->header.kind = (uint8_t)kind;
    str->header.data = max_char < 0x80 ? STR_ASCII : 0;
    str->length = length;
    return str;
}

static Value empty(Thread *thread) {
    Value value = NAMES(thread)->empty;
    if (LIKELY(!value_is_absent(value))) return value;
    Str *str = str_new(thread, 0, 0);
    return str ? value_from_object(str) : VALUE_ERROR;
}

Value str_from_kind(Thread *thread, unsigned kind, const void *data, size_t length) {
    if (length == 0) return empty(thread);
    if (length == 1) return str_from_character(thread, utf8_character_at(data, kind, 0));
    uint32_t bound = utf8_bound_of(data, kind, length);
    Str *str = str_new(thread, length, bound);
    if (!str) return VALUE_ERROR;
    utf8_convert(data, kind, str_data(str), str_kind(str), length);
    return value_from_object(str);
}

Value str_from_utf8(Thread *thread, const char *bytes, size_t size) {
    Utf8Summary summary;
    if (size == 0) return empty(thread);
    if (size > 1 && utf8_is_ascii(bytes, size)) {
        Str *str = str_new(thread, size, 0x7F);
        if (!str) return VALUE_ERROR;
        memcpy(str_data(str), bytes, size);
        return value_from_object(str);
    }
    bool valid = utf8_scan(bytes, size, UTF8_PASS_SURROGATES, &summary, NULL);
    ASSERT(valid);
    (void)valid;
    uint32_t bound = summary.ascii        ? 0x7F
                     : summary.width == 1 ? 0xFF
                     : summary.width == 2 ? 0xFFFF
                                          : UTF8_MAX_CODE_POINT;
    if (summary.characters == 1) {
        const char *cursor = bytes;
        return str_from_character(thread, utf8_decode_one(&cursor));
    }
    Str *str = str_new(thread, summary.characters, bound);
    if (!str) return VALUE_ERROR;
    utf8_decode(bytes, size, str_data(str), str_kind(str));
    return value_from_object(str);
}

Value str_from_c(Thread *thread, const char *text) {
    return str_from_utf8(thread, text, strlen(text));
}

static ValueArray *str_table(Thread *thread) {
    Value table = thread->runtime->interned;
    return value_is_object(table) ? (ValueArray *)value_as_object(table) : NULL;
}

Value str_from_character(Thread *thread, uint32_t character) {
    ValueArray *table = str_table(thread);
    if (character < 256 && table && !value_is_absent(table->items[character]))
        return table->items[character];
    Str *str = str_new(thread, 1, character);
    if (!str) return VALUE_ERROR;
    utf8_store_character(str_data(str), str_kind(str), 0, character);
    Value value = value_from_object(str);
    if (character >= 256 || !table) return value;
    value = str_intern(thread, value);
    if (!value_is_error(value)) object_store(thread->heap, table, &table->items[character], value);
    return value;
}

// Interning

enum {
    TABLE_SLOTS = 256, // index of the ByteBuffer; before it the Latin-1 characters
    TABLE_USED,        // fixnum: slots that are not empty
    TABLE_SIZE,
    TABLE_FIRST_SLOTS = 4096,
};
#define SLOT_DROPPED ((Str *)1)

static Str **table_slots(ValueArray *table, size_t *mask) {
    ByteBuffer *buffer = (ByteBuffer *)value_as_object(table->items[TABLE_SLOTS]);
    *mask = buffer->capacity / sizeof(Str *) - 1;
    return (Str **)(void *)buffer->bytes;
}

static void scan_str_table(Marker *marker, void *context) {
    mark_value(marker, ((Runtime *)context)->interned);
    mark_value(marker, ((Runtime *)context)->empty_tuple);
}

static void clean_str_table(Heap *heap, void *context) {
    Value value = ((Runtime *)context)->interned;
    if (!value_is_object(value)) return;
    size_t mask;
    Str **slots = table_slots((ValueArray *)value_as_object(value), &mask);
    for (size_t i = 0; i <= mask; i++)
        if (slots[i] > SLOT_DROPPED && !heap_is_marked(heap, slots[i])) slots[i] = SLOT_DROPPED;
}

bool str_initialize(Thread *thread) {
    Runtime *runtime = thread->runtime;
    ValueArray *table = value_array_new(thread, TABLE_SIZE);
    if (!table) return false;
    ByteBuffer *slots = byte_buffer_new(thread, TABLE_FIRST_SLOTS * sizeof(Str *));
    if (!slots) return false;
    table->items[TABLE_SLOTS] = value_from_object(slots);
    table->items[TABLE_USED] = value_from_fixnum(0);
    runtime->interned = value_from_object(table);
    if (heap_add_root_scanner(thread->heap, scan_str_table, runtime) &&
        heap_add_weak_cleaner(thread->heap, clean_str_table, runtime))
        return true;
    raise_memory_error(thread);
    return false;
}

static Str **find_slot(Str **slots, size_t mask, const Str *str) {
    Str **dropped = NULL;
    for (size_t i = (uint64_t)str->hash & mask;; i = (i + 1) & mask) {
        if (!slots[i]) return dropped ? dropped : &slots[i];
        if (slots[i] == SLOT_DROPPED) {
            if (!dropped) dropped = &slots[i];
        } else if (slots[i]->hash == str->hash && str_equal(slots[i], str)) {
            return &slots[i];
        }
    }
}

static bool rebuild_str_table(Thread *thread, ValueArray *table) {
    size_t mask, live = 0;
    Str **slots = table_slots(table, &mask);
    for (size_t i = 0; i <= mask; i++) live += slots[i] > SLOT_DROPPED;
    size_t size = live * 4 > mask ? (mask + 1) * 2 : mask + 1;
    ByteBuffer *buffer = byte_buffer_new(thread, size * sizeof(Str *));
    if (!buffer) return false;
    // The allocation may have collected; the old table has then fewer entries than counted.
    Str **new_slots = (Str **)(void *)buffer->bytes;
    live = 0;
    for (size_t i = 0; i <= mask; i++) {
        if (slots[i] <= SLOT_DROPPED) continue;
        *find_slot(new_slots, size - 1, slots[i]) = slots[i];
        live++;
    }
    object_store(thread->heap, table, &table->items[TABLE_SLOTS], value_from_object(buffer));
    table->items[TABLE_USED] = value_from_fixnum((int64_t)live);
    return true;
}

static int64_t hash_text(Thread *thread, const void *bytes, size_t size) {
    HashKey key;
    memcpy(&key, thread->runtime->hash_key, sizeof key);
    return hash_bytes(&key, bytes, size);
}

Value str_intern(Thread *thread, Value value) {
    Str *str = value_as_str(value);
    if (str_is_interned(str)) return value;
    ValueArray *table = str_table(thread);
    ASSERT(table != NULL);
    str_hash(thread, str);
    size_t mask;
    Str **slots = table_slots(table, &mask);
    int64_t used = value_as_fixnum(table->items[TABLE_USED]);
    if ((size_t)used * 3 > mask * 2) {
        if (!rebuild_str_table(thread, table)) return VALUE_ERROR;
        slots = table_slots(table, &mask);
        used = value_as_fixnum(table->items[TABLE_USED]);
    }
    Str **slot = find_slot(slots, mask, str);
    if (*slot > SLOT_DROPPED) return value_from_object(*slot);
    if (!value_is_str_exact(value)) return value;
    if (!*slot) table->items[TABLE_USED] = value_from_fixnum(used + 1);
    *slot = str;
    str->header.data |= STR_INTERNED;
    return value;
}

// The interned str of an ASCII text, or NULL.
static Str *find_ascii(Thread *thread, const char *text, size_t size, int64_t hash) {
    size_t mask;
    Str **slots = table_slots(str_table(thread), &mask);
    for (size_t i = (uint64_t)hash & mask; slots[i]; i = (i + 1) & mask) {
        const Str *str = slots[i];
        if (str != SLOT_DROPPED && str->hash == hash && str->length == size && str_is_ascii(str) &&
            memcmp(str_data(str), text, size) == 0)
            return slots[i];
    }
    return NULL;
}

Value str_intern_utf8(Thread *thread, const char *bytes, size_t size) {
    bool ascii = size > 0 && utf8_is_ascii(bytes, size);
    int64_t hash = 0;
    if (ascii) {
        hash = hash_text(thread, bytes, size);
        Str *found = find_ascii(thread, bytes, size, hash);
        if (found) return value_from_object(found);
    }
    Value value = str_from_utf8(thread, bytes, size);
    if (value_is_error(value)) return value;
    if (ascii) value_as_str(value)->hash = hash;
    return str_intern(thread, value);
}

Value str_intern_c(Thread *thread, const char *text) {
    return str_intern_utf8(thread, text, strlen(text));
}

// Hash and order

int64_t str_hash(Thread *thread, Str *str) {
    if (UNLIKELY(!str->hash))
        str->hash = hash_text(thread, str_data(str), str->length * str_kind(str));
    return str->hash;
}

bool str_equal(const Str *a, const Str *b) {
    if (a == b) return true;
    if (a->length != b->length || str_kind(a) != str_kind(b)) return false;
    if (a->hash != b->hash && a->hash && b->hash) return false;
    return memcmp(str_data(a), str_data(b), a->length * str_kind(a)) == 0;
}

int str_compare(const Str *a, const Str *b) {
    size_t shared = a->length < b->length ? a->length : b->length;
    if (str_kind(a) == 1 && str_kind(b) == 1) {
        int order = memcmp(str_data(a), str_data(b), shared);
        if (order) return order < 0 ? -1 : 1;
    } else {
        for (size_t i = 0; i < shared; i++) {
            uint32_t left = str_at(a, i), right = str_at(b, i);
            if (left != right) return left < right ? -1 : 1;
        }
    }
    return a->length < b->length ? -1 : a->length > b->length;
}

bool str_equals_c(const Str *str, const char *ascii) {
    return str_is_ascii(str) && strlen(ascii) == str->length &&
           memcmp(str_data(str), ascii, str->length) == 0;
}

// Searching: linear for one-byte text (the C library's two-way search); wider text is compared at
// each place where the last character fits.

static bool matches_at(const Str *str, size_t place, const Str *needle) {
    size_t length = needle->length;
    if (str_kind(str) == str_kind(needle))
        return memcmp((char *)str_data(str) + place * str_kind(str), str_data(needle),
                      length * str_kind(str)) == 0;
    for (size_t i = 0; i < length; i++)
        if (str_at(str, place + i) != str_at(needle, i)) return false;
    return true;
}

ssize_t str_find(const Str *str, const Str *needle, size_t start, size_t end) {
    if (end > str->length) end = str->length;
    if (start > end || needle->length > end - start) return -1;
    if (needle->length == 0) return (ssize_t)start;
    if (str_kind(needle) > str_kind(str)) return -1;
    if (str_kind(str) == 1) {
        const char *text = str_data(str);
        const char *found =
            needle->length == 1
                ? memchr(text + start, str_at(needle, 0), end - start)
                : memmem(text + start, end - start, str_data(needle), needle->length);
        return found ? found - text : -1;
    }
    size_t last = needle->length - 1;
    uint32_t last_character = str_at(needle, last);
    for (size_t i = start; i + needle->length <= end; i++)
        if (str_at(str, i + last) == last_character && matches_at(str, i, needle))
            return (ssize_t)i;
    return -1;
}

// Cutting and joining

static uint32_t bound_of(const Str *str) {
    if (str_is_ascii(str)) return 0x7F;
    return str_kind(str) == 1 ? 0xFF : str_kind(str) == 2 ? 0xFFFF : UTF8_MAX_CODE_POINT;
}

// Copies all of `from` into `to` at a place, widening.
static void put(Str *to, size_t place, const Str *from) {
    char *target = (char *)str_data(to) + place * str_kind(to);
    utf8_convert(str_data(from), str_kind(from), target, str_kind(to), from->length);
}

Value str_concatenate(Thread *thread, Value a, Value b) {
    Str *left = value_as_str(a), *right = value_as_str(b);
    if (left->length == 0 && value_is_str_exact(b)) return b;
    if (right->length == 0 && value_is_str_exact(a)) return a;
    uint32_t bound = bound_of(left) > bound_of(right) ? bound_of(left) : bound_of(right);
    Str *str = str_new(thread, left->length + right->length, bound);
    if (!str) return VALUE_ERROR;
    put(str, 0, left);
    put(str, left->length, right);
    return value_from_object(str);
}

Value str_substring(Thread *thread, Value value, size_t start, size_t end) {
    Str *str = value_as_str(value);
    ASSERT(start <= end && end <= str->length);
    if (start == 0 && end == str->length && value_is_str_exact(value)) return value;
    unsigned kind = str_kind(str);
    if (!str_is_ascii(str) || end - start < 2)
        return str_from_kind(thread, kind, (char *)str_data(str) + start * kind, end - start);
    Str *part = str_new(thread, end - start, 0x7F);
    if (!part) return VALUE_ERROR;
    memcpy(str_data(part), (char *)str_data(str) + start, end - start);
    return value_from_object(part);
}

Value str_join(Thread *thread, Value separator, const Value *items, size_t count) {
    Str *between = value_as_str(separator);
    size_t length = 0;
    uint32_t bound = count > 1 ? bound_of(between) : 0x7F;
    for (size_t i = 0; i < count; i++) {
        if (!value_is_str(items[i]))
            return raise_type_error(thread, "sequence item %zu: expected str instance, %T found", i,
                                    items[i]);
        Str *item = value_as_str(items[i]);
        if (bound_of(item) > bound) bound = bound_of(item);
        size_t more = item->length + (i ? between->length : 0);
        if (more > STR_MAX_LENGTH || (length += more) > STR_MAX_LENGTH)
            return raise_error(thread, &exception_OverflowError,
                               "join() result is too long for a Python string");
    }
    if (count == 0) return empty(thread);
    if (count == 1 && value_is_str_exact(items[0])) return items[0];
    Str *str = str_new(thread, length, bound);
    if (!str) return VALUE_ERROR;
    size_t place = 0;
    for (size_t i = 0; i < count; i++) {
        Str *item = value_as_str(items[i]);
        if (i && between->length) {
            put(str, place, between);
            place += between->length;
        }
        put(str, place, item);
        place += item->length;
    }
    return value_from_object(str);
}

// UTF-8

static const char *encode(Thread *thread, Str *str, size_t *size) {
    size_t needed = utf8_encoded_size(str_data(str), str_kind(str), str->length);
    ByteBuffer *buffer = byte_buffer_new(thread, needed + 1);
    if (!buffer) return NULL;
    utf8_encode(str_data(str), str_kind(str), str->length, UTF8_PASS_SURROGATES,
                (char *)buffer->bytes);
    if (size) *size = needed;
    return (const char *)buffer->bytes;
}

const char *str_as_utf8_lossy(Thread *thread, Value value, size_t *size) {
    Str *str = value_as_str(value);
    if (!str_is_ascii(str)) return encode(thread, str, size);
    if (size) *size = str->length;
    return str_data(str);
}

// Raises UnicodeEncodeError or UnicodeDecodeError, whose five arguments are these.
static COLD void raise_unicode_error(Thread *thread, Type *type, Value object, size_t start,
                                     size_t end, const char *reason) {
    Value encoding = str_from_c(thread, "utf-8");
    Value reason_text = str_from_c(thread, reason);
    if (value_is_error(encoding) || value_is_error(reason_text)) return;
    Value args = tuple_of(thread, 5, encoding, object, value_from_fixnum((int64_t)start),
                          value_from_fixnum((int64_t)end), reason_text);
    if (value_is_error(args)) return;
    Value exception = exception_new(thread, type, args);
    if (!value_is_error(exception)) raise_value(thread, exception);
}

const char *str_as_utf8(Thread *thread, Value value, size_t *size) {
    Str *str = value_as_str(value);
    size_t surrogate = utf8_find_surrogate(str_data(str), str_kind(str), str->length);
    if (LIKELY(surrogate == str->length)) return str_as_utf8_lossy(thread, value, size);
    size_t end = surrogate + 1;
    while (end < str->length && str_at(str, end) >= 0xD800 && str_at(str, end) < 0xE000) end++;
    raise_unicode_error(thread, &exception_UnicodeEncodeError, value, surrogate, end,
                        "surrogates not allowed");
    return NULL;
}

// One invalid sequence under an error handler that goes on. Result: bytes consumed, 0 on error.
static size_t append_invalid(StrBuilder *builder, const char *bytes, size_t size,
                             const Utf8Error *error, const char *errors) {
    size_t length = error->end - error->start;
    uint32_t surrogate;
    if (strcmp(errors, "replace") == 0)
        return str_builder_append_character(builder, 0xFFFD) ? length : 0;
    if (strcmp(errors, "ignore") == 0) return length;
    if (strcmp(errors, "surrogatepass") == 0) {
        unsigned used = utf8_decode_checked(bytes, size, UTF8_PASS_SURROGATES, &surrogate);
        return used && str_builder_append_character(builder, surrogate) ? used : 0;
    }
    bool escape = strcmp(errors, "surrogateescape") == 0;
    for (size_t i = 0; i < length; i++) {
        static const char digits[] = "0123456789abcdef";
        unsigned char byte = (unsigned char)bytes[i];
        char text[4] = {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        if (escape ? !str_builder_append_character(builder, 0xDC00u + byte)
                   : !str_builder_append_ascii(builder, text, 4))
            return 0;
    }
    return length;
}

static bool is_known_handler(const char *errors) {
    static const char *const handlers[] = {"strict",           "replace",       "ignore",
                                           "backslashreplace", "surrogatepass", "surrogateescape"};
    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(errors, handlers[i]) == 0) return true;
    return false;
}

static Value decode_error(Thread *thread, const char *bytes, size_t size, const Utf8Error *error) {
    Value object = bytes_new(thread, bytes, size);
    if (value_is_error(object)) return object;
    raise_unicode_error(thread, &exception_UnicodeDecodeError, object, error->start, error->end,
                        error->reason);
    return VALUE_ERROR;
}

Value str_decode_utf8(Thread *thread, const char *bytes, size_t size, const char *errors) {
    Utf8Summary summary;
    Utf8Error error;
    if (LIKELY(utf8_scan(bytes, size, UTF8_STRICT, &summary, &error)))
        return str_from_utf8(thread, bytes, size);
    if (strcmp(errors, "xmlcharrefreplace") == 0)
        return raise_type_error(thread,
                                "don't know how to handle UnicodeDecodeError in error callback");
    if (!is_known_handler(errors))
        return raise_error(thread, &exception_LookupError, "unknown error handler name '%s'",
                           errors);
    if (strcmp(errors, "strict") == 0) return decode_error(thread, bytes, size, &error);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t place = 0; place < size;) {
        bool whole = utf8_scan(bytes + place, size - place, UTF8_STRICT, &summary, &error);
        size_t valid = whole ? size - place : error.start;
        Value part = str_from_utf8(thread, bytes + place, valid);
        if (value_is_error(part) || !str_builder_append(&builder, part)) return VALUE_ERROR;
        place += valid;
        if (whole) break;
        size_t used = append_invalid(&builder, bytes + place, size - place, &error, errors);
        if (used == 0 && !error_is_pending(thread)) {
            error.end = place + (error.end - error.start);
            error.start = place;
            return decode_error(thread, bytes, size, &error);
        }
        if (used == 0) return VALUE_ERROR;
        place += used;
    }
    return str_builder_finish(&builder);
}

// Building

void str_builder_start(StrBuilder *builder, Thread *thread) {
    *builder = (StrBuilder){.thread = thread};
}

// Room for `more` characters up to `bound`.
static bool make_room(StrBuilder *builder, size_t more, uint32_t bound) {
    size_t needed = builder->length + more;
    if (more > STR_MAX_LENGTH || needed > STR_MAX_LENGTH) {
        raise_memory_error(builder->thread);
        return false;
    }
    unsigned width = utf8_width_for(bound);
    if (bound < builder->max_char) bound = builder->max_char;
    if (builder->str && needed <= builder->capacity && width <= str_kind(builder->str)) {
        builder->max_char = bound;
        return true;
    }
    size_t capacity = builder->capacity;
    if (needed > capacity) capacity = needed + needed / 2 + 16;
    Str *larger = str_new(builder->thread, capacity, bound);
    if (!larger) return false;
    if (builder->length)
        utf8_convert(str_data(builder->str), str_kind(builder->str), str_data(larger),
                     str_kind(larger), builder->length);
    builder->str = larger;
    builder->capacity = capacity;
    builder->max_char = bound;
    return true;
}

static void *end_of(StrBuilder *builder) {
    return (char *)str_data(builder->str) + builder->length * str_kind(builder->str);
}

bool str_builder_append(StrBuilder *builder, Value value) {
    Str *str = value_as_str(value);
    if (str->length == 0) return true;
    if (!make_room(builder, str->length, bound_of(str))) return false;
    utf8_convert(str_data(str), str_kind(str), end_of(builder), str_kind(builder->str),
                 str->length);
    builder->length += str->length;
    return true;
}

bool str_builder_append_range(StrBuilder *builder, const Str *str, size_t start, size_t end) {
    ASSERT(start <= end && end <= str->length);
    if (start == end) return true;
    const char *from = (const char *)str_data(str) + start * str_kind(str);
    uint32_t bound = str_is_ascii(str) ? 0x7F : utf8_bound_of(from, str_kind(str), end - start);
    if (!make_room(builder, end - start, bound)) return false;
    from = (const char *)str_data(str) + start * str_kind(str);
    utf8_convert(from, str_kind(str), end_of(builder), str_kind(builder->str), end - start);
    builder->length += end - start;
    return true;
}

bool str_builder_append_character(StrBuilder *builder, uint32_t character) {
    if (!make_room(builder, 1, character)) return false;
    utf8_store_character(str_data(builder->str), str_kind(builder->str), builder->length,
                         character);
    builder->length++;
    return true;
}

bool str_builder_append_ascii(StrBuilder *builder, const char *text, size_t size) {
    if (size == 0) return true;
    if (!make_room(builder, size, 0x7F)) return false;
    utf8_convert(text, 1, end_of(builder), str_kind(builder->str), size);
    builder->length += size;
    return true;
}

// The block itself becomes the result unless much of it would lie idle.
Value str_builder_finish(StrBuilder *builder) {
    Str *str = builder->str;
    size_t length = builder->length;
    if (length == 0) return empty(builder->thread);
    if (length == 1) return str_from_character(builder->thread, str_at(str, 0));
    unsigned kind = str_kind(str);
    if ((builder->capacity - length) * kind > 64 + length * kind / 4) {
        Str *exact = str_new(builder->thread, length, builder->max_char);
        if (!exact) return VALUE_ERROR;
        memcpy(str_data(exact), str_data(str), length * kind);
        return value_from_object(exact);
    }
    str->length = length;
    str->header.data = builder->max_char < 0x80 ? STR_ASCII : 0;
    utf8_store_character(str_data(str), kind, length, 0);
    builder->str = NULL;
    return value_from_object(str);
}
