#pragma once

// Where the processor multiplies and adds eight numbers at once and counts bits, functions marked so do it; not under the thread
// sanitizer, whose functions cannot be called yet when the loader chooses.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define NAS_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
// A function for processors that multiply and add sixteen: called where __builtin_cpu_supports("x86-64-v4").
#define NAS_WIDE __attribute__((target("arch=x86-64-v4")))
// The same for those that count the bits of eight words at once: where, further, __builtin_cpu_supports("avx512vpopcntdq").
#define NAS_WIDE_BITS __attribute__((target("arch=x86-64-v4,avx512vpopcntdq")))
#else
#define NAS_CLONES
#endif
