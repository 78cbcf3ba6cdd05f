package dev.thalweg.nn;

import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A model with weights. Applying it from several threads at once is safe while nobody changes the
/// weights.
public final class Network {

  private final Sequential model;
  private final Shape input;
  private final List<Shape> outputs;
  private final List<Layer.Block> blocks;
  private final List<Parameter> parameters;
  private final List<Builder.Penalized> penalized;

  Network(
      Sequential model,
      Shape input,
      List<Shape> outputs,
      List<Layer.Block> blocks,
      List<Parameter> parameters,
      List<Builder.Penalized> penalized) {
    this.model = model;
    this.input = input;
    this.outputs = outputs;
    this.blocks = List.copyOf(blocks);
    this.parameters = parameters;
    this.penalized = penalized;
  }

  /// The description this was built from.
  public Sequential model() {
    return model;
  }

  /// The shape of one sample.
  public Shape input() {
    return input;
  }

  /// The shape of one prediction.
  public Shape output() {
    return outputs.getLast();
  }

  /// The weights, in the order of the layers, named `1.weight`, `1.bias`, ….
  public List<Parameter> parameters() {
    return parameters;
  }

  /// The number of weights.
  public long parameterCount() {
    long count = 0;
    for (Parameter parameter : parameters) {
      count += parameter.size();
    }
    return count;
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
  /// @throws IllegalArgumentException if its samples are not of the input's shape
  public Tensor apply(Tensor x, Pass pass) {
    check(x.shape());
    Tensor y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = applied(i, y, pass);
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
    List<Tensor> outputs = new ArrayList<>();
    Tensor y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = applied(i, y, pass);
      outputs.add(y);
    }
    return outputs;
  }

  private Tensor applied(int layer, Tensor x, Pass pass) {
    Tensor y = blocks.get(layer).apply(x, pass);
    if (y == null) {
      throw new IllegalStateException(
          "layer %d, %s: expected a tensor, was given null"
              .formatted(layer + 1, model.layers().get(layer)));
    }
    return y;
  }

  /// The sum of the penalties of all layers, a scalar to be added to the loss of a batch; nothing
  /// where no layer has one.
  public Optional<Tensor> penalty() {
    Optional<Tensor> sum = Optional.empty();
    for (Builder.Penalized each : penalized) {
      Optional<Tensor> next = each.penalty().of(each.weights());
      sum = sum.isEmpty() ? next : next.isEmpty() ? sum : sum.map(next.get()::plus);
    }
    return sum;
  }

  /// Brings the weights within the bounds of their layers, such as a largest norm: to be called
  /// after each step of an optimizer.
  public void constrain() {
    for (Builder.Penalized each : penalized) {
      each.penalty().shorten(each.weights());
    }
  }

  private void check(Shape batch) {
    boolean fits = batch.rank() == input.rank() + 1;
    for (int i = 0; fits && i < input.rank(); i++) {
      fits = batch.dimension(i + 1) == input.dimension(i);
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

  /// A table of the layers, the shapes they give for one sample, and their numbers of parameters.
  public String summary() {
    List<String> names = new ArrayList<>(List.of(model.name(), "input"));
    List<String> shapes = new ArrayList<>(List.of("output", input.toString()));
    List<String> counts = new ArrayList<>(List.of("parameters", "-"));
    for (int i = 0; i < outputs.size(); i++) {
      String prefix = (i + 1) + ".";
      names.add((i + 1) + "  " + model.layers().get(i));
      shapes.add(outputs.get(i).toString());
      counts.add(
          grouped(
              parameters.stream()
                  .filter(p -> p.name().startsWith(prefix))
                  .mapToLong(Parameter::size)
                  .sum()));
    }
    int left = widest(names);
    int middle = widest(shapes);
    int right = Math.max(widest(counts), grouped(parameterCount()).length());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(names.get(i)).repeat(' ', left - names.get(i).length() + 2);
      text.append(shapes.get(i)).repeat(' ', middle - shapes.get(i).length() + 2);
      text.repeat(' ', right - counts.get(i).length()).append(counts.get(i)).append('\n');
      if (i == 0) {
        text.repeat('-', left + middle + right + 4).append('\n');
      }
    }
    text.repeat('-', left + middle + right + 4).append('\n');
    String total = grouped(parameterCount());
    text.append("total").repeat(' ', left + middle + right + 4 - 5 - total.length()).append(total);
    return text.append('\n').toString();
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

  /// Whether two networks have the same weights to the bit.
  public boolean sameWeights(Network other) {
    if (parameters.size() != other.parameters.size()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      double[] a = ((Tensor) parameters.get(i).values()).toDoubles();
      double[] b = ((Tensor) other.parameters.get(i).values()).toDoubles();
      if (!Arrays.equals(a, b)) {
        return false;
      }
    }
    return true;
  }
}
