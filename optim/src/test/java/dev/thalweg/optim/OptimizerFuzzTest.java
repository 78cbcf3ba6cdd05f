package dev.thalweg.optim;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.thalweg.formula.SyntaxException;
import java.nio.charset.StandardCharsets;

/// Any text gives an optimizer or the documented exception, and an optimizer prints to a text that
/// gives it back.
///
/// As a test it runs the inputs kept beside it. To look for new ones: `tools/fuzz 60 Optimizer`.
class OptimizerFuzzTest {
  @FuzzTest(maxDuration = "4s")
  void anyTextGivesAnOptimizerOrASyntaxException(byte[] input) {
    Optimizer optimizer;
    try {
      optimizer = Optimizer.parse(new String(input, StandardCharsets.UTF_8));
    } catch (SyntaxException e) {
      return;
    }
    if (!Optimizer.parse(optimizer.toString()).equals(optimizer)) {
      throw new AssertionError("does not read back: " + optimizer);
    }
  }
}
