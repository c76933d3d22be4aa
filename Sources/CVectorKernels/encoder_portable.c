// Owns the encoder kernels that every CPU runs.
#include "encoder_kernels.h"

#define FK_TARGET
#define FK_NAME(stem) stem##_portable
#define FK_LANES 4
#define FK_TILE_ROWS 4
#define FK_TILE_VECTORS 2

#include "encoder_math.h"

#include "encoder_rows.h"

#include "encoder_float.h"

const fk_encoder_kernels fk_encoder_portable = FK_FLOAT_TABLE;
