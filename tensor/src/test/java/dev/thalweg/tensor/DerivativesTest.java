package dev.thalweg.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Recurrence.Cell;
import dev.thalweg.kernels.Window;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation's derivative against central differences, and the derivative of that derivative.
class DerivativesTest {

  /// A function of a tensor, and the range in which to draw it.
  record Case(String name, Shape shape, double low, double high, Function<Tensor, Tensor> f) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Tensor M = random(Shape.of(3, 4), -1, 1, 11);
  private static final Tensor N = random(Shape.of(4, 2), -1, 1, 12);
  private static final Tensor ROW = random(Shape.of(4), 0.5, 2, 13);
  private static final Tensor COLUMN = random(Shape.of(3, 1), 0.5, 2, 14);

  static Stream<Case> cases() {
    Shape s = Shape.of(3, 4);
    return Stream.of(
        new Case("plus row", s, -2, 2, x -> x.plus(row(x)).pow(3)),
        new Case("row plus matrix", Shape.of(4), -2, 2, x -> x.plus(m(x)).pow(3)),
        new Case("minus column", s, -2, 2, x -> x.minus(column(x)).pow(3)),
        new Case("column minus matrix", Shape.of(3, 1), -2, 2, x -> x.minus(m(x)).pow(3)),
        new Case("times itself", s, -2, 2, x -> x.times(x).times(row(x))),
        new Case("column times row", Shape.of(3, 1), -2, 2, x -> x.times(row(x)).square()),
        new Case("divided by row", s, -2, 2, x -> x.div(row(x)).square()),
        new Case("row divided by it", s, 0.5, 2, x -> row(x).div(x)),
        new Case("scalar", Shape.SCALAR, 0.5, 2, x -> x.times(m(x)).plus(x).square()),
        new Case("maximum", s, -2, 2, x -> x.maximum(m(x).times(0.3)).square()),
        new Case("minimum", s, -2, 2, x -> m(x).minimum(x).pow(3)),
        new Case("pow", s, 0.5, 2, x -> x.pow(2.5)),
        new Case("pow 4", s, -2, 2, x -> x.pow(4)),
        new Case("negate", s, -2, 2, x -> x.negate().pow(3)),
        new Case("abs", s, 0.1, 2, x -> x.negate().abs().pow(3)),
        new Case("square", s, -2, 2, x -> x.square().times(x)),
        new Case("sqrt", s, 0.5, 2, Tensor::sqrt),
        new Case("reciprocal", s, 0.5, 2, Tensor::reciprocal),
        new Case("exp", s, -2, 2, Tensor::exp),
        new Case("log", s, 0.5, 2, Tensor::log),
        new Case("log1p", s, -0.5, 2, Tensor::log1p),
        new Case("tanh", s, -2, 2, Tensor::tanh),
        new Case("sigmoid", s, -2, 2, Tensor::sigmoid),
        new Case("softplus", s, -2, 2, Tensor::softplus),
        new Case("erf", s, -2, 2, Tensor::erf),
        new Case("gelu", s, -2, 2, Tensor::gelu),
        new Case("relu", s, 0.1, 2, x -> x.minus(1).relu().pow(3)),
        new Case("sin", s, -2, 2, Tensor::sin),
        new Case("cos", s, -2, 2, Tensor::cos),
        new Case("gate", s, -2, 2, x -> m(x).gate(x).pow(3)),
        new Case("sum 0", s, -2, 2, x -> x.sum(0).pow(3)),
        new Case("sum 1", s, -2, 2, x -> x.sum(1).pow(3)),
        new Case("sum of the middle", Shape.of(2, 3, 2), -2, 2, x -> x.sum(1).pow(3)),
        new Case("mean", s, -2, 2, x -> x.mean().pow(3)),
        new Case("mean -1", s, -2, 2, x -> x.mean(-1).pow(3)),
        new Case("max 0", s, -2, 2, x -> x.max(0).pow(3)),
        new Case("max 1", s, -2, 2, x -> x.max(1).pow(3)),
        new Case("max of the middle", Shape.of(2, 3, 2), -2, 2, x -> x.max(1).pow(3)),
        new Case("reshape", s, -2, 2, x -> x.reshape(2, -1).pow(3).sum(0).square()),
        new Case("flatten", Shape.of(2, 3, 2), -2, 2, x -> x.flatten().pow(3)),
        new Case("transpose", s, -2, 2, x -> x.transpose().matmul(m(x)).square()),
        new Case("broadcastTo", Shape.of(4), -2, 2, x -> x.broadcastTo(Shape.of(3, 4)).pow(3)),
        new Case("rows", s, -2, 2, x -> x.rows(1, 3).pow(3)),
        new Case("matmul left", s, -2, 2, x -> x.matmul(n(x)).pow(3)),
        new Case("matmul right", Shape.of(4, 2), -2, 2, x -> m(x).matmul(x).pow(3)),
        new Case("matmul both", Shape.of(3, 3), -1, 1, x -> x.matmul(x).matmul(x)),
        new Case("slice", Shape.of(2, 5, 3), -2, 2, x -> x.slice(1, 1, 4).pow(3)),
        new Case("slices that overlap", Shape.of(2, 5, 3), -2, 2, x -> overlapping(x)),
        new Case("slices all of it", Shape.of(2, 5, 3), -2, 2, x -> recurrent(x)),
        new Case("slice and whole", s, -2, 2, x -> x.slice(1, 0, 1).times(x).times(x)),
        new Case("split", s, -2, 2, x -> product(x.split(1, 1, 1, 2))),
        new Case("concat", s, -2, 2, x -> Tensor.concat(1, x, m(x), x.square()).pow(3)),
        new Case("stack", s, -2, 2, x -> Tensor.stack(-1, x, x.square()).pow(3)),
        new Case("pad", s, -2, 2, x -> x.pad(0, 1, 2, 0.5).pow(3).pad(1, 0, 1, 0).pow(2)),
        new Case(
            "permute", Shape.of(2, 3, 4), -2, 2, x -> x.permute(2, 0, 1).times(x.sum(0).sum())),
        new Case("transpose two", Shape.of(2, 3, 4), -2, 2, x -> x.transpose(0, -1).pow(3).sum(0)),
        new Case("squeeze", s, -2, 2, x -> x.unsqueeze(1).pow(3).squeeze(1)),
        new Case("gather", s, -2, 2, x -> x.gather(PLACES).pow(3)),
        new Case("gather and slice", s, -2, 2, x -> x.gather(PLACES).sum(0).times(x.rows(1, 3))),
        new Case("matmul batched left", Shape.of(2, 1, 3, 4), -1, 1, x -> x.matmul(b(x)).pow(3)),
        new Case("matmul batched right", BATCHED.shape(), -1, 1, x -> a(x).matmul(x).pow(3)),
        new Case("matmul batched by rows", Shape.of(2, 3, 4), -1, 1, x -> x.matmul(n(x)).pow(3)),
        new Case("matmul batched weights", Shape.of(4, 2), -1, 1, x -> a(x).matmul(x).pow(3)),
        new Case(
            "matmul batched, both transposed",
            Shape.of(2, 4, 3),
            -1,
            1,
            x -> x.matmul(a(x).sum(0).sum(0), true, true).matmul(x, true, true)),
        new Case("formula", s, -2, 2, x -> x.map(ElementFunction.of("x * sigmoid(x)"))),
        new Case("variance", Shape.of(2, 3, 4), -2, 2, x -> x.variance(1).pow(2)),
        new Case("linear input", s, -2, 2, x -> x.linear(n(x), two(x)).pow(3)),
        new Case("linear weights", Shape.of(4, 2), -2, 2, x -> m(x).linear(x, two(x)).pow(3)),
        new Case("linear bias", Shape.of(2), -2, 2, x -> m(x).linear(n(x), x).pow(3)),
        new Case("softmax", s, -2, 2, x -> x.softmax().times(m(x))),
        new Case("logSoftmax", s, -2, 2, x -> x.logSoftmax().times(m(x))),
        new Case(
            "cross-entropy of classes", s, -2, 2, x -> x.softmaxCrossEntropy(new int[] {0, 3, 1})),
        new Case(
            "cross-entropy of distributions", s, -2, 2, x -> x.softmaxCrossEntropy(m(x).softmax())),
        new Case("conv2d input", IMAGES, -1, 1, x -> conv(x, WEIGHTS, BIAS).pow(3)),
        new Case("conv2d weights", WEIGHTS.shape(), -1, 1, x -> conv(PIXELS, x, BIAS).pow(3)),
        new Case("conv2d bias", BIAS.shape(), -1, 1, x -> conv(PIXELS, WEIGHTS, x).pow(3)),
        new Case("conv2d both", Shape.of(2, 2, 2, 2), -1, 1, x -> depthless(x, x).pow(2)),
        new Case("convTranspose2d input", FILTERED, -1, 1, x -> back(x, WEIGHTS).pow(3)),
        new Case(
            "convTranspose2d weights",
            WEIGHTS.shape(),
            -1,
            1,
            x -> back(random(FILTERED, -1, 1, 18).to(x.dtype()), x).pow(3)),
        new Case("adaptiveMaxPool", IMAGES, -1, 1, x -> Spatial.adaptiveMaxPool(x, 2, 3).pow(3)),
        new Case("globalAvgPool", IMAGES, -1, 1, x -> Spatial.globalAvgPool(x).pow(3)),
        new Case("globalMaxPool", IMAGES, -1, 1, x -> Spatial.globalMaxPool(x).pow(3)),
        new Case("adaptiveAvgPool", IMAGES, -1, 1, x -> Spatial.adaptiveAvgPool(x, 2, 3).pow(3)),
        new Case("upsampleNearest", IMAGES, -1, 1, x -> Spatial.upsampleNearest(x, 8, 5).pow(3)),
        new Case("upsampleBilinear", IMAGES, -1, 1, x -> Spatial.upsampleBilinear(x, 8, 5).pow(3)),
        new Case("pad and crop", IMAGES, -1, 1, x -> Spatial.pad(x, 1, -2, 0, 1, 2).pow(3)),
        new Case("layerNorm", s, -2, 2, x -> Normalization.layerNorm(x, 0.01).pow(3)),
        new Case("layerNorm all", NORM, -2, 2, x -> normalized(x, true, 4)),
        new Case("rmsNorm", s, -2, 2, x -> Normalization.rmsNorm(x, 0.01).pow(3)),
        new Case("rmsNorm all", NORM, -2, 2, x -> normalized(x, false, 4)),
        new Case("groupNorm", NORM, -2, 2, x -> grouped(x, 2)),
        new Case("groupNorm without weights", IMAGES, -2, 2, x -> plain(x)),
        new Case("batchNorm", NORM, -2, 2, x -> grouped(x, 0)),
        new Case("batchNorm kept", NORM, -2, 2, x -> kept(x)),
        new Case("attention", Shape.of(2, 5, 24), -1, 1, x -> Sequences.attention(x, heads(0))),
        new Case("attention of others", Shape.of(3, 7, 8), -1, 1, x -> looking(x)),
        new Case("attention of documents", Shape.of(2, 6, 8), -1, 1, x -> packed(x)),
        new Case("attention seen", Shape.of(3, 7, 8), -1, 1, x -> attended(x)),
        new Case(
            "rotary",
            Shape.of(2, 3, 9),
            -2,
            2,
            x -> Sequences.rotary(x, 2, 4, 5).times(x.slice(1, 1, 2))),
        new Case(
            "reverse",
            Shape.of(2, 3, 2),
            -2,
            2,
            x -> Sequences.reverse(x, Optional.of(Tensor.ofInts(2, 3))).times(x.square())),
        new Case("lstm", Shape.of(2, 4, 3), -1, 1, x -> recurrent(x, Cell.LSTM)),
        new Case("gru", Shape.of(2, 4, 3), -1, 1, x -> recurrent(x, Cell.GRU)),
        new Case("rnn", Shape.of(2, 4, 3), -1, 1, x -> recurrent(x, Cell.TANH)),
        new Case("rnn relu", Shape.of(2, 4, 3), 0.1, 1, x -> recurrent(x, Cell.RELU)),
        new Case("maxPool", IMAGES, -1, 1, x -> Spatial.maxPool(x, POOL).pow(3)),
        new Case("avgPool", IMAGES, -1, 1, x -> Spatial.avgPool(x, POOL, true).pow(3)),
        new Case(
            "avgPool in the image", IMAGES, -1, 1, x -> Spatial.avgPool(x, POOL, false).pow(3)));
  }

  private static AttentionForm heads(int window) {
    return AttentionForm.of(4).withKeyHeads(2).withCausal(true).withWindow(window);
  }

  /// Queries of part of the steps, a window, distances and lengths, one of them 0.
  private static Tensor attended(Tensor x) {
    AttentionForm form = AttentionForm.of(2).withWindow(3).withAlibi(true);
    Tensor lengths = Tensor.ofInts(7, 0, 4);
    return Sequences.attention(x.slice(1, 2, 6), x, x.square(), form.withLengths(lengths))
        .times(x.slice(1, 0, 4));
  }

  /// Documents of 2 and 4 steps, and of 1, 4 and 1; of the last one the query sees nothing.
  private static Tensor packed(Tensor x) {
    Tensor firsts = Tensor.ofInts(Shape.of(2, 6), 0, 0, 2, 2, 2, 2, 0, 1, 1, 1, 1, 6);
    return Sequences.attention(
        x, x.square(), x, AttentionForm.of(2).withCausal(true).withFirsts(firsts));
  }

  /// Keys and values side by side, of other steps than the queries; lengths, one of them 0.
  private static Tensor looking(Tensor x) {
    AttentionForm form = AttentionForm.of(4).withKeyHeads(2);
    return Sequences.attention(
        x.slice(1, 0, 3), x.square(), form.withLengths(Tensor.ofInts(7, 0, 1)));
  }

  /// All inputs are made of x; sequences of 4 and 2 steps, and the states at both ends.
  private static Tensor recurrent(Tensor x, Cell cell) {
    int columns = cell.gates() * 2;
    Tensor w = x.reshape(-1).gather(places(3 * columns)).reshape(3, columns);
    Tensor u = x.reshape(-1).gather(places(2 * columns)).reshape(2, columns).square();
    Tensor b = x.reshape(-1).gather(places(columns)).times(0.5);
    RecurrentWeights weights = RecurrentWeights.of(cell, w, u).withBias(b);
    if (cell == Cell.GRU) {
      weights = weights.withStateBias(b.times(x.sum()));
    }
    Tensor state = x.slice(1, 0, 1).squeeze(1).slice(1, 0, 2);
    Optional<Tensor> cells = cell == Cell.LSTM ? Optional.of(state.square()) : Optional.empty();
    Recurred all =
        Sequences.recurrent(
            x, weights, Optional.of(Tensor.ofInts(4, 2)), Optional.of(state), cells);
    Tensor last = all.state().times(all.cells().orElse(state));
    Tensor plain = Sequences.recurrent(x, weights, Optional.empty());
    return all.outputs().square().plus(plain).times(last.unsqueeze(1));
  }

  private static Tensor places(int n) {
    int[] places = new int[n];
    for (int i = 0; i < n; i++) {
      places[i] = (i * 7 + 3) % 24;
    }
    return Tensor.ofInts(places);
  }

  private static final Tensor PLACES = Tensor.ofInts(Shape.of(2, 2), 2, 0, 2, 1);
  private static final Tensor LEFT = random(Shape.of(2, 1, 3, 4), -1, 1, 19);
  private static final Tensor BATCHED = random(Shape.of(3, 4, 2), -1, 1, 20);

  private static Tensor a(Tensor x) {
    return LEFT.to(x.dtype());
  }

  private static Tensor b(Tensor x) {
    return BATCHED.to(x.dtype());
  }

  private static Tensor overlapping(Tensor x) {
    return x.slice(1, 0, 3)
        .times(x.slice(1, 2, 5))
        .times(x.slice(1, 1, 4))
        .times(x.slice(0, 1, 2).slice(1, 0, 3));
  }

  /// A recurrence over the steps of dimension 1.
  private static Tensor recurrent(Tensor x) {
    Tensor state = Tensor.zeros(x.dtype(), Shape.of(2, 3));
    for (int t = 0; t < 5; t++) {
      state = state.plus(x.slice(1, t, t + 1).squeeze(1)).tanh().times(1.5);
    }
    return state;
  }

  private static Tensor product(List<Tensor> parts) {
    Tensor all = parts.getFirst();
    for (Tensor part : parts) {
      all = all.times(part);
    }
    return all;
  }

  /// Images of 3×1×2×4, γ and β.
  private static final Shape NORM = Shape.of(32);

  private static List<Tensor> parts(Tensor x) {
    List<Tensor> parts = x.split(0, 24, 4, 4);
    return List.of(parts.get(0).reshape(3, 1, 2, 4), parts.get(1), parts.get(2));
  }

  private static Tensor normalized(Tensor x, boolean layer, int features) {
    List<Tensor> p = parts(x);
    Tensor y =
        layer
            ? Normalization.layerNorm(p.get(0), p.get(1), p.get(2), 0.01)
            : Normalization.rmsNorm(p.get(0), p.get(1), 0.01).times(p.get(2));
    return y.times(x.slice(0, 0, features)).square();
  }

  private static Tensor grouped(Tensor x, int groups) {
    List<Tensor> p = parts(x);
    Tensor y =
        groups == 0
            ? Normalization.batchNorm(p.get(0), p.get(1), p.get(2), 0.01).y()
            : Normalization.groupNorm(p.get(0), groups, p.get(1), p.get(2), 0.01);
    return y.times(x.slice(0, 0, 4)).square();
  }

  private static Tensor plain(Tensor x) {
    Tensor y = Normalization.groupNorm(x, 2, 0.01).plus(Normalization.instanceNorm(x, 0.01));
    return y.plus(Normalization.batchNorm(x, 0.01).y()).pow(3);
  }

  private static Tensor kept(Tensor x) {
    List<Tensor> p = parts(x);
    Tensor mean = p.get(1).times(0.3).plus(0.1);
    return Normalization.batchNorm(p.get(0), mean, p.get(2).square(), p.get(1), p.get(2), 0.5)
        .square();
  }

  private static final Shape IMAGES = Shape.of(2, 5, 4, 4);
  private static final Window WINDOW =
      Window.of(3, 2).withStride(2, 1).withDilation(1, 2).withPadding(1, 0, 1, 1);
  private static final Shape FILTERED = Shape.of(2, 2, 4, 6);
  private static final Window POOL = Window.of(3, 2).withStride(2, 1).withPadding(1, 1, 0, 1);
  private static final Tensor PIXELS = random(IMAGES, -1, 1, 15);
  private static final Tensor WEIGHTS = random(Shape.of(3, 2, 2, 6), -1, 1, 16);
  private static final Tensor BIAS = random(Shape.of(6), -1, 1, 17);

  /// In the precision of the one that is differentiated by.
  private static Tensor conv(Tensor x, Tensor w, Tensor bias) {
    boolean narrow = x.dtype() == DType.F32 || w.dtype() == DType.F32 || bias.dtype() == DType.F32;
    DType dtype = narrow ? DType.F32 : DType.F64;
    return Spatial.conv2d(x.to(dtype), w.to(dtype), bias.to(dtype), WINDOW, 2);
  }

  private static Tensor depthless(Tensor x, Tensor w) {
    return Spatial.conv2d(x, w, Window.of(2, 2).withPadding(1, 1), 1);
  }

  private static Tensor back(Tensor x, Tensor w) {
    return Spatial.convTranspose2d(
        x.to(w.dtype() == DType.F32 ? w.dtype() : x.dtype()),
        w.to(x.dtype() == DType.F32 ? x.dtype() : w.dtype()),
        WINDOW,
        2,
        5,
        4);
  }

  /// The constants in x's precision.
  private static Tensor m(Tensor x) {
    return M.to(x.dtype());
  }

  private static Tensor n(Tensor x) {
    return N.to(x.dtype());
  }

  private static Tensor row(Tensor x) {
    return ROW.to(x.dtype());
  }

  private static Tensor column(Tensor x) {
    return COLUMN.to(x.dtype());
  }

  private static Tensor two(Tensor x) {
    return Tensor.of(1, 2).to(x.dtype());
  }

  private static Tensor random(Shape shape, double low, double high, long seed) {
    double[] values = new double[shape.size()];
    Philox random = Philox.of(seed, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * random.uniformDouble(i);
    }
    return Tensor.of(shape, values);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreeWithDifferences(Case c) {
    Tensor x = random(c.shape, c.low, c.high, 1);
    GradientCheck worst = Gradients.check(t -> c.f.apply(t).sum(), x);
    assertThat(worst.within(1e-7)).as(worst.toString()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void canBeDifferentiatedAgain(Case c) {
    Tensor x = random(c.shape, c.low, c.high, 2);
    Tensor v = random(c.shape, -1, 1, 3);
    GradientCheck worst =
        Gradients.check(
            t -> {
              Tensor y = c.f.apply(t).sum();
              return y.gradient(t).times(v).sum();
            },
            x);
    assertThat(worst.within(1e-6)).as(worst.toString()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inF32AreThoseOfF64ToItsPrecision(Case c) {
    Tensor x = random(c.shape, c.low, c.high, 4).to(DType.F32).to(DType.F64);
    Tensor wide = c.f.apply(x).sum().gradient(x);
    Tensor single = x.to(DType.F32).detach();
    Tensor narrow = c.f.apply(single).sum().gradient(single);
    double scale = Math.max(1, wide.abs().max());
    double error = narrow.to(DType.F64).minus(wide).abs().max();
    assertThat(error / scale).isLessThan(2e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesInF32AreThoseOfF64ToItsPrecision(Case c) {
    Tensor x = random(c.shape, c.low, c.high, 4).to(DType.F32).to(DType.F64).detach();
    Tensor wide = c.f.apply(x);
    Tensor narrow = c.f.apply(x.to(DType.F32));
    double error = narrow.to(DType.F64).minus(wide).abs().max();
    assertThat(error / Math.max(1, wide.abs().max())).isLessThan(2e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inF32AgainAreThoseOfF64ToItsPrecision(Case c) {
    Tensor x = random(c.shape, c.low, c.high, 6).to(DType.F32).to(DType.F64).detach();
    Tensor wide = c.f.apply(x).square().sum().gradient(x).square().sum().gradient(x);
    Tensor single = x.to(DType.F32).detach();
    Tensor first = c.f.apply(single).square().sum().gradient(single);
    Tensor narrow = first.square().sum().gradient(single);
    double scale = Math.max(1, wide.abs().max());
    double error = narrow.to(DType.F64).minus(wide).abs().max();
    assertThat(error / scale).isLessThan(2e-4);
  }

  /// In a step gradients give their arrays back as soon as nobody needs them: too soon, and others
  /// would have been written over them.
  @ParameterizedTest
  @MethodSource("cases")
  void haveTheSameBitsWhereArraysAreReused(Case c) {
    StepScope scope = new StepScope(Engine.current());
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      for (int seed = 7; seed < 10; seed++) {
        Tensor x = random(c.shape, c.low, c.high, seed).to(dtype).detach();
        Tensor heap = c.f.apply(x.times(1)).square().sum().gradient(x);
        double[] again = heap.square().sum().gradient(x).toDoubles();
        scope.run(() -> {
          Tensor sum = c.f.apply(x.times(1)).square().sum();
          Tensor g = scope.silently(() -> sum.gradient(x));
          assertThat(g.toDoubles()).isEqualTo(heap.toDoubles());
          Tensor squares = sum.gradient(x).square().sum();
          Tensor second = scope.silently(() -> squares.gradient(x));
          assertThat(second.toDoubles()).isEqualTo(again);
          scope.endStep();
        });
      }
    }
  }

  /// Who adds an operation adds a case: the classes that are there, and those met by the cases.
  @Test
  void everyOperationHasACase() throws IOException, URISyntaxException, ClassNotFoundException {
    Set<Class<?>> met = new HashSet<>();
    cases()
        .forEach(c -> {
          for (DType dtype : List.of(DType.F32, DType.F64)) {
            Tensor x = random(c.shape, c.low, c.high, 5).to(dtype).detach();
            Tensor sum = c.f.apply(x).sum();
            collect(sum, met);
            collect(sum.gradient(x), met);
          }
        });
    Set<Class<?>> all = new HashSet<>();
    Path classes =
        Path.of(Operation.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/thalweg/tensor");
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type =
              Class.forName("dev.thalweg.tensor." + name.substring(0, name.length() - 6));
          if (Operation.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            all.add(type);
          }
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(20);
    assertThat(met).containsAll(all);
  }

  /// Goes through each tensor once, however many ways lead to it.
  private static void collect(Tensor y, Set<Class<?>> met) {
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Tensor> open = new ArrayDeque<>(List.of(y));
    while (!open.isEmpty()) {
      Operation operation = open.pop().operation();
      if (operation != null) {
        met.add(operation.getClass());
        for (Tensor input : operation.inputs) {
          if (seen.add(input)) {
            open.push(input);
          }
        }
      }
    }
  }
}
