package dev.thalweg.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Several files of a run folder read as they were at one moment, while others may replace them.
///
/// What was read counts if the files were not replaced meanwhile, or if they say themselves that
/// they belong together; else they are read again. What a process began to put in place and did not
/// end is ended first ([Replacement]).
final class WholeRun {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private WholeRun() {}

  /// What was read.
  ///
  /// @param certain whether the files themselves say that they belong together
  record Read<T>(T value, boolean certain) {}

  static <T> T read(Path folder, Supplier<Read<T>> reading) {
    try {
      Replacement.settle(folder);
    } catch (IOException mayNotWriteHere) {
      // Files that belong together can be read all the same.
    }
    long begin = System.nanoTime();
    while (true) {
      List<Object> before = state(folder);
      @Nullable RunException failure = null;
      try {
        Read<T> read = reading.get();
        if (read.certain() || isStill(folder, before)) {
          return read.value();
        }
      } catch (RunException e) {
        if (isStill(folder, before)) {
          throw e;
        }
        failure = e;
      }
      try {
        Replacement.settle(folder);
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new IOException("another process is replacing it all the time");
        }
        Replacement.pause();
      } catch (IOException e) {
        String reason = RunFolder.reason(e);
        throw failure == null
            ? new RunException(folder + ": can't be read: " + reason, e)
            : new RunException(
                failure.getMessage() + "; its replacing can't be ended: " + reason, e);
      }
    }
  }

  private static boolean isStill(Path folder, List<Object> before) {
    return !Replacement.isUnderWay(folder) && state(folder).equals(before);
  }

  /// What tells one file from another that has taken its name.
  private static List<Object> state(Path folder) {
    var state = new ArrayList<Object>();
    for (String name : RunFolder.FILES) {
      try {
        var file = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
        state.add(file.lastModifiedTime());
        state.add(file.size());
        state.add(String.valueOf(file.fileKey()));
      } catch (IOException e) {
        state.add("none");
      }
    }
    return state;
  }
}
