package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.ParameterSelector;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Stretch;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A model with weights. Applying it from several threads at once is safe while nobody changes the
/// weights.
public final class Network {

  private final Sequential model;
  private final Shape input;
  private final List<Shape> outputs;
  private final List<Layer.Block> blocks;
  private final List<Parameter> parameters;
  private final List<Parameter> states;
  private final List<Inventory.Penalized> penalized;
  private final Inventory inventory;
  private final boolean anyLength;

  /// Whether sequences end before the zeros at their end.
  private final boolean padded;

  /// Whether no layer is somebody's own, who may look at results of layers before it.
  private final boolean builtIn;

  Network(
      Sequential model,
      Shape input,
      List<Shape> outputs,
      List<Layer.Block> blocks,
      Inventory inventory) {
    this.model = model;
    this.input = input;
    this.outputs = outputs;
    this.blocks = List.copyOf(blocks);
    this.inventory = inventory;
    this.parameters = inventory.parameters();
    this.states = inventory.states();
    this.penalized = inventory.penalized();
    this.anyLength = model.anyLength(input);
    this.padded = anyLength && model.layers().getFirst() instanceof Embedding e && e.isPadded();
    this.builtIn = BuiltInLayer.isAll(model);
  }

  /// The description this was built from.
  public Sequential model() {
    return model;
  }

  /// The shape of one sample. Where [#anyLength], a batch may have another number of steps.
  public Shape input() {
    return input;
  }

  /// Whether the first dimension of a sample, its steps, may be of any size, as in a model of
  /// layers of sequences.
  public boolean anyLength() {
    return anyLength;
  }

  /// The shape of one prediction.
  public Shape output() {
    return outputs.getLast();
  }

  /// The weights, in the order of the layers, named `1.weight`, `1.bias`, ….
  public List<Parameter> parameters() {
    return parameters;
  }

  /// What the layers keep besides, such as running statistics, in the order of the layers: saved
  /// with the weights, and not moved by an optimizer.
  public List<Parameter> states() {
    return states;
  }

  /// The weights that a selector means by their names (`1.weight`), by the paths of layers that
  /// they are in (`1`, `3.1`), or by the kinds of those layers (`conv2d`).
  ///
  /// ```java
  /// network.parameters(ParameterSelector.name("conv*"))   // of all convolutions
  /// ```
  public List<Parameter> parameters(ParameterSelector selector) {
    NotNull.check(selector, "selector");
    return parameters.stream()
        .filter(each ->
            inventory.callings(each.name()).stream()
                .anyMatch(name -> selector.matches(Parameter.of(name, each.values()))))
        .toList();
  }

  /// The paths of the layers whose own weights, and those of all layers within, are among these: to
  /// work as they do in predictions while others learn ([Pass#withFrozen]).
  public Set<String> frozen(Collection<Parameter> parameters) {
    NotNull.check(parameters, "parameters");
    Set<String> paths = new HashSet<>();
    for (Parameter each : parameters) {
      paths.add(each.name().substring(0, Math.max(0, each.name().lastIndexOf('.'))));
    }
    for (Parameter each : this.parameters) {
      if (!parameters.contains(each)) {
        paths.removeIf(path -> each.name().startsWith(path + "."));
      }
    }
    return paths;
  }

  /// Takes the weights and the state of layers from another network, where both have the same name
  /// and shape; others stay.
  ///
  /// @return the names of those that stay
  /// @throws IllegalArgumentException if there is nothing to take
  public List<String> takeFrom(Network other) {
    NotNull.check(other, "other");
    List<String> left = new ArrayList<>();
    int taken = 0;
    for (List<List<Parameter>> pair :
        List.of(List.of(parameters, other.parameters), List.of(states, other.states))) {
      Map<String, Parameter> theirs = new HashMap<>();
      pair.getLast().forEach(each -> theirs.put(each.name(), each));
      for (Parameter mine : pair.getFirst()) {
        Parameter from = theirs.get(mine.name());
        if (from == null
            || from.dtype() != mine.dtype()
            || !Arrays.equals(from.dimensions(), mine.dimensions())) {
          left.add(mine.name());
          continue;
        }
        taken++;
        if (mine.dtype() == DType.F32) {
          System.arraycopy(from.values().floats(), 0, mine.values().floats(), 0, mine.size());
        } else {
          System.arraycopy(from.values().doubles(), 0, mine.values().doubles(), 0, mine.size());
        }
      }
    }
    if (taken == 0) {
      throw new IllegalArgumentException(
          "weights: expected some of the same name and shape in %s of %s and %s of %s, found none"
              .formatted(model, input, other.model, other.input));
    }
    return left;
  }

  /// The number of weights.
  public long parameterCount() {
    long count = 0;
    for (Parameter parameter : parameters) {
      count += parameter.size();
    }
    return count;
  }

  /// How many numbers there are at once for one sample where only predictions are wanted: the most
  /// that a layer takes and gives.
  public long largestPass() {
    return inventory.largestPass();
  }

  /// The predictions for a batch.
  ///
  /// @param x batch dimension first
  /// @throws IllegalArgumentException if its samples are not of the input's shape
  public Tensor apply(Tensor x) {
    return apply(x, Pass.inference());
  }

  /// The predictions for a batch in a pass of training or not.
  ///
  /// @param x batch dimension first
  /// @throws IllegalArgumentException if its samples are not of the input's shape, or the pass has
  ///   lengths that do not fit them
  public Tensor apply(Tensor x, Pass pass) {
    check(x.shape());
    if (pass.lengths().isPresent()) {
      check(pass.lengths().get(), x.shape());
    } else if (padded) {
      Real real = Real.of(x);
      return applied(0, real.steps, pass.withLengths(real.lengths));
    }
    return applied(0, x, pass);
  }

  /// What the layers behind the first ones make of a batch of their results, of any length where
  /// layers take any: of an embedding's vectors, say, by which gradients can be taken.
  ///
  /// @param first how many layers are left out
  /// @param x what these gave, batch dimension first
  /// @throws IndexOutOfBoundsException if no layer is left
  /// @throws IllegalArgumentException if the results have other dimensions, or the pass has lengths
  ///   that do not fit them
  public Tensor applyBehind(int first, Tensor x, Pass pass) {
    Objects.checkIndex(first, blocks.size());
    Shape expected = first == 0 ? input : outputs.get(first - 1);
    if (x.shape().rank() != expected.rank() + 1) {
      throw new IllegalArgumentException(
          "layer %d of %s: expected samples of shape %s, found a batch of shape %s"
              .formatted(first + 1, model.name(), expected, x.shape()));
    }
    pass.lengths().ifPresent(lengths -> check(lengths, x.shape()));
    return applied(first, x, pass);
  }

  /// Sequences without the zeros that all of a batch end in.
  ///
  /// @param steps the tokens
  /// @param lengths how many of each row are real
  private record Real(Tensor steps, Tensor lengths) {

    static Real of(Tensor x) {
      int[] each = Embedding.lengths(x);
      int longest = Math.max(1, Arrays.stream(each).max().orElse(0));
      Tensor lengths = Tensor.empty(DType.I32, Shape.of(each.length));
      System.arraycopy(each, 0, lengths.ints(), 0, each.length);
      return new Real(longest == x.shape().dimension(1) ? x : x.slice(1, 0, longest), lengths);
    }
  }

  private Tensor applied(int first, Tensor x, Pass pass) {
    Stretch stretch = Stretch.begin();
    Tensor y = x;
    for (int i = first; i < blocks.size(); i++) {
      y = model.applied(i, blocks.get(i), y, pass);
      if (builtIn && !pass.training()) {
        stretch.keepOnly(y);
      }
    }
    if (pass.carry().isPresent()) {
      pass.carry().get().advance(x.shape().dimension(1));
    }
    return y;
  }

  /// What every layer makes of a batch, in order: to look into a network, or to find where a number
  /// went wrong.
  ///
  /// @param x batch dimension first
  /// @throws IllegalArgumentException if its samples are not of the input's shape
  public List<Tensor> trace(Tensor x, Pass pass) {
    check(x.shape());
    pass.lengths().ifPresent(lengths -> check(lengths, x.shape()));
    if (padded && pass.lengths().isEmpty()) {
      Real real = Real.of(x);
      return traced(real.steps, pass.withLengths(real.lengths));
    }
    return traced(x, pass);
  }

  private List<Tensor> traced(Tensor x, Pass pass) {
    List<Tensor> outputs = new ArrayList<>();
    Tensor y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = model.applied(i, blocks.get(i), y, pass);
      outputs.add(y);
    }
    return outputs;
  }

  /// The sum of the penalties of all layers, a scalar to be added to the loss of a batch; nothing
  /// where no layer has one.
  public Optional<Tensor> penalty() {
    Optional<Tensor> sum = Optional.empty();
    for (Inventory.Penalized each : penalized) {
      Optional<Tensor> next = each.penalty().of(each.weights());
      sum = sum.isEmpty() ? next : next.isEmpty() ? sum : sum.map(next.get()::plus);
    }
    return sum;
  }

  /// Brings the weights within the bounds of their layers, such as a largest norm: to be called
  /// after each step of an optimizer.
  public void constrain() {
    for (Inventory.Penalized each : penalized) {
      each.penalty().shorten(each.weights());
    }
  }

  static void check(Tensor lengths, Shape batch) {
    int steps = batch.rank() < 2 ? 0 : batch.dimension(1);
    if (!lengths.shape().equals(Shape.of(batch.dimension(0)))) {
      throw new IllegalArgumentException(
          "lengths: expected one for each of %d rows, found shape %s"
              .formatted(batch.dimension(0), lengths.shape()));
    }
    int[] each = lengths.ints();
    for (int i = 0; i < lengths.size(); i++) {
      if (each[i] < 0 || each[i] > steps) {
        throw new IllegalArgumentException(
            "lengths: expected 0 to %d steps, found %d in row %d".formatted(steps, each[i], i));
      }
    }
  }

  private void check(Shape batch) {
    boolean fits = batch.rank() == input.rank() + 1;
    for (int i = 0; fits && i < input.rank(); i++) {
      fits = batch.dimension(i + 1) == input.dimension(i) || (i == 0 && anyLength);
    }
    if (!fits) {
      String first = model.layers().getFirst().toString();
      int parenthesis = first.indexOf('(');
      String layer = parenthesis < 0 ? first : first.substring(0, parenthesis);
      String expected =
          input.rank() == 1 ? input.dimension(0) + " features" : "samples of shape " + input;
      String found =
          batch.rank() == 2 ? String.valueOf(batch.dimension(1)) : "a batch of shape " + batch;
      throw new IllegalArgumentException(
          layer
              + ": expected input of "
              + expected
              + ", found "
              + found
              + " (layer 1 of "
              + model.name()
              + ")");
    }
  }

  /// A line of the summary.
  private record Line(String path, String layer, Shape output) {}

  /// The lines of a layer: of [EncoderDecoder] those of its layers.
  private static List<Line> lines(String path, Layer layer, Shape input, Shape output) {
    if (!(layer instanceof EncoderDecoder both)) {
      return List.of(new Line(path, layer.toString(), output));
    }
    List<Line> lines = new ArrayList<>();
    Map<String, Sequential> sides = new LinkedHashMap<>();
    sides.put(".source.", both.source());
    sides.put(".target.", both.target());
    sides.forEach((side, chain) -> {
      List<Shape> shapes = chain.shapes(input);
      for (int i = 0; i < shapes.size(); i++) {
        lines.add(new Line(path + side + (i + 1), chain.layers().get(i).toString(), shapes.get(i)));
      }
    });
    return lines;
  }

  /// A table of the layers, the shapes they give for one sample, their numbers of parameters, and
  /// of multiplications (each with an addition) for one sample; at its end the memory of the
  /// weights, and that of the results of all layers, which a training keeps, for one sample.
  public String summary() {
    List<String> names = new ArrayList<>(List.of(model.name(), "input"));
    List<String> shapes = new ArrayList<>(List.of("output", input.toString()));
    List<String> counts = new ArrayList<>(List.of("parameters", "-"));
    List<String> costs = new ArrayList<>(List.of("multiply-adds", "-"));
    long kept = input.size();
    for (int i = 0; i < outputs.size(); i++) {
      String path = String.valueOf(i + 1);
      Shape before = i == 0 ? input : outputs.get(i - 1);
      for (Line line : lines(path, model.layers().get(i), before, outputs.get(i))) {
        names.add(line.path + "  " + line.layer);
        shapes.add(line.output.toString());
        counts.add(grouped(inventory.weights(line.path)));
        costs.add(grouped(inventory.multiplyAdds(line.path)));
        kept += line.output.size();
      }
    }
    names.add("total");
    shapes.add("");
    counts.add(grouped(parameterCount()));
    costs.add(grouped(inventory.multiplyAdds("")));
    List<List<String>> columns = List.of(names, shapes, counts, costs);
    int[] widths = columns.stream().mapToInt(Network::widest).toArray();
    String rule = "-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)) + "\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 1 || i == names.size() - 1 ? rule : "");
      text.append(names.get(i)).repeat(' ', widths[0] - names.get(i).length() + 2);
      text.append(shapes.get(i)).repeat(' ', widths[1] - shapes.get(i).length() + 2);
      text.repeat(' ', widths[2] - counts.get(i).length()).append(counts.get(i)).append("  ");
      text.repeat(' ', widths[3] - costs.get(i).length()).append(costs.get(i)).append('\n');
    }
    return text.append("memory: weights ")
        .append(bytes(4 * parameterCount()))
        .append(", results ")
        .append(bytes(4 * kept))
        .append(" a sample\n")
        .toString();
  }

  private static String bytes(long n) {
    return n < 10_000
        ? n + " B"
        : n < 10_000_000
            ? String.format(Locale.ROOT, "%,.1f kB", n / 1e3)
            : String.format(Locale.ROOT, "%,.1f MB", n / 1e6);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static int widest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  /// The summary.
  @Override
  public String toString() {
    return summary();
  }

  /// Gives this network the mean of its own weights and those of others, and of the states of
  /// layers: w = (w_1 + … + w_n) / n, summed in double in this order. Of networks that end the same
  /// training, or begin at the same weights, the mean is often a better model than each (Izmailov
  /// et al. 2018, "Averaging weights leads to wider optima and better generalization", arXiv
  /// 1803.05407; Wortsman et al. 2022, "Model soups", arXiv 2203.05482); of others it is none.
  /// Running variances are averaged like weights, so a network with batch normalisation is best
  /// trained on for a few steps.
  ///
  /// @throws IllegalArgumentException if there is no other, or one is of another model; nothing has
  ///   changed then
  public void average(List<Network> others) {
    NotNull.check(others, "others");
    if (others.isEmpty()) {
      throw new IllegalArgumentException("average: expected other networks, found none");
    }
    for (Network other : others) {
      if (!other.model.equals(model) || !other.input.equals(input)) {
        throw new IllegalArgumentException(
            "average: expected networks of one model, %s of %s, found %s of %s"
                .formatted(model, input, other.model, other.input));
      }
    }
    for (int i = 0; i < parameters.size(); i++) {
      int at = i;
      average(parameters.get(i), others.stream().map(other -> other.parameters.get(at)).toList());
    }
    for (int i = 0; i < states.size(); i++) {
      int at = i;
      average(states.get(i), others.stream().map(other -> other.states.get(at)).toList());
    }
  }

  private static void average(Parameter mean, List<Parameter> others) {
    float[] values = mean.values().floats();
    for (int i = 0; i < mean.size(); i++) {
      double sum = values[i];
      for (Parameter other : others) {
        sum += other.values().floats()[i];
      }
      values[i] = (float) (sum / (others.size() + 1));
    }
  }

  /// Whether two networks have the same weights and state to the bit.
  public boolean sameWeights(Network other) {
    return same(parameters, other.parameters) && same(states, other.states);
  }

  private static boolean same(List<Parameter> some, List<Parameter> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      double[] a = ((Tensor) some.get(i).values()).toDoubles();
      double[] b = ((Tensor) others.get(i).values()).toDoubles();
      if (!Arrays.equals(a, b)) {
        return false;
      }
    }
    return true;
  }
}
