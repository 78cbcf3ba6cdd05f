package dev.thalweg.train;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// What a training tells the JDK's Flight Recorder: where its time goes. While nothing is recorded
/// it is one question a piece of work; where the JVM has no such module, not even that.
///
/// ```text
/// java -XX:StartFlightRecording:filename=run.jfr …
/// jfr summary run.jfr        # dev.thalweg.Step, Data, Optimizer, Checkpoint
/// ```
final class Recording {

  /// Whether the module is there, which this one does not ask for: resolving it takes time.
  private static final boolean PRESENT =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(module -> Recording.class.getModule().canRead(module))
          .isPresent();

  private Recording() {}

  /// Pieces of work.
  enum Kind {
    /// One step, without its data.
    STEP,
    /// A batch is read.
    DATA,
    /// The optimizer moves the weights.
    OPTIMIZER,
    /// A checkpoint is written.
    CHECKPOINT
  }

  /// A piece of work begins.
  ///
  /// @return what is to be ended; null while nothing is recorded
  static @Nullable Work begin(Kind kind) {
    return PRESENT ? Making.begun(kind) : null;
  }

  /// A piece of work has ended.
  ///
  /// @param loss NaN where there is none
  static void end(@Nullable Work work, long step, double loss) {
    if (work != null) {
      work.step = step;
      work.loss = loss;
      work.commit();
    }
  }

  /// A piece of work while it is recorded.
  @Category("Thalweg")
  @StackTrace(false)
  abstract static class Work extends Event {
    @Label("Step")
    long step;

    @Label("Loss")
    double loss;
  }

  /// Makes them. Within [Work] the verifier would load its subclasses while it is loaded itself,
  /// which the recorder does not survive when it runs from the start of the JVM.
  private static final class Making {
    static @Nullable Work begun(Kind kind) {
      Work work =
          switch (kind) {
            case STEP -> new Step();
            case DATA -> new Data();
            case OPTIMIZER -> new Moving();
            case CHECKPOINT -> new Saving();
          };
      if (!work.isEnabled()) {
        return null;
      }
      work.begin();
      return work;
    }
  }

  @Name("dev.thalweg.Step")
  @Label("Training step")
  private static final class Step extends Work {}

  @Name("dev.thalweg.Data")
  @Label("Batch read")
  private static final class Data extends Work {}

  @Name("dev.thalweg.Optimizer")
  @Label("Optimizer step")
  private static final class Moving extends Work {}

  @Name("dev.thalweg.Checkpoint")
  @Label("Checkpoint written")
  private static final class Saving extends Work {}
}
