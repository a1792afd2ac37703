// sys_information.c — the figures of sys: version, float_info, int_info, hash_info, flags.
#include "base/hash.h"
#include "bytecode/pyc.h"
#include "include/krait.h"
#include "modules/struct_sequence.h"
#include "modules/sys_internal.h"
#include "objects/builtin_types.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include <float.h>

#define FIELD STRUCT_SEQUENCE_FIELD
#define END                                                                                        \
    { NULL, 0, false, false, NULL }

static const MemberRow version_fields[] = {
    FIELD(0, "major", "Major release number"),
    FIELD(1, "minor", "Minor release number"),
    FIELD(2, "micro", "Patch release number"),
    FIELD(3, "releaselevel", "'alpha', 'beta', 'candidate', or 'final'"),
    FIELD(4, "serial", "Serial release number"),
    END,
};
static Type version_info_type = STRUCT_SEQUENCE(version_info, "sys.version_info", version_fields,
                                                "Version information as a named tuple.");

static const MemberRow float_fields[] = {
    FIELD(0, "max", "maximum representable finite float"),
    FIELD(1, "max_exp", "maximum int e such that radix**(e-1) is representable"),
    FIELD(2, "max_10_exp", "maximum int e such that 10**e is representable"),
    FIELD(3, "min", "minimum positive normalized float"),
    FIELD(4, "min_exp", "minimum int e such that radix**(e-1) is a normalized float"),
    FIELD(5, "min_10_exp", "minimum int e such that 10**e is a normalized float"),
    FIELD(6, "dig", "decimal digits that a float represents faithfully"),
    FIELD(7, "mant_dig", "mantissa digits"),
    FIELD(8, "epsilon", "difference between 1 and the next float"),
    FIELD(9, "radix", "radix of exponent"),
    FIELD(10, "rounds", "rounding mode used for arithmetic operations"),
    END,
};
static Type float_info_type = STRUCT_SEQUENCE(float_info, "sys.float_info", float_fields,
                                              "Information about the float type.");

static const MemberRow int_fields[] = {
    FIELD(0, "bits_per_digit", "size of a digit in bits"),
    FIELD(1, "sizeof_digit", "size in bytes of the C type used to represent a digit"),
    FIELD(2, "default_max_str_digits", "limit of digits in conversions at start-up"),
    FIELD(3, "str_digits_check_threshold", "least limit of digits that can be set"),
    END,
};
static Type int_info_type =
    STRUCT_SEQUENCE(int_info, "sys.int_info", int_fields, "Information about the int type.");

static const MemberRow hash_fields[] = {
    FIELD(0, "width", "width of a hash in bits"),
    FIELD(1, "modulus", "prime modulus of the hashes of numbers"),
    FIELD(2, "inf", "hash of a positive infinity"),
    FIELD(3, "nan", "unused"),
    FIELD(4, "imag", "multiplier of the imaginary part of complex numbers"),
    FIELD(5, "algorithm", "algorithm of the hashes of str and bytes"),
    FIELD(6, "hash_bits", "bits of that algorithm's result"),
    FIELD(7, "seed_bits", "bits of its seed"),
    FIELD(8, "cutoff", "length below which another algorithm is used"),
    END,
};
static Type hash_info_type =
    STRUCT_SEQUENCE(hash_info, "sys.hash_info", hash_fields, "Parameters of hashing.");

static const MemberRow thread_fields[] = {
    FIELD(0, "name", "name of the thread implementation"),
    FIELD(1, "lock", "name of the lock implementation"),
    FIELD(2, "version", "name and version of the thread library"),
    END,
};
static Type thread_info_type = STRUCT_SEQUENCE(thread_info, "sys.thread_info", thread_fields,
                                               "Information about the thread implementation.");

static const MemberRow flag_fields[] = {
    FIELD(0, "debug", "-d"),
    FIELD(1, "inspect", "-i"),
    FIELD(2, "interactive", "-i"),
    FIELD(3, "optimize", "-O or -OO"),
    FIELD(4, "dont_write_bytecode", "-B"),
    FIELD(5, "no_user_site", "-s"),
    FIELD(6, "no_site", "-S"),
    FIELD(7, "ignore_environment", "-E"),
    FIELD(8, "verbose", "-v"),
    FIELD(9, "bytes_warning", "-b"),
    FIELD(10, "quiet", "-q"),
    FIELD(11, "hash_randomization", "-R"),
    FIELD(12, "isolated", "-I"),
    FIELD(13, "dev_mode", "-X dev"),
    FIELD(14, "utf8_mode", "-X utf8"),
    FIELD(15, "warn_default_encoding", "-X warn_default_encoding"),
    FIELD(16, "safe_path", "-P"),
    FIELD(17, "int_max_str_digits", "-X int_max_str_digits"),
    END,
};
static Type flags_type =
    STRUCT_SEQUENCE(flags, "sys.flags", flag_fields,
                    "Flags provided through command line arguments or environment vars.");

static bool set_sequence(Thread *thread, Value module, const char *name, Type *type,
                         const Value *values) {
    if (!struct_sequence_ready(thread, type)) return false;
    Value sequence = struct_sequence_new(thread, type, values);
    type->flags |= TYPE_NO_NEW;
    return !value_is_error(sequence) && module_set(thread, module, name, sequence);
}

static Value number(int64_t value) { return value_from_fixnum(value); }

static bool add_version(Thread *thread, Value module) {
    const Value version[] = {number(3), number(12), number(7), str_intern_c(thread, "final"),
                             number(0)};
    Value text = str_from_c(thread, "3.12.7 (Krait " KRAIT_VERSION ")");
    if (value_is_error(text) || !module_set(thread, module, "version", text) ||
        !set_sequence(thread, module, "version_info", &version_info_type, version))
        return false;
    Value info = object_call0(thread, value_from_type(&simple_namespace_type));
    if (value_is_error(info)) return false;
    Value shown = struct_sequence_new(thread, &version_info_type, version);
    const struct {
        const char *name;
        Value value;
    } fields[] = {
        {"name", str_intern_c(thread, "krait")},
        {"cache_tag", str_intern_c(thread, PYC_CACHE_TAG)},
        {"version", shown},
        {"hexversion", number(0x030c07f0)},
    };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        Value name = str_intern_c(thread, fields[i].name);
        if (value_is_error(name) || value_is_error(fields[i].value) ||
            !object_set_attribute(thread, info, name, fields[i].value))
            return false;
    }
    return module_set(thread, module, "implementation", info);
}

static bool add_numbers(Thread *thread, Value module) {
    enum { BITS_PER_DIGIT = 30, BYTES_PER_DIGIT = 4, DEFAULT_DIGITS = 4300, DIGIT_THRESHOLD = 640 };
    const Value floats[] = {
        float_new(thread, DBL_MAX),
        number(DBL_MAX_EXP),
        number(DBL_MAX_10_EXP),
        float_new(thread, DBL_MIN),
        number(DBL_MIN_EXP),
        number(DBL_MIN_10_EXP),
        number(DBL_DIG),
        number(DBL_MANT_DIG),
        float_new(thread, DBL_EPSILON),
        number(FLT_RADIX),
        number(1),
    };
    const Value ints[] = {number(BITS_PER_DIGIT), number(BYTES_PER_DIGIT), number(DEFAULT_DIGITS),
                          number(DIGIT_THRESHOLD)};
    const Value hashes[] = {
        number(64),
        int_from_uint64(thread, HASH_MODULUS),
        number(HASH_INFINITY),
        number(0),
        number(1000003),
        str_intern_c(thread, "siphash13"),
        number(64),
        number(128),
        number(0),
    };
    return set_sequence(thread, module, "float_info", &float_info_type, floats) &&
           set_sequence(thread, module, "int_info", &int_info_type, ints) &&
           set_sequence(thread, module, "hash_info", &hash_info_type, hashes);
}

static bool add_flags(Thread *thread, Value module) {
    Value flags[18];
    for (size_t i = 0; i < COUNT_OF(flags); i++) flags[i] = number(0);
    flags[3] = number(thread->runtime->options.optimize);
    flags[4] = number(thread->runtime->options.dont_write_bytecode);
    flags[11] = number(1);
    flags[13] = VALUE_FALSE;
    flags[16] = VALUE_FALSE;
    flags[17] = number(thread->runtime->int_digit_limit);
    const Value threads[] = {str_intern_c(thread, "pthread"), str_intern_c(thread, "semaphore"),
                             VALUE_NONE};
    return set_sequence(thread, module, "flags", &flags_type, flags) &&
           set_sequence(thread, module, "thread_info", &thread_info_type, threads);
}

bool sys_add_information(Thread *thread, Value module) {
    return add_version(thread, module) && add_numbers(thread, module) && add_flags(thread, module);
}
