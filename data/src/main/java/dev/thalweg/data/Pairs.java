package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Pairs of texts, of which the right one is to be made from the left one: words and how they are
/// pronounced, sentences and what they mean in another language.
///
/// ```java
/// Pairs all = Pairs.named("cmudict");              // or Pairs.read(file, CsvFormat.found())
/// List<Pairs> parts = all.split(0.8, seed);        // a word is in one of them, in all its variants
/// PairTokens tokens = PairTokens.spelled(all);     // letters and phonemes
/// ```
///
/// | name | pairs | what |
/// |---|---|---|
/// | `cmudict` | 133,784, of 125,005 words | the CMU Pronouncing Dictionary: English words in capitals, and their phonemes in ARPAbet, vowels with their stress |
///
/// A left side may come several times, with each right side that is right for it. An immutable
/// value.
public final class Pairs {

  private static final String CMUDICT = "cmudict";

  private static final List<PairInfo> ALL =
      List.of(
          new PairInfo(
              CMUDICT,
              133_784,
              125_005,
              "BSD-2-Clause",
              "the CMU Pronouncing Dictionary, Carnegie Mellon University"));

  /// A word of the dictionary, and which of its pronunciations it is: `ABDOMEN(1)`.
  private static final Pattern VARIANT = Pattern.compile("(.+)\\(\\d+\\)");

  private static final List<String> SOURCES =
      List.of("source", "word", "text", "input", "from", "grapheme", "graphemes");
  private static final List<String> TARGETS =
      List.of("target", "pronunciation", "phonemes", "translation", "output", "to", "answer");

  private final String name;
  private final List<String> sources;
  private final List<String> targets;

  private Pairs(String name, List<String> sources, List<String> targets) {
    this.name = name;
    this.sources = sources;
    this.targets = targets;
  }

  /// Pairs in memory.
  ///
  /// @param name what messages call them
  /// @param sources the left side of each
  /// @param targets the right side of each
  /// @throws DataException if there is none, numbers differ, or a text is empty
  public static Pairs of(String name, List<String> sources, List<String> targets) {
    NotNull.check(name, "name");
    NotNull.check(sources, "sources");
    NotNull.check(targets, "targets");
    if (sources.isEmpty() || sources.size() != targets.size()) {
      throw new DataException(
          "%s: expected a target for each source, one pair or more, found %d and %d"
              .formatted(name, sources.size(), targets.size()));
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).isBlank() || targets.get(i).isBlank()) {
        throw new DataException(
            "%s: expected two texts, found an empty one in pair %d".formatted(name, i + 1));
      }
    }
    return new Pairs(name, List.copyOf(sources), List.copyOf(targets));
  }

  /// What there is by name.
  public static List<PairInfo> all() {
    return ALL;
  }

  /// Pairs by their name.
  ///
  /// @throws IllegalArgumentException if there are none of that name; the message has the nearest
  public static Pairs named(String name) {
    NotNull.check(name, "name");
    List<String> names = ALL.stream().map(PairInfo::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(Nearest.sentence("pairs", name, names));
    }
    String resource = name + ".txt.gz";
    try (InputStream in = Pairs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the embedded pairs %s are missing".formatted(resource));
      }
      List<String> words = new ArrayList<>();
      List<String> phonemes = new ArrayList<>();
      var lines = new BufferedReader(new Utf8Reader(resource, new GZIPInputStream(in)));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int cut = line.indexOf("  ");
        Matcher variant = VARIANT.matcher(line.substring(0, cut));
        words.add(variant.matches() ? variant.group(1) : line.substring(0, cut));
        phonemes.add(line.substring(cut + 2).strip());
      }
      return of(name, words, phonemes);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the embedded pairs %s cannot be read".formatted(resource), e);
    }
  }

  /// The pairs of a CSV or TSV file, read a row at a time: the columns `source` (or `word`, `text`,
  /// …) and `target` (`pronunciation`, `translation`, …); where there is no line of names, or none
  /// of these, the first two columns. Others are not looked at. Fields are taken as they are, also
  /// where they say what is a missing number elsewhere (`NA`).
  ///
  /// @throws DataException if the file can't be read, is not UTF-8, has fewer columns, or a text is
  ///   empty
  public static Pairs read(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    try (var rows = CsvRows.open(file, format)) {
      if (rows.names().size() < 2) {
        throw new DataException(
            "%s: expected the columns source and target, found %s"
                .formatted(file, String.join(", ", rows.names())));
      }
      int s = place(rows.names(), SOURCES, 0);
      int t = place(rows.names(), TARGETS, s == 1 ? 0 : 1);
      List<String> sources = new ArrayList<>();
      List<String> targets = new ArrayList<>();
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        for (int column : new int[] {s, t}) {
          if (row.field(column).isBlank()) {
            throw rows.wrong(row, column, "expected a text, found an empty one");
          }
        }
        sources.add(row.field(s).strip());
        targets.add(row.field(t).strip());
      }
      return of(file.toString(), sources, targets);
    }
  }

  private static int place(List<String> names, List<String> meant, int otherwise) {
    for (int column = 0; column < names.size(); column++) {
      if (meant.contains(names.get(column).strip().toLowerCase(Locale.ROOT))) {
        return column;
      }
    }
    return otherwise;
  }

  /// Two parts that no left side is in both of, each in the order of the whole; which part a left
  /// side is in depends on the seed only.
  ///
  /// @param trainFraction of the different left sides, above 0, below 1
  /// @throws IllegalArgumentException if it is not, or nothing would be left for a part
  public List<Pairs> split(double trainFraction, long seed) {
    var different = new Categories();
    int[] number = new int[sources.size()];
    for (int i = 0; i < number.length; i++) {
      number[i] = different.add(sources.get(i));
    }
    var answers = new Answers.Targets(new double[different.size()], "pair");
    var train = new BitSet();
    for (int text : Splitting.split(answers, null, trainFraction, seed)[0]) {
      train.set(text);
    }
    return List.of(part(number, train, true), part(number, train, false));
  }

  private Pairs part(int[] number, BitSet train, boolean inTrain) {
    List<String> some = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < number.length; i++) {
      if (train.get(number[i]) == inTrain) {
        some.add(sources.get(i));
        others.add(targets.get(i));
      }
    }
    return new Pairs(name, List.copyOf(some), List.copyOf(others));
  }

  /// What messages call them.
  public String name() {
    return name;
  }

  /// How many pairs there are, at least 1.
  public int size() {
    return sources.size();
  }

  /// The left sides, one of each pair.
  public List<String> sources() {
    return sources;
  }

  /// The right sides, one of each pair.
  public List<String> targets() {
    return targets;
  }

  /// `cmudict: 133,784 pairs of 125,005 different sources`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d pairs of %,d different sources",
        name,
        size(),
        sources.stream().distinct().count());
  }
}
