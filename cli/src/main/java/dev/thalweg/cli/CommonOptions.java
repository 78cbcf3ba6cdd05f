package dev.thalweg.cli;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes, before or after the command's name.
final class CommonOptions {

  // What a shell completes; of other options CompletionNames knows it.

  static final class ProviderNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "scalar", "simd").iterator();
    }
  }

  static final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("text", "json").iterator();
    }
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 100,
      scope = ScopeType.INHERIT,
      converter = Values.Whole.class,
      description = "What all random numbers follow from. Default: 0.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      order = 101,
      scope = ScopeType.INHERIT,
      converter = Values.Count.class,
      description = "At least 1; the results do not depend on it. Default: all cores.")
  @Nullable Integer threads;

  @Option(
      names = "--provider",
      paramLabel = "auto|scalar|simd",
      order = 102,
      scope = ScopeType.INHERIT,
      converter = Values.ProviderName.class,
      completionCandidates = ProviderNames.class,
      description =
          "The kernels; the results do not depend on them. Default: $THALWEG_PROVIDER, else auto.")
  @Nullable String provider;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      order = 103,
      scope = ScopeType.INHERIT,
      converter = Values.FormatName.class,
      completionCandidates = FormatNames.class,
      description = "json: one JSON value on one line. Default: text.")
  Format format = Format.TEXT;

  @Option(
      names = "--quiet",
      order = 104,
      scope = ScopeType.INHERIT,
      description = "No progress on standard error.")
  boolean quiet;

  @Option(
      names = "--debug",
      order = 105,
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      order = 106,
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--version",
      order = 107,
      scope = ScopeType.INHERIT,
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /// The number of threads to use.
  int threadCount() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
