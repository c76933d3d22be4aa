// Owns the encoder's linear layers in bfloat16 with float32 sums; the other kernels are AVX-512's.
#if defined(__x86_64__)
#include <immintrin.h>

#include "encoder_kernels.h"

#define FK_TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,avx2,fma")))
#define FK_NAME(stem) stem##_bf16
#define FK_LANES 16
#define FK_TILE_ROWS 12
#define FK_TILE_VECTORS 2

#include "encoder_math.h"

/// Two neighbours of the depth, the first one in the low half.
typedef uint32_t bf16_pair;

#define FK_STEP bf16_pair
#define FK_PRODUCT(stem) FK_NAME(stem)

FK_INLINE FK_VECTOR accumulate_bf16(FK_VECTOR sum, bf16_pair step, FK_VECTOR panel) {
  return _mm512_dpbf16_ps(sum, (__m512bh)_mm512_set1_epi32((int)step), (__m512bh)panel);
}

#include "encoder_multiply.h"

static size_t pairs(size_t depth) { return (depth + 1) / 2; }

/// Rounds to nearest even, as the instruction does for an input; a NaN stays one.
static uint32_t rounded(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  if (value != value) return (bits >> 16) | 0x40;
  return (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
}

static size_t packed_bytes_bf16(size_t columns, size_t depth) {
  return (columns + FK_PANEL - 1) / FK_PANEL * FK_PANEL * pairs(depth) * sizeof(bf16_pair);
}

static void pack_bf16(const float *weight, size_t columns, size_t depth, void *packed) {
  bf16_pair *to = packed;
  for (size_t panel = 0; panel < columns; panel += FK_PANEL)
    for (size_t d = 0; d < depth; d += 2, to += FK_PANEL)
      for (size_t c = 0; c < FK_PANEL; c++) {
        const float *from = weight + (panel + c) * depth + d;
        int inside = panel + c < columns;
        uint32_t low = inside ? rounded(from[0]) : 0, high = inside && d + 1 < depth ? rounded(from[1]) : 0;
        to[c] = low | high << 16;
      }
}

static size_t multiply_scratch_bf16(size_t rows, size_t depth) { return rows * pairs(depth) * sizeof(bf16_pair); }

FK_TARGET static void multiply_bf16(const fk_product *product) {
  bf16_pair *steps = product->scratch;
  for (size_t row = 0; row < product->rows; row++) {
    const float *from = product->input + row * product->input_stride;
    bf16_pair *to = steps + row * pairs(product->depth);
    for (size_t d = 0; d < product->depth; d += FK_LANES, to += FK_LANES / 2) {
      size_t count = product->depth - d < FK_LANES ? product->depth - d : FK_LANES;
      __m256bh block = _mm512_cvtneps_pbh((__m512)FK_NAME(load_some)(from + d, count));
      memcpy(to, &block, pairs(count) * sizeof(bf16_pair));
    }
  }
  FK_NAME(multiply_steps)(steps, pairs(product->depth), pairs(product->depth), product);
}

static size_t attention_scratch_bf16(size_t length, size_t head_size) {
  return fk_encoder_avx512.attention_scratch(length, head_size);
}

static void attend_bf16(const fk_attention *attention) { fk_encoder_avx512.attend(attention); }

static void add_normalize_bf16(float *x, const float *residual, size_t rows, size_t columns, const float *gain,
                               const float *shift, float epsilon) {
  fk_encoder_avx512.add_normalize(x, residual, rows, columns, gain, shift, epsilon);
}

static void pool_bf16(const float *x, size_t rows, size_t columns, float *out) {
  fk_encoder_avx512.pool(x, rows, columns, out);
}

const fk_encoder_kernels fk_encoder_avx512_bf16 = {
    packed_bytes_bf16,      pack_bf16,   multiply_scratch_bf16, multiply_bf16,
    attention_scratch_bf16, attend_bf16, add_normalize_bf16,    pool_bf16,
};
#endif
