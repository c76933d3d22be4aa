// Owns one level's matrix product. Weights are packed in panels: FK_PANEL columns side by side, step after step of the
// depth, so that a tile of FK_TILE_ROWS rows and one panel reads memory forward and lives in registers. Needs
// encoder_math.h. A level's file defines
//   FK_TILE_ROWS, FK_TILE_VECTORS   rows and vectors of a tile, 12 rows at most,
//   FK_STEP                         what one lane of a packed vector holds of the depth (float, or a pair of bfloat16),
//   FK_PRODUCT(stem)                the name of its functions,
//   FK_PRODUCT(accumulate)(sum, step, panel)   adds the products of an input's step and one vector of the panel.
// Invariant: a result is one sum over the depth in order, however many rows its tile has.

#define FK_PANEL (FK_LANES * FK_TILE_VECTORS)

/// Multiplies `rows` <= FK_TILE_ROWS rows, a constant at each call, by one panel.
FK_INLINE void FK_PRODUCT(tile)(const size_t rows, const FK_STEP *input, size_t input_stride, const FK_STEP *panel,
                                size_t steps, const float *bias, fk_activation activation, float *out,
                                size_t out_stride, size_t columns) {
  FK_VECTOR sums[FK_TILE_ROWS][FK_TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < FK_TILE_VECTORS; v++) sums[r][v] = FK_NAME(all)(0.0f);

  for (size_t step = 0; step < steps; step++, panel += FK_PANEL) {
    FK_VECTOR weights[FK_TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < FK_TILE_VECTORS; v++) memcpy(&weights[v], panel + v * FK_LANES, sizeof weights[v]);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
      for (size_t v = 0; v < FK_TILE_VECTORS; v++)
        sums[r][v] = FK_PRODUCT(accumulate)(sums[r][v], input[r * input_stride + step], weights[v]);
  }

#pragma clang loop unroll(full)
  for (size_t v = 0; v < FK_TILE_VECTORS; v++) {
    if (v * FK_LANES >= columns) break;
    size_t count = columns - v * FK_LANES;
    FK_VECTOR offset = bias == NULL ? FK_NAME(all)(0.0f) : FK_NAME(load_some)(bias + v * FK_LANES, count);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      FK_VECTOR result = sums[r][v] + offset;
      if (activation == FK_ACTIVATION_GELU) result = FK_NAME(gelu)(result);
      FK_NAME(store_some)(out + r * out_stride + v * FK_LANES, result, count);
    }
  }
}

/// Multiplies all rows of an input whose steps are packed as the weights' are.
FK_TARGET static void FK_PRODUCT(multiply_steps)(const FK_STEP *input, size_t input_stride, size_t steps,
                                                 const fk_product *product) {
  // Rows are spread evenly over the tiles: 26 rows are 9 + 9 + 8, not 12 + 12 + 2.
  const size_t tiles = (product->rows + FK_TILE_ROWS - 1) / FK_TILE_ROWS;
  const FK_STEP *panel = product->weights;
  for (size_t column = 0; column < product->columns; column += FK_PANEL, panel += FK_PANEL * steps) {
    const size_t columns = product->columns - column;
    const float *bias = product->bias == NULL ? NULL : product->bias + column;
    size_t row = 0;
    for (size_t tile = 0; tile < tiles; tile++) {
      const size_t end = product->rows * (tile + 1) / tiles;
      const FK_STEP *from = input + row * input_stride;
      float *to = product->out + row * product->out_stride + column;
#define FK_TILE(count)                                                                                         \
  case count:                                                                                                  \
    FK_PRODUCT(tile)(count, from, input_stride, panel, steps, bias, product->activation, to,                   \
                     product->out_stride, columns);                                                            \
    break;
      switch (end - row) {
        FK_TILE(1)
        FK_TILE(2)
        FK_TILE(3)
        FK_TILE(4)
#if FK_TILE_ROWS > 4
        FK_TILE(5)
        FK_TILE(6)
#endif
#if FK_TILE_ROWS > 6
        FK_TILE(7)
        FK_TILE(8)
        FK_TILE(9)
        FK_TILE(10)
        FK_TILE(11)
        FK_TILE(12)
#endif
      }
#undef FK_TILE
      row = end;
    }
  }
}
