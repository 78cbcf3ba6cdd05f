package dev.thalweg.train;

import dev.thalweg.kernels.NotNull;
import java.util.function.Consumer;

/// Somebody who looks into steps of a training: at weights, gradients and what the step made of
/// them. Where a step is looked at, the weights before it are copied; others cost nothing.
///
/// ```java
/// trainer.withInspector(Inspector.every(100, view ->
///     System.out.println(view.step() + " " + view.weights().getFirst().ratio())));
/// ```
public interface Inspector {

  /// Whether a step is to be looked at; asked before it.
  ///
  /// @param step from 1 on, over all epochs
  boolean wants(long step);

  /// Whether it reads [StepView#notes]: the optimizer is then asked before the step, which costs
  /// about as much as another update where a stage has something to tell. Default: it does.
  default boolean readsNotes() {
    return true;
  }

  /// Looks at a step that was taken.
  ///
  /// @param view valid until this returns
  void inspect(StepView view);

  /// One that looks at the first step, and each that is a multiple of a number.
  ///
  /// @throws IllegalArgumentException if it is not positive
  static Inspector every(long steps, Consumer<StepView> look) {
    NotNull.check(look, "look");
    if (steps < 1) {
      throw new IllegalArgumentException("every: expected at least 1 step, found " + steps);
    }
    return new Inspector() {
      @Override
      public boolean wants(long step) {
        return step == 1 || step % steps == 0;
      }

      @Override
      public void inspect(StepView view) {
        look.accept(view);
      }
    };
  }
}
