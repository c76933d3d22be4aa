// Owns the encoder kernels with AVX2 and FMA.
#if defined(__x86_64__)
#include "encoder_kernels.h"

#define FK_TARGET __attribute__((target("avx2,fma")))
#define FK_NAME(stem) stem##_avx2
#define FK_LANES 8
#define FK_TILE_ROWS 6
#define FK_TILE_VECTORS 2

#include "encoder_math.h"

#include "encoder_rows.h"

#include "encoder_float.h"

const fk_encoder_kernels fk_encoder_avx2 = FK_FLOAT_TABLE;
#endif
