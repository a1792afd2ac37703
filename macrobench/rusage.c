// rusage.c — runs a command and writes what it used, as the kernel counted it (wait4).
//
// A program of its own because of its size: Linux starts a process's peak memory at what the
// process held before exec, a copy of its parent; under a Python parent even `true` seems to need
// 10 MB. This parent holds about 1 MB, less than any interpreter, and says how much ("floor_kb").
//
// usage: krait-rusage FILE COMMAND [ARGUMENT]...
// FILE gets one JSON object; the exit code is the command's, 128 + N if signal N ended it, 127 if
// it could not be run, 2 for wrong usage.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

// The most that this process has held since exec: getrusage would count what its parent held too.
static long own_peak_kb(void) {
    char line[128];
    long peak = 0;
    FILE *file = fopen("/proc/self/status", "r");
    if (!file) return 0;
    while (!peak && fgets(line, sizeof line, file)) sscanf(line, "VmHWM: %ld", &peak);
    fclose(file);
    return peak;
}

static int write_usage(const char *path, int code, double seconds, const struct rusage *usage) {
    FILE *file = fopen(path, "w");
    if (!file) return -1;
    fprintf(
        file,
        "{\"exit_code\": %d, \"seconds\": %.6f, \"user_s\": %.6f, \"system_s\": %.6f, "
        "\"peak_rss_kb\": %ld, \"floor_kb\": %ld, \"minor_faults\": %ld, \"major_faults\": %ld, "
        "\"voluntary_switches\": %ld, \"involuntary_switches\": %ld}\n",
        code, seconds, seconds_of(usage->ru_utime), seconds_of(usage->ru_stime), usage->ru_maxrss,
        own_peak_kb(), usage->ru_minflt, usage->ru_majflt, usage->ru_nvcsw, usage->ru_nivcsw);
    return fclose(file);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: krait-rusage FILE COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "krait-rusage: fork: %s\n", strerror(errno));
        return 127;
    }
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "krait-rusage: %s: %s\n", argv[2], strerror(errno));
        _exit(127);
    }
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) return 127;
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (write_usage(argv[1], code, seconds, &usage) != 0) {
        fprintf(stderr, "krait-rusage: %s: %s\n", argv[1], strerror(errno));
        return 127;
    }
    return code;
}
