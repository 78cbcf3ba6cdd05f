package dev.thalweg.formula;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any text gives calls or the documented exception, and calls print to a text that gives them
/// back.
///
/// As a test it runs the inputs kept beside it. To look for new ones: `tools/fuzz 60 Call`.
class CallFuzzTest {
  @FuzzTest(maxDuration = "4s")
  void anyTextGivesCallsOrASyntaxException(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    List<Call> calls;
    try {
      calls = Call.parseChain(text);
    } catch (SyntaxException e) {
      if (e.getMessage() == null || e.position() > text.length()) {
        throw new AssertionError("a message without a place", e);
      }
      return;
    }
    for (Call call : calls) {
      if (!Call.parse(call.toString()).equals(call)) {
        throw new AssertionError("does not read back: " + call);
      }
    }
  }
}
