// Owns the choice of the encoder kernels by level.
#include "encoder_kernels.h"

const fk_encoder_kernels *fk_encoder(fk_simd_level level) {
  switch (level) {
#if defined(__x86_64__)
    case FK_SIMD_AVX2:
      return &fk_encoder_avx2;
    case FK_SIMD_AVX512:
      return &fk_encoder_avx512;
    case FK_SIMD_AVX512_BF16:
      return &fk_encoder_avx512_bf16;
#endif
    default:
      // On AArch64 the portable kernels are compiled to Advanced SIMD.
      return &fk_encoder_portable;
  }
}
