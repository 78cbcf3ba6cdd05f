package dev.thalweg.formula;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The values that a call gives to the arguments of its [Signature]: immutable, checked when they
/// are given. Two are equal if they say the same; a default that is given is none that is not.
public final class Arguments {
  private final Signature signature;
  private final Map<Argument<?>, Object> given;

  Arguments(Signature signature) {
    this(signature, Map.of());
  }

  private Arguments(Signature signature, Map<Argument<?>, Object> given) {
    this.signature = signature;
    this.given = given;
  }

  /// What they are the arguments of.
  public Signature signature() {
    return signature;
  }

  /// Whether the signature has an argument.
  public boolean knows(Argument<?> argument) {
    return signature.arguments().contains(argument);
  }

  /// The value of an argument, its default where none was given.
  ///
  /// @throws IllegalStateException if there is neither
  @SuppressWarnings("unchecked") // with() puts in what the key says
  public <T> T get(Argument<T> argument) {
    Object value = given.get(argument);
    if (value != null) {
      return (T) value;
    }
    Optional<T> usual = argument.usual();
    if (usual.isEmpty()) {
      throw new IllegalStateException(signature.name() + ": " + argument.name() + " is missing");
    }
    return usual.get();
  }

  /// These with another value of one argument.
  ///
  /// @throws IllegalArgumentException if the value makes no sense, or there is no such argument
  public <T> Arguments with(Argument<T> argument, T value) {
    if (!knows(argument)) {
      throw new IllegalArgumentException(signature.name() + ": has no argument " + argument.name());
    }
    argument.kind().check(signature.name() + ": " + argument.name(), value);
    Map<Argument<?>, Object> other = new HashMap<>(given);
    if (argument.usual().isPresent() && argument.usual().get().equals(value)) {
      other.remove(argument);
    } else {
      other.put(argument, value);
    }
    return new Arguments(signature, Collections.unmodifiableMap(other));
  }

  /// These with one more value, read.
  <T> Arguments read(Argument<T> argument, CallValue value) {
    T read = argument.kind().read(signature.name() + ": " + argument.name(), value);
    try {
      return with(argument, read);
    } catch (SyntaxException placed) {
      throw placed;
    } catch (IllegalArgumentException wrong) {
      throw value.span().error(String.valueOf(wrong.getMessage()));
    }
  }

  <T> Optional<CallValue> written(Argument<T> argument) {
    return given.containsKey(argument)
        ? Optional.of(argument.kind().write(get(argument)))
        : Optional.empty();
  }

  /// The call that says these values.
  public Call call() {
    return signature.write(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Arguments that
        && signature.name().equals(that.signature.name())
        && sameValues(that);
  }

  private boolean sameValues(Arguments that) {
    for (Argument<?> argument : signature.arguments()) {
      if (!Objects.equals(given.get(argument), that.given.get(argument))) {
        return false;
      }
    }
    return given.size() == that.given.size();
  }

  @Override
  public int hashCode() {
    int hash = signature.name().hashCode();
    for (Argument<?> argument : signature.arguments()) {
      hash = 31 * hash + Objects.hashCode(given.get(argument));
    }
    return hash;
  }

  /// The canonical text of the call: `dense(64, relu)`.
  @Override
  public String toString() {
    return call().toString();
  }
}
