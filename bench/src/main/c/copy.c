/* The traffic of AdamW: four arrays read, three of them written. */
void touch(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, long n, float s) {
  for (long i = 0; i < n; i++) {
    float x = g[i];
    m[i] = m[i] + s * x;
    v[i] = v[i] + s * x;
    p[i] = p[i] + s * x;
  }
}

/* The slow half of its arithmetic without the traffic: a root and a division, rounded as IEEE 754 has it, for as many
   numbers, in registers and the first cache. */
void divide(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, long n, float s) {
  float x[256];
  for (int i = 0; i < 256; i++) x[i] = 1 + i + s;
  for (long done = 256; done <= n; done += 256) {
    for (int i = 0; i < 256; i++) x[i] = 3 / __builtin_sqrtf(x[i]);
  }
  m[0] += 0 * x[n & 255];
}
