package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.charset.StandardCharsets;

/// The bytes of UTF-8.
enum ByteTokenizer implements Tokenizer {
  INSTANCE;

  static final int BYTES = 256;

  @Override
  public int size() {
    return BYTES;
  }

  @Override
  public int[] encode(String text) {
    NotNull.check(text, "text");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bytes[i] & 0xff;
    }
    return tokens;
  }

  @Override
  public String decode(int... tokens) {
    check(tokens);
    byte[] bytes = new byte[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      bytes[i] = (byte) tokens[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "bytes";
  }
}
