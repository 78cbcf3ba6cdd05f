package dev.thalweg.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A command ends, not by a mistake of the program: one sentence for the user, and an exit code.
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// The exit code of a command that failed while it worked.
  static final int WORKING = 1;

  /// The exit code of a command that was wrong: an unknown option, name or value.
  static final int USAGE = 2;

  /// The exit code of a command that was interrupted.
  static final int INTERRUPTED = 130;

  private final int exitCode;

  private Failure(int exitCode, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /// The command itself is wrong.
  static Failure usage(String sentence) {
    return new Failure(USAGE, sentence, null);
  }

  /// The command itself is wrong, found out by `cause`.
  static Failure usage(String sentence, Throwable cause) {
    return new Failure(USAGE, sentence, cause);
  }

  /// The command could not do its work.
  static Failure working(String sentence) {
    return new Failure(WORKING, sentence, null);
  }

  /// The command could not do its work because of `cause`.
  static Failure working(String sentence, Throwable cause) {
    return new Failure(WORKING, sentence, cause);
  }

  /// The process is told to end; what there is to say of it is said elsewhere.
  static Failure interrupted() {
    return new Failure(INTERRUPTED, "", null);
  }

  /// What a text of the command line stands for; what is wrong with it is said by who reads it.
  static <T> T known(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /// What the text of an option stands for.
  static <T> T known(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException wrong) {
      throw ofOption(option, wrong);
    }
  }

  /// What is wrong with the text of an option. Java's sentences begin with the name of an argument,
  /// which often is that of the option: then it is said once.
  ///
  /// @param option `--folds`
  static Failure ofOption(String option, RuntimeException wrong) {
    var sentence = String.valueOf(wrong.getMessage());
    var name = option.replaceFirst("^--", "") + ": ";
    var rest = sentence.startsWith(name) ? sentence.substring(name.length()) : sentence;
    return usage(option + ": " + rest, wrong);
  }

  /// The same failure in other words.
  Failure inWords(String sentence) {
    return new Failure(exitCode, sentence, this);
  }

  int exitCode() {
    return exitCode;
  }

  String sentence() {
    var message = getMessage();
    return message == null ? "" : message;
  }
}
