// Owns the choice of the SIMD level. Invariant: chosen once per process, the same for every kernel and thread.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// The instruction sets that kernels are written for, each one with all that the lower ones of its family have.
typedef enum {
  FK_SIMD_PORTABLE = 0,     ///< What every CPU of the target has.
  FK_SIMD_NEON = 1,         ///< AArch64 Advanced SIMD.
  FK_SIMD_AVX2 = 2,         ///< AVX2 and FMA.
  FK_SIMD_AVX512 = 3,       ///< AVX-512 F, BW, DQ and VL.
  FK_SIMD_AVX512_BF16 = 4,  ///< AVX-512 with VNNI and BF16.
} fk_simd_level;

enum { FK_SIMD_LEVEL_COUNT = 5 };

/// The level in use: the best one of this CPU, or the lower one that the environment variable `FRESHET_SIMD` names
/// (`portable`, `neon`, `avx2`, `avx512`, `avx512bf16`). A name that is unknown or that this CPU lacks is ignored;
/// compare `fk_simd_name(fk_simd())` with it to notice. Any thread; costs one relaxed load after the first call.
fk_simd_level fk_simd(void);

/// Whether this CPU, and the operating system, can run `level`.
int fk_simd_is_available(fk_simd_level level);

/// The name by which `FRESHET_SIMD` asks for `level`. Static storage.
const char *fk_simd_name(fk_simd_level level);

#ifdef __cplusplus
}
#endif
