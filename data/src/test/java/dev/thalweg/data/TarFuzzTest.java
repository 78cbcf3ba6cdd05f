package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whatever bytes come in, only [DataException] and [EOFException] come out of reading a tar
/// archive.
class TarFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void tar(byte[] bytes) throws IOException {
    try {
      read(bytes);
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    } catch (EOFException documented) {
      assertThat(documented).hasNoCause();
    }
    // With the checksum made right, so that a search gets behind it.
    if (bytes.length >= 512) {
      byte[] right = bytes.clone();
      System.arraycopy("        ".getBytes(StandardCharsets.US_ASCII), 0, right, 148, 8);
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += right[i] & 0xff;
      }
      byte[] digits = "%07o\0".formatted(sum).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, right, 148, 8);
      try {
        read(right);
      } catch (DataException | EOFException documented) {
        assertThat(documented).isNotNull();
      }
    }
  }

  private static void read(byte[] bytes) throws IOException {
    var entries = new TarEntries("fuzz", new ByteArrayInputStream(bytes));
    long total = 0;
    for (var entry = entries.next(); entry != null; entry = entries.next()) {
      assertThat(entry.size()).isNotNegative();
      int count = entries.read(new byte[100]);
      assertThat(count).isEqualTo((int) Math.min(100, entry.size()));
      total += count;
    }
    assertThat(total).isLessThanOrEqualTo(bytes.length);
  }
}
