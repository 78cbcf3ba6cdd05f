/* The traffic of AdamW: four arrays read, three of them written. */
void touch(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, long n, float s) {
  for (long i = 0; i < n; i++) {
    float x = g[i];
    m[i] = m[i] + s * x;
    v[i] = v[i] + s * x;
    p[i] = p[i] + s * x;
  }
}
