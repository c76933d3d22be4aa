// Owns the comparison of float32 vectors. Invariant: a score depends on the two vectors and the SIMD level alone:
// the four shapes below (pair, run, tile, gather) return the same bits for the same vectors, in either order.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "cpu.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How two vectors are compared; a higher score is nearer.
typedef enum {
  FK_MEASURE_DOT = 0,         ///< The dot product.
  FK_MEASURE_SQUARED_L2 = 1,  ///< The negated squared Euclidean distance.
} fk_measure;

/// The score of two vectors of `dimension` floats. Trailing zeros change nothing, so padded rows may be compared over
/// their padded length.
typedef float (*fk_score_function)(const float *a, const float *b, size_t dimension);

/// `scores[i]` of `query` and the row at `rows + i * stride`, for `count` rows, read in one forward stream with
/// prefetch.
typedef void (*fk_score_run_function)(const float *query, const float *rows, size_t stride, size_t dimension,
                                      size_t count, float *scores);

/// As a run, for rows that are in a near cache already: several at a time, without prefetch.
typedef fk_score_run_function fk_score_tile_function;

/// `scores[i]` of `query` and the row at `rows + ordinals[i] * stride`, for `count` rows anywhere in memory; later
/// rows are prefetched while earlier ones are compared.
typedef void (*fk_score_gather_function)(const float *query, const float *rows, size_t stride, size_t dimension,
                                         const uint32_t *ordinals, size_t count, float *scores);

/// One measure's functions at one SIMD level.
typedef struct {
  fk_score_function score;
  fk_score_run_function run;
  fk_score_tile_function tile;
  fk_score_gather_function gather;
} fk_distance_kernels;

/// The functions of `measure` at the level in use.
fk_distance_kernels fk_distance(fk_measure measure);

/// The functions of `measure` at `level`, or at the portable one where `level` is not available.
fk_distance_kernels fk_distance_at(fk_measure measure, fk_simd_level level);

#ifdef __cplusplus
}
#endif
