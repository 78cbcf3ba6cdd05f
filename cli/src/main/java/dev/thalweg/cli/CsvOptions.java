package dev.thalweg.cli;

import dev.thalweg.data.CsvFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a CSV file is written, for what is not to be found out of its first lines.
final class CsvOptions {

  @Option(
      names = "--separator",
      paramLabel = "SIGN",
      order = 60,
      converter = Values.Sign.class,
      description =
          "What divides fields, such as ';' or tab; ' ' is white space of any length. Default:"
              + " found.")
  @Nullable Character separator;

  @Option(
      names = "--header",
      paramLabel = "yes|no",
      order = 61,
      arity = "1",
      converter = Values.YesOrNo.class,
      description = "Whether the first line holds names. Default: found.")
  @Nullable YesNo header;

  @Option(
      names = "--decimal",
      paramLabel = "SIGN",
      order = 62,
      converter = Values.Sign.class,
      description = "The sign before a fraction, '.' or ','. Default: found, by column.")
  @Nullable Character decimal;

  @Option(
      names = "--thousands",
      paramLabel = "SIGN",
      order = 62,
      converter = Values.Sign.class,
      description =
          "The sign between thousands: '.', ',', a space or an apostrophe. Default: found, by"
              + " column.")
  @Nullable Character thousands;

  @Option(
      names = "--day-first",
      paramLabel = "yes|no",
      order = 62,
      arity = "1",
      converter = Values.YesOrNo.class,
      description = "Whether 1/2/2024 is in February. Default: found, by column.")
  @Nullable YesNo dayFirst;

  @Option(
      names = "--missing",
      paramLabel = "TEXT,…",
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      order = 63,
      description =
          "What stands for a value that is not there, beside an empty field. Default: ?, NA, N/A,"
              + " NaN, null.")
  @Nullable List<String> missing;

  private static CsvFormat known(
      String option, CsvFormat format, UnaryOperator<CsvFormat> changed) {
    return Failure.known(option, () -> changed.apply(format));
  }

  /// What was said; the rest is found.
  ///
  /// @throws Failure if a sign can't be one
  CsvFormat format() {
    var format = CsvFormat.found();
    if (separator != null) {
      var sign = separator;
      format = known("--separator", format, found -> found.withSeparator(sign));
    }
    if (decimal != null) {
      var sign = decimal;
      format = known("--decimal", format, found -> found.withDecimal(sign));
    }
    if (thousands != null) {
      var sign = thousands;
      format = known("--thousands", format, found -> found.withThousands(sign));
    }
    if (dayFirst != null) {
      format = format.withDayFirst(dayFirst == YesNo.YES);
    }
    if (header != null) {
      format = format.withHeader(header == YesNo.YES);
    }
    return missing == null ? format : format.withMissing(missing.toArray(String[]::new));
  }
}
