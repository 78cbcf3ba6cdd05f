package dev.thalweg.formula;

import org.jspecify.annotations.Nullable;

/// A statement of a [Program]: a name gets a value.
///
/// @param target the name
/// @param value the value, with `p -= x` written out as `p - x`
/// @param span where the statement stands in its text
public record Assignment(String target, Expression value, Span span) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Assignment assignment
        && target.equals(assignment.target)
        && value.equals(assignment.value);
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + value.hashCode();
  }

  /// The canonical text: `m = m + 0.1 * (g - m)`.
  @Override
  public String toString() {
    return target + " = " + value;
  }
}
