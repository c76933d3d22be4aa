// Owns the vector type of one level's encoder kernels and the functions of one vector. A level's file defines
//   FK_TARGET    the attribute that turns the level's instructions on,
//   FK_NAME(stem), FK_LANES   the level's suffix and the floats in its register.
// Invariant: lane-wise; a lane's result does not depend on the other lanes.
#include <math.h>
#include <stdint.h>
#include <string.h>

#define FK_INLINE FK_TARGET static inline __attribute__((always_inline))

typedef float FK_NAME(vector) __attribute__((vector_size(FK_LANES * 4)));
typedef int32_t FK_NAME(integers) __attribute__((vector_size(FK_LANES * 4)));
#define FK_VECTOR FK_NAME(vector)
#define FK_INTEGERS FK_NAME(integers)

FK_INLINE FK_VECTOR FK_NAME(load)(const float *from) {
  FK_VECTOR v;
  memcpy(&v, from, sizeof v);
  return v;
}

FK_INLINE void FK_NAME(store)(float *to, FK_VECTOR v) { memcpy(to, &v, sizeof v); }

/// The first `count` floats, at most a vector; zeros behind them.
FK_INLINE FK_VECTOR FK_NAME(load_some)(const float *from, size_t count) {
  if (count >= FK_LANES) return FK_NAME(load)(from);
  FK_VECTOR v = {0};
  memcpy(&v, from, count * sizeof(float));
  return v;
}

/// Writes the first `count` lanes, at most all.
FK_INLINE void FK_NAME(store_some)(float *to, FK_VECTOR v, size_t count) {
  if (count >= FK_LANES) {
    FK_NAME(store)(to, v);
  } else {
    memcpy(to, &v, count * sizeof(float));
  }
}

FK_INLINE FK_VECTOR FK_NAME(all)(float value) { return (FK_VECTOR){0} + value; }

FK_INLINE FK_VECTOR FK_NAME(max)(FK_VECTOR a, FK_VECTOR b) { return __builtin_elementwise_max(a, b); }

FK_INLINE float FK_NAME(sum)(FK_VECTOR v) {
  float lanes[FK_LANES];
  memcpy(lanes, &v, sizeof v);
  for (size_t width = FK_LANES / 2; width > 0; width /= 2)
    for (size_t i = 0; i < width; i++) lanes[i] += lanes[i + width];
  return lanes[0];
}

FK_INLINE float FK_NAME(largest)(FK_VECTOR v) {
  float largest = v[0];
  for (size_t i = 1; i < FK_LANES; i++) largest = v[i] > largest ? v[i] : largest;
  return largest;
}

/// e^x for x <= 0, relative error below 2e-7; what is under 2^-126 comes out as about that.
FK_INLINE FK_VECTOR FK_NAME(exp)(FK_VECTOR x) {
  // x = n ln 2 + r with |r| <= ln(2)/2: e^x = 2^n e^r. Adding 1.5 * 2^23 rounds to an integer in the low bits.
  const float round = 12582912.0f;
  x = FK_NAME(max)(x, FK_NAME(all)(-87.0f));
  FK_VECTOR shifted = x * 1.44269504f + round;
  FK_VECTOR n = shifted - round;
  // ln 2 in two parts, so that n ln 2 is subtracted exactly.
  FK_VECTOR r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  // The Taylor polynomial of degree 7: its rest is below 1e-8 here.
  FK_VECTOR p = r * (1.0f / 5040) + (1.0f / 720);
  p = p * r + (1.0f / 120);
  p = p * r + (1.0f / 24);
  p = p * r + (1.0f / 6);
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  FK_INTEGERS exponent = ((FK_INTEGERS)shifted - (FK_INTEGERS)FK_NAME(all)(round) + 127) << 23;
  return p * (FK_VECTOR)exponent;
}

/// x * Phi(x). The complementary error function is Abramowitz and Stegun's 7.1.26, |error| <= 1.5e-7; as a tail on the
/// side of each sign it keeps its accuracy where x is far below zero.
FK_INLINE FK_VECTOR FK_NAME(gelu)(FK_VECTOR x) {
  FK_VECTOR magnitude = __builtin_elementwise_abs(x);
  FK_VECTOR z = magnitude * 0.70710678f;
  FK_VECTOR t = 1.0f / (z * 0.3275911f + 1.0f);
  FK_VECTOR p = t * 1.061405429f - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  FK_VECTOR half_tail = p * t * 0.5f * FK_NAME(exp)(-(z * z));
  return FK_NAME(max)(x, FK_NAME(all)(0.0f)) - magnitude * half_tail;
}
