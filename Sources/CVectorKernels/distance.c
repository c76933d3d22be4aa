// Owns the choice of the distance kernels. Invariant: only kernels that this CPU can run are handed out.
#include "distance.h"

#include "distance_kernels.h"

static const fk_distance_kernels *const tables[FK_SIMD_LEVEL_COUNT] = {
    [FK_SIMD_PORTABLE] = fk_distance_portable,
#if defined(__aarch64__)
    [FK_SIMD_NEON] = fk_distance_neon,
#elif defined(__x86_64__)
    [FK_SIMD_AVX2] = fk_distance_avx2,
    [FK_SIMD_AVX512] = fk_distance_avx512,
    [FK_SIMD_AVX512_BF16] = fk_distance_avx512,
#endif
};

fk_distance_kernels fk_distance_at(fk_measure measure, fk_simd_level level) {
  const fk_distance_kernels *table = fk_simd_is_available(level) ? tables[level] : fk_distance_portable;
  return table[measure == FK_MEASURE_SQUARED_L2 ? FK_MEASURE_SQUARED_L2 : FK_MEASURE_DOT];
}

fk_distance_kernels fk_distance(fk_measure measure) { return fk_distance_at(measure, fk_simd()); }
