// bigint.h — integers of any size: magnitude and sign over arrays of 64-bit limbs, computed by
// GMP's mpn layer. The caller allocates results: for each operation one function says how many
// limbs the result may need, another computes into the caller's array. So the object layer can
// check limits before any work is done and put the limbs where it likes.
//
// Invariants: limbs stand least significant first; a normal integer has no zero limb at its top, so
// zero has count 0, and then negative is false; every result is normal. Operands must be normal.
// Results must not overlap operands unless the declaration says that they may.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// An operand: somebody else's limbs.
typedef struct {
    const uint64_t *limbs;
    size_t count;
    bool negative;
} BigintView;

// A result. The caller sets limbs to a large enough array, the operation sets count and negative.
typedef struct {
    uint64_t *limbs;
    size_t count;
    bool negative;
} Bigint;

typedef enum {
    BIGINT_OK,
    BIGINT_NO_MEMORY,      // scratch memory is short: MemoryError
    BIGINT_OVERFLOW,       // the result is out of range: OverflowError
    BIGINT_ZERO_DIVISION,  // ZeroDivisionError
    BIGINT_NOT_INVERTIBLE, // negative exponent, base has no inverse for the modulus: ValueError
} BigintStatus;

// What a needed-limbs function says when the number of limbs is beyond BIGINT_MAX_LIMBS.
#define BIGINT_TOO_LARGE SIZE_MAX
// No result is larger (2^32 bits, 512 MiB), whatever the memory; so 2**10**10 is refused at once.
#define BIGINT_MAX_LIMBS ((size_t)1 << 26)

static inline BigintView bigint_view(const Bigint *value) {
    return (BigintView){value->limbs, value->count, value->negative};
}

static inline bool bigint_is_zero(BigintView value) { return value.count == 0; }

static inline bool bigint_is_odd(BigintView value) {
    return value.count > 0 && (value.limbs[0] & 1) != 0;
}

// An int64 as an operand; *limb is its storage and must live as long as the view.
static inline BigintView bigint_view_of_int64(int64_t value, uint64_t *limb) {
    *limb = value < 0 ? -(uint64_t)value : (uint64_t)value;
    return (BigintView){limb, value != 0, value < 0};
}

// Conversions between machine numbers and integers.

// Writes at most one limb.
void bigint_from_int64(int64_t value, Bigint *result);
void bigint_from_uint64(uint64_t value, Bigint *result);
// Writes a 128-bit product or sum: at most two limbs.
void bigint_from_int128(__int128 value, Bigint *result);

// False when the value does not fit; *result is then unchanged.
bool bigint_to_int64(BigintView value, int64_t *result);
bool bigint_to_uint64(BigintView value, uint64_t *result);

// The low 64 bits in two's complement, as C conversion to uint64_t would give them.
uint64_t bigint_low_bits(BigintView value);

enum { BIGINT_DOUBLE_LIMBS = 17 };

// The integral part of a finite double (truncated towards zero), exact; at most
// BIGINT_DOUBLE_LIMBS.
void bigint_from_double(double value, Bigint *result);

// Nearest double, halves to even. False when it would be infinite; *result is then +-infinity.
bool bigint_to_double(BigintView value, double *result);

// The value as fraction * 2^exponent with 0.5 <= |fraction| < 1, fraction rounded to nearest even
// (0 and 0 for zero): what math.log needs beyond the range of doubles. Source: _PyLong_Frexp.
double bigint_to_fraction(BigintView value, int64_t *exponent);

// Comparison. Result: -1, 0 or 1.
int bigint_compare(BigintView a, BigintView b);
bool bigint_equal(BigintView a, BigintView b);
// Compares with a double that is not NaN, exactly.
int bigint_compare_double(BigintView a, double b);

// Bits of the magnitude: 0 for zero (int.bit_length).
uint64_t bigint_bit_length(BigintView value);
// Ones in the magnitude (int.bit_count).
uint64_t bigint_bit_count(BigintView value);
// Zero bits below the lowest one; 0 for zero.
uint64_t bigint_trailing_zeros(BigintView value);

// Hash as CPython's; the same as hash_int64 where the value fits.
int64_t bigint_hash(BigintView value);

// Addition and subtraction; the result may be an operand's own array.
size_t bigint_add_limbs(BigintView a, BigintView b);
void bigint_add(BigintView a, BigintView b, Bigint *result);
void bigint_subtract(BigintView a, BigintView b, Bigint *result);

// Multiplication.
size_t bigint_multiply_limbs(BigintView a, BigintView b);
void bigint_multiply(BigintView a, BigintView b, Bigint *result);

// Division, rounding the quotient down, the remainder with the divisor's sign (Python's // and %).
// quotient or remainder may be NULL when it is not wanted.
// Results: BIGINT_OK, BIGINT_ZERO_DIVISION, BIGINT_NO_MEMORY.
size_t bigint_quotient_limbs(BigintView a, BigintView b);
size_t bigint_remainder_limbs(BigintView a, BigintView b);
BigintStatus bigint_floor_divide(BigintView a, BigintView b, Bigint *quotient, Bigint *remainder);

// a / b, the nearest double to the exact quotient, halves to even (CPython's long_true_divide).
// Results: BIGINT_OK, BIGINT_ZERO_DIVISION, BIGINT_OVERFLOW, BIGINT_NO_MEMORY.
BigintStatus bigint_true_divide(BigintView a, BigintView b, double *result);

// base ** exponent. The needed-limbs function is cheap and answers BIGINT_TOO_LARGE where the power
// cannot be held, so ask it (and compare with the memory limit) before allocating. The result array
// must have exactly the limbs it asked for, or more.
// Results: BIGINT_OK, BIGINT_NO_MEMORY.
size_t bigint_power_limbs(BigintView base, uint64_t exponent);
BigintStatus bigint_power(BigintView base, uint64_t exponent, Bigint *result);

// pow(base, exponent, modulus): result has the modulus' sign, at most modulus.count limbs; a
// negative exponent takes the inverse of base. Results: any status but BIGINT_OVERFLOW; a zero
// modulus gives BIGINT_ZERO_DIVISION (CPython: ValueError "pow() 3rd argument cannot be 0").
BigintStatus bigint_power_modulo(BigintView base, BigintView exponent, BigintView modulus,
                                 Bigint *result);

// value << bits. Needs BIGINT_TOO_LARGE limbs when the result cannot be held; 0 for value 0.
size_t bigint_shift_left_limbs(BigintView value, uint64_t bits);
void bigint_shift_left(BigintView value, uint64_t bits, Bigint *result);

// value >> bits, rounding down; the result may be the operand's own array.
size_t bigint_shift_right_limbs(BigintView value, uint64_t bits);
void bigint_shift_right(BigintView value, uint64_t bits, Bigint *result);

// The bitwise operators, as if on endless two's complement; all need bigint_bitwise_limbs, and the
// result may be an operand's own array (if it has that many).
size_t bigint_bitwise_limbs(BigintView a, BigintView b);
void bigint_and(BigintView a, BigintView b, Bigint *result);
void bigint_or(BigintView a, BigintView b, Bigint *result);
void bigint_xor(BigintView a, BigintView b, Bigint *result);

// ~value, which is -value - 1: at most value.count + 1 limbs; the result may be the operand's
// array.
void bigint_invert(BigintView value, Bigint *result);

// Greatest common divisor, never negative: at most max(a.count, b.count) limbs.
// Results: BIGINT_OK, BIGINT_NO_MEMORY.
BigintStatus bigint_gcd(BigintView a, BigintView b, Bigint *result);

// Integer square root of a value that is not negative: at most (count + 1) / 2 limbs.
// Results: BIGINT_OK, BIGINT_NO_MEMORY.
BigintStatus bigint_square_root(BigintView value, Bigint *result);

// The parts of a number's text, found by bigint_scan_text.
typedef struct {
    const char *digits; // behind sign and prefix; underscores may stand between the digits
    size_t length;      // bytes from the first digit to the last
    size_t digit_count; // without the underscores
    unsigned base;      // 2..36
    bool negative;
} BigintText;

// Reads the text of an integer as int(text, base) does: sign, prefix (0x, 0o, 0b if base is 0 or
// fits), digits with single underscores between them; base 0 takes the base from the prefix and
// refuses leading zeros of non-zero decimals. ASCII white space around it is skipped. False when
// the text is no integer.
bool bigint_scan_text(const char *text, size_t length, unsigned base, BigintText *parts);

// Limbs that the digits may need.
size_t bigint_from_text_limbs(const BigintText *parts);

// Converts the digits. Results: BIGINT_OK, BIGINT_NO_MEMORY.
BigintStatus bigint_from_text(const BigintText *parts, Bigint *result);

// An upper bound on the digits of the magnitude in a base of 2..36; at most one too many.
size_t bigint_to_text_size(BigintView value, unsigned base);

// Writes the digits of the magnitude (lower case; "0" for zero; no sign, no prefix, no NUL) into an
// array of bigint_to_text_size bytes. *length is their exact number.
// Results: BIGINT_OK, BIGINT_NO_MEMORY.
BigintStatus bigint_to_text(BigintView value, unsigned base, char *digits, size_t *length);

// Limbs that an integer of `size` bytes may need.
size_t bigint_from_bytes_limbs(size_t size);
// int.from_bytes.
void bigint_from_bytes(const uint8_t *bytes, size_t size, bool little_endian, bool is_signed,
                       Bigint *result);

// int.to_bytes. Result: BIGINT_OK, or BIGINT_OVERFLOW when the value does not fit `size` bytes, or
// is negative and is_signed is false; the bytes are then unspecified.
BigintStatus bigint_to_bytes(BigintView value, uint8_t *bytes, size_t size, bool little_endian,
                             bool is_signed);
