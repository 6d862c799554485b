/* Limits of control groups, in a folder that looks like the system's. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"

#include "sys/folder.h"
#include "sys/memory_limit.h"
#include "sys/physical_memory.h"

static void put(const char *const root, const char *const folder, const char *const name,
                const char *const text)
{
    const scratch_path in = path_in(root, folder);
    assert_int_equal(smi_make_folders(in.text), SM_OK);
    write_file(path_in(in.text, name).text, text, strlen(text));
}

static void without_groups_there_is_none(void **state)
{
    assert_true(isinf(smi_memory_limit(*state)));
    put(*state, "proc/self", "cgroup", "");
    assert_true(isinf(smi_memory_limit(*state)));
    put(*state, "proc/self", "cgroup",
        "nonsense\n:\n::\n0::relative\n0::/absent\n4:memory:/absent");
    assert_true(isinf(smi_memory_limit(*state)));
}

static void the_least_of_a_group_and_those_above_counts(void **state)
{
    put(*state, "proc/self", "cgroup", "0::/user/job/step\n");
    put(*state, "sys/fs/cgroup/user/job/step", "memory.max", "max\n");
    assert_true(isinf(smi_memory_limit(*state)));
    put(*state, "sys/fs/cgroup/user", "memory.max", "3000000000\n");
    assert_true(smi_memory_limit(*state) == 3e9);
    put(*state, "sys/fs/cgroup/user/job", "memory.max", "2000000000\n");
    assert_true(smi_memory_limit(*state) == 2e9);
    put(*state, "sys/fs/cgroup/user/job/step", "memory.max", "2500000000\n");
    assert_true(smi_memory_limit(*state) == 2e9);
    put(*state, "sys/fs/cgroup/user/other", "memory.max", "1\n");
    assert_true(smi_memory_limit(*state) == 2e9);
}

/* A container sees its own group as the root. */
static void the_root_is_a_group_too(void **state)
{
    put(*state, "proc/self", "cgroup", "0::/\n");
    put(*state, "sys/fs/cgroup", "memory.max", "1000000\n");
    assert_true(smi_memory_limit(*state) == 1e6);
    put(*state, "proc/self", "cgroup", "0::/host/path/not/here\n");
    assert_true(smi_memory_limit(*state) == 1e6);
}

static void version_1_has_groups_by_controller(void **state)
{
    put(*state, "proc/self", "cgroup",
        "12:memory_of:/a\n5:cpu,cpuacct:/b\n4:pids,memory:/c\n0::/d\n");
    put(*state, "sys/fs/cgroup/memory/a", "memory.limit_in_bytes", "1\n");
    put(*state, "sys/fs/cgroup/memory/b", "memory.limit_in_bytes", "2\n");
    put(*state, "sys/fs/cgroup/memory/c", "memory.limit_in_bytes", "8589934592\n");
    put(*state, "sys/fs/cgroup/memory", "memory.limit_in_bytes", "9223372036854771712\n");
    assert_true(smi_memory_limit(*state) == 8589934592.0);
    put(*state, "sys/fs/cgroup/d", "memory.max", "4096\n");
    assert_true(smi_memory_limit(*state) == 4096.0);
}

static void the_machine_has_no_more_than_that(void **state)
{
    (void)state;
    assert_true(smi_physical_memory() > 0.0);
    assert_true(smi_physical_memory() <= smi_memory_limit(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(without_groups_there_is_none),
        scratch_test(the_least_of_a_group_and_those_above_counts),
        scratch_test(the_root_is_a_group_too),
        scratch_test(version_1_has_groups_by_controller),
        cmocka_unit_test(the_machine_has_no_more_than_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
