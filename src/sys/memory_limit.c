#include "sys/memory_limit.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "sys/file.h"

/* Where a group's folder lies, and what it says there. */
typedef struct hierarchy {
    const char *mount;
    const char *file;
} hierarchy;

static const hierarchy version_1 = {"/sys/fs/cgroup/memory", "memory.limit_in_bytes"};
static const hierarchy version_2 = {"/sys/fs/cgroup", "memory.max"};

/* What a group itself says; infinite: nothing, or "max". */
static double limit_of(const char *const root, const hierarchy *const in, const char *const group)
{
    char path[PATH_MAX];
    char text[32];
    uint64_t bytes = 0;
    const int length = snprintf(path, sizeof path, "%s%s%s/%s", root, in->mount, group, in->file);
    if (length < 0 || (size_t)length >= sizeof path) {
        return INFINITY;
    }
    const size_t size = smi_file_begin(path, text, sizeof text - 1);
    text[size] = '\0';
    text[strcspn(text, "\n")] = '\0';
    return smi_parse_u64(text, &bytes) ? (double)bytes : INFINITY;
}

/* The least of a group and those above it. group: "/a/b", which is cut on the way. Within a
 * container the folders above its own may not be there, and the path not lead anywhere. */
static double least_upwards(const char *const root, const hierarchy *const in, char *const group)
{
    double least = INFINITY;
    for (char *slash = group + strlen(group); slash != NULL; slash = strrchr(group, '/')) {
        *slash = '\0';
        least = fmin(least, limit_of(root, in, group));
    }
    return least;
}

/* Whether the names, with commas between them, have this one. */
static bool has_name(const char *names, const char *const name)
{
    const size_t length = strlen(name);
    while (*names != '\0') {
        const size_t next = strcspn(names, ",");
        if (next == length && strncmp(names, name, length) == 0) {
            return true;
        }
        names += next + (names[next] == ',' ? 1 : 0);
    }
    return false;
}

/* "4:memory:/a/b" of version 1, where each controller may have groups of its own, or "0::/a/b". */
static double limit_by_line(const char *const root, char *const line)
{
    char *const controllers = strchr(line, ':');
    char *const group = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (group == NULL || group[1] != '/') {
        return INFINITY;
    }
    *group = '\0';
    if (controllers[1] == '\0') {
        return least_upwards(root, &version_2, group + 1);
    }
    return has_name(controllers + 1, "memory") ? least_upwards(root, &version_1, group + 1)
                                               : INFINITY;
}

double smi_memory_limit(const char *const root)
{
    char path[PATH_MAX];
    char text[16384];
    double least = INFINITY;
    const int length = snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
    if (length < 0 || (size_t)length >= sizeof path) {
        return INFINITY;
    }
    const size_t size = smi_file_begin(path, text, sizeof text - 1);
    text[size] = '\0';
    for (char *line = text; *line != '\0';) {
        char *const end = line + strcspn(line, "\n");
        char *const next = end + (*end == '\n' ? 1 : 0);
        *end = '\0';
        least = fmin(least, limit_by_line(root, line));
        line = next;
    }
    return least;
}
