package dev.thalweg.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What does an optimizer cost at start? From its text to the end of its first step, in processes
/// of their own that take turns, beside one that does nothing.
///
/// ```
/// tools/bench/run FirstSteps [processes=11]
/// ```
///
/// Printed are medians: processor time (user and system) and time of the whole process, both beyond
/// the empty one; then, by the clock inside, the first optimizer until it is attached, its first
/// step (which is also the engine's), and both for the second optimizer and for later ones.
final class FirstSteps {
  private static final int CHILDREN = -1;
  private static final int RUSAGE_LONGS = 18;

  private FirstSteps() {}

  /// Prints the table.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    int processes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 11;
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int round = 0; round <= processes; round++) {
      for (String which : FirstStep.CASES) {
        double[] figure = inProcess(which);
        if (round > 0) { // the first only brings the files into memory
          figures.computeIfAbsent(which, name -> new ArrayList<>()).add(figure);
        }
      }
    }
    double[] empty = medians(figures.getOrDefault("empty", List.of()));
    System.out.printf(
        "empty process: %.0f ms of processor time, %.0f ms by the clock%n%n", empty[0], empty[1]);
    System.out.println(
        "case         processor     clock    attach      step    second     later   (ms)");
    figures.forEach((which, runs) -> {
      if (!which.equals("empty")) {
        double[] m = medians(runs);
        System.out.printf(
            "%-11s %10.0f %9.0f %9.2f %9.2f %9.2f %9.2f%n",
            which, m[0] - empty[0], m[1] - empty[1], m[2], m[3], m[4], m[5]);
      }
    });
  }

  /// Milliseconds: processor time, the process, and what it prints.
  private static double[] inProcess(String which) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-p");
    command.add(System.getProperty("jdk.module.path"));
    command.add("-m");
    command.add("dev.thalweg.bench/" + FirstStep.class.getName());
    command.add(which);
    double before = processorTime();
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    double clock = (System.nanoTime() - begin) / 1e6;
    if (status != 0) {
      throw new IllegalStateException(which + " ended with " + status);
    }
    String[] words = said.strip().split(" ", -1);
    return new double[] {
      processorTime() - before,
      clock,
      Double.parseDouble(words[0]),
      Double.parseDouble(words[1]),
      Double.parseDouble(words[2]),
      Double.parseDouble(words[3])
    };
  }

  private static double[] medians(List<double[]> runs) {
    double[] medians = new double[6];
    for (int i = 0; i < medians.length; i++) {
      int column = i;
      medians[i] = Spread.of(runs.stream().mapToDouble(run -> run[column]).toArray()).median();
    }
    return medians;
  }

  /// User and system time of the children that have ended, in milliseconds: `getrusage`.
  @SuppressWarnings("restricted") // a system call that Java doesn't have
  private static double processorTime() {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle call =
          linker.downcallHandle(
              linker.defaultLookup().find("getrusage").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
      MemorySegment usage = arena.allocate(JAVA_LONG, RUSAGE_LONGS);
      int status = (int) call.invokeExact(CHILDREN, usage);
      if (status != 0) {
        throw new IllegalStateException("getrusage failed");
      }
      // two times of seconds and microseconds, as on 64-bit Linux
      double seconds = usage.getAtIndex(JAVA_LONG, 0) + (double) usage.getAtIndex(JAVA_LONG, 2);
      double micros = usage.getAtIndex(JAVA_LONG, 1) + (double) usage.getAtIndex(JAVA_LONG, 3);
      return 1e3 * seconds + micros / 1e3;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
