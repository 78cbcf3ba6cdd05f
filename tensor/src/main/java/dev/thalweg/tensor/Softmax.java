package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Softmax over the last dimension, its logarithm, and the cross-entropy made of it.
final class Softmax {

  private static final String CROSS_ENTROPY = "softmaxCrossEntropy";

  private Softmax() {}

  static Tensor softmax(Tensor x) {
    Tensor y = new Softened(x).result(x.dtype(), x.shape());
    fill(x, y, normalizers(x));
    return y;
  }

  /// Room for two numbers a row; its values live as long as the step.
  private static Tensor normalizers(Tensor x) {
    return Tensor.result("softmax", x.dtype(), Shape.of(x.shape().rows(), 2), null);
  }

  /// y = softmax(x); normalizers receives each row's largest and the logarithm of the sum of its
  /// exponentials without that.
  private static void fill(Tensor x, Tensor y, Tensor normalizers) {
    Engine engine = Context.current().engine();
    int rows = x.shape().rows();
    int columns = x.shape().columns();
    if (x.dtype() == DType.F32) {
      engine.softmaxRows(
          rows, columns, x.floats(), 0, columns, y.floats(), 0, columns, normalizers.floats(), 0);
    } else {
      engine.softmaxRows(
          rows,
          columns,
          x.doubles(),
          0,
          columns,
          y.doubles(),
          0,
          columns,
          normalizers.doubles(),
          0);
    }
  }

  private static final class Softened extends Operation {
    Softened(Tensor x) {
      super("softmax", x);
    }

    /// y (g − Σ g y), sums over the row.
    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      Tensor gy = g.times(y);
      by.add(0, gy.minus(y.times(rowSums(gy))));
    }
  }

  /// The sums over the last dimension, which stays with size 1.
  private static Tensor rowSums(Tensor x) {
    int last = x.shape().rank() - 1;
    if (last < 0) {
      return x;
    }
    return x.sum(last).reshape(x.shape().with(last, 1).dimensions());
  }

  static Tensor logSoftmax(Tensor x) {
    Tensor normalizers = normalizers(x);
    Tensor y = new LogSoftened(x).result(x.dtype(), x.shape());
    fill(x, y, normalizers);
    int rows = x.shape().rows();
    int columns = x.shape().columns();
    if (x.dtype() == DType.F32) {
      float[] from = x.floats();
      float[] into = y.floats();
      float[] parts = normalizers.floats();
      for (int i = 0, at = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++, at++) {
          into[at] = (from[at] - parts[2 * i]) - parts[2 * i + 1];
        }
      }
    } else {
      double[] from = x.doubles();
      double[] into = y.doubles();
      double[] parts = normalizers.doubles();
      for (int i = 0, at = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++, at++) {
          into[at] = (from[at] - parts[2 * i]) - parts[2 * i + 1];
        }
      }
    }
    return y;
  }

  private static final class LogSoftened extends Operation {
    LogSoftened(Tensor x) {
      super("logSoftmax", x);
    }

    /// g − softmax(x) Σ g
    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g.minus(input(0).softmax().times(rowSums(g))));
    }
  }

  /// Class indices in a vector, or a distribution over the classes a row in a matrix.
  static Tensor crossEntropy(Tensor logits, Tensor targets) {
    if (targets.shape().rank() == 1 && logits.shape().rank() == 2) {
      return ofLabels(logits, targets);
    }
    Elementwise.checkSame(CROSS_ENTROPY, logits, targets);
    if (!logits.shape().equals(targets.shape()) || logits.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "softmaxCrossEntropy: expected logits and targets of one shape, rows and classes, found "
              + logits.shape()
              + " and "
              + targets.shape());
    }
    return targets.times(logits.logSoftmax()).sum().div(-logits.shape().dimension(0));
  }

  static Tensor crossEntropy(Tensor logits, int[] labels) {
    return crossEntropy(logits, Tensor.wrap(Shape.of(labels.length), labels));
  }

  private static Tensor ofLabels(Tensor logits, Tensor labels) {
    Shape shape = logits.shape();
    int rows = shape.dimension(0);
    int classes = shape.dimension(1);
    if (labels.size() != rows) {
      throw new IllegalArgumentException(
          "softmaxCrossEntropy: expected a row of logits for each of "
              + labels.size()
              + " labels, found shape "
              + shape);
    }
    Tensor probabilities = Tensor.result(CROSS_ENTROPY, logits.dtype(), shape, null);
    Tensor normalizers = normalizers(logits);
    Tensor losses = Tensor.result(CROSS_ENTROPY, logits.dtype(), Shape.of(rows), null);
    Tensor y = new CrossEntropy(logits, labels, probabilities).result(logits.dtype(), Shape.SCALAR);
    fill(logits, probabilities, normalizers);
    Engine engine = Context.current().engine();
    if (logits.dtype() == DType.F32) {
      float[] x = logits.floats();
      float[] parts = normalizers.floats();
      float[] loss = losses.floats();
      for (int i = 0; i < rows; i++) {
        loss[i] = parts[2 * i + 1] - (x[i * classes + label(labels, classes, i)] - parts[2 * i]);
      }
      y.floats()[0] = engine.sum(loss, 0, rows) / rows;
    } else {
      double[] x = logits.doubles();
      double[] parts = normalizers.doubles();
      double[] loss = losses.doubles();
      for (int i = 0; i < rows; i++) {
        loss[i] = parts[2 * i + 1] - (x[i * classes + label(labels, classes, i)] - parts[2 * i]);
      }
      y.doubles()[0] = engine.sum(loss, 0, rows) / rows;
    }
    return y;
  }

  private static int label(Tensor labels, int classes, int row) {
    double value = labels.element(row);
    int label = (int) value;
    if (label != value || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "softmaxCrossEntropy: expected a class of 0 to "
              + (classes - 1)
              + ", found "
              + value
              + " in row "
              + row);
    }
    return label;
  }

  private static final class CrossEntropy extends Operation {
    private final Tensor labels;
    private final Tensor probabilities;

    CrossEntropy(Tensor logits, Tensor labels, Tensor probabilities) {
      super(CROSS_ENTROPY, logits);
      this.labels = labels;
      this.probabilities = probabilities;
    }

    /// (softmax(logits) − one-hot(labels)) g / rows, in one array from the softmax of the forward
    /// pass; or, where the product itself will be differentiated, from one that knows where it came
    /// from.
    @Override
    protected void backward(Tensor output, Tensor gradient, Wanted by) {
      Tensor logits = input(0);
      int rows = logits.shape().dimension(0);
      if (Context.current().recording()) {
        by.add(0, MinusOneHot.of(logits.softmax(), labels).times(gradient.div(rows)));
        return;
      }
      Tensor y = Tensor.result(CROSS_ENTROPY, logits.dtype(), logits.shape(), this);
      MinusOneHot.fill(probabilities, labels, y);
      if (y.dtype() == DType.F32) {
        float[] into = y.floats();
        float factor = gradient.floats()[0] / rows;
        for (int i = 0; i < logits.size(); i++) {
          into[i] *= factor;
        }
      } else {
        double[] into = y.doubles();
        double factor = gradient.doubles()[0] / rows;
        for (int i = 0; i < logits.size(); i++) {
          into[i] *= factor;
        }
      }
      by.add(0, y);
    }
  }

  /// x with 1 subtracted at each row's label.
  private static final class MinusOneHot extends Operation {
    private MinusOneHot(Tensor x) {
      super("minusOneHot", x);
    }

    static Tensor of(Tensor x, Tensor labels) {
      Tensor y = new MinusOneHot(x).result(x.dtype(), x.shape());
      fill(x, labels, y);
      return y;
    }

    static void fill(Tensor x, Tensor labels, Tensor y) {
      int rows = x.shape().dimension(0);
      int classes = x.shape().dimension(1);
      if (x.dtype() == DType.F32) {
        // a class that is as good as excluded, to begin with: see Elementwise.withoutNegligible
        Context.current().engine().withoutNegligible(x.floats(), 0, y.floats(), 0, x.size());
        float[] into = y.floats();
        for (int i = 0; i < rows; i++) {
          into[i * classes + label(labels, classes, i)] -= 1;
        }
      } else {
        System.arraycopy(x.doubles(), 0, y.doubles(), 0, x.size());
        double[] into = y.doubles();
        for (int i = 0; i < rows; i++) {
          into[i * classes + label(labels, classes, i)] -= 1;
        }
      }
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g);
    }
  }
}
