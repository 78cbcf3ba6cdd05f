package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {

  /// The lines `philox4x32 10` of Random123's `kat_vectors`: counter, key, expected.
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void givesThePublishedBits(String counter, String key, String expected) {
    long[] c = longs(counter);
    long[] k = longs(key);
    long[] e = longs(expected);
    assertThat(Philox.block(k[0], c[0], c[1], 0)).isEqualTo(e[0]);
    assertThat(Philox.block(k[0], c[0], c[1], 1)).isEqualTo(e[1]);
  }

  /// Pairs of words, the first the lower.
  private static long[] longs(String words) {
    String hex = words.replace(" ", "");
    return IntStream.range(0, hex.length() / 16)
        .mapToLong(i -> Long.parseUnsignedLong(hex.substring(16 * i, 16 * i + 16), 16))
        .map(pair -> Long.rotateLeft(pair, 32))
        .toArray();
  }

  @Test
  void uniformNumbersAreTheWordsOfTheBlocksInOrder() {
    Philox p = Philox.of(0, 0);
    assertThat(p.uniform(0)).isEqualTo((0x6627e8d5 >>> 8) * 0x1p-24f);
    assertThat(p.uniform(1)).isEqualTo((0xe169c58d >>> 8) * 0x1p-24f);
    assertThat(p.uniform(2)).isEqualTo((0xbc57ac4c >>> 8) * 0x1p-24f);
    assertThat(p.uniform(3)).isEqualTo((0x9b00dbd8 >>> 8) * 0x1p-24f);
    assertThat(p.uniformDouble(1)).isEqualTo((0x9b00dbd8bc57ac4cL >>> 11) * 0x1p-53);
  }

  @Test
  void seedsAndStreamsDiffer() {
    assertThat(Philox.of(1, 2).uniform(5)).isNotEqualTo(Philox.of(2, 1).uniform(5));
    assertThat(Philox.of(1, 2).uniform(5)).isNotEqualTo(Philox.of(1, 3).uniform(5));
  }

  @Test
  void uniformNumbersHaveTheMomentsOfTheUniformDistribution() {
    Philox p = Philox.of(7, 1);
    int n = 1 << 18;
    double mean = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double u = p.uniform(i);
      mean += u / n;
      square += u * u / n;
    }
    // five standard errors
    assertThat(mean).isBetween(0.5 - 5 * 0.2887 / 512, 0.5 + 5 * 0.2887 / 512);
    assertThat(square).isBetween(1 / 3.0 - 5 * 0.2981 / 512, 1 / 3.0 + 5 * 0.2981 / 512);
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    Philox p = Philox.of(7, 2);
    int n = 1 << 18;
    double[] moments = new double[5];
    double product = 0;
    for (int i = 0; i < n; i++) {
      double x = p.normal(i);
      for (int k = 1; k < 5; k++) {
        moments[k] += Math.pow(x, k) / n;
      }
      product += x * p.normal(i ^ 1) / n;
    }
    assertThat(moments[1]).isBetween(-5 / 512.0, 5 / 512.0);
    assertThat(moments[2]).isBetween(1 - 5 * 1.4142 / 512, 1 + 5 * 1.4142 / 512);
    assertThat(moments[3]).isBetween(-5 * 3.873 / 512, 5 * 3.873 / 512);
    assertThat(moments[4]).isBetween(3 - 5 * 9.798 / 512, 3 + 5 * 9.798 / 512);
    assertThat(product).isBetween(-10 / 512.0, 10 / 512.0);
  }

  @Test
  void belowIsEquallyLikelyEverywhere() {
    Philox p = Philox.of(3, 3);
    int[] counts = new int[7];
    int n = 70_000;
    for (int i = 0; i < n; i++) {
      counts[p.below(i, 7)]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 10_000.0) * (count - 10_000.0) / 10_000;
    }
    assertThat(chiSquare).isLessThan(22.5); // one in a thousand, six degrees of freedom
  }

  @Test
  void permutationHoldsEveryNumberOnceAndIsNotTheIdentity() {
    int[] p = Philox.of(1, 4).permutation(1000);
    assertThat(p).isNotEqualTo(IntStream.range(0, 1000).toArray());
    Arrays.sort(p);
    assertThat(p).isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Philox.of(1, 4).permutation(0)).isEmpty();
  }

  @Test
  void allPermutationsOfThreeAreEquallyLikely() {
    int[] counts = new int[27];
    for (int s = 0; s < 6000; s++) {
      int[] p = Philox.of(5, s).permutation(3);
      counts[9 * p[0] + 3 * p[1] + p[2]]++;
    }
    assertThat(Arrays.stream(counts).filter(c -> c > 0).count()).isEqualTo(6);
    assertThat(Arrays.stream(counts).filter(c -> c > 0).min().orElse(0)).isGreaterThan(860);
  }

  @Test
  void arraysAreFilledWithTheSameNumbersAsOneByOne() {
    Philox p = Philox.of(9, 9);
    float[] y = new float[70];
    p.uniform(13, y, 3, 67, -2, 3);
    assertThat(y[2]).isZero();
    assertThat(y[3 + 20]).isEqualTo(Math.fma(5f, p.uniform(33), -2f));
    p.normal(13, y, 3, 67, 1, 2);
    assertThat(y[3 + 21]).isEqualTo((float) (1 + 2 * p.normal(34)));
  }

  @Test
  void keepDropsTheRateAndScalesTheRest() {
    float[] y = new float[100_000];
    Philox.of(2, 2).keep(0, 0.2, y, 0, y.length);
    int dropped = 0;
    for (float v : y) {
      assertThat(v == 0f || v == 1.25f).isTrue();
      dropped += v == 0f ? 1 : 0;
    }
    assertThat(dropped).isBetween(20_000 - 633, 20_000 + 633);
    float[] all = new float[100];
    Philox.of(2, 2).keep(0, 0, all, 0, all.length);
    assertThat(all).containsOnly(1f);
  }

  @Test
  void badArgumentsAreNamed() {
    Philox p = Philox.of(0, 0);
    assertThatThrownBy(() -> p.keep(0, 1, new float[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout: expected a rate in [0, 1), found 1.0");
    assertThatThrownBy(() -> p.below(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
    assertThatThrownBy(() -> p.permutation(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
