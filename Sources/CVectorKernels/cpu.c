// Owns the detection of the CPU's instruction sets. Invariant: the level never changes after it was first read.
#include "cpu.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const level_names[FK_SIMD_LEVEL_COUNT] = {"portable", "neon", "avx2", "avx512", "avx512bf16"};

int fk_simd_is_available(fk_simd_level level) {
  switch (level) {
    case FK_SIMD_PORTABLE:
      return 1;
#if defined(__x86_64__)
    case FK_SIMD_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case FK_SIMD_AVX512:
      return fk_simd_is_available(FK_SIMD_AVX2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl");
    case FK_SIMD_AVX512_BF16:
      return fk_simd_is_available(FK_SIMD_AVX512) && __builtin_cpu_supports("avx512vnni") &&
             __builtin_cpu_supports("avx512bf16");
#elif defined(__aarch64__)
    case FK_SIMD_NEON:
      return 1;
#endif
    default:
      return 0;
  }
}

const char *fk_simd_name(fk_simd_level level) {
  return (unsigned)level < FK_SIMD_LEVEL_COUNT ? level_names[level] : "unknown";
}

static int detect(void) {
  const char *requested = getenv("FRESHET_SIMD");
  int best = FK_SIMD_PORTABLE;
  for (int level = 0; level < FK_SIMD_LEVEL_COUNT; level++) {
    if (!fk_simd_is_available((fk_simd_level)level)) continue;
    if (requested != NULL && strcmp(requested, level_names[level]) == 0) return level;
    best = level;
  }
  return best;
}

fk_simd_level fk_simd(void) {
  // -1 until the first call. Threads that race here compute the same value, so that storing it twice is harmless.
  static _Atomic int chosen = -1;
  int level = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (level < 0) {
    level = detect();
    atomic_store_explicit(&chosen, level, memory_order_relaxed);
  }
  return (fk_simd_level)level;
}
