package dev.thalweg.optim;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.thalweg.formula.SyntaxException;
import java.nio.charset.StandardCharsets;

/// Any text gives a schedule or the documented exception; a schedule prints to a text that gives it
/// back, and keeps within its bounds.
///
/// As a test it runs the inputs kept beside it. To look for new ones: `tools/fuzz 60 Schedule`.
class ScheduleFuzzTest {
  @FuzzTest(maxDuration = "4s")
  void anyTextGivesAScheduleOrASyntaxException(byte[] input) {
    Schedule schedule;
    try {
      schedule = Schedule.parse(new String(input, StandardCharsets.UTF_8));
    } catch (SyntaxException e) {
      return;
    }
    if (!Schedule.parse(schedule.toString()).equals(schedule)) {
      throw new AssertionError("does not read back: " + schedule);
    }
    try {
      Schedule resolved = schedule.resolved(100);
      resolved.at(0);
      resolved.at(99);
      resolved.at(Long.MAX_VALUE);
    } catch (SyntaxException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      // The run is too short for it.
    }
  }
}
