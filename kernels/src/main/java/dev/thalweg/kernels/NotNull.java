package dev.thalweg.kernels;

import org.jspecify.annotations.Nullable;

/// Refuses null where a program hands it over: by the name of the argument, instead of that of
/// whatever is touched first.
public final class NotNull {

  private NotNull() {}

  /// Checks an argument.
  ///
  /// @param name of the parameter, as the method has it
  /// @throws NullPointerException if it is null: `train: expected a value, found null`
  public static void check(@Nullable Object argument, String name) {
    if (argument == null) {
      throw new NullPointerException(name + ": expected a value, found null");
    }
  }
}
