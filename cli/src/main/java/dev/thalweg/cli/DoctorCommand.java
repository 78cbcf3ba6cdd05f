package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `doctor`: what Thalweg runs on, what is missing, and what to do about it.
@CommandLine.Command(
    name = "doctor",
    sortOptions = false,
    description = "Shows the JDK, kernels, cores, memory and caches, and what is missing.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg doctor [--format json]",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg doctor --format json")
final class DoctorCommand implements Command {

  /// Everything it found.
  ///
  /// @param kernels the kernels in use
  /// @param vectorObstacle why those on vectors can't be used, empty where they can
  private record Findings(
      Jdk jdk, Machine machine, int cores, Kernels kernels, String vectorObstacle) {

    List<String> missing() {
      return DoctorCommand.missing(jdk, machine, vectorObstacle);
    }

    String kernelsText() {
      var bits = kernels.vectorBits();
      return kernels.name() + (bits == 0 ? "" : ", vectors of " + bits + " bits");
    }
  }

  @Override
  public void run(Call call) {
    var findings =
        new Findings(
            Jdk.running(),
            Machine.look(Path.of("/"), System.getProperty("os.arch", "")),
            Runtime.getRuntime().availableProcessors(),
            call.engine().kernels(),
            vectorObstacle());
    call.print(json(findings), text(findings));
  }

  /// Without the incubator module the launcher leaves the kernels on vectors out.
  private static String vectorObstacle() {
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isEmpty()) {
      return "this JDK comes without the module jdk.incubator.vector, which kernels on vectors"
          + " need: use a complete JDK";
    }
    try {
      return Engine.of("simd", 1).kernels().vectorBits() > 0 ? "" : "the vectors have no bits";
    } catch (IllegalStateException obstacle) {
      return String.valueOf(obstacle.getMessage());
    }
  }

  static List<String> missing(Jdk jdk, Machine machine, String vectorObstacle) {
    var missing = new ArrayList<>(jdk.warnings());
    if (!vectorObstacle.isEmpty()) {
      missing.add(vectorObstacle);
    }
    if (Boolean.FALSE.equals(fma(jdk, machine))) {
      missing.add(Jdk.WITHOUT_FMA);
    }
    return List.copyOf(missing);
  }

  /// Whether the processor has fused multiply-adds and the JVM uses them; null where unknown.
  private static @Nullable Boolean fma(Jdk jdk, Machine machine) {
    return jdk.fma() ? machine.fma() : Boolean.FALSE;
  }

  private static Map<String, @Nullable Object> json(Findings findings) {
    var jdk = findings.jdk;
    var machine = findings.machine;
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", Thalweg.version());
    json.put("jdk", ordered("version", jdk.version(), "vendor", jdk.vendor(), "home", jdk.home()));
    json.put("provider", findings.kernels.name());
    json.put("vector_bits", findings.kernels.vectorBits());
    json.put("cpu", machine.cpu().isEmpty() ? null : machine.cpu());
    json.put("cores", findings.cores);
    json.put("fma", fma(jdk, machine));
    json.put(
        "memory",
        ordered(
            "heap_max_bytes",
            jdk.heapMax(),
            "machine_bytes",
            jdk.machineMemory() == 0 ? null : jdk.machineMemory()));
    json.put(
        "caches",
        machine.caches().stream()
            .map(c -> ordered("level", c.level(), "type", c.type(), "bytes", c.bytes()))
            .toList());
    json.put("missing", findings.missing());
    return json;
  }

  private static Map<String, @Nullable Object> ordered(@Nullable Object... namesAndValues) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }

  private static String text(Findings findings) {
    var jdk = findings.jdk;
    var machine = findings.machine;
    var table =
        new Table()
            .row("thalweg", Thalweg.version())
            .row("JDK", jdk.version() + ", " + jdk.vendor() + ", " + jdk.home())
            .row("kernels", findings.kernelsText())
            .row("processor", machine.cpu().isEmpty() ? "unknown" : machine.cpu())
            .row("cores", String.valueOf(findings.cores))
            .row("fused multiply-add", yesOrNo(fma(jdk, machine)))
            .row(
                "memory",
                "heap up to "
                    + size(jdk.heapMax())
                    + (jdk.machineMemory() == 0 ? "" : " of " + size(jdk.machineMemory())))
            .row("caches", caches(machine));
    var missing = findings.missing();
    if (missing.isEmpty()) {
      table.row("missing", "nothing");
    }
    for (var sentence : missing) {
      table.row("missing", sentence);
    }
    return table.toString();
  }

  private static String caches(Machine machine) {
    return machine.caches().isEmpty()
        ? "unknown"
        : machine.caches().stream()
            .map(c -> "L" + c.level() + " " + c.type() + " " + size(c.bytes()))
            .collect(Collectors.joining(", "));
  }

  private static String yesOrNo(@Nullable Boolean value) {
    return value == null ? "unknown" : value ? "yes" : "no";
  }

  static String size(long bytes) {
    if (bytes < 1 << 20) {
      return (bytes >> 10) + " KiB";
    }
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / 0x1p20)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
  }
}
