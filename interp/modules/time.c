// time.c — the module time: clocks, sleep, and calendar time of the platform's time zone.
#include "modules/modules.h"
#include "modules/struct_sequence.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include <errno.h>
#include <math.h>
#include <time.h>

enum { NANOSECONDS = 1000000000 };

static Value clock_seconds(Thread *thread, clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return raise_os_error(thread, errno, VALUE_ABSENT);
    return float_new(thread, (double)now.tv_sec + (double)now.tv_nsec / NANOSECONDS);
}

static Value clock_nanoseconds(Thread *thread, clockid_t clock) {
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return raise_os_error(thread, errno, VALUE_ABSENT);
    return int_from_int64(thread, (int64_t)now.tv_sec * NANOSECONDS + now.tv_nsec);
}

#define CLOCK(name, clock)                                                                         \
    static Value time_py_##name(Thread *thread, Value *args, int count) {                          \
        (void)args;                                                                                \
        (void)count;                                                                               \
        return clock_seconds(thread, clock);                                                       \
    }                                                                                              \
    static Value time_py_##name##_ns(Thread *thread, Value *args, int count) {                     \
        (void)args;                                                                                \
        (void)count;                                                                               \
        return clock_nanoseconds(thread, clock);                                                   \
    }
CLOCK(time, CLOCK_REALTIME)
CLOCK(monotonic, CLOCK_MONOTONIC)
CLOCK(perf_counter, CLOCK_MONOTONIC)
CLOCK(process_time, CLOCK_PROCESS_CPUTIME_ID)
CLOCK(thread_time, CLOCK_THREAD_CPUTIME_ID)
#undef CLOCK

static bool read_duration(Thread *thread, Value value, struct timespec *duration) {
    double seconds;
    if (!value_is_float(value) && !object_has_index(value)) {
        raise_type_error(thread, "'%T' object cannot be interpreted as an integer", value);
        return false;
    }
    if (!object_as_double(thread, value, &seconds)) return false;
    if (isnan(seconds)) {
        raise_value_error(thread, "Invalid value NaN (not a number)");
        return false;
    }
    if (seconds < 0) {
        raise_value_error(thread, "sleep length must be non-negative");
        return false;
    }
    if (seconds > (double)(INT64_MAX / NANOSECONDS)) {
        raise_error(thread, &exception_OverflowError,
                    "timestamp too large to convert to C PyTime_t");
        return false;
    }
    duration->tv_sec = (time_t)seconds;
    duration->tv_nsec = (long)ceil((seconds - floor(seconds)) * NANOSECONDS);
    if (duration->tv_nsec >= NANOSECONDS) {
        duration->tv_sec++;
        duration->tv_nsec -= NANOSECONDS;
    }
    return true;
}

// Sleeps until a point in time, so that signals that Python handles in between do not prolong it.
static Value time_py_sleep(Thread *thread, Value *args, int count) {
    (void)count;
    struct timespec duration, deadline;
    if (!read_duration(thread, args[0], &duration)) return VALUE_ERROR;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += duration.tv_sec;
    deadline.tv_nsec += duration.tv_nsec;
    if (deadline.tv_nsec >= NANOSECONDS) {
        deadline.tv_sec++;
        deadline.tv_nsec -= NANOSECONDS;
    }
    for (;;) {
        int error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL);
        if (error == 0) return VALUE_NONE;
        if (error != EINTR) return raise_os_error(thread, error, VALUE_ABSENT);
        if (!thread_poll_if_needed(thread)) return VALUE_ERROR;
    }
}

// Calendar time

static const MemberRow time_fields[] = {
    STRUCT_SEQUENCE_FIELD(0, "tm_year", "year, for example, 1993"),
    STRUCT_SEQUENCE_FIELD(1, "tm_mon", "month of year, range [1, 12]"),
    STRUCT_SEQUENCE_FIELD(2, "tm_mday", "day of month, range [1, 31]"),
    STRUCT_SEQUENCE_FIELD(3, "tm_hour", "hours, range [0, 23]"),
    STRUCT_SEQUENCE_FIELD(4, "tm_min", "minutes, range [0, 59]"),
    STRUCT_SEQUENCE_FIELD(5, "tm_sec", "seconds, range [0, 61])"),
    STRUCT_SEQUENCE_FIELD(6, "tm_wday", "day of week, range [0, 6], Monday is 0"),
    STRUCT_SEQUENCE_FIELD(7, "tm_yday", "day of year, range [1, 366]"),
    STRUCT_SEQUENCE_FIELD(8, "tm_isdst",
                          "1 if summer time is in effect, 0 if not, and -1 if unknown"),
    {NULL, 0, false, false, NULL},
};
static Type struct_time_type =
    STRUCT_SEQUENCE(struct_time, "time.struct_time", time_fields,
                    "The time value as returned by gmtime(), localtime(), and strptime().");

static Value calendar_time(Thread *thread, const struct tm *tm) {
    enum { FIRST_YEAR = 1900 };
    const Value values[] = {
        value_from_fixnum((int64_t)tm->tm_year + FIRST_YEAR),
        value_from_fixnum(tm->tm_mon + 1),
        value_from_fixnum(tm->tm_mday),
        value_from_fixnum(tm->tm_hour),
        value_from_fixnum(tm->tm_min),
        value_from_fixnum(tm->tm_sec),
        value_from_fixnum((tm->tm_wday + 6) % 7),
        value_from_fixnum(tm->tm_yday + 1),
        value_from_fixnum(tm->tm_isdst),
    };
    return struct_sequence_new(thread, &struct_time_type, values);
}

// Seconds since the epoch; the time now when none are given.
static bool read_seconds(Thread *thread, Value value, time_t *seconds) {
    double number;
    if (value_is_absent(value) || value_is_none(value)) {
        *seconds = time(NULL);
        return true;
    }
    if (!object_as_double(thread, value, &number)) return false;
    if (isnan(number)) {
        raise_value_error(thread, "Invalid value NaN (not a number)");
        return false;
    }
    if (fabs(number) >= 9.2e18) {
        raise_error(thread, &exception_OverflowError, "timestamp out of range for platform time_t");
        return false;
    }
    *seconds = (time_t)floor(number);
    return true;
}

static Value convert_seconds(Thread *thread, Value value,
                             struct tm *(*convert)(const time_t *, struct tm *)) {
    time_t seconds;
    struct tm tm;
    if (!read_seconds(thread, value, &seconds)) return VALUE_ERROR;
    errno = 0;
    if (!convert(&seconds, &tm))
        return raise_os_error(thread, errno ? errno : EOVERFLOW, VALUE_ABSENT);
    return calendar_time(thread, &tm);
}

static Value time_py_gmtime(Thread *thread, Value *args, int count) {
    (void)count;
    return convert_seconds(thread, args[0], gmtime_r);
}

static Value time_py_localtime(Thread *thread, Value *args, int count) {
    (void)count;
    return convert_seconds(thread, args[0], localtime_r);
}

// A tuple of nine ints; the time now if absent.
static bool read_calendar_time(Thread *thread, Value value, struct tm *tm) {
    if (value_is_absent(value)) {
        time_t now = time(NULL);
        localtime_r(&now, tm);
        return true;
    }
    if (!value_is_tuple(value)) {
        raise_type_error(thread, "Tuple or struct_time argument required");
        return false;
    }
    int64_t parts[9];
    if (value_as_tuple(value)->length != COUNT_OF(parts)) {
        raise_type_error(thread, "%s(): illegal time tuple argument", "time");
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!object_as_int64(thread, value_as_tuple(value)->items[i], &parts[i])) return false;
        if (parts[i] > INT32_MAX || parts[i] < INT32_MIN) {
            raise_error(thread, &exception_OverflowError,
                        "Python int too large to convert to C int");
            return false;
        }
    }
    *tm = (struct tm){.tm_year = (int)parts[0] - 1900,
                      .tm_mon = (int)parts[1] - 1,
                      .tm_mday = (int)parts[2],
                      .tm_hour = (int)parts[3],
                      .tm_min = (int)parts[4],
                      .tm_sec = (int)parts[5],
                      .tm_wday = (int)(parts[6] + 1) % 7,
                      .tm_yday = (int)parts[7] - 1,
                      .tm_isdst = (int)parts[8]};
    return true;
}

static bool check_calendar_time(Thread *thread, struct tm *tm) {
    const char *wrong = NULL;
    if (tm->tm_mon == -1) tm->tm_mon = 0;
    if (tm->tm_mday == 0) tm->tm_mday = 1;
    if (tm->tm_yday == -1) tm->tm_yday = 0;
    if (tm->tm_mon < 0 || tm->tm_mon > 11)
        wrong = "month out of range";
    else if (tm->tm_mday < 0 || tm->tm_mday > 31)
        wrong = "day of month out of range";
    else if (tm->tm_hour < 0 || tm->tm_hour > 23)
        wrong = "hour out of range";
    else if (tm->tm_min < 0 || tm->tm_min > 59)
        wrong = "minute out of range";
    else if (tm->tm_sec < 0 || tm->tm_sec > 61)
        wrong = "seconds out of range";
    else if (tm->tm_wday < 0)
        wrong = "day of week out of range";
    else if (tm->tm_yday < 0 || tm->tm_yday > 365)
        wrong = "day of year out of range";
    if (wrong) raise_value_error(thread, "%s", wrong);
    return !wrong;
}

static Value time_py_strftime(Thread *thread, Value *args, int count) {
    (void)count;
    struct tm tm;
    char text[1024];
    if (!value_is_str(args[0]))
        return raise_type_error(thread, "strftime() argument 1 must be str, not %T", args[0]);
    if (!read_calendar_time(thread, args[1], &tm) || !check_calendar_time(thread, &tm))
        return VALUE_ERROR;
    size_t size;
    const char *format = str_as_utf8(thread, args[0], &size);
    if (!format) return VALUE_ERROR;
    size_t length = size ? strftime(text, sizeof text, format, &tm) : 0;
    return str_decode_utf8(thread, text, length, "surrogateescape");
}

static Value time_py_mktime(Thread *thread, Value *args, int count) {
    (void)count;
    struct tm tm;
    if (!read_calendar_time(thread, args[0], &tm)) return VALUE_ERROR;
    tm.tm_wday = -1; // mktime sets it: tells -1 from failure
    time_t seconds = mktime(&tm);
    if (seconds == (time_t)-1 && tm.tm_wday == -1)
        return raise_error(thread, &exception_OverflowError, "mktime argument out of range");
    return float_new(thread, (double)seconds);
}

static Value shown_time(Thread *thread, const struct tm *tm) {
    static const char days[] = "SunMonTueWedThuFriSat",
                      months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[64];
    snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %d", days + 3 * tm->tm_wday,
             months + 3 * tm->tm_mon, tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec,
             1900 + tm->tm_year);
    return str_from_c(thread, text);
}

static Value time_py_asctime(Thread *thread, Value *args, int count) {
    (void)count;
    struct tm tm;
    if (!read_calendar_time(thread, args[0], &tm) || !check_calendar_time(thread, &tm))
        return VALUE_ERROR;
    return shown_time(thread, &tm);
}

static Value time_py_ctime(Thread *thread, Value *args, int count) {
    (void)count;
    time_t seconds;
    struct tm tm;
    if (!read_seconds(thread, args[0], &seconds)) return VALUE_ERROR;
    if (!localtime_r(&seconds, &tm)) return raise_os_error(thread, errno, VALUE_ABSENT);
    return shown_time(thread, &tm);
}

static const MethodRow functions[] = {
    {"asctime", time_py_asctime, "tuple=None, /", "Convert a time tuple to a string.", 0},
    {"ctime", time_py_ctime, "seconds=None, /",
     "Convert a time in seconds to a string in local time.", 0},
    {"gmtime", time_py_gmtime, "seconds=None, /",
     "Convert seconds since the Epoch to a time tuple in UTC.", 0},
    {"localtime", time_py_localtime, "seconds=None, /",
     "Convert seconds since the Epoch to local time.", 0},
    {"mktime", time_py_mktime, "tuple, /",
     "Convert a time tuple in local time to seconds since the Epoch.", 0},
    {"monotonic", time_py_monotonic, "", "Monotonic clock, cannot go backward.", 0},
    {"monotonic_ns", time_py_monotonic_ns, "", "Monotonic clock, as nanoseconds.", 0},
    {"perf_counter", time_py_perf_counter, "", "Performance counter for benchmarking.", 0},
    {"perf_counter_ns", time_py_perf_counter_ns, "", "Performance counter, as nanoseconds.", 0},
    {"process_time", time_py_process_time, "", "Process time for profiling.", 0},
    {"process_time_ns", time_py_process_time_ns, "", "Process time, as nanoseconds.", 0},
    {"sleep", time_py_sleep, "seconds, /", "Delay execution for a given number of seconds.", 0},
    {"strftime", time_py_strftime, "format, tuple=None, /", "Convert a time tuple to a string.", 0},
    {"thread_time", time_py_thread_time, "", "Thread time for profiling.", 0},
    {"thread_time_ns", time_py_thread_time_ns, "", "Thread time, as nanoseconds.", 0},
    {"time", time_py_time, "", "Return the current time in seconds since the Epoch.", 0},
    {"time_ns", time_py_time_ns, "", "Return the current time in nanoseconds since the Epoch.", 0},
    {NULL, NULL, NULL, NULL, 0},
};

Value time_module_new(Thread *thread) {
    if (!struct_sequence_ready(thread, &struct_time_type)) return VALUE_ERROR;
    tzset();
    Value module = native_module_new(
        thread, "time", "This module provides various functions to manipulate time values.",
        functions);
    if (value_is_error(module)) return module;
    Value standard = str_decode_utf8(thread, tzname[0], strlen(tzname[0]), "surrogateescape");
    Value summer = str_decode_utf8(thread, tzname[1], strlen(tzname[1]), "surrogateescape");
    if (value_is_error(standard) || value_is_error(summer)) return VALUE_ERROR;
    Value names = tuple_of(thread, 2, standard, summer);
    bool made = !value_is_error(names) && module_set(thread, module, "tzname", names) &&
                module_set(thread, module, "timezone", value_from_fixnum(timezone)) &&
                module_set(thread, module, "daylight", value_from_fixnum(daylight)) &&
                module_set(thread, module, "struct_time", value_from_type(&struct_time_type));
    return made ? module : VALUE_ERROR;
}
