// Owns the distance kernels with AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>

#include "distance_kernels.h"

#define FK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define FK_NAME(stem) stem##_avx512
#define FK_VECTOR __m512
#define FK_LANES 16

FK_TARGET static inline __m512 zero_avx512(void) { return _mm512_setzero_ps(); }
FK_TARGET static inline __m512 load_avx512(const float *from) { return _mm512_loadu_ps(from); }
FK_TARGET static inline __m512 add_avx512(__m512 a, __m512 b) { return _mm512_add_ps(a, b); }
FK_TARGET static inline __m512 sub_avx512(__m512 a, __m512 b) { return _mm512_sub_ps(a, b); }
FK_TARGET static inline __m512 fma_avx512(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
FK_TARGET static inline float sum_avx512(__m512 v) { return _mm512_reduce_add_ps(v); }

#include "distance_vector.h"

#include "distance_shapes.h"

const fk_distance_kernels fk_distance_avx512[2] = {
    {dot_score_avx512, dot_run_avx512, dot_tile_avx512, dot_gather_avx512},
    {l2_score_avx512, l2_run_avx512, l2_tile_avx512, l2_gather_avx512},
};
#endif
