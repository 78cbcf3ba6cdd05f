package dev.thalweg.cli;

/// What a command does once its options are read.
interface Command {

  /// Does it, and prints the result.
  ///
  /// @throws Failure with the sentence for the user, where it can't be done
  void run(Call call);
}
