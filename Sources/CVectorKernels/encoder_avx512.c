// Owns the encoder kernels with AVX-512.
#if defined(__x86_64__)
#include "encoder_kernels.h"

#define FK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define FK_NAME(stem) stem##_avx512
#define FK_LANES 16
#define FK_TILE_ROWS 12
#define FK_TILE_VECTORS 2

#include "encoder_math.h"

#include "encoder_rows.h"

#include "encoder_float.h"

const fk_encoder_kernels fk_encoder_avx512 = FK_FLOAT_TABLE;
#endif
