package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Gives a sample another shape of as many elements: `reshape(7, 7, 64)`. One size may be −1: what
/// is left.
public final class Reshape extends BuiltInLayer {

  private static final Argument<List<Integer>> SIZES =
      Argument.required("sizes", Kind.list(Kind.whole(-1)), "the new shape of a sample");

  private static final Signature SIGNATURE =
      Signature.ofMany("reshape", "the elements of a sample in another shape", SIZES);

  static final LayerKind KIND = LayerKind.of(SIGNATURE, "any → sizes", Reshape::new);

  private Reshape(Arguments arguments) {
    super(arguments);
  }

  static Reshape of(List<Integer> sizes) {
    return new Reshape(SIGNATURE.with(SIZES, List.copyOf(sizes)));
  }

  @Override
  Reshape with(Arguments other) {
    return new Reshape(other);
  }

  @Override
  public Shape output(Shape input) {
    List<Integer> sizes = new ArrayList<>(arguments.get(SIZES));
    int open = sizes.indexOf(-1);
    long known = 1;
    for (int i = 0; i < sizes.size(); i++) {
      known *= i == open ? 1 : sizes.get(i);
    }
    if (open >= 0 && known > 0 && input.size() % known == 0) {
      sizes.set(open, (int) (input.size() / known));
      known = input.size();
    }
    if (known != input.size() || sizes.contains(-1) || sizes.contains(0)) {
      throw new IllegalArgumentException(
          "%s: expected a sample of as many elements, found %s, which has %,d"
              .formatted(this, input, input.size()));
    }
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int[] sample = output(input).dimensions();
    return (x, pass) -> {
      int[] sizes = new int[sample.length + 1];
      sizes[0] = x.shape().dimension(0);
      System.arraycopy(sample, 0, sizes, 1, sample.length);
      return x.reshape(sizes);
    };
  }
}
