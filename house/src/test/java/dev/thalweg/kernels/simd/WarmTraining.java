package dev.thalweg.kernels.simd;

import static dev.thalweg.nn.Activation.GELU;
import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.Trainer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/// A program that trains one network many times: large enough that threads share the work, and when
/// the vector kernels have been compiled. It prints a line a training, the SHA-256 of the weights
/// last; `WarmWeightsTest` runs it at each width of vectors.
public final class WarmTraining {
  private static final long PATIENCE_NANOS = 100_000_000_000L;

  /// How many methods the training has whose work is shared.
  private static final int SHARED = 8;

  private static final Dataset DIGITS = Datasets.named("digits").split(0.8, 1).train();

  /// Where a kernel's output is among its arguments, counted from 0.
  private static final Map<String, Integer> OUTPUTS =
      Map.of(
          "matmul",
          11,
          "map",
          3,
          "gate",
          4,
          "zip",
          7,
          "columnSums",
          5,
          "softmaxRows",
          5,
          "fillRows",
          4,
          "withoutNegligible",
          2);

  private WarmTraining() {}

  /// Prints `bits N`, `cold GROUPS`, `helped METHODS`, `alone METHODS`, then `NAME SHA256` for each
  /// training.
  public static void main(String[] arguments) {
    IO.println("bits " + SimdKernels.INSTANCE.vectorBits());
    Set<String> cold = new TreeSet<>();
    groups()
        .forEach((name, group) -> {
          if (!warm(group)) {
            cold.add(name);
          }
        });
    IO.println("cold " + cold);
    var seen = new Seen();
    String sum = train(Engine.of(kernels(seen), 3));
    for (int i = 0; i < 100 && seen.helped.size() < SHARED; i++) { // where others have the cores
      sum = train(Engine.of(kernels(seen), 3));
    }
    IO.println("seen " + sum);
    IO.println("helped " + seen.helped);
    IO.println("alone " + seen.alone);
    IO.println("scalar " + train(Engine.of("scalar", 1)));
    for (int threads = 1; threads <= 4; threads++) {
      IO.println(threads + " " + train(Engine.of("simd", threads)));
    }
    IO.println("always vectors " + train(Engine.of(SimdKernels.EAGER, 2)));
    for (String method : new TreeSet<>(OUTPUTS.keySet())) {
      IO.println("broken " + method + " " + train(Engine.of(kernels(broken(method)), 2)));
    }
    IO.println("broken sum " + train(Engine.of(kernels(broken("sum")), 2)));
  }

  private static Map<String, Long> groups() {
    return Map.of(
        "product of 128 columns", WarmUp.product(false, false, 128),
        "product of 10 columns", WarmUp.product(false, false, 10),
        "product with Aᵀ of 128 columns", WarmUp.product(true, false, 128),
        "product with Aᵀ of 10 columns", WarmUp.product(true, false, 10),
        "product with Bᵀ of 128 columns", WarmUp.product(false, true, 128),
        "GELU", WarmUp.map(UnaryFunction.GELU),
        "gate, sum, sums of columns, softmax",
            WarmUp.GATE | WarmUp.SUM | WarmUp.COLUMN_SUMS | WarmUp.SOFTMAX);
  }

  private static boolean warm(long groups) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (SimdKernels.INSTANCE.cold(groups, WarmUp.WORTH_WARMING) && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return !SimdKernels.INSTANCE.cold(groups, 0);
  }

  private static Kernels kernels(InvocationHandler handler) {
    return (Kernels)
        Proxy.newProxyInstance(
            WarmTraining.class.getClassLoader(), new Class<?>[] {Kernels.class}, handler);
  }

  private static Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(SimdKernels.INSTANCE, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static boolean isHelper() {
    return Thread.currentThread().getName().matches("thalweg-\\d+");
  }

  /// Notes which kernels helpers were given, and which the caller.
  private static final class Seen implements InvocationHandler {
    final Set<String> helped = new ConcurrentSkipListSet<>();
    final Set<String> alone = new ConcurrentSkipListSet<>();

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      (isHelper() ? helped : alone).add(method.getName());
      return call(method, arguments);
    }
  }

  /// One method is wrong in the last bit of the first number that it stores, or gives.
  private static InvocationHandler broken(String name) {
    return (proxy, method, arguments) -> {
      Object result = call(method, arguments);
      if (!method.getName().equals(name)) {
        return result;
      }
      if (result instanceof Float sum) {
        return Math.nextUp(sum);
      }
      int at = Objects.requireNonNull(OUTPUTS.get(name));
      float[] output = (float[]) arguments[at];
      int first = (int) arguments[at + 1];
      output[first] = output[first] == 0 ? 1e-3f : Math.nextUp(output[first]);
      return result;
    };
  }

  private static String train(Engine engine) {
    var fitted =
        Trainer.defaults()
            .withEpochs(2)
            .withBatchSize(256)
            .withEngine(engine)
            .fit(
                Sequential.of(dense(128, GELU), dense(128, RELU), dense(10)),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse("clip_norm(0.1) | adamw(lr=0.01)"),
                DIGITS);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Parameter parameter : fitted.network().parameters()) {
        float[] values = parameter.values().floats();
        ByteBuffer bytes = ByteBuffer.allocate(4 * parameter.size());
        bytes.asFloatBuffer().put(values, 0, parameter.size());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
