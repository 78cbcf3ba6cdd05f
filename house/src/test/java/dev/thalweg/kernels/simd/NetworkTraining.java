package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// A program that trains networks of images and of sequences several times, by vectors alone, and
/// with `scalar` among its arguments by scalar kernels, too. It prints a line a training, the
/// SHA-256 of weights and state last; `NetworkWeightsTest` runs it at each width.
public final class NetworkTraining {

  private interface Training {
    String train(Engine engine, long seed);
  }

  private NetworkTraining() {}

  /// Prints `bits N`, then for each kind `KIND helped METHODS` and `KIND WAY SHA256` for each
  /// training.
  public static void main(String[] arguments) {
    IO.println("bits " + SimdKernels.INSTANCE.vectorBits());
    boolean scalar = Arrays.asList(arguments).contains("scalar");
    print("images", ImageTraining::train, List.of("matmul", "copyRows"), scalar);
    print("sequences", SequenceTraining::train, List.of("matmulPacked", "lstmSlopes"), scalar);
  }

  private static void print(String kind, Training training, List<String> shared, boolean scalar) {
    Set<String> helped = new ConcurrentSkipListSet<>();
    String seen = training.train(Engine.of(noted(helped), 3), 1);
    for (int i = 0; i < 100 && !helped.containsAll(shared); i++) {
      seen = training.train(Engine.of(noted(helped), 3), 1); // others have the cores
    }
    IO.println(kind + " helped " + helped);
    IO.println(kind + " seen " + seen);
    for (int threads : new int[] {1, 2, 4}) {
      IO.println(
          kind + " " + threads + " " + training.train(Engine.of(SimdKernels.EAGER, threads), 1));
    }
    if (scalar) {
      IO.println(kind + " scalar " + training.train(Engine.of("scalar", 1), 1));
      IO.println(kind + " seed " + training.train(Engine.of(SimdKernels.EAGER, 2), 2));
    }
  }

  /// Kernels of vectors alone; notes which of them helpers were given.
  private static Kernels noted(Set<String> helped) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (Thread.currentThread().getName().matches("thalweg-\\d+")) {
            helped.add(method.getName());
          }
          try {
            return method.invoke(SimdKernels.EAGER, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Kernels)
        Proxy.newProxyInstance(
            NetworkTraining.class.getClassLoader(), new Class<?>[] {Kernels.class}, handler);
  }
}
