package dev.thalweg.kernels;

import java.util.Arrays;

/// A recurrent layer over all steps of its sequences at once, and its gradients. A family of
/// kernels on any provider; threads share the sequences, and none waits for another between steps.
///
/// With x(t) the input of a step and h the state, each batch × numbers, row-major:
///
/// | cell | gates, in this order | state |
/// |---|---|---|
/// | [Cell#LSTM] | i, f, o = σ, g = tanh of b + x W + h U; in the order i, f, g, o | c' = f c + i g, h' = o tanh(c') |
/// | [Cell#GRU] | r, z = σ(b + d + x W + h U), n = tanh(b + x W + r (d + h U)); r, z, n | h' = n + z (h − n) |
/// | [Cell#TANH] | – | h' = tanh(b + x W + h U) |
/// | [Cell#RELU] | – | h' = max(b + x W + h U, 0) |
///
/// W is inputs × gates · units and U units × gates · units, the columns of a gate side by side: the
/// order of PyTorch (whose weights are the transposes of these), for the LSTM that of Keras, too,
/// which has z, r, n. d is the bias of the recurrent product, of the GRU only.
///
/// A sequence may have fewer steps than the batch: after its last one its state stays, and what
/// comes out is 0, as from a packed sequence in PyTorch.
///
/// **The bits.** A gate is one chain of fused multiply-adds from the bias over the inputs, then the
/// units. Gradients by weights are chains over all steps, and in a step over the sequences, in
/// order, as of one product of steps · batch terms.
///
/// All arrays begin at 0. The states are kept step by step, of all sequences: `hidden` and, of an
/// LSTM, `cells` have steps + 1 times batch × units numbers, the first being those before the first
/// step; `kept` has steps times batch × `kept()` · units.
///
/// @param cell what a step is
/// @param batch sequences
/// @param steps of the longest
/// @param inputs of a step
/// @param units of the state
public record Recurrence(Cell cell, int batch, int steps, int inputs, int units) {

  /// What a step is.
  public enum Cell {
    /// Long short-term memory: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
    /// 2000.
    LSTM(4, 4, 5),
    /// The gated recurrent unit of Cho et al. 2014, arXiv 1406.1078, with the reset gate behind the
    /// recurrent product, as in cuDNN, PyTorch and Keras.
    GRU(3, 4, 4),
    /// The simple recurrent unit: Elman 1990.
    TANH(1, 1, 0),
    /// The same with max(x, 0).
    RELU(1, 1, 0);

    private final int gates;
    private final int slopes;
    private final int kept;

    Cell(int gates, int slopes, int kept) {
      this.gates = gates;
      this.slopes = slopes;
      this.kept = kept;
    }

    /// Gates: how many times `units` columns W, U and b have.
    public int gates() {
      return gates;
    }

    /// How many times `units` numbers a sequence has in each step that are kept for the gradients.
    public int kept() {
      return kept;
    }

    /// How many times `units` numbers a sequence has in each step as gradients by gates.
    public int slopes() {
      return slopes;
    }
  }

  /// Multiply-adds that take about a nanosecond.
  private static final double SPEED = 20;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException where one is negative, or there are no units
  public Recurrence {
    if (batch < 0 || steps < 0 || inputs < 0 || units < 1) {
      throw new IllegalArgumentException(
          "recurrence: expected sizes of 0 or more and at least one unit, found %d x %d x %d and %d units"
              .formatted(batch, steps, inputs, units));
    }
  }

  private int columns() {
    return cell.gates * units;
  }

  private double cost() {
    return (double) steps * columns() * (inputs + units + 8) / SPEED;
  }

  private CellKernel kernel(Kernels kernels, int rows) {
    return switch (cell) {
      case LSTM -> new LstmCell(kernels, rows, units);
      case GRU -> new GruCell(kernels, rows, units);
      case TANH, RELU -> new SimpleCell(kernels, rows, units, cell == Cell.TANH);
    };
  }

  private static int packed(Kernels kernels, int k, int n) {
    int panel = kernels.panelColumns();
    return Math.ceilDiv(n, panel) * panel * k;
  }

  /// Packs op(B) by threads, panel by panel.
  private static void pack(
      Engine engine,
      boolean transposeB,
      int n,
      int k,
      float[] b,
      int bStart,
      int bStride,
      float[] packed,
      int packedStart) {
    int panel = engine.kernels().panelColumns();
    engine.share(
        Math.ceilDiv(n, panel),
        (double) panel * k,
        (from, to) ->
            engine
                .kernels()
                .pack(
                    transposeB,
                    Math.min(n, to * panel) - from * panel,
                    k,
                    b,
                    bStart + from * panel * (transposeB ? bStride : 1),
                    bStride,
                    packed,
                    packedStart + from * panel * k));
  }

  /// The results of all steps.
  ///
  /// @param w W
  /// @param u U
  /// @param bias b; none: 0
  /// @param other d; none: 0
  /// @param lengths of the sequences; none: all have all steps
  /// @param y receives batch sequences of steps × units
  /// @param yStride floats from sequence to sequence of y
  /// @param hidden whose first batch × units numbers are those before the first step; receives the
  ///   others
  /// @param cells of an LSTM, in the same way
  /// @param kept receives what the gradients need
  public void forward(
      Engine engine,
      float[] x,
      float[] w,
      float[] u,
      float[] bias,
      float[] other,
      int[] lengths,
      float[] y,
      int yStride,
      float[] hidden,
      float[] cells,
      float[] kept) {
    Kernels any = engine.kernels();
    int columns = columns();
    int split = cell == Cell.GRU ? 2 * units : columns;
    int ofU = packed(any, inputs, columns);
    int ofRest = ofU + packed(any, units, split);
    float[] packed = Room.floats(Room.PACKED, ofRest + packed(any, units, columns - split));
    pack(engine, false, columns, inputs, w, 0, columns, packed, 0);
    pack(engine, false, split, units, u, 0, columns, packed, ofU);
    if (split < columns) {
      pack(engine, false, columns - split, units, u, split, columns, packed, ofRest);
    }
    int begun = cell == Cell.GRU ? 4 * units : columns;
    float[] first = biases(bias, other, begun);
    engine.share(
        batch,
        cost(),
        (from, to) -> {
          Kernels kernels = engine.kernels();
          int rows = to - from;
          CellKernel each = kernel(kernels, rows);
          boolean keeps = cell.kept > 0;
          int gate = keeps ? cell.kept * units : units;
          for (int t = 0; t < steps; t++) {
            int h = (t * batch + from) * units;
            int next = h + batch * units;
            // the gates of a simple cell are its state
            float[] gates = keeps ? kept : hidden;
            int at = keeps ? (t * batch + from) * gate : next;
            kernels.fillRows(rows, begun, first, 0, gates, at, gate);
            kernels.matmulPacked(
                false,
                rows,
                columns,
                inputs,
                x,
                (from * steps + t) * inputs,
                steps * inputs,
                packed,
                0,
                inputs,
                gates,
                at,
                gate,
                true);
            kernels.matmulPacked(
                false, rows, split, units, hidden, h, units, packed, ofU, units, gates, at, gate,
                true);
            if (split < columns) {
              kernels.matmulPacked(
                  false,
                  rows,
                  columns - split,
                  units,
                  hidden,
                  h,
                  units,
                  packed,
                  ofRest,
                  units,
                  gates,
                  at + columns,
                  gate,
                  true);
            }
            each.forward(gates, at, hidden, cells, h, next);
            int to0 = from * yStride + t * units;
            kernels.copyRows(rows, units, hidden, next, units, y, to0, yStride);
            for (int r = 0; lengths.length > 0 && r < rows; r++) {
              if (t >= lengths[from + r]) {
                int row = r * units;
                System.arraycopy(hidden, h + row, hidden, next + row, units);
                if (cell == Cell.LSTM) {
                  System.arraycopy(cells, h + row, cells, next + row, units);
                }
                Arrays.fill(y, to0 + r * yStride, to0 + r * yStride + units, 0);
              }
            }
          }
        });
  }

  /// Where the gates begin: their biases, and of a GRU that of its recurrent product behind them.
  private float[] biases(float[] bias, float[] other, int n) {
    float[] all = Room.floats(Room.WEIGHTS, n);
    Arrays.fill(all, 0, n, 0);
    if (bias.length > 0) {
      System.arraycopy(bias, 0, all, 0, columns());
    }
    if (other.length > 0) {
      for (int j = 0; j < 2 * units; j++) {
        all[j] += other[j];
      }
      System.arraycopy(other, 2 * units, all, 3 * units, units);
    }
    return all;
  }

  /// The gradients by what a sequence has: gates, inputs and the state before the first step.
  ///
  /// @param dy the gradient by y, in its strides
  /// @param last the gradient by the state after the last step, batch × units; none: 0
  /// @param lastCells the same of an LSTM's cells
  /// @param dx receives the gradient by x; none: it is not wanted
  /// @param dh receives the gradient by the state before the first step, batch × units
  /// @param dc receives the same of an LSTM's cells
  /// @param slopes receives the gradients by gates, steps times batch × [Cell#slopes] · units
  public void back(
      Engine engine,
      float[] w,
      float[] u,
      int[] lengths,
      float[] hidden,
      float[] cells,
      float[] kept,
      float[] dy,
      int dyStride,
      float[] last,
      float[] lastCells,
      float[] dx,
      float[] dh,
      float[] dc,
      float[] slopes) {
    Kernels any = engine.kernels();
    int columns = columns();
    int split = cell == Cell.GRU ? 2 * units : columns;
    int ofU = dx.length == 0 ? 0 : packed(any, columns, inputs);
    int ofRest = ofU + packed(any, split, units);
    float[] packed = Room.floats(Room.PACKED, ofRest + packed(any, columns - split, units));
    if (dx.length > 0) {
      pack(engine, true, inputs, columns, w, 0, columns, packed, 0);
    }
    pack(engine, true, units, split, u, 0, columns, packed, ofU);
    if (split < columns) {
      pack(engine, true, units, columns - split, u, split, columns, packed, ofRest);
    }
    int width = cell.slopes * units;
    engine.share(
        batch,
        cost(),
        (from, to) -> {
          Kernels kernels = engine.kernels();
          int rows = to - from;
          CellKernel each = kernel(kernels, rows);
          float[] state = Room.floats(Room.TURNED, rows * units);
          float[] before = Room.floats(Room.PART, rows * units);
          float[] cell0 = Room.floats(Room.BAND, rows * units);
          float[] cell1 = Room.floats(Room.WINDOWS, rows * units);
          begin(last, from, rows, state);
          begin(lastCells, from, rows, cell0);
          for (int t = steps - 1; t >= 0; t--) {
            int h = (t * batch + from) * units;
            int next = h + batch * units;
            int slope = (t * batch + from) * width;
            for (int r = 0; r < rows; r++) {
              if (lengths.length == 0 || t < lengths[from + r]) {
                kernels.zip(
                    BinaryFunction.ADD,
                    state,
                    r * units,
                    1,
                    dy,
                    (from + r) * dyStride + t * units,
                    1,
                    state,
                    r * units,
                    units);
              }
            }
            each.back(
                kept,
                (t * batch + from) * cell.kept * units,
                hidden,
                cells,
                h,
                next,
                state,
                before,
                cell0,
                cell1,
                slopes,
                slope);
            for (int r = 0; r < rows; r++) {
              if (lengths.length > 0 && t >= lengths[from + r]) {
                Arrays.fill(slopes, slope + r * width, slope + (r + 1) * width, 0);
                System.arraycopy(state, r * units, before, r * units, units);
                System.arraycopy(cell0, r * units, cell1, r * units, units);
              }
            }
            // in `before` is what goes past the gates
            kernels.matmulPacked(
                false, rows, units, split, slopes, slope, width, packed, ofU, split, before, 0,
                units, true);
            if (split < columns) {
              kernels.matmulPacked(
                  false,
                  rows,
                  units,
                  columns - split,
                  slopes,
                  slope + columns,
                  width,
                  packed,
                  ofRest,
                  columns - split,
                  before,
                  0,
                  units,
                  true);
            }
            if (dx.length > 0) {
              kernels.matmulPacked(
                  false,
                  rows,
                  inputs,
                  columns,
                  slopes,
                  slope,
                  width,
                  packed,
                  0,
                  columns,
                  dx,
                  (from * steps + t) * inputs,
                  steps * inputs,
                  false);
            }
            float[] done = state;
            state = before;
            before = done;
            done = cell0;
            cell0 = cell1;
            cell1 = done;
          }
          System.arraycopy(state, 0, dh, from * units, rows * units);
          if (cell == Cell.LSTM) {
            System.arraycopy(cell0, 0, dc, from * units, rows * units);
          }
        });
  }

  private void begin(float[] last, int from, int rows, float[] state) {
    if (last.length > 0) {
      System.arraycopy(last, from * units, state, 0, rows * units);
    } else {
      Arrays.fill(state, 0, rows * units, 0);
    }
  }

  /// The gradients by the weights, from those by the gates.
  ///
  /// @param x the inputs, step by step: steps times batch × inputs
  /// @param slopes what [#back] gave
  /// @param dw receives that by W; none: it is not wanted
  /// @param du receives that by U; none: it is not wanted
  /// @param db receives that by b; none: it is not wanted
  /// @param dd receives that by d; none: it is not wanted
  public void byWeights(
      Engine engine,
      float[] x,
      float[] hidden,
      float[] slopes,
      float[] dw,
      float[] du,
      float[] db,
      float[] dd) {
    int columns = columns();
    int split = cell == Cell.GRU ? 2 * units : columns;
    int width = cell.slopes * units;
    int terms = steps * batch;
    if (dw.length > 0) {
      engine.matmul(
          true, false, inputs, columns, terms, x, 0, inputs, slopes, 0, width, dw, 0, columns,
          false);
    }
    if (du.length > 0) {
      engine.matmul(
          true, false, units, split, terms, hidden, 0, units, slopes, 0, width, du, 0, columns,
          false);
      if (split < columns) {
        engine.matmul(
            true,
            false,
            units,
            columns - split,
            terms,
            hidden,
            0,
            units,
            slopes,
            columns,
            width,
            du,
            split,
            columns,
            false);
      }
    }
    if (db.length > 0) {
      Arrays.fill(db, 0, columns, 0);
      engine.columnSums(terms, columns, slopes, 0, width, db, 0);
    }
    if (dd.length > 0) {
      Arrays.fill(dd, 0, columns, 0);
      engine.columnSums(terms, split, slopes, 0, width, dd, 0);
      engine.columnSums(terms, columns - split, slopes, columns, width, dd, split);
    }
  }
}
