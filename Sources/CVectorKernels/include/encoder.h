// Owns the arithmetic of the transformer encoder. Invariant: a row of a result depends on its own row (in attention: on
// its own text), the weights and the level alone, bit for bit, whatever other rows are computed in the same call.
#pragma once

#include <stddef.h>

#include "cpu.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is applied to a product after its bias.
typedef enum {
  FK_ACTIVATION_NONE = 0,  ///< Nothing.
  FK_ACTIVATION_GELU = 1,  ///< x * Phi(x), absolute error below 5e-7.
} fk_activation;

/// A linear layer's product: `out[r][c] = activation(bias[c] + sum over d of input[r][d] * weight[c][d])`.
typedef struct {
  const float *input;        ///< `rows` rows of `depth` floats.
  size_t input_stride;       ///< Floats from one row to the next.
  size_t rows;               ///< Rows of `input` and `out`.
  const void *weights;       ///< What `pack` wrote for `columns` and `depth`; 64-byte aligned.
  size_t columns;            ///< Columns of `out`.
  size_t depth;              ///< Products summed per result.
  const float *bias;         ///< `columns` floats, or NULL for none.
  fk_activation activation;  ///< Applied last.
  float *out;                ///< `rows` rows of `columns` floats; overlaps neither `input` nor `scratch`.
  size_t out_stride;         ///< Floats from one row to the next.
  void *scratch;             ///< `multiply_scratch(rows, depth)` bytes, 64-byte aligned.
} fk_product;

/// Multi-head self-attention of one text.
typedef struct {
  const float *queries;  ///< `length` rows of `heads * head_size` floats.
  const float *keys;     ///< As `queries`.
  const float *values;   ///< As `queries`.
  size_t stride;         ///< Floats from one row of the three to the next.
  size_t length;         ///< Tokens of the text.
  size_t heads;          ///< Heads.
  size_t head_size;      ///< Components of a head.
  float *out;            ///< `length` rows of `heads * head_size` floats; overlaps nothing else.
  size_t out_stride;     ///< Floats from one row to the next.
  void *scratch;         ///< `attention_scratch(length, head_size)` bytes, 64-byte aligned.
} fk_attention;

/// One level's kernels. No function allocates, fails or keeps state; any thread.
typedef struct {
  /// Bytes that packed weights take.
  size_t (*packed_bytes)(size_t columns, size_t depth);
  /// Packs `columns` rows of `depth` floats (a linear layer's weight as stored) for `multiply`; `packed` is 64-byte
  /// aligned. At `FK_SIMD_AVX512_BF16` they are rounded to bfloat16, to nearest even.
  void (*pack)(const float *weight, size_t columns, size_t depth, void *packed);
  /// Bytes of scratch that `multiply` needs.
  size_t (*multiply_scratch)(size_t rows, size_t depth);
  /// Computes a product; at `FK_SIMD_AVX512_BF16` the input is rounded to bfloat16 and sums are float32.
  void (*multiply)(const fk_product *product);
  /// Bytes of scratch that `attend` needs.
  size_t (*attention_scratch)(size_t length, size_t head_size);
  /// Computes softmax(Q K^T / sqrt(head_size)) V for each head, in float32.
  void (*attend)(const fk_attention *attention);
  /// `x = (y - mean(y)) / sqrt(variance(y) + epsilon) * gain + shift` with `y = x + residual`, for each of `rows`
  /// rows of `columns` floats without gaps.
  void (*add_normalize)(float *x, const float *residual, size_t rows, size_t columns, const float *gain,
                        const float *shift, float epsilon);
  /// The mean of `rows` rows of `columns` floats without gaps, scaled to length 1 (zero where the mean is zero).
  void (*pool)(const float *x, size_t rows, size_t columns, float *out);
} fk_encoder_kernels;

/// The kernels of `level`, which this CPU must have (`fk_simd_is_available`). Static storage.
const fk_encoder_kernels *fk_encoder(fk_simd_level level);

#ifdef __cplusplus
}
#endif
