// Owns one level's float32 kernel table: packing, product and attention. Needs encoder_math.h and encoder_rows.h.

#define FK_STEP float
#define FK_PRODUCT(stem) FK_NAME(stem)

FK_INLINE FK_VECTOR FK_NAME(accumulate)(FK_VECTOR sum, float step, FK_VECTOR panel) { return step * panel + sum; }

#include "encoder_multiply.h"

FK_TARGET static size_t FK_NAME(packed_floats)(size_t columns, size_t depth) {
  return (columns + FK_PANEL - 1) / FK_PANEL * FK_PANEL * depth;
}

FK_TARGET static size_t FK_NAME(packed_bytes)(size_t columns, size_t depth) {
  return FK_NAME(packed_floats)(columns, depth) * sizeof(float);
}

/// Packs a weight whose element for column c and depth d is at `weight[c * column_stride + d * depth_stride]`.
FK_TARGET static void FK_NAME(pack_strided)(const float *weight, size_t column_stride, size_t depth_stride,
                                            size_t columns, size_t depth, float *packed) {
  for (size_t panel = 0; panel < columns; panel += FK_PANEL)
    for (size_t d = 0; d < depth; d++, packed += FK_PANEL)
      for (size_t c = 0; c < FK_PANEL; c++)
        packed[c] = panel + c < columns ? weight[(panel + c) * column_stride + d * depth_stride] : 0.0f;
}

FK_TARGET static void FK_NAME(pack)(const float *weight, size_t columns, size_t depth, void *packed) {
  FK_NAME(pack_strided)(weight, depth, 1, columns, depth, packed);
}

FK_TARGET static size_t FK_NAME(multiply_scratch)(size_t rows, size_t depth) {
  (void)rows, (void)depth;
  return 0;
}

FK_TARGET static void FK_NAME(multiply)(const fk_product *product) {
  FK_NAME(multiply_steps)(product->input, product->input_stride, product->depth, product);
}

FK_TARGET static size_t FK_NAME(attention_scratch)(size_t length, size_t head_size) {
  size_t keys = FK_NAME(packed_floats)(length, head_size), values = FK_NAME(packed_floats)(head_size, length);
  return (keys + values + FK_TILE_ROWS * length) * sizeof(float);
}

FK_TARGET static void FK_NAME(attend)(const fk_attention *attention) {
  const size_t length = attention->length, head_size = attention->head_size, stride = attention->stride;
  float *keys = attention->scratch;
  float *values = keys + FK_NAME(packed_floats)(length, head_size);
  float *scores = values + FK_NAME(packed_floats)(head_size, length);
  const float scale = 1.0f / sqrtf((float)head_size);
  for (size_t head = 0; head < attention->heads; head++) {
    const size_t at = head * head_size;
    FK_NAME(pack_strided)(attention->keys + at, stride, 1, length, head_size, keys);
    FK_NAME(pack_strided)(attention->values + at, 1, stride, head_size, length, values);
    // A tile of rows at a time: its scores stay in the first cache.
    const size_t tiles = (length + FK_TILE_ROWS - 1) / FK_TILE_ROWS;
    size_t row = 0;
    for (size_t tile = 0; tile < tiles; tile++) {
      const size_t end = length * (tile + 1) / tiles;
      fk_product similarity = {.input = attention->queries + row * stride + at,
                               .input_stride = stride,
                               .rows = end - row,
                               .weights = keys,
                               .columns = length,
                               .depth = head_size,
                               .out = scores,
                               .out_stride = length};
      FK_NAME(multiply)(&similarity);
      for (size_t i = 0; i < end - row; i++) FK_NAME(softmax)(scores + i * length, length, scale);
      fk_product mixture = {.input = scores,
                            .input_stride = length,
                            .rows = end - row,
                            .weights = values,
                            .columns = head_size,
                            .depth = length,
                            .out = attention->out + row * attention->out_stride + at,
                            .out_stride = attention->out_stride};
      FK_NAME(multiply)(&mixture);
      row = end;
    }
  }
}

#define FK_FLOAT_TABLE                                                                                    \
  {FK_NAME(packed_bytes), FK_NAME(pack),   FK_NAME(multiply_scratch), FK_NAME(multiply),                  \
   FK_NAME(attention_scratch), FK_NAME(attend), FK_NAME(add_normalize), FK_NAME(pool)}
