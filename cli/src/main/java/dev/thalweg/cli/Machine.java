package dev.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the operating system tells about the machine's first core. Linux tells it by files below
/// `/proc` and `/sys`; elsewhere everything here is unknown.
///
/// @param cpu the processor's name, empty where unknown
/// @param fma whether it has fused multiply-adds on vectors, null where unknown
/// @param caches nearest first, empty where unknown
record Machine(String cpu, @Nullable Boolean fma, List<Cache> caches) {

  /// A cache.
  ///
  /// @param level 1 is nearest to the core
  /// @param type `data`, `instruction`, `unified`
  /// @param bytes its size
  record Cache(int level, String type, long bytes) {}

  /// Looks at this machine.
  ///
  /// @param root the root of the file system
  /// @param architecture as the property `os.arch` has it
  static Machine look(Path root, String architecture) {
    var cpuinfo = lines(root.resolve("proc/cpuinfo"));
    return new Machine(
        field(cpuinfo, "model name"),
        fma(cpuinfo, architecture),
        caches(root.resolve("sys/devices/system/cpu/cpu0/cache")));
  }

  private static @Nullable Boolean fma(List<String> cpuinfo, String architecture) {
    return switch (architecture) {
      // Part of the base instruction set.
      case "aarch64" -> true;
      case "amd64", "x86_64" -> {
        var flags = field(cpuinfo, "flags");
        yield flags.isEmpty() ? null : List.of(flags.split(" ")).contains("fma");
      }
      default -> null;
    };
  }

  private static List<Cache> caches(Path folder) {
    var caches = new ArrayList<Cache>();
    for (var i = 0; ; i++) {
      var index = folder.resolve("index" + i);
      var level = first(index.resolve("level"));
      var type = first(index.resolve("type"));
      var size = first(index.resolve("size"));
      if (!level.matches("[0-9]") || !size.matches("[0-9]{1,9}[KMG]?")) {
        return List.copyOf(caches);
      }
      caches.add(new Cache(Integer.parseInt(level), type.toLowerCase(Locale.ROOT), bytes(size)));
    }
  }

  private static long bytes(String size) {
    var last = size.length() - 1;
    var shift =
        switch (size.charAt(last)) {
          case 'K' -> 10;
          case 'M' -> 20;
          case 'G' -> 30;
          default -> 0;
        };
    return Long.parseLong(shift == 0 ? size : size.substring(0, last)) << shift;
  }

  private static String field(List<String> cpuinfo, String name) {
    for (var line : cpuinfo) {
      var colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }

  private static String first(Path file) {
    var lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
