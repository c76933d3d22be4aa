// Owns the distance kernels with AVX2 and FMA.
#if defined(__x86_64__)
#include <immintrin.h>

#include "distance_kernels.h"

#define FK_TARGET __attribute__((target("avx2,fma")))
#define FK_NAME(stem) stem##_avx2
#define FK_VECTOR __m256
#define FK_LANES 8

FK_TARGET static inline __m256 zero_avx2(void) { return _mm256_setzero_ps(); }
FK_TARGET static inline __m256 load_avx2(const float *from) { return _mm256_loadu_ps(from); }
FK_TARGET static inline __m256 add_avx2(__m256 a, __m256 b) { return _mm256_add_ps(a, b); }
FK_TARGET static inline __m256 sub_avx2(__m256 a, __m256 b) { return _mm256_sub_ps(a, b); }
FK_TARGET static inline __m256 fma_avx2(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }

FK_TARGET static inline float sum_avx2(__m256 v) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(half, _mm_shuffle_ps(half, half, 1)));
}

#include "distance_vector.h"

#include "distance_shapes.h"

const fk_distance_kernels fk_distance_avx2[2] = {
    {dot_score_avx2, dot_run_avx2, dot_tile_avx2, dot_gather_avx2},
    {l2_score_avx2, l2_run_avx2, l2_tile_avx2, l2_gather_avx2},
};
#endif
