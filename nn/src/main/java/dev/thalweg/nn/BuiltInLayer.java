package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.kernels.NotNull;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A layer that is its arguments: text, equality and the settings that all layers with weights
/// share follow from them.
abstract class BuiltInLayer implements Layer {
  final Arguments arguments;

  BuiltInLayer(Arguments arguments) {
    this.arguments = arguments;
  }

  /// Whether there is no layer of somebody's own in a layer, which may look at results of layers
  /// before it; or in what a layer is told.
  static boolean isAll(Object part) {
    return switch (part) {
      case BuiltInLayer layer ->
          layer.arguments.signature().arguments().stream()
              .allMatch(argument -> isAll(layer.arguments.get(argument)));
      case Sequential group -> group.layers().stream().allMatch(BuiltInLayer::isAll);
      case Layer other -> other instanceof ActivationLayer;
      case List<?> list -> list.stream().allMatch(BuiltInLayer::isAll);
      case Optional<?> some -> some.map(BuiltInLayer::isAll).orElse(true);
      default -> true;
    };
  }

  /// This kind of layer with other arguments.
  abstract Layer with(Arguments other);

  @Override
  public Layer withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return arguments.knows(Weights.L1) ? with(Weights.with(arguments, penalty)) : this;
  }

  @Override
  public Layer withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return arguments.knows(Weights.INITIALIZER)
        ? with(arguments.with(Weights.INITIALIZER, Optional.of(initializer)))
        : this;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof BuiltInLayer layer && arguments.equals(layer.arguments);
  }

  @Override
  public final int hashCode() {
    return arguments.hashCode();
  }

  /// The call: `dense(64, relu)`.
  @Override
  public final String toString() {
    return arguments.toString();
  }
}
