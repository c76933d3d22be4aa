// The encoder kernels of each SIMD level; private to this target.
#pragma once

#include "encoder.h"

extern const fk_encoder_kernels fk_encoder_portable;
#if defined(__x86_64__)
extern const fk_encoder_kernels fk_encoder_avx2;
extern const fk_encoder_kernels fk_encoder_avx512;
extern const fk_encoder_kernels fk_encoder_avx512_bf16;
#endif
