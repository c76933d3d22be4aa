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

/// x * Phi(x) = max(x, 0) - |x| Phi(-|x|), absolute error below 5e-7. The tail |x| Phi(-|x|) is smooth on one side of
/// zero: the coefficients, highest first, are its Chebyshev interpolation of degree 16 over [0, 5.5] as a polynomial in
/// 2|x|/5.5 - 1; past 5.5 it is below 1.1e-7. Neither an exponential nor a division stands in the way of the product.
FK_INLINE FK_VECTOR FK_NAME(gelu)(FK_VECTOR x) {
  static const float coefficients[] = {
      -0.0164371319f, -0.000267895346f, 0.101876877f, -0.038418185f, -0.261687815f, 0.233847022f,
      0.27624175f, -0.546387672f, 0.149504915f, 0.460155696f, -0.627847791f, 0.260321051f,
      0.178888708f, -0.308671772f, 0.191266134f, -0.060578227f, 0.00819434877f};
  FK_VECTOR magnitude = __builtin_elementwise_min(__builtin_elementwise_abs(x), FK_NAME(all)(5.5f));
  FK_VECTOR t = magnitude * (2 / 5.5f) - 1.0f;
  FK_VECTOR tail = FK_NAME(all)(coefficients[0]);
#pragma clang loop unroll(full)
  for (size_t i = 1; i < sizeof coefficients / sizeof coefficients[0]; i++) tail = tail * t + coefficients[i];
  return FK_NAME(max)(x, FK_NAME(all)(0.0f)) - tail;
}
