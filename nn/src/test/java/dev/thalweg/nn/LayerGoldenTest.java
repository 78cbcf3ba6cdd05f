package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers against executed PyTorch and Keras: values, gradients, weights and state after five steps
/// of training, predictions then. `tools/golden/layers.py` and `sequences.py` made the files, and
/// say how.
class LayerGoldenTest {

  private static final double RATE = 0.05;
  private static final int STEPS = 5;
  private static final int TARGET = 50;
  private static final int WEIGHTS = 100;
  private static final int SOURCE = 200;

  /// A layer and what came of it, by the names of the file.
  ///
  /// @param lengths of the sequences, where they have some
  /// @param source the shape of what they are made from, where there is one
  /// @param sourceLengths how long that is, where not all is real
  /// @param firsts the step at which the document of each begins, where several are packed
  /// @param scale what weights are multiplied by at first
  record Case(
      String origin,
      String text,
      Shape batch,
      Optional<Tensor> lengths,
      Optional<Shape> source,
      Optional<Tensor> sourceLengths,
      Optional<Tensor> firsts,
      double scale,
      List<String[]> expected) {
    @Override
    public String toString() {
      return origin
          + " "
          + text
          + " "
          + batch
          + lengths.map(l -> " of " + l).orElse("")
          + source.map(s -> " from " + s).orElse("")
          + sourceLengths.map(l -> " of " + l).orElse("")
          + (firsts.isPresent() ? " of documents" : "");
    }

    /// What a step is told besides its batch, of a pass.
    Pass told(Pass pass, Optional<Tensor> from) {
      Pass whole = lengths.map(pass::withLengths).orElse(pass);
      Pass told = firsts.map(whole::withFirsts).orElse(whole);
      return from.map(s ->
              sourceLengths.map(n -> told.withSource(s, n)).orElseGet(() -> told.withSource(s)))
          .orElse(told);
    }
  }

  private static List<String[]> lines() throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (String name : List.of("layers", "sequences")) {
      try (InputStream in = LayerGoldenTest.class.getResourceAsStream("/golden/" + name + ".tsv")) {
        String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        text.lines().map(line -> line.split("\t", -1)).forEach(lines::add);
      }
    }
    return lines;
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    double scale = 1;
    for (String[] line : lines()) {
      if (line[0].equals("weights")) {
        scale = Double.parseDouble(line[1]);
      } else if (line[0].equals("layer")) {
        cases.add(
            new Case(
                line[1],
                line[2],
                shape(line[3]),
                field(line, 4).map(each -> Tensor.ofInts(each.dimensions())),
                field(line, 5),
                field(line, 6).map(each -> Tensor.ofInts(each.dimensions())),
                field(line, 7).map(each -> firsts(shape(line[3]), each.dimensions())),
                scale,
                new ArrayList<>()));
      } else if (!line[0].equals("version") && !line[0].equals("fans")) {
        cases.getLast().expected.add(line);
      }
    }
    return cases;
  }

  /// A field that may be missing or empty.
  private static Optional<Shape> field(String[] line, int place) {
    return place < line.length && !line[place].isEmpty()
        ? Optional.of(shape(line[place]))
        : Optional.empty();
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray());
  }

  private static Tensor firsts(Shape batch, int... each) {
    return Tensor.ofInts(Shape.of(batch.dimension(0), batch.dimension(1)), each);
  }

  private static Shape sample(Shape batch) {
    return Shape.of(Arrays.copyOfRange(batch.dimensions(), 1, batch.rank()));
  }

  /// Numbers between −2 and 2, multiples of 1/1024.
  private static Tensor values(int seed, Shape shape, DType dtype) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int h = (i + 1) * (int) 2654435761L + seed * 974711;
      h ^= h >>> 15;
      h *= (int) 2246822519L;
      h ^= h >>> 13;
      values[i] = ((h >>> 8) % 4001 - 2000) / 1024.0;
    }
    return Tensor.wrap(shape, values).to(dtype).detach();
  }

  /// An input: of an embedding, tokens.
  private static Tensor input(Case c, Network network, int seed, DType dtype) {
    Layer first = network.model().layers().getFirst();
    if (first instanceof Sequential chain) {
      first = chain.layers().getFirst();
    }
    if (!(first instanceof Embedding embedding)) {
      return values(seed, c.batch, dtype);
    }
    Tensor numbers = values(seed, c.batch, DType.F64);
    int[] tokens = new int[numbers.size()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) ((numbers.element(i) + 2) * 1024) % embedding.size();
    }
    return Tensor.ofInts(c.batch, tokens);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesAndLearnsAsTheOther(Case c) {
    assertThat(error(c, DType.F64)).isLessThan(1e-10);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inF32AsFarAsItGoes(Case c) {
    assertThat(error(c, DType.F32)).isLessThan(1e-5);
  }

  /// How far the worst number is off, relative to the largest of its line, or to 1.
  private static double error(Case c, DType dtype) {
    Network network = Sequential.of(List.of(Layers.parse(c.text))).build(sample(c.batch), 0, dtype);
    List<Tensor> weights = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      Tensor w = (Tensor) parameter.values();
      copy(values(WEIGHTS + weights.size(), w.shape(), dtype).times(c.scale), w);
      weights.add(w);
    }
    double worst = 0;
    for (int step = 0; step < STEPS; step++) {
      Tensor x = input(c, network, step, dtype);
      Optional<Tensor> source = source(c, step, dtype);
      Pass pass = c.told(Pass.training(0, step), source);
      Tensor y = network.apply(x, pass);
      Tensor loss = y.minus(values(TARGET + step, y.shape(), dtype)).square().mean();
      List<Tensor> by = new ArrayList<>(x.dtype() == DType.I32 ? List.of() : List.of(x));
      source.ifPresent(by::add);
      int first = by.size();
      by.addAll(weights);
      List<Tensor> gradients = loss.gradients(by);
      if (step == 0) {
        worst = Math.max(worst, difference(c, y, "y"));
        if (x.dtype() != DType.I32) {
          worst = Math.max(worst, difference(c, gradients.getFirst(), "dx"));
        }
        if (source.isPresent()) {
          worst = Math.max(worst, difference(c, gradients.get(first - 1), "ds"));
        }
        for (int i = 0; i < weights.size(); i++) {
          worst = Math.max(worst, difference(c, gradients.get(i + first), "d", i));
        }
      }
      for (int i = 0; i < weights.size(); i++) {
        copy(weights.get(i).detach().minus(gradients.get(i + first).times(RATE)), weights.get(i));
      }
      pass.commit();
    }
    if (weights.isEmpty()) {
      return worst;
    }
    for (int i = 0; i < weights.size(); i++) {
      worst = Math.max(worst, difference(c, weights.get(i), "after", i));
    }
    for (int i = 0; i < network.states().size(); i++) {
      Tensor state = (Tensor) network.states().get(i).values();
      worst = Math.max(worst, difference(c, state, "state", i));
    }
    Tensor predicted =
        network.apply(input(c, network, 0, dtype), c.told(Pass.inference(), source(c, 0, dtype)));
    return Math.max(worst, difference(c, predicted, "predicted"));
  }

  private static Optional<Tensor> source(Case c, int step, DType dtype) {
    return c.source.map(shape -> values(SOURCE + step, shape, dtype));
  }

  private static void copy(Tensor from, Tensor to) {
    if (to.dtype() == DType.F32) {
      System.arraycopy(from.floats(), 0, to.floats(), 0, to.size());
    } else {
      System.arraycopy(from.doubles(), 0, to.doubles(), 0, to.size());
    }
  }

  private static double difference(Case c, Tensor found, Object... name) {
    String key = String.join(" ", Stream.of(name).map(String::valueOf).toList());
    for (String[] line : c.expected) {
      if (String.join(" ", Arrays.copyOf(line, line.length - 1)).equals(key)) {
        double[] expected =
            Arrays.stream(line[line.length - 1].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(found.size()).as(key).isEqualTo(expected.length);
        double scale = 1;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
          scale = Math.max(scale, Math.abs(expected[i]));
          double error = Math.abs(found.element(i) - expected[i]);
          worst = error <= worst ? worst : error;
        }
        return worst / scale;
      }
    }
    throw new AssertionError(c + ": nothing is known of " + key);
  }

  /// Fan-in and fan-out that layers draw their weights by.
  @Test
  void fansAreThoseOfTheOthers() throws IOException {
    int known = 0;
    for (String[] line : lines()) {
      if (line[0].equals("fans")) {
        List<Integer> fans = new ArrayList<>();
        Layers.parse(line[2])
            .withInitializer((shape, fanIn, fanOut, random) -> {
              fans.addAll(List.of(fanIn, fanOut));
              return new float[shape.size()];
            })
            .build(shape(line[3]), Builder.of(Inventory.of(0, DType.F32)));
        assertThat(fans)
            .as("%s %s", line[1], line[2])
            .containsExactly(Integer.parseInt(line[4]), Integer.parseInt(line[5]));
        known++;
      }
    }
    assertThat(known).isEqualTo(9);
  }

  /// What is declared is compared with somebody, except for what has no numbers of its own.
  @Test
  void everyLayerHasACase() throws IOException {
    Set<String> named = new HashSet<>();
    for (Case c : cases()) {
      for (String word : c.text.split("[^a-z0-9_]+", 0)) {
        named.add(word);
      }
    }
    Set<String> apart =
        Set.of(
            "dropout",
            "channel_dropout",
            "stochastic_depth",
            "reshape",
            "activation",
            "repeat",
            "group");
    for (LayerKind kind : Layers.kinds()) {
      String name = kind.signature().name();
      assertThat(named.contains(name) || apart.contains(name)).as(name).isTrue();
    }
  }
}
