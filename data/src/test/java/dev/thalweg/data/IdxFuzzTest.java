package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes come in, only [DataException] comes out of reading an IDX file.
class IdxFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void idx(byte[] bytes) {
    try {
      IdxArray array = IdxArray.parse("fuzz", bytes);
      assertThat(array.floats()).hasSize(array.size());
      assertThat(array.shape()).isNotEmpty();
      IdxImages.of(array, array);
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
    try {
      // As images of two labels.
      IdxArray labels = IdxArray.parse("fuzz", IdxArrayTest.idx(8, new int[] {2}, 0, 1));
      Dataset data = IdxImages.of(IdxArray.parse("fuzz", bytes), labels);
      assertThat(data.rows()).isEqualTo(2);
    } catch (DataException documented) {
      assertThat(documented.getMessage()).startsWith("fuzz").doesNotContain("\n");
    }
  }
}
