// bigint.c — arithmetic on magnitudes and signs by GMP's mpn functions.
//
// One idea: mpn does the magnitudes, this file does signs, normal form, aliasing and rounding. Text
// and bytes are in bigint_text.c.
#include "base/bigint.h"

#include <gmp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/config.h"
#include "base/hash.h"
#include "base/rounding.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NUMB_BITS == 64,
               "a limb of GMP is a 64-bit word without nails");

enum { LIMB_BITS = 64 };

static size_t max_count(BigintView a, BigintView b) {
    return a.count > b.count ? a.count : b.count;
}

// Finishes a result: drops zero limbs at the top, keeps zero without sign.
static void settle(Bigint *result, size_t count, bool negative) {
    while (count > 0 && result->limbs[count - 1] == 0) count--;
    result->count = count;
    result->negative = negative && count > 0;
}

static uint64_t *allocate_limbs(size_t count) {
    return malloc((count == 0 ? 1 : count) * sizeof(uint64_t));
}

// Conversions

void bigint_from_uint64(uint64_t value, Bigint *result) {
    if (value != 0) result->limbs[0] = value;
    result->count = value != 0;
    result->negative = false;
}

void bigint_from_int64(int64_t value, Bigint *result) {
    bigint_from_uint64(value < 0 ? -(uint64_t)value : (uint64_t)value, result);
    result->negative = value < 0;
}

void bigint_from_int128(__int128 value, Bigint *result) {
    BitsUint128 magnitude = value < 0 ? -(BitsUint128)value : (BitsUint128)value;
    uint64_t low = (uint64_t)magnitude, high = (uint64_t)(magnitude >> 64);
    bigint_from_uint64(low, result);
    if (high != 0) {
        result->limbs[0] = low;
        result->limbs[1] = high;
        result->count = 2;
    }
    result->negative = value < 0;
}

bool bigint_to_uint64(BigintView value, uint64_t *result) {
    if (value.negative || value.count > 1) return false;
    *result = value.count == 0 ? 0 : value.limbs[0];
    return true;
}

bool bigint_to_int64(BigintView value, int64_t *result) {
    if (value.count > 1) return false;
    uint64_t magnitude = value.count == 0 ? 0 : value.limbs[0];
    if (magnitude > (uint64_t)INT64_MAX + value.negative) return false;
    *result = (int64_t)(value.negative ? -magnitude : magnitude);
    return true;
}

uint64_t bigint_low_bits(BigintView value) {
    uint64_t magnitude = value.count == 0 ? 0 : value.limbs[0];
    return value.negative ? -magnitude : magnitude;
}

void bigint_from_double(double value, Bigint *result) {
    int exponent;
    double fraction = frexp(fabs(value), &exponent);
    if (exponent <= 0) {
        result->count = 0;
        result->negative = false;
        return;
    }
    uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
    if (exponent <= 53) {
        bigint_from_uint64(mantissa >> (53 - exponent), result);
        result->negative = value < 0;
        return;
    }
    size_t shift = (size_t)(exponent - 53);
    size_t low = shift / LIMB_BITS;
    unsigned bits = shift % LIMB_BITS;
    memset(result->limbs, 0, low * sizeof(uint64_t));
    result->limbs[low] = mantissa << bits;
    result->limbs[low + 1] = bits == 0 ? 0 : mantissa >> (LIMB_BITS - bits);
    settle(result, low + 2, value < 0);
}

// The top 64 bits of a value that is not zero, with the lowest one set if any bit below them is
// ("sticky"): enough to round from.
static uint64_t take_top_bits(BigintView value) {
    size_t top = value.count - 1;
    unsigned shift = bits_leading_zeros(value.limbs[top]);
    uint64_t bits = value.limbs[top] << shift;
    uint64_t lost = 0;
    if (top > 0) {
        uint64_t next = value.limbs[top - 1];
        if (shift > 0) {
            bits |= next >> (LIMB_BITS - shift);
            next <<= shift;
        }
        lost = next;
        for (size_t i = top - 1; lost == 0 && i > 0; i--) lost = value.limbs[i - 1];
    }
    return bits | (lost != 0);
}

double bigint_to_fraction(BigintView value, int64_t *exponent) {
    *exponent = 0;
    if (value.count == 0) return 0.0;
    *exponent = (int64_t)bigint_bit_length(value);
    double fraction = ldexp((double)rounding_drop(take_top_bits(value), 11), -53);
    if (fraction == 1.0) {
        fraction = 0.5;
        *exponent += 1;
    }
    return value.negative ? -fraction : fraction;
}

bool bigint_to_double(BigintView value, double *result) {
    int64_t exponent;
    double fraction = bigint_to_fraction(value, &exponent);
    bool fits = exponent <= 1024;
    *result = fits ? ldexp(fraction, (int)exponent) : copysign(INFINITY, fraction);
    return fits;
}

// Comparison

static int compare_magnitudes(BigintView a, BigintView b) {
    if (a.count != b.count) return a.count < b.count ? -1 : 1;
    if (a.count == 0) return 0;
    int order = mpn_cmp(a.limbs, b.limbs, (mp_size_t)a.count);
    return (order > 0) - (order < 0);
}

int bigint_compare(BigintView a, BigintView b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    int order = compare_magnitudes(a, b);
    return a.negative ? -order : order;
}

bool bigint_equal(BigintView a, BigintView b) {
    return a.count == b.count && a.negative == b.negative &&
           (a.count == 0 || mpn_cmp(a.limbs, b.limbs, (mp_size_t)a.count) == 0);
}

int bigint_compare_double(BigintView a, double b) {
    if (isinf(b)) return b > 0 ? -1 : 1;
    uint64_t limbs[BIGINT_DOUBLE_LIMBS];
    Bigint whole = {limbs, 0, false};
    bigint_from_double(b, &whole);
    int order = bigint_compare(a, bigint_view(&whole));
    if (order != 0) return order;
    double rest = b - trunc(b);
    return (rest < 0) - (rest > 0);
}

// Bits

uint64_t bigint_bit_length(BigintView value) {
    if (value.count == 0) return 0;
    return (uint64_t)value.count * LIMB_BITS - bits_leading_zeros(value.limbs[value.count - 1]);
}

uint64_t bigint_bit_count(BigintView value) {
    return value.count == 0 ? 0 : mpn_popcount(value.limbs, (mp_size_t)value.count);
}

uint64_t bigint_trailing_zeros(BigintView value) {
    return value.count == 0 ? 0 : mpn_scan1(value.limbs, 0);
}

int64_t bigint_hash(BigintView value) {
    return hash_limbs(value.limbs, value.count, value.negative);
}

// Addition and subtraction

size_t bigint_add_limbs(BigintView a, BigintView b) { return max_count(a, b) + 1; }

static void add_signed(BigintView a, BigintView b, Bigint *result) {
    if (a.count < b.count) {
        BigintView swapped = a;
        a = b;
        b = swapped;
    }
    if (b.count == 0) {
        if (a.count > 0) memmove(result->limbs, a.limbs, a.count * sizeof(uint64_t));
        settle(result, a.count, a.negative);
        return;
    }
    mp_size_t a_count = (mp_size_t)a.count, b_count = (mp_size_t)b.count;
    if (a.negative == b.negative) {
        mp_limb_t carry = mpn_add(result->limbs, a.limbs, a_count, b.limbs, b_count);
        result->limbs[a.count] = carry;
        settle(result, a.count + 1, a.negative);
    } else if (compare_magnitudes(a, b) >= 0) {
        mpn_sub(result->limbs, a.limbs, a_count, b.limbs, b_count);
        settle(result, a.count, a.negative);
    } else {
        mpn_sub_n(result->limbs, b.limbs, a.limbs, a_count); // equal counts, or a were the larger
        settle(result, a.count, b.negative);
    }
}

void bigint_add(BigintView a, BigintView b, Bigint *result) { add_signed(a, b, result); }

void bigint_subtract(BigintView a, BigintView b, Bigint *result) {
    b.negative = !b.negative;
    add_signed(a, b, result);
}

// Multiplication

size_t bigint_multiply_limbs(BigintView a, BigintView b) {
    size_t count = a.count + b.count;
    return count > BIGINT_MAX_LIMBS ? BIGINT_TOO_LARGE : count;
}

static void multiply_magnitudes(const uint64_t *a, size_t a_count, const uint64_t *b,
                                size_t b_count, uint64_t *product) {
    if (a == b && a_count == b_count)
        mpn_sqr(product, a, (mp_size_t)a_count);
    else if (a_count >= b_count)
        mpn_mul(product, a, (mp_size_t)a_count, b, (mp_size_t)b_count);
    else
        mpn_mul(product, b, (mp_size_t)b_count, a, (mp_size_t)a_count);
}

void bigint_multiply(BigintView a, BigintView b, Bigint *result) {
    if (a.count == 0 || b.count == 0) {
        settle(result, 0, false);
        return;
    }
    multiply_magnitudes(a.limbs, a.count, b.limbs, b.count, result->limbs);
    settle(result, a.count + b.count, a.negative != b.negative);
}

// Division

size_t bigint_quotient_limbs(BigintView a, BigintView b) {
    // One limb more than the truncated quotient, for rounding down may carry; -1 needs one.
    return a.count < b.count || b.count == 0 ? 1 : a.count - b.count + 2;
}

size_t bigint_remainder_limbs(BigintView a, BigintView b) {
    (void)a;
    return b.count;
}

// |a| < |b|: the truncated quotient is 0 and the remainder a.
static void divide_small(BigintView a, BigintView b, Bigint *quotient, Bigint *remainder) {
    bool adjust = a.count > 0 && a.negative != b.negative;
    if (quotient != NULL) {
        if (adjust) quotient->limbs[0] = 1;
        settle(quotient, adjust, true);
    }
    if (remainder == NULL) return;
    if (adjust) {
        // |b| - |a|; the first operand is the longer one, as mpn_sub wants.
        mpn_sub(remainder->limbs, b.limbs, (mp_size_t)b.count, a.limbs, (mp_size_t)a.count);
        settle(remainder, b.count, b.negative);
    } else {
        if (a.count > 0) memcpy(remainder->limbs, a.limbs, a.count * sizeof(uint64_t));
        settle(remainder, a.count, a.negative);
    }
}

BigintStatus bigint_floor_divide(BigintView a, BigintView b, Bigint *quotient, Bigint *remainder) {
    if (b.count == 0) return BIGINT_ZERO_DIVISION;
    if (compare_magnitudes(a, b) < 0) {
        divide_small(a, b, quotient, remainder);
        return BIGINT_OK;
    }
    size_t quotient_count = a.count - b.count + 1;
    size_t scratch_count =
        (quotient == NULL ? quotient_count : 0) + (remainder == NULL ? b.count : 0);
    uint64_t small[8];
    uint64_t *scratch = small;
    if (scratch_count > COUNT_OF(small)) {
        scratch = allocate_limbs(scratch_count);
        if (scratch == NULL) return BIGINT_NO_MEMORY;
    }
    Bigint q = quotient != NULL ? *quotient : (Bigint){scratch, 0, false};
    Bigint r = remainder != NULL
                   ? *remainder
                   : (Bigint){scratch + (quotient == NULL ? quotient_count : 0), 0, false};
    if (b.count == 1)
        r.limbs[0] = mpn_divrem_1(q.limbs, 0, a.limbs, (mp_size_t)a.count, b.limbs[0]);
    else
        mpn_tdiv_qr(q.limbs, r.limbs, 0, a.limbs, (mp_size_t)a.count, b.limbs, (mp_size_t)b.count);
    bool negative = a.negative != b.negative;
    settle(&r, b.count, b.negative);
    if (r.count > 0 && negative) {
        if (remainder != NULL)
            mpn_sub(r.limbs, b.limbs, (mp_size_t)b.count, r.limbs, (mp_size_t)r.count);
        settle(&r, b.count, b.negative);
        if (quotient != NULL) {
            q.limbs[quotient_count] = mpn_add_1(q.limbs, q.limbs, (mp_size_t)quotient_count, 1);
            quotient_count++;
        }
    }
    settle(&q, quotient_count, negative);
    if (quotient != NULL) *quotient = q;
    if (remainder != NULL) *remainder = r;
    if (scratch != small) free(scratch);
    return BIGINT_OK;
}

// A magnitude shifted by a signed number of bits into fresh limbs: value * 2^shift, truncated.
// *sticky is set when non-zero bits were lost. False when memory is short.
static bool shift_copy(BigintView value, int64_t shift, Bigint *shifted, bool *sticky) {
    uint64_t bits = shift < 0 ? -(uint64_t)shift : (uint64_t)shift;
    value.negative = false;
    size_t count =
        shift < 0 ? bigint_shift_right_limbs(value, bits) : bigint_shift_left_limbs(value, bits);
    shifted->limbs = allocate_limbs(count);
    if (shifted->limbs == NULL) return false;
    if (shift < 0) {
        bigint_shift_right(value, bits, shifted);
        *sticky = bigint_trailing_zeros(value) < bits;
    } else {
        bigint_shift_left(value, bits, shifted);
    }
    return true;
}

// Divides a * 2^shift by b, as magnitudes. *top gets the highest 64 bits of the quotient, the
// lowest of them set if any bit behind them is; *length its number of bits.
static BigintStatus divide_scaled(BigintView a, BigintView b, int64_t shift, uint64_t *top,
                                  uint64_t *length) {
    Bigint dividend = {NULL, 0, false};
    bool sticky = false;
    if (!shift_copy(a, shift, &dividend, &sticky)) return BIGINT_NO_MEMORY;
    b.negative = false;
    BigintView scaled = bigint_view(&dividend);
    Bigint quotient = {allocate_limbs(bigint_quotient_limbs(scaled, b)), 0, false};
    Bigint remainder = {allocate_limbs(b.count), 0, false};
    BigintStatus status = BIGINT_NO_MEMORY;
    if (quotient.limbs != NULL && remainder.limbs != NULL)
        status = bigint_floor_divide(scaled, b, &quotient, &remainder);
    if (status == BIGINT_OK) {
        sticky = sticky || remainder.count > 0;
        *top = take_top_bits(bigint_view(&quotient)) | sticky;
        *length = bigint_bit_length(bigint_view(&quotient));
    }
    free(dividend.limbs);
    free(quotient.limbs);
    free(remainder.limbs);
    return status;
}

BigintStatus bigint_true_divide(BigintView a, BigintView b, double *result) {
    if (b.count == 0) return BIGINT_ZERO_DIVISION;
    bool negative = a.negative != b.negative;
    *result = negative ? -0.0 : 0.0;
    if (a.count == 0) return BIGINT_OK;
    uint64_t a_bits = bigint_bit_length(a), b_bits = bigint_bit_length(b);
    if (a_bits <= 53 && b_bits <= 53) {
        double quotient = (double)a.limbs[0] / (double)b.limbs[0];
        *result = negative ? -quotient : quotient;
        return BIGINT_OK;
    }
    int64_t difference = (int64_t)(a_bits - b_bits);
    if (difference > 1025) return BIGINT_OVERFLOW;
    if (difference < -1080) return BIGINT_OK;
    // A quotient of 66 or 67 bits has all the bits that rounding needs, besides the sticky one.
    int64_t shift = 66 - difference;
    uint64_t top, length;
    BigintStatus status = divide_scaled(a, b, shift, &top, &length);
    if (status != BIGINT_OK) return status;
    double magnitude = rounding_compose(top, (int64_t)length - shift);
    if (isinf(magnitude)) return BIGINT_OVERFLOW;
    *result = negative ? -magnitude : magnitude;
    return BIGINT_OK;
}

// Powers

size_t bigint_power_limbs(BigintView base, uint64_t exponent) {
    if (base.count == 0 || exponent == 0) return 1;
    uint64_t length = bigint_bit_length(base);
    if (length == 1) return 1;
    BitsUint128 bits = (BitsUint128)length * exponent;
    if (bits > (BitsUint128)BIGINT_MAX_LIMBS * LIMB_BITS) return BIGINT_TOO_LARGE;
    return (size_t)(bits / LIMB_BITS) + 2;
}

// odd ** exponent by squaring from the exponent's top bit, to and fro between two arrays that hold
// `power_limbs` each; the limbs end up in `result`.
static size_t raise(const uint64_t *odd, size_t odd_count, uint64_t exponent, uint64_t *result,
                    uint64_t *scratch) {
    uint64_t *now = result, *next = scratch;
    memcpy(now, odd, odd_count * sizeof(uint64_t));
    size_t count = odd_count;
    for (unsigned bit = bits_length(exponent) - 1; bit > 0; bit--) {
        mpn_sqr(next, now, (mp_size_t)count);
        count *= 2;
        count -= next[count - 1] == 0;
        uint64_t *swapped = now;
        now = next;
        next = swapped;
        if ((exponent >> (bit - 1) & 1) == 0) continue;
        if (odd_count == 1) {
            now[count] = mpn_mul_1(now, now, (mp_size_t)count, odd[0]);
            count += now[count] != 0;
            continue;
        }
        mpn_mul(next, now, (mp_size_t)count, odd, (mp_size_t)odd_count);
        count += odd_count;
        count -= next[count - 1] == 0;
        swapped = now;
        now = next;
        next = swapped;
    }
    if (now != result) memcpy(result, now, count * sizeof(uint64_t));
    return count;
}

BigintStatus bigint_power(BigintView base, uint64_t exponent, Bigint *result) {
    bool negative = base.negative && (exponent & 1);
    if (exponent == 0 || base.count == 0) {
        bigint_from_uint64(exponent == 0, result);
        return BIGINT_OK;
    }
    // Twos are taken out and shifted in at the end: 2**n and 10**n gain.
    uint64_t twos = bigint_trailing_zeros(base);
    base.negative = false;
    size_t limbs = bigint_shift_right_limbs(base, twos);
    Bigint odd = {allocate_limbs(limbs), 0, false};
    if (odd.limbs == NULL) return BIGINT_NO_MEMORY;
    bigint_shift_right(base, twos, &odd);
    uint64_t one = 1;
    BigintView power = {&one, 1, negative};
    uint64_t *scratch = NULL;
    BigintStatus status = BIGINT_OK;
    if (odd.count > 1 || odd.limbs[0] > 1) {
        // mpn_sqr writes 2n limbs even when the top one is zero, so the arrays have room for that.
        limbs = bigint_power_limbs(bigint_view(&odd), exponent);
        if (limbs != BIGINT_TOO_LARGE) scratch = allocate_limbs(2 * (limbs + odd.count));
        if (scratch == NULL) {
            status = BIGINT_NO_MEMORY;
        } else {
            power.limbs = scratch;
            power.count =
                raise(odd.limbs, odd.count, exponent, scratch, scratch + limbs + odd.count);
        }
    }
    if (status == BIGINT_OK) bigint_shift_left(power, twos * exponent, result);
    free(odd.limbs);
    free(scratch);
    return status;
}

// GMP's view of an operand, without a copy.
static void read_operand(mpz_t number, BigintView value) {
    mp_size_t count = (mp_size_t)value.count;
    mpz_roinit_n(number, value.limbs, value.negative ? -count : count);
}

BigintStatus bigint_power_modulo(BigintView base, BigintView exponent, BigintView modulus,
                                 Bigint *result) {
    if (modulus.count == 0) return BIGINT_ZERO_DIVISION;
    mpz_t base_number, exponent_number, modulus_number, power;
    bool negative_modulus = modulus.negative;
    modulus.negative = false;
    read_operand(base_number, base);
    read_operand(exponent_number, exponent);
    read_operand(modulus_number, modulus);
    mpz_init(power);
    if (exponent.negative) {
        exponent.negative = false;
        read_operand(exponent_number, exponent);
        // Modulo 1 every number is its own inverse; GMP versions differ about it.
        if (mpz_cmp_ui(modulus_number, 1) == 0) {
            mpz_set_ui(power, 0);
        } else if (mpz_invert(power, base_number, modulus_number) == 0) {
            mpz_clear(power);
            return BIGINT_NOT_INVERTIBLE;
        } else {
            mpz_powm(power, power, exponent_number, modulus_number);
        }
    } else {
        mpz_powm(power, base_number, exponent_number, modulus_number);
    }
    if (negative_modulus && mpz_sgn(power) != 0) mpz_sub(power, power, modulus_number);
    size_t count = mpz_size(power);
    if (count > 0) memcpy(result->limbs, mpz_limbs_read(power), count * sizeof(uint64_t));
    settle(result, count, mpz_sgn(power) < 0);
    mpz_clear(power);
    return BIGINT_OK;
}

// Shifts

size_t bigint_shift_left_limbs(BigintView value, uint64_t bits) {
    if (value.count == 0) return 0;
    uint64_t limbs = bits / LIMB_BITS;
    if (limbs > BIGINT_MAX_LIMBS - value.count - 1) return BIGINT_TOO_LARGE;
    return value.count + limbs + 1;
}

void bigint_shift_left(BigintView value, uint64_t bits, Bigint *result) {
    if (value.count == 0) {
        settle(result, 0, false);
        return;
    }
    size_t low = bits / LIMB_BITS;
    unsigned rest = bits % LIMB_BITS;
    uint64_t *high = result->limbs + low;
    size_t count = value.count + low;
    if (rest == 0) {
        memcpy(high, value.limbs, value.count * sizeof(uint64_t));
    } else {
        uint64_t carry = mpn_lshift(high, value.limbs, (mp_size_t)value.count, rest);
        if (carry != 0) {
            high[value.count] = carry;
            count++;
        }
    }
    memset(result->limbs, 0, low * sizeof(uint64_t));
    settle(result, count, value.negative);
}

size_t bigint_shift_right_limbs(BigintView value, uint64_t bits) {
    uint64_t limbs = bits / LIMB_BITS;
    return limbs >= value.count ? 1 : value.count - limbs + 1;
}

void bigint_shift_right(BigintView value, uint64_t bits, Bigint *result) {
    uint64_t low = bits / LIMB_BITS;
    unsigned rest = bits % LIMB_BITS;
    // Rounding down: a negative value that loses ones becomes one less, its magnitude one more.
    bool round = value.negative && bigint_trailing_zeros(value) < bits;
    size_t count = 0;
    if (low < value.count) {
        count = value.count - low;
        if (rest == 0)
            memmove(result->limbs, value.limbs + low, count * sizeof(uint64_t));
        else
            mpn_rshift(result->limbs, value.limbs + low, (mp_size_t)count, rest);
    }
    if (round) {
        uint64_t carry = 1;
        if (count > 0) carry = mpn_add_1(result->limbs, result->limbs, (mp_size_t)count, 1);
        if (carry != 0) result->limbs[count++] = carry;
    }
    settle(result, count, value.negative);
}

// Bitwise operators: limb by limb, negative operands turned to two's complement on the way
// (complement plus a carry that runs along), and a negative result turned back.

typedef enum { BITWISE_AND, BITWISE_OR, BITWISE_XOR } BitwiseOperator;

size_t bigint_bitwise_limbs(BigintView a, BigintView b) { return max_count(a, b) + 1; }

static uint64_t next_limb(BigintView value, size_t index, uint64_t *carry) {
    uint64_t limb = index < value.count ? value.limbs[index] : 0;
    if (!value.negative) return limb;
    limb = ~limb + *carry;
    *carry = *carry && limb == 0;
    return limb;
}

ALWAYS_INLINE uint64_t combine(BitwiseOperator op, uint64_t a, uint64_t b) {
    return op == BITWISE_AND ? a & b : op == BITWISE_OR ? a | b : a ^ b;
}

ALWAYS_INLINE void apply_bitwise(BitwiseOperator op, BigintView a, BigintView b, Bigint *result) {
    size_t count = max_count(a, b);
    bool negative = combine(op, a.negative, b.negative) != 0;
    uint64_t a_carry = 1, b_carry = 1, carry = 1;
    for (size_t i = 0; i < count; i++) {
        uint64_t limb = combine(op, next_limb(a, i, &a_carry), next_limb(b, i, &b_carry));
        if (negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        result->limbs[i] = limb;
    }
    // All limbs zero in two's complement under an endless sign of ones: -2^(64 * count).
    if (negative && carry) result->limbs[count++] = 1;
    settle(result, count, negative);
}

void bigint_and(BigintView a, BigintView b, Bigint *result) {
    apply_bitwise(BITWISE_AND, a, b, result);
}

void bigint_or(BigintView a, BigintView b, Bigint *result) {
    apply_bitwise(BITWISE_OR, a, b, result);
}

void bigint_xor(BigintView a, BigintView b, Bigint *result) {
    apply_bitwise(BITWISE_XOR, a, b, result);
}

void bigint_invert(BigintView value, Bigint *result) {
    if (value.count == 0) {
        result->limbs[0] = 1;
        settle(result, 1, true);
        return;
    }
    mp_size_t count = (mp_size_t)value.count;
    if (value.negative) {
        mpn_sub_1(result->limbs, value.limbs, count, 1);
        settle(result, value.count, false);
        return;
    }
    uint64_t carry = mpn_add_1(result->limbs, value.limbs, count, 1);
    if (carry != 0) result->limbs[value.count] = carry;
    settle(result, value.count + (carry != 0), true);
}

// Number theory

BigintStatus bigint_gcd(BigintView a, BigintView b, Bigint *result) {
    if (a.count < b.count) {
        BigintView swapped = a;
        a = b;
        b = swapped;
    }
    if (b.count == 0) {
        if (a.count > 0) memcpy(result->limbs, a.limbs, a.count * sizeof(uint64_t));
        settle(result, a.count, false);
        return BIGINT_OK;
    }
    if (b.count == 1) {
        result->limbs[0] = mpn_gcd_1(a.limbs, (mp_size_t)a.count, b.limbs[0]);
        settle(result, 1, false);
        return BIGINT_OK;
    }
    // mpn_gcd wants its second operand odd, the first no shorter, and destroys both.
    uint64_t a_twos = bigint_trailing_zeros(a), b_twos = bigint_trailing_zeros(b);
    uint64_t twos = a_twos < b_twos ? a_twos : b_twos;
    Bigint a_odd = {allocate_limbs(a.count + 1), 0, false};
    Bigint b_odd = {allocate_limbs(b.count + 1), 0, false};
    Bigint divisor = {allocate_limbs(a.count + 1), 0, false};
    BigintStatus status = BIGINT_NO_MEMORY;
    if (a_odd.limbs != NULL && b_odd.limbs != NULL && divisor.limbs != NULL) {
        a.negative = b.negative = false;
        bigint_shift_right(a, a_twos, &a_odd);
        bigint_shift_right(b, b_twos, &b_odd);
        if (compare_magnitudes(bigint_view(&a_odd), bigint_view(&b_odd)) < 0) {
            Bigint swapped = a_odd;
            a_odd = b_odd;
            b_odd = swapped;
        }
        divisor.count = (size_t)mpn_gcd(divisor.limbs, a_odd.limbs, (mp_size_t)a_odd.count,
                                        b_odd.limbs, (mp_size_t)b_odd.count);
        bigint_shift_left(bigint_view(&divisor), twos, result);
        status = BIGINT_OK;
    }
    free(a_odd.limbs);
    free(b_odd.limbs);
    free(divisor.limbs);
    return status;
}

BigintStatus bigint_square_root(BigintView value, Bigint *result) {
    if (value.count == 0) {
        settle(result, 0, false);
        return BIGINT_OK;
    }
    mpn_sqrtrem(result->limbs, NULL, value.limbs, (mp_size_t)value.count);
    settle(result, (value.count + 1) / 2, false);
    return BIGINT_OK;
}
