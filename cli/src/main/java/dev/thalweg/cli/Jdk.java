package dev.thalweg.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The JDK that runs this.
///
/// @param version as the JDK states it: `25.0.3+9-LTS`
/// @param vendor who built it
/// @param home its folder
/// @param compactHeaders whether `-XX:+UseCompactObjectHeaders` is on
/// @param fma whether it makes use of fused multiply-adds, where the processor has them
/// @param heapMax the largest size of the heap in bytes
/// @param machineMemory the memory of the machine or container in bytes, 0 where unknown
record Jdk(
    String version,
    String vendor,
    String home,
    boolean compactHeaders,
    boolean fma,
    long heapMax,
    long machineMemory) {

  static final String WITHOUT_FMA =
      "this JVM has no fused multiply-add: results are right, but training is many times slower;"
          + " use a processor of 2013 or newer, without -XX:-UseFMA";

  /// The JDK of this process.
  static Jdk running() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Jdk(
        System.getProperty("java.vm.version", "unknown"),
        System.getProperty("java.vendor", "unknown"),
        System.getProperty("java.home", "unknown"),
        on("UseCompactObjectHeaders"),
        !isOff("UseFMA"),
        Runtime.getRuntime().maxMemory(),
        system == null ? 0 : system.getTotalMemorySize());
  }

  private static boolean on(String option) {
    return value(option).equals("true");
  }

  private static boolean isOff(String option) {
    return value(option).equals("false");
  }

  private static String value(String option) {
    var hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return hotSpot == null ? "" : hotSpot.getVMOption(option).getValue();
    } catch (IllegalArgumentException e) {
      // This JVM has no such option.
      return "";
    }
  }

  /// What a training is told where this JVM computes fused multiply-adds one by one, in software:
  /// HotSpot turns the option off where the processor has none.
  Optional<String> withoutFma() {
    return fma ? Optional.empty() : Optional.of(WITHOUT_FMA);
  }

  /// Known defects of this JDK that can touch Thalweg, each a sentence with what to do.
  List<String> warnings() {
    var warnings = new ArrayList<String>();
    var number = Runtime.Version.parse(version);
    if (number.feature() == 25 && number.interim() == 0 && number.update() < 3) {
      warnings.add(
          "JDK "
              + version
              + " can corrupt heap arrays that are handed to native code (JDK-8377811; only"
              + " adapters and benchmarks do that): update to 25.0.3 or newer");
    }
    if (number.feature() == 25 && compactHeaders) {
      warnings.add(
          "-XX:+UseCompactObjectHeaders has a defect on JDK 25 (JDK-8380060): leave it out");
    }
    return List.copyOf(warnings);
  }
}
