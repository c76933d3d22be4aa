// Owns the distance kernels with AArch64 Advanced SIMD.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "distance_kernels.h"

#define FK_TARGET
#define FK_NAME(stem) stem##_neon
#define FK_VECTOR float32x4_t
#define FK_LANES 4

static inline float32x4_t zero_neon(void) { return vdupq_n_f32(0); }
static inline float32x4_t load_neon(const float *from) { return vld1q_f32(from); }
static inline float32x4_t add_neon(float32x4_t a, float32x4_t b) { return vaddq_f32(a, b); }
static inline float32x4_t sub_neon(float32x4_t a, float32x4_t b) { return vsubq_f32(a, b); }
static inline float32x4_t fma_neon(float32x4_t a, float32x4_t b, float32x4_t c) { return vfmaq_f32(c, a, b); }
static inline float sum_neon(float32x4_t v) { return vaddvq_f32(v); }

#include "distance_vector.h"

#include "distance_shapes.h"

const fk_distance_kernels fk_distance_neon[2] = {
    {dot_score_neon, dot_run_neon, dot_tile_neon, dot_gather_neon},
    {l2_score_neon, l2_run_neon, l2_tile_neon, l2_gather_neon},
};
#endif
