// Owns the arithmetic of the SIMD levels' distance kernels. A level's file defines FK_TARGET and FK_NAME and
//   FK_VECTOR, FK_LANES      its register and the floats in it (16 is a multiple of FK_LANES),
//   FK_NAME(zero), FK_NAME(load), FK_NAME(sub), FK_NAME(fma), FK_NAME(add), FK_NAME(sum)   as static inline functions.
// Invariant: blocks of FK_LANES components go to two sums in turn; the rest of a vector is a block padded with zeros.

#include <stddef.h>
#include <string.h>

/// The last `count` < FK_LANES components, padded with zeros.
FK_TARGET static inline FK_VECTOR FK_NAME(load_rest)(const float *from, size_t count) {
  float block[FK_LANES] = {0};
  memcpy(block, from, count * sizeof(float));
  return FK_NAME(load)(block);
}

FK_TARGET static inline FK_VECTOR FK_NAME(dot_step)(FK_VECTOR sum, FK_VECTOR a, FK_VECTOR b) {
  return FK_NAME(fma)(a, b, sum);
}

FK_TARGET static inline FK_VECTOR FK_NAME(l2_step)(FK_VECTOR sum, FK_VECTOR a, FK_VECTOR b) {
  FK_VECTOR difference = FK_NAME(sub)(a, b);
  return FK_NAME(fma)(difference, difference, sum);
}

#define FK_DEFINE_KERNELS(one, four, step, sign)                                                                  \
  FK_TARGET static inline float FK_NAME(one)(const float *a, const float *b, size_t dimension) {                  \
    FK_VECTOR even = FK_NAME(zero)(), odd = FK_NAME(zero)();                                                      \
    size_t i = 0;                                                                                                 \
    for (; i + 2 * FK_LANES <= dimension; i += 2 * FK_LANES) {                                                    \
      even = FK_NAME(step)(even, FK_NAME(load)(a + i), FK_NAME(load)(b + i));                                     \
      odd = FK_NAME(step)(odd, FK_NAME(load)(a + i + FK_LANES), FK_NAME(load)(b + i + FK_LANES));                 \
    }                                                                                                             \
    if (i + FK_LANES <= dimension) {                                                                              \
      even = FK_NAME(step)(even, FK_NAME(load)(a + i), FK_NAME(load)(b + i));                                     \
      i += FK_LANES;                                                                                              \
      if (i < dimension)                                                                                          \
        odd = FK_NAME(step)(odd, FK_NAME(load_rest)(a + i, dimension - i), FK_NAME(load_rest)(b + i, dimension - i)); \
    } else if (i < dimension) {                                                                                   \
      even = FK_NAME(step)(even, FK_NAME(load_rest)(a + i, dimension - i), FK_NAME(load_rest)(b + i, dimension - i)); \
    }                                                                                                             \
    return sign FK_NAME(sum)(FK_NAME(add)(even, odd));                                                            \
  }                                                                                                               \
                                                                                                                  \
  FK_TARGET static inline void FK_NAME(four)(const float *query, const float *r0, const float *r1,                \
                                             const float *r2, const float *r3, size_t dimension, float *scores) { \
    size_t whole = dimension & ~(size_t)(2 * FK_LANES - 1);                                                       \
    if (whole != dimension) {                                                                                     \
      scores[0] = FK_NAME(one)(query, r0, dimension);                                                             \
      scores[1] = FK_NAME(one)(query, r1, dimension);                                                             \
      scores[2] = FK_NAME(one)(query, r2, dimension);                                                             \
      scores[3] = FK_NAME(one)(query, r3, dimension);                                                             \
      return;                                                                                                     \
    }                                                                                                             \
    FK_VECTOR even0 = FK_NAME(zero)(), even1 = FK_NAME(zero)(), even2 = FK_NAME(zero)(), even3 = FK_NAME(zero)(); \
    FK_VECTOR odd0 = FK_NAME(zero)(), odd1 = FK_NAME(zero)(), odd2 = FK_NAME(zero)(), odd3 = FK_NAME(zero)();     \
    for (size_t i = 0; i < whole; i += 2 * FK_LANES) {                                                            \
      FK_VECTOR q = FK_NAME(load)(query + i);                                                                     \
      even0 = FK_NAME(step)(even0, q, FK_NAME(load)(r0 + i));                                                     \
      even1 = FK_NAME(step)(even1, q, FK_NAME(load)(r1 + i));                                                     \
      even2 = FK_NAME(step)(even2, q, FK_NAME(load)(r2 + i));                                                     \
      even3 = FK_NAME(step)(even3, q, FK_NAME(load)(r3 + i));                                                     \
      q = FK_NAME(load)(query + i + FK_LANES);                                                                    \
      odd0 = FK_NAME(step)(odd0, q, FK_NAME(load)(r0 + i + FK_LANES));                                            \
      odd1 = FK_NAME(step)(odd1, q, FK_NAME(load)(r1 + i + FK_LANES));                                            \
      odd2 = FK_NAME(step)(odd2, q, FK_NAME(load)(r2 + i + FK_LANES));                                            \
      odd3 = FK_NAME(step)(odd3, q, FK_NAME(load)(r3 + i + FK_LANES));                                            \
    }                                                                                                             \
    scores[0] = sign FK_NAME(sum)(FK_NAME(add)(even0, odd0));                                                     \
    scores[1] = sign FK_NAME(sum)(FK_NAME(add)(even1, odd1));                                                     \
    scores[2] = sign FK_NAME(sum)(FK_NAME(add)(even2, odd2));                                                     \
    scores[3] = sign FK_NAME(sum)(FK_NAME(add)(even3, odd3));                                                     \
  }

FK_DEFINE_KERNELS(dot, dot4, dot_step, +)
FK_DEFINE_KERNELS(l2, l2x4, l2_step, -)

#undef FK_DEFINE_KERNELS
