package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.Philox;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/// All that the layers of one network have asked for, by path; or only the shapes of it, where a
/// model is counted before anything is allocated.
final class Inventory {

  /// What a layer is given that is only counted.
  private final Tensor nothing = Tensor.wrap(Shape.of(0), new float[0]);

  /// Layers within layers draw from streams that no place in a model has.
  private static final int FIRST_INNER_STREAM = 1 << 20;

  private final long seed;
  private final DType dtype;
  private final boolean counting;
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Parameter> states = new LinkedHashMap<>();
  private final NavigableMap<String, Shape> shapes = new TreeMap<>();
  private final NavigableMap<String, Shape> stateShapes = new TreeMap<>();
  private final List<Penalized> penalized = new ArrayList<>();
  private final NavigableMap<String, Long> costs = new TreeMap<>();
  private final Map<String, String> kinds = new HashMap<>();
  private long largestPass;
  private int drawn;
  private int streams = FIRST_INNER_STREAM;

  /// Weights and what keeps them small.
  record Penalized(Tensor weights, Penalty penalty) {}

  private Inventory(long seed, DType dtype, boolean counting) {
    this.seed = seed;
    this.dtype = dtype;
    this.counting = counting;
  }

  static Inventory of(long seed, DType dtype) {
    return new Inventory(seed, dtype, false);
  }

  static Inventory ofShapes() {
    return new Inventory(0, DType.F32, true);
  }

  Tensor nothing() {
    return nothing;
  }

  boolean counting() {
    return counting;
  }

  int nextStream() {
    return streams++;
  }

  Philox nextWeights() {
    return Philox.of(seed, Streams.WEIGHTS + drawn++);
  }

  Tensor parameter(String name, Shape shape, float[] values) {
    count(name, shape);
    Tensor tensor = Tensor.wrap(shape, values);
    if (dtype == DType.F64) {
      tensor = Tensor.wrap(shape, tensor.toDoubles());
    }
    parameters.put(name, Parameter.of(name, tensor));
    return tensor;
  }

  Tensor state(String name, Tensor first) {
    countState(name, first.shape());
    Tensor tensor = dtype == DType.F64 ? first.to(DType.F64).keep() : first;
    states.put(name, Parameter.of(name, tensor));
    return tensor;
  }

  Tensor shared(String name) {
    if (counting && shapes.containsKey(name)) {
      return nothing;
    }
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          Nearest.sentence("parameter", name, counting ? shapes.keySet() : parameters.keySet()));
    }
    return (Tensor) parameter.values();
  }

  void penalize(Tensor weights, Penalty penalty) {
    penalized.add(new Penalized(weights, penalty));
  }

  void count(String name, Shape shape) {
    if (shapes.putIfAbsent(name, shape) != null || stateShapes.containsKey(name)) {
      throw new IllegalArgumentException("parameter " + name + " is made twice");
    }
  }

  void countState(String name, Shape shape) {
    if (stateShapes.putIfAbsent(name, shape) != null || shapes.containsKey(name)) {
      throw new IllegalArgumentException("state " + name + " is made twice");
    }
  }

  void cost(String path, long multiplyAdds) {
    costs.merge(path, multiplyAdds, Long::sum);
  }

  void kind(String path, String kind) {
    kinds.put(path, kind);
  }

  /// What a parameter may be called by: its name, the paths of the layers that it is in, and their
  /// kinds.
  List<String> callings(String parameter) {
    List<String> callings = new ArrayList<>(List.of(parameter));
    for (int dot = parameter.lastIndexOf('.');
        dot >= 0;
        dot = parameter.lastIndexOf('.', dot - 1)) {
      String path = parameter.substring(0, dot);
      callings.add(path);
      String kind = kinds.get(path);
      if (kind != null) {
        callings.add(kind);
      }
    }
    return callings;
  }

  void passes(long numbers) {
    largestPass = Math.max(largestPass, numbers);
  }

  /// The most numbers that a layer takes and gives for a sample.
  long largestPass() {
    return largestPass;
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.sequencedValues());
  }

  List<Parameter> states() {
    return List.copyOf(states.sequencedValues());
  }

  List<Penalized> penalized() {
    return List.copyOf(penalized);
  }

  /// The number of weights at a path and below; at the empty one, of all.
  long weights(String path) {
    return sum(shapes, path);
  }

  /// The number of numbers in the state.
  long stateSize() {
    return sum(stateShapes, "");
  }

  private static long sum(NavigableMap<String, Shape> shapes, String path) {
    long sum = 0;
    for (Shape shape : below(shapes, path).values()) {
      sum += shape.size();
    }
    return sum;
  }

  /// What stands below a path, found without a look at the others; below the empty one, all.
  private static <T> Map<String, T> below(NavigableMap<String, T> all, String path) {
    // '/' follows '.' in the order of texts
    return path.isEmpty() ? all : all.subMap(path + ".", path + "/");
  }

  /// What a sample costs at a path and below, in multiplications with an addition.
  long multiplyAdds(String path) {
    long sum = path.isEmpty() ? 0 : costs.getOrDefault(path, 0L);
    for (long cost : below(costs, path).values()) {
      sum += cost;
    }
    return sum;
  }
}
