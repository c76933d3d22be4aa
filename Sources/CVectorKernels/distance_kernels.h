// The distance kernels of each SIMD level, indexed by `fk_measure`; private to this target.
#pragma once

#include "distance.h"

extern const fk_distance_kernels fk_distance_portable[2];
#if defined(__aarch64__)
extern const fk_distance_kernels fk_distance_neon[2];
#elif defined(__x86_64__)
extern const fk_distance_kernels fk_distance_avx2[2];
extern const fk_distance_kernels fk_distance_avx512[2];
#endif
