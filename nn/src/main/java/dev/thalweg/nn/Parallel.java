package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Layers side by side, each of which is given the input, and their results joined: one after the
/// other along the last dimension, as in Szegedy et al. 2015, arXiv 1409.4842, or added.
///
/// A *dense* connection, `densely(body)`, joins the input with what layers make of it: Huang et al.
/// 2017, arXiv 1608.06993. The weights of the n-th branch are named `n.1.…`, `n.2.…`; those of a
/// dense connection `1.…`, `2.…`.
public final class Parallel extends BuiltInLayer {

  /// How results are joined.
  public enum Join {
    /// One after the other along the last dimension.
    CONCAT,
    /// Added.
    ADD;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Argument<List<Layer>> BRANCHES =
      Argument.required("branches", Kind.list(Kinds.LAYER), "the layers side by side");

  private static final Argument<Join> JOIN =
      Argument.of("join", Kind.choice(Join.class), Join.CONCAT, "how results are joined");

  private static final Argument<Layer> BODY =
      Argument.required("body", Kinds.LAYER, "what is joined to the input");

  private static final Signature BRANCHED =
      Signature.ofMany("parallel", "layers side by side, their results joined", BRANCHES, JOIN);

  private static final Signature DENSELY =
      Signature.of("densely", "the input, and behind it what layers make of it", 1, BODY);

  static final LayerKind KIND =
      LayerKind.of(BRANCHED, "all branches give one shape, but for the last size", Parallel::new)
          .withWeights("1.1.…, 1.2.…: those of the first branch", "2.1.…: those of the second");

  static final LayerKind CONNECTION =
      LayerKind.of(DENSELY, "[…, c] → […, c + c'], where the body gives […, c']", Parallel::new)
          .withWeights("1.…, 2.…: those of the body");

  private Parallel(Arguments arguments) {
    super(arguments);
  }

  static Parallel of(Join join, List<Layer> branches) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("parallel: expected one layer or more, found none");
    }
    return new Parallel(BRANCHED.with(BRANCHES, List.copyOf(branches)).with(JOIN, join));
  }

  static Parallel densely(Layer body) {
    return new Parallel(DENSELY.with(BODY, body));
  }

  @Override
  Parallel with(Arguments other) {
    return new Parallel(other);
  }

  private boolean connection() {
    return arguments.signature() == DENSELY;
  }

  private List<Layer> branches() {
    return connection() ? List.of(arguments.get(BODY)) : arguments.get(BRANCHES);
  }

  @Override
  public Parallel withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return each(layer -> layer.withPenalty(penalty));
  }

  @Override
  public Parallel withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return each(layer -> layer.withInitializer(initializer));
  }

  private Parallel each(UnaryOperator<Layer> change) {
    return connection()
        ? densely(change.apply(arguments.get(BODY)))
        : with(arguments.with(BRANCHES, branches().stream().map(change).toList()));
  }

  @Override
  public boolean mixesRows() {
    return branches().stream().anyMatch(Layer::mixesRows);
  }

  @Override
  public Shape output(Shape input) {
    List<Shape> shapes = new ArrayList<>();
    if (connection()) {
      shapes.add(input);
    }
    for (Layer branch : branches()) {
      Shape shape = Sequential.of(branch).withName(Windows.name(this)).output(input);
      if (!shapes.isEmpty() && !fits(shape, shapes.getFirst())) {
        throw new IllegalArgumentException(
            "%s: expected branches that give %s, but for the last size where they are concatenated, found %s"
                .formatted(Windows.name(this), shapes.getFirst(), shape));
      }
      shapes.add(shape);
    }
    int[] sizes = shapes.getFirst().dimensions();
    if (concatenated()) {
      sizes[sizes.length - 1] = shapes.stream().mapToInt(shape -> shape.dimension(-1)).sum();
    }
    return Shape.of(sizes);
  }

  private boolean concatenated() {
    return connection() || arguments.get(JOIN) == Join.CONCAT;
  }

  private boolean fits(Shape shape, Shape first) {
    if (!concatenated()) {
      return shape.equals(first);
    }
    boolean fits = shape.rank() == first.rank() && shape.rank() > 0;
    for (int i = 0; fits && i < shape.rank() - 1; i++) {
      fits = shape.dimension(i) == first.dimension(i);
    }
    return fits;
  }

  @Override
  public boolean anyLength(Shape input) {
    return input.rank() > 1 && branches().stream().allMatch(branch -> branch.anyLength(input));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    List<Block> blocks = new ArrayList<>();
    if (connection()) {
      blocks.add((x, pass) -> x);
      blocks.add(Sequential.of(arguments.get(BODY)).build(input, builder));
    } else {
      for (Layer branch : branches()) {
        String name = String.valueOf(blocks.size() + 1);
        blocks.add(Sequential.of(branch).build(input, builder.in(name)));
      }
    }
    boolean concatenated = concatenated();
    return (x, pass) -> {
      Tensor[] results = new Tensor[blocks.size()];
      for (int i = 0; i < results.length; i++) {
        results[i] = blocks.get(i).apply(x, pass);
      }
      if (concatenated) {
        return Tensor.concat(-1, results);
      }
      Tensor sum = results[0];
      for (int i = 1; i < results.length; i++) {
        sum = sum.plus(results[i]);
      }
      return sum;
    };
  }
}
