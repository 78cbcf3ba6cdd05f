package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Permutation;
import dev.thalweg.kernels.Recurrence;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A recurrent layer over all steps: of the sequences, the weights, and what there is of biases and
/// of a state before the first step.
final class Recurrent extends Fused {

  private static final float[] NONE = new float[0];
  private static final int[] WHOLE = new int[0];
  private static final int X = 0;
  private static final int W = 1;
  private static final int U = 2;

  private final Recurrence steps;
  private final Optional<Tensor> lengths;

  /// How many rows of each sequence's result are states after the last step.
  private final int states;

  /// Places of inputs that may be missing, then −1.
  private final int bias;

  private final int stateBias;
  private final int before;
  private final int cellsBefore;

  /// Filled forward.
  private final Tensor hidden;

  private final Tensor cells;
  private final Tensor kept;

  private Recurrent(
      Recurrence steps,
      RecurrentWeights weights,
      Optional<Tensor> lengths,
      int states,
      int before,
      int cellsBefore,
      Tensor... inputs) {
    super(RecurrentWeights.name(steps.cell()), inputs);
    this.steps = steps;
    this.lengths = lengths;
    this.states = states;
    this.bias = weights.bias().isPresent() ? 3 : -1;
    this.stateBias = weights.stateBias().isEmpty() ? -1 : weights.bias().isPresent() ? 4 : 3;
    this.before = before;
    this.cellsBefore = cellsBefore;
    int each = steps.batch() * steps.units();
    int all = (steps.steps() + 1) * each;
    hidden = Tensor.empty(DType.F32, Shape.of(all));
    cells = Tensor.empty(DType.F32, Shape.of(steps.cell() == Cell.LSTM ? all : 0));
    kept = Tensor.empty(DType.F32, Shape.of(steps.steps() * steps.cell().kept() * each));
  }

  /// @param withStates whether states after the last step come behind the results
  static Tensor of(
      Tensor x,
      RecurrentWeights weights,
      Optional<Tensor> lengths,
      Optional<Tensor> state,
      Optional<Tensor> cellState,
      boolean withStates) {
    Cell cell = weights.cell();
    String name = RecurrentWeights.name(cell);
    Shape shape = x.shape();
    int inputs = weights.input().shape().dimension(0);
    if (shape.rank() != 3 || shape.dimension(2) != inputs || shape.dimension(1) == 0) {
      throw new IllegalArgumentException(
          "%s: expected sequences of [rows, steps, %d] with a step or more, found shape %s"
              .formatted(name, inputs, shape));
    }
    int batch = shape.dimension(0);
    lengths.ifPresent(each -> Attended.checkLengths(name, each, batch, shape.dimension(1)));
    Recurrence steps = new Recurrence(cell, batch, shape.dimension(1), inputs, weights.units());
    List<Tensor> all = new ArrayList<>(List.of(x, weights.input(), weights.state()));
    weights.bias().ifPresent(all::add);
    weights.stateBias().ifPresent(all::add);
    int before = add(name, steps, state, all);
    int cellsBefore = add(name, steps, cellState, all);
    if (cellsBefore >= 0 && cell != Cell.LSTM) {
      throw new IllegalArgumentException(name + ": has no cells besides its state");
    }
    int states = withStates ? (cell == Cell.LSTM ? 2 : 1) : 0;
    Tensor[] given = all.toArray(Tensor[]::new);
    return new Recurrent(steps, weights, lengths, states, before, cellsBefore, given)
        .result(Shape.of(batch, shape.dimension(1) + states, weights.units()));
  }

  private static int add(String name, Recurrence steps, Optional<Tensor> state, List<Tensor> all) {
    if (state.isEmpty()) {
      return -1;
    }
    Shape shape = Shape.of(steps.batch(), steps.units());
    if (!state.get().shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s: expected a state of %s, found %s".formatted(name, shape, state.get().shape()));
    }
    all.add(state.get());
    return all.size() - 1;
  }

  // ---- what it means

  @Override
  protected Tensor composed(Tensor... x) {
    int n = steps.units();
    int gates = steps.cell().gates();
    DType dtype = x[X].dtype();
    Shape state = Shape.of(steps.batch(), n);
    Tensor h = before < 0 ? Tensor.zeros(dtype, state) : x[before];
    Tensor c = cellsBefore < 0 ? Tensor.zeros(dtype, state) : x[cellsBefore];
    Shape row = Shape.of(gates * n);
    Tensor b = bias < 0 ? Tensor.zeros(dtype, row) : x[bias];
    Tensor d = stateBias < 0 ? Tensor.zeros(dtype, row) : x[stateBias];
    List<Tensor> outputs = new ArrayList<>();
    for (int t = 0; t < steps.steps(); t++) {
      Tensor step = x[X].slice(1, t, t + 1).squeeze(1);
      Tensor sums = step.linear(x[W], b);
      Tensor past = h.linear(x[U], d);
      Tensor next;
      Tensor nextCells = c;
      switch (steps.cell()) {
        case LSTM -> {
          List<Tensor> gate = sums.plus(past).split(1, n, n, n, n);
          Tensor fresh = gate.get(0).sigmoid().times(gate.get(2).tanh());
          nextCells = gate.get(1).sigmoid().times(c).plus(fresh);
          next = gate.get(3).sigmoid().times(nextCells.tanh());
        }
        case GRU -> {
          List<Tensor> in = sums.split(1, n, n, n);
          List<Tensor> of = past.split(1, n, n, n);
          Tensor r = in.get(0).plus(of.get(0)).sigmoid();
          Tensor z = in.get(1).plus(of.get(1)).sigmoid();
          Tensor fresh = in.get(2).plus(r.times(of.get(2))).tanh();
          next = fresh.plus(z.times(h.minus(fresh)));
        }
        case TANH -> next = sums.plus(past).tanh();
        case RELU -> next = sums.plus(past).relu();
        default -> throw new IllegalStateException(steps.cell().toString());
      }
      if (lengths.isPresent()) {
        Tensor real = real(t, dtype);
        Tensor done = real.negate().plus(1);
        c = nextCells.times(real).plus(c.times(done));
        h = next.times(real).plus(h.times(done));
        outputs.add(next.times(real).unsqueeze(1));
      } else {
        c = nextCells;
        h = next;
        outputs.add(next.unsqueeze(1));
      }
    }
    if (states > 0) {
      outputs.add(h.unsqueeze(1));
    }
    if (states > 1) {
      outputs.add(c.unsqueeze(1));
    }
    return Tensor.concat(1, outputs.toArray(Tensor[]::new));
  }

  /// 1 for sequences that have step t, else 0: a column.
  private Tensor real(int t, DType dtype) {
    double[] real = new double[steps.batch()];
    int[] each = lengths();
    for (int i = 0; i < real.length; i++) {
      real[i] = t < each[i] ? 1 : 0;
    }
    return Tensor.wrap(Shape.of(real.length, 1), real).to(dtype);
  }

  // ---- F32

  private int[] lengths() {
    return lengths.map(Tensor::ints).orElse(WHOLE);
  }

  private float[] floats(int input) {
    return input < 0 ? NONE : input(input).floats();
  }

  private int stride() {
    return (steps.steps() + states) * steps.units();
  }

  private void begin(Tensor all, int from) {
    int n = steps.batch() * steps.units();
    if (from < 0) {
      Arrays.fill(all.floats(), 0, Math.min(n, all.size()), 0);
    } else {
      System.arraycopy(input(from).floats(), 0, all.floats(), 0, n);
    }
  }

  @Override
  protected void forward(Engine engine, Tensor y) {
    begin(hidden, before);
    begin(cells, cellsBefore);
    steps.forward(
        engine,
        floats(X),
        floats(W),
        floats(U),
        floats(bias),
        floats(stateBias),
        lengths(),
        y.floats(),
        stride(),
        hidden.floats(),
        cells.floats(),
        kept.floats());
    int n = steps.units();
    int last = steps.steps() * steps.batch() * n;
    for (int b = 0; states > 0 && b < steps.batch(); b++) {
      int to = b * stride() + steps.steps() * n;
      System.arraycopy(hidden.floats(), last + b * n, y.floats(), to, n);
      if (states > 1) {
        System.arraycopy(cells.floats(), last + b * n, y.floats(), to + n, n);
      }
    }
  }

  /// The part of the gradient that is by a state after the last step.
  private float[] last(Tensor g, int state) {
    if (states <= state) {
      return NONE;
    }
    int n = steps.units();
    float[] last = Tensor.empty(DType.F32, Shape.of(steps.batch() * n)).floats();
    for (int b = 0; b < steps.batch(); b++) {
      System.arraycopy(g.floats(), b * stride() + (steps.steps() + state) * n, last, b * n, n);
    }
    return last;
  }

  private Tensor part(Wanted by, int input) {
    boolean wanted = input >= 0 && by.wants(input);
    return Tensor.empty(DType.F32, wanted ? input(input).shape() : Shape.of(0));
  }

  /// An array of that part; one of no length says that nobody wants it.
  private static float[] room(Tensor part) {
    return part.size() == 0 ? NONE : part.floats();
  }

  @Override
  protected void back(Engine engine, Tensor y, Tensor g, Wanted by) {
    int n = steps.batch() * steps.units();
    Tensor state = Tensor.empty(DType.F32, Shape.of(steps.batch(), steps.units()));
    Tensor cellState = Tensor.empty(DType.F32, Shape.of(steps.batch(), steps.units()));
    Tensor slopes = Tensor.empty(DType.F32, Shape.of(steps.steps() * steps.cell().slopes() * n));
    Tensor dx = part(by, X);
    steps.back(
        engine,
        floats(W),
        floats(U),
        lengths(),
        hidden.floats(),
        cells.floats(),
        kept.floats(),
        g.floats(),
        stride(),
        last(g, 0),
        last(g, 1),
        room(dx),
        state.floats(),
        cellState.floats(),
        slopes.floats());
    Tensor ordered = Tensor.empty(DType.F32, input(X).shape());
    int[] sizes = input(X).dimensions();
    Permutation.copy(engine, sizes, new int[] {1, 0, 2}, input(X).floats(), 0, ordered.floats(), 0);
    Tensor dw = part(by, W);
    Tensor du = part(by, U);
    Tensor db = part(by, bias);
    Tensor dd = part(by, stateBias);
    steps.byWeights(
        engine,
        ordered.floats(),
        hidden.floats(),
        slopes.floats(),
        room(dw),
        room(du),
        room(db),
        room(dd));
    add(by, X, dx);
    add(by, W, dw);
    add(by, U, du);
    add(by, bias, db);
    add(by, stateBias, dd);
    add(by, before, state);
    add(by, cellsBefore, cellState);
  }

  private static void add(Wanted by, int input, Tensor part) {
    if (input >= 0 && by.wants(input)) {
      by.add(input, part);
    }
  }
}
