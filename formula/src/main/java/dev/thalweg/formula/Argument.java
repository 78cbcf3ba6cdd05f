package dev.thalweg.formula;

import java.util.Optional;

/// One thing that a call can be told, declared once: from it follow reading, writing, checks and
/// help. The same object is the key that its value is asked for with.
///
/// @param <T> the values in Java
public final class Argument<T> {
  private final String name;
  private final Kind<T> kind;
  private final Optional<T> usual;
  private final String help;

  private Argument(String name, Kind<T> kind, Optional<T> usual, String help) {
    this.name = name;
    this.kind = kind;
    this.usual = usual;
    this.help = help;
  }

  /// An argument that must be given.
  ///
  /// @param help what it means, a few words
  public static <T> Argument<T> required(String name, Kind<T> kind, String help) {
    return new Argument<>(name, kind, Optional.empty(), help);
  }

  /// An argument with a default.
  ///
  /// @param usual the value where none is given
  /// @param help what it means, a few words
  public static <T> Argument<T> of(String name, Kind<T> kind, T usual, String help) {
    return new Argument<>(name, kind, Optional.of(usual), help);
  }

  /// As it is written: `units`.
  public String name() {
    return name;
  }

  /// What its value is.
  public Kind<T> kind() {
    return kind;
  }

  /// The value where none is given; none if one must be.
  public Optional<T> usual() {
    return usual;
  }

  /// What it means.
  public String help() {
    return help;
  }

  /// The default as it is written; empty where a value must be given, or the default has no text.
  public String usualText() {
    return usual.isPresent() ? text(usual.get()) : "";
  }

  private String text(T value) {
    return value instanceof Double number && !Double.isFinite(number)
        ? "none"
        : kind.write(value).toString();
  }

  /// The name.
  @Override
  public String toString() {
    return name;
  }
}
