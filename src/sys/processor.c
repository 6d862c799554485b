#include "sys/processor.h"

#include <sched.h>
#include <stdint.h>
#include <unistd.h>

#include "base/memory.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

size_t smi_processor_count(void)
{
    cpu_set_t set;
    long count = 1;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        count = CPU_COUNT(&set);
    } else { /* more processors than the set has room for */
        count = sysconf(_SC_NPROCESSORS_ONLN);
    }
    return count < 1 ? 1 : smi_min_size((size_t)count, SMI_MAX_THREADS);
}

#if defined(__x86_64__)

/* Bits of the register XCR0: which registers the operating system saves. */
enum { XCR0_YMM = 0x06, XCR0_ZMM = 0xe6 };

static bool system_saves(const uint32_t mask)
{
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t c = 0;
    uint32_t d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0) {
        return false;
    }
    uint32_t low = 0;
    uint32_t high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & mask) == mask;
}

bool smi_processor_has_avx2(void)
{
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t c = 0;
    uint32_t d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_FMA) == 0) {
        return false;
    }
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2) != 0 && system_saves(XCR0_YMM);
}

bool smi_processor_has_avx512(void)
{
    const uint32_t needed = bit_AVX512F | bit_AVX512BW | bit_AVX512DQ | bit_AVX512VL;
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t c = 0;
    uint32_t d = 0;
    return smi_processor_has_avx2() && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
           (b & needed) == needed && system_saves(XCR0_ZMM);
}

#else

bool smi_processor_has_avx2(void)
{
    return false;
}

bool smi_processor_has_avx512(void)
{
    return false;
}

#endif
