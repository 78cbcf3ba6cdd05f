package dev.thalweg.cli;

import dev.thalweg.data.Fit;
import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.optim.Family;
import dev.thalweg.train.Score;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/// The kinds of values that options take, read strictly: each throws [BadValue] on anything else.
final class Values {

  /// A number as people write it, in possessive parts: no digit is read twice.
  static final Pattern NUMBER = Pattern.compile("[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d++)?");

  private Values() {}

  /// A whole number of at least 1.
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, Integer.MAX_VALUE);
    }
  }

  /// A number of steps, or a time.
  static final class CheckpointInterval implements ITypeConverter<CheckpointEvery> {
    @Override
    public CheckpointEvery convert(String text) {
      return CheckpointEvery.of(text)
          .orElseThrow(
              () -> new BadValue("expected a number of steps, or a time such as 30s, 5m or 1h"));
    }
  }

  /// A whole number of at least 2.
  static final class Folds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 2, Integer.MAX_VALUE);
    }
  }

  /// Any whole number of 64 bits.
  static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  /// A whole number of at least 0.
  static final class NaturalNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, 0, Long.MAX_VALUE);
    }
  }

  /// A learning rate or its schedule; what it means is found out with the optimizer.
  static final class Rate implements ITypeConverter<LearningRate> {
    @Override
    public LearningRate convert(String text) {
      return new LearningRate(text);
    }
  }

  /// A finite number above 0.
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      var number = number(text);
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
      throw new BadValue("expected a number above 0");
    }
  }

  /// A probability, or `auto`.
  static final class ThresholdText implements ITypeConverter<Threshold> {
    @Override
    public Threshold convert(String text) {
      if (text.equals("auto")) {
        return new Threshold(OptionalDouble.empty());
      }
      var number = number(text);
      if (number > 0 && number < 1) {
        return new Threshold(OptionalDouble.of(number));
      }
      throw new BadValue("expected a probability between 0 and 1, or auto");
    }
  }

  /// A finite number of at least 0.
  static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      var number = number(text);
      if (Double.isFinite(number) && number >= 0) {
        return number;
      }
      throw new BadValue("expected a number of at least 0");
    }
  }

  /// A formula. It may begin with a minus, `-exp(-x^2)`, but not with two: that is an option which
  /// nobody knows.
  static final class ExpressionText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.startsWith("--")) {
        throw new BadValue("expected a formula");
      }
      return text;
    }
  }

  /// Numbers by name: `a=1,b=2`.
  static final class StartText implements ITypeConverter<StartPoint> {
    @Override
    public StartPoint convert(String text) {
      return StartPoint.parse(text);
    }
  }

  /// A whole number in a range; which end it is beyond is said.
  private static long whole(String text, long least, long most) {
    if (text.matches("[+-]?[0-9]{1,400}")) {
      var number = new BigInteger(text);
      if (number.compareTo(BigInteger.valueOf(most)) > 0) {
        throw new BadValue("expected a whole number of at most " + most);
      }
      if (number.compareTo(BigInteger.valueOf(least)) >= 0) {
        return number.longValueExact();
      }
    }
    throw new BadValue(
        "expected a whole number" + (least == Long.MIN_VALUE ? "" : " of at least " + least));
  }

  /// A number as people write it; NaN for anything else, with Java's suffixes and hexadecimal
  /// numbers.
  static double number(String text) {
    return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
  }

  /// A number of at least 0 and less than 1.
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      var number = number(text);
      if (number >= 0 && number < 1) {
        return number;
      }
      throw new BadValue("expected a number of at least 0 and less than 1");
    }
  }

  /// A number above 0 and at most 1.
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      var number = number(text);
      if (number > 0 && number <= 1) {
        return number;
      }
      throw new BadValue("expected a number above 0 and at most 1");
    }
  }

  /// `text` or `json`.
  static final class FormatName implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return choice(Format.values(), text);
    }
  }

  /// `auto`, or a set of kernels by its name.
  static final class ProviderName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return oneOf(text, "auto", "scalar", "simd");
    }
  }

  /// `f32` or `f64`.
  static final class DTypeName implements ITypeConverter<DType> {
    @Override
    public DType convert(String text) {
      return choice(new DType[] {DType.F32, DType.F64}, text);
    }
  }

  /// A family of optimizers by its name.
  static final class FamilyName implements ITypeConverter<Family> {
    @Override
    public Family convert(String text) {
      return choice(Family.values(), text.toLowerCase(Locale.ROOT));
    }
  }

  /// `shuffle` or `replacement`.
  static final class SamplingName implements ITypeConverter<Sampling> {
    @Override
    public Sampling convert(String text) {
      return oneOf(text, "shuffle", "replacement").equals("shuffle")
          ? Sampling.SHUFFLE
          : Sampling.REPLACEMENT;
    }
  }

  /// How documents stand in a window.
  static final class DocumentsName implements ITypeConverter<TextChoice.Documents> {
    @Override
    public TextChoice.Documents convert(String text) {
      return choice(TextChoice.Documents.values(), text);
    }
  }

  /// A shell that completes.
  static final class ShellName implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return oneOf(text, "bash", "zsh");
    }
  }

  /// `classification` or `regression`.
  static final class TaskName implements ITypeConverter<AskedTask> {
    @Override
    public AskedTask convert(String text) {
      return choice(AskedTask.values(), text);
    }
  }

  /// A SHA-256 in hexadecimal digits.
  static final class Sha256Text implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.matches("[0-9a-fA-F]{64}")) {
        return text.toLowerCase(Locale.ROOT);
      }
      throw new BadValue("expected 64 hexadecimal digits");
    }
  }

  /// A figure to compare models by.
  static final class ScoreName implements ITypeConverter<Score> {
    @Override
    public Score convert(String text) {
      try {
        return Score.named(text);
      } catch (IllegalArgumentException unknown) {
        throw new BadValue(String.valueOf(unknown.getMessage()));
      }
    }
  }

  /// `yes` or `no`.
  static final class YesOrNo implements ITypeConverter<YesNo> {
    @Override
    public YesNo convert(String text) {
      return choice(YesNo.values(), text);
    }
  }

  /// One character; `tab` is one, too.
  static final class Sign implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab") || text.equals("\\t")) {
        return '\t';
      }
      if (text.length() == 1) {
        return text.charAt(0);
      }
      throw new BadValue("expected one character, or tab");
    }
  }

  /// One of several names; what stands in quotes may have commas.
  static final class Name implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      var quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
      return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }
  }

  /// A path that this file system can have.
  static final class PathText implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isEmpty()) {
        throw new BadValue("expected a path, found an empty text");
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new BadValue("expected a path: " + e.getReason());
      }
    }
  }

  private static <E extends Enum<E>> E choice(E[] values, String text) {
    var names =
        Arrays.stream(values).map(e -> e.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    var found = oneOf(text, names);
    return values[Arrays.asList(names).indexOf(found)];
  }

  private static String oneOf(String text, String... names) {
    var known = Arrays.asList(names);
    if (known.contains(text)) {
      return text;
    }
    var expected =
        String.join(", ", known.subList(0, names.length - 1)) + " or " + names[names.length - 1];
    throw new BadValue(
        "expected "
            + expected
            + Nearest.of(text, known).map(" (did you mean '%s'?)"::formatted).orElse(""));
  }

  /// `32`, `32x48`
  static final class ImageSize implements ITypeConverter<ImageOptions.Size> {
    @Override
    public ImageOptions.Size convert(String text) {
      try {
        return ImageOptions.Size.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new BadValue(String.valueOf(wrong.getMessage()).replaceFirst("^size: ", ""));
      }
    }
  }

  /// How images are brought to a size.
  static final class FitName implements ITypeConverter<Fit> {
    @Override
    public Fit convert(String text) {
      return Fit.parse(oneOf(text, "crop", "stretch"));
    }
  }

  /// Grey or colour.
  static final class Channels implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Integer.valueOf(oneOf(text, "1", "3"));
    }
  }

  /// Samples of a sound in a second.
  static final class SampleRate implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int rate = new Count().convert(text);
      return sound(() -> SoundOptions.found().withRate(rate)).rate().orElseThrow();
    }
  }

  /// How long sounds are.
  static final class Seconds implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double seconds = number(text);
      return sound(() -> SoundOptions.found().withSeconds(seconds)).seconds().orElseThrow();
    }
  }

  private static SoundOptions sound(Supplier<SoundOptions> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException wrong) {
      throw new BadValue(String.valueOf(wrong.getMessage()).replaceFirst("^sounds: ", ""));
    }
  }
}
