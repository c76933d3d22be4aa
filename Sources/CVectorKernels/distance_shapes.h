// Owns the four shapes (pair, run, tile, gather) in which every SIMD level compares vectors. A level's file defines
//   FK_TARGET            the function attribute that enables its instructions,
//   FK_NAME(stem)        the suffixed name of a function,
//   FK_NAME(dot), FK_NAME(dot4), FK_NAME(l2), FK_NAME(l2x4)   one row, and four rows at a time (static inline),
// and includes this file once.

#include <stddef.h>
#include <stdint.h>

// Reading one row after the other in a single forward stream this far ahead reaches the memory's bandwidth; two
// streams reach two thirds of it.
#define FK_STREAM_AHEAD_BYTES 8192
// A row that is somewhere in memory is fetched four rows before its use.
#define FK_GATHER_AHEAD_ROWS 4

FK_TARGET static inline void FK_NAME(prefetch_row)(const float *row, size_t dimension) {
  for (size_t i = 0; i < dimension; i += 16) __builtin_prefetch(row + i, 0, 3);
}

#define FK_DEFINE_SHAPES(stem, one, four)                                                                        \
  FK_TARGET static float FK_NAME(stem##_score)(const float *a, const float *b, size_t dimension) {               \
    return FK_NAME(one)(a, b, dimension);                                                                        \
  }                                                                                                              \
                                                                                                                 \
  FK_TARGET static void FK_NAME(stem##_run)(const float *query, const float *rows, size_t stride,                \
                                            size_t dimension, size_t count, float *scores) {                     \
    for (size_t i = 0; i < count; i++) {                                                                         \
      const float *row = rows + i * stride;                                                                      \
      /* Prefetching past the end of the rows is harmless: the instruction never faults. */                      \
      FK_NAME(prefetch_row)((const float *)((uintptr_t)row + FK_STREAM_AHEAD_BYTES), dimension);                 \
      scores[i] = FK_NAME(one)(query, row, dimension);                                                           \
    }                                                                                                            \
  }                                                                                                              \
                                                                                                                 \
  FK_TARGET static void FK_NAME(stem##_tile)(const float *query, const float *rows, size_t stride,               \
                                             size_t dimension, size_t count, float *scores) {                    \
    size_t i = 0;                                                                                                \
    for (; i + 4 <= count; i += 4) {                                                                             \
      const float *row = rows + i * stride;                                                                      \
      FK_NAME(four)(query, row, row + stride, row + 2 * stride, row + 3 * stride, dimension, scores + i);        \
    }                                                                                                            \
    for (; i < count; i++) scores[i] = FK_NAME(one)(query, rows + i * stride, dimension);                        \
  }                                                                                                              \
                                                                                                                 \
  FK_TARGET static void FK_NAME(stem##_gather)(const float *query, const float *rows, size_t stride,             \
                                               size_t dimension, const uint32_t *ordinals, size_t count,         \
                                               float *scores) {                                                  \
    for (size_t i = 0; i < count && i < FK_GATHER_AHEAD_ROWS; i++)                                               \
      FK_NAME(prefetch_row)(rows + (size_t)ordinals[i] * stride, dimension);                                     \
    size_t i = 0;                                                                                                \
    for (; i + 4 <= count; i += 4) {                                                                             \
      for (size_t j = i + FK_GATHER_AHEAD_ROWS; j < count && j < i + FK_GATHER_AHEAD_ROWS + 4; j++)              \
        FK_NAME(prefetch_row)(rows + (size_t)ordinals[j] * stride, dimension);                                   \
      FK_NAME(four)(query, rows + (size_t)ordinals[i] * stride, rows + (size_t)ordinals[i + 1] * stride,         \
                    rows + (size_t)ordinals[i + 2] * stride, rows + (size_t)ordinals[i + 3] * stride, dimension, \
                    scores + i);                                                                                 \
    }                                                                                                            \
    for (; i < count; i++) scores[i] = FK_NAME(one)(query, rows + (size_t)ordinals[i] * stride, dimension);      \
  }

FK_DEFINE_SHAPES(dot, dot, dot4)
FK_DEFINE_SHAPES(l2, l2, l2x4)

#undef FK_DEFINE_SHAPES
