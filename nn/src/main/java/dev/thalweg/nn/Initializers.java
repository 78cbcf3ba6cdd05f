package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.stream.Stream;

/// Initializers read from text.
final class Initializers {

  private static final List<Initializer> PAPERS =
      List.of(
          Initializer.GLOROT_UNIFORM,
          Initializer.GLOROT_NORMAL,
          Initializer.GLOROT_TRUNCATED_NORMAL,
          Initializer.HE_UNIFORM,
          Initializer.HE_NORMAL,
          Initializer.HE_TRUNCATED_NORMAL,
          Initializer.LECUN_UNIFORM,
          Initializer.LECUN_NORMAL,
          Initializer.LECUN_TRUNCATED_NORMAL,
          Initializer.ZEROS,
          Initializer.ONES);

  /// All there are, a paper's as its name alone; a new one is a line here.
  private static final List<Written<Initializer>> KINDS =
      Stream.concat(
              PAPERS.stream()
                  .map(paper ->
                      new Written<>(
                          Signature.of(paper.toString(), "as of a paper", 0), arguments -> paper)),
              Stream.of(
                  VarianceScaling.KIND, Orthogonal.KIND, Uniform.KIND, Normal.KIND, Constant.KIND))
          .toList();

  private Initializers() {}

  /// Reads an argument: a word or a call.
  ///
  /// @throws IllegalArgumentException with the nearest known name
  static Initializer parse(CallValue value) {
    return switch (value) {
      case Call call -> parse(call);
      case CallValue.Word word -> parse(new Call(word.text(), List.of(), List.of(), word.span()));
      default ->
          throw value
              .span()
              .error("initializer must be a word or a call, as constant(0.1), found " + value);
    };
  }

  static Initializer parse(Call call) {
    for (Written<Initializer> kind : KINDS) {
      if (kind.signature().name().equals(call.name())) {
        return kind.read(call);
      }
    }
    List<String> names = KINDS.stream().map(kind -> kind.signature().name()).toList();
    throw call.span().error(Nearest.sentence("initializer", call.name(), names));
  }
}
