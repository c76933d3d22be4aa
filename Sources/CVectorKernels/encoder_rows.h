// Owns one level's kernels over rows: softmax, layer normalisation, pooling. Needs encoder_math.h.
// Invariant: sums run over a row in blocks of FK_LANES, in order, so that a row's result depends on the row alone.

/// Turns a row of scores into weights that sum to 1: softmax(scale * scores).
FK_TARGET static void FK_NAME(softmax)(float *scores, size_t count, float scale) {
  FK_VECTOR top = FK_NAME(all)(-INFINITY);
  size_t whole = count - count % FK_LANES;
  for (size_t i = 0; i < whole; i += FK_LANES) top = FK_NAME(max)(top, FK_NAME(load)(scores + i));
  float largest = FK_NAME(largest)(top);
  for (size_t i = whole; i < count; i++) largest = scores[i] > largest ? scores[i] : largest;

  FK_VECTOR total = FK_NAME(all)(0.0f);
  for (size_t i = 0; i < whole; i += FK_LANES) {
    FK_VECTOR weight = FK_NAME(exp)((FK_NAME(load)(scores + i) - largest) * scale);
    FK_NAME(store)(scores + i, weight);
    total += weight;
  }
  float sum = FK_NAME(sum)(total);
  if (whole < count) {
    FK_VECTOR weight = FK_NAME(exp)((FK_NAME(load_some)(scores + whole, count - whole) - largest) * scale);
    FK_NAME(store_some)(scores + whole, weight, count - whole);
    for (size_t i = whole; i < count; i++) sum += scores[i];
  }
  float inverse = 1.0f / sum;
  for (size_t i = 0; i < count; i += FK_LANES)
    FK_NAME(store_some)(scores + i, FK_NAME(load_some)(scores + i, count - i) * inverse, count - i);
}

FK_TARGET static void FK_NAME(add_normalize)(float *x, const float *residual, size_t rows, size_t columns,
                                             const float *gain, const float *shift, float epsilon) {
  for (size_t row = 0; row < rows; row++, x += columns, residual += columns) {
    FK_VECTOR total = FK_NAME(all)(0.0f);
    for (size_t i = 0; i < columns; i += FK_LANES) {
      FK_VECTOR y = FK_NAME(load_some)(x + i, columns - i) + FK_NAME(load_some)(residual + i, columns - i);
      FK_NAME(store_some)(x + i, y, columns - i);
      total += y;
    }
    float mean = FK_NAME(sum)(total) / (float)columns;
    FK_VECTOR squares = FK_NAME(all)(0.0f);
    size_t whole = columns - columns % FK_LANES;
    for (size_t i = 0; i < whole; i += FK_LANES) {
      FK_VECTOR centred = FK_NAME(load)(x + i) - mean;
      squares += centred * centred;
    }
    float variance = FK_NAME(sum)(squares);
    for (size_t i = whole; i < columns; i++) variance += (x[i] - mean) * (x[i] - mean);
    float inverse = 1.0f / sqrtf(variance / (float)columns + epsilon);
    for (size_t i = 0; i < columns; i += FK_LANES) {
      FK_VECTOR scaled = (FK_NAME(load_some)(x + i, columns - i) - mean) * inverse;
      FK_VECTOR y = scaled * FK_NAME(load_some)(gain + i, columns - i) + FK_NAME(load_some)(shift + i, columns - i);
      FK_NAME(store_some)(x + i, y, columns - i);
    }
  }
}

FK_TARGET static void FK_NAME(pool)(const float *x, size_t rows, size_t columns, float *out) {
  FK_VECTOR squares = FK_NAME(all)(0.0f);
  for (size_t i = 0; i < columns; i += FK_LANES) {
    FK_VECTOR total = FK_NAME(all)(0.0f);
    for (size_t row = 0; row < rows; row++) total += FK_NAME(load_some)(x + row * columns + i, columns - i);
    FK_VECTOR mean = total / (float)rows;
    FK_NAME(store_some)(out + i, mean, columns - i);
    squares += mean * mean;
  }
  float length = sqrtf(FK_NAME(sum)(squares));
  float inverse = length > 0 ? 1.0f / length : 0.0f;
  for (size_t i = 0; i < columns; i += FK_LANES)
    FK_NAME(store_some)(out + i, FK_NAME(load_some)(out + i, columns - i) * inverse, columns - i);
}
