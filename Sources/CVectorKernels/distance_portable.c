// Owns the distance kernels in plain C. Invariant: component i is added to lane i % 16 of the sum, in order, so that
// any split of the work into rows gives the same bits.
#include "distance_kernels.h"

#define FK_TARGET
#define FK_NAME(stem) stem##_portable

enum { LANES = 16 };

static inline float sum_of_lanes(float lanes[LANES]) {
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int i = 0; i < width; i++) lanes[i] += lanes[i + width];
  return lanes[0];
}

static inline float dot_portable(const float *a, const float *b, size_t dimension) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= dimension; i += LANES)
    for (int lane = 0; lane < LANES; lane++) lanes[lane] += a[i + lane] * b[i + lane];
  for (int lane = 0; i < dimension; i++, lane++) lanes[lane] += a[i] * b[i];
  return sum_of_lanes(lanes);
}

static inline float l2_portable(const float *a, const float *b, size_t dimension) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= dimension; i += LANES)
    for (int lane = 0; lane < LANES; lane++) {
      float difference = a[i + lane] - b[i + lane];
      lanes[lane] += difference * difference;
    }
  for (int lane = 0; i < dimension; i++, lane++) {
    float difference = a[i] - b[i];
    lanes[lane] += difference * difference;
  }
  return -sum_of_lanes(lanes);
}

static inline void dot4_portable(const float *query, const float *r0, const float *r1, const float *r2,
                                 const float *r3, size_t dimension, float *scores) {
  scores[0] = dot_portable(query, r0, dimension);
  scores[1] = dot_portable(query, r1, dimension);
  scores[2] = dot_portable(query, r2, dimension);
  scores[3] = dot_portable(query, r3, dimension);
}

static inline void l2x4_portable(const float *query, const float *r0, const float *r1, const float *r2,
                                 const float *r3, size_t dimension, float *scores) {
  scores[0] = l2_portable(query, r0, dimension);
  scores[1] = l2_portable(query, r1, dimension);
  scores[2] = l2_portable(query, r2, dimension);
  scores[3] = l2_portable(query, r3, dimension);
}

#include "distance_shapes.h"

const fk_distance_kernels fk_distance_portable[2] = {
    {dot_score_portable, dot_run_portable, dot_tile_portable, dot_gather_portable},
    {l2_score_portable, l2_run_portable, l2_tile_portable, l2_gather_portable},
};
