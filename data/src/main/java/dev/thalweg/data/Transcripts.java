package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Sounds, and what is said in each.
///
/// ```java
/// Transcripts all = Transcripts.read(Path.of("digits.csv"), CsvFormat.found(), Optional.empty());
/// List<Transcripts> parts = all.split(0.8, seed);
/// ```
///
/// An immutable value.
///
/// @param name what messages call them
/// @param sounds as sequences of steps
/// @param texts what is said in each
public record Transcripts(String name, Recordings sounds, List<String> texts) {

  private static final List<String> FILES =
      List.of("file", "filename", "path", "sound", "audio", "wav");
  private static final List<String> TEXTS =
      List.of("transcript", "transcription", "text", "sentence");

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is not one for each sound, or one is empty
  public Transcripts {
    NotNull.check(name, "name");
    NotNull.check(sounds, "sounds");
    NotNull.check(texts, "texts");
    texts = List.copyOf(texts);
    if (texts.size() != sounds.rows()) {
      throw new IllegalArgumentException(
          "%s: expected a text for each of %d sounds, found %d"
              .formatted(name, sounds.rows(), texts.size()));
    }
    for (int row = 0; row < texts.size(); row++) {
      if (texts.get(row).isEmpty()) {
        throw new IllegalArgumentException(
            "%s: expected a transcript of %s, found an empty one"
                .formatted(name, sounds.file(row)));
      }
    }
  }

  /// The files and transcripts of a CSV file: the columns `file` (or `path`, `sound`, `audio`,
  /// `wav`) and `transcript` (`transcription`, `text`, `sentence`); where there is no line of
  /// names, or none of these, the first two columns. Paths begin at the folder of the table.
  /// Transcripts are taken as they stand, without blanks at their ends.
  ///
  /// @param rate samples a second; see [Recordings#read]
  /// @throws DataException if the table can't be read, a field is missing, or sounds can't be read
  ///   (up to ten are named)
  public static Transcripts read(Path table, CsvFormat format, Optional<Integer> rate) {
    NotNull.check(table, "table");
    NotNull.check(format, "format");
    NotNull.check(rate, "rate");
    var files = new ArrayList<Path>();
    var texts = new ArrayList<String>();
    Path parent = table.toAbsolutePath().getParent();
    Path folder = table.getParent() == null || parent == null ? Path.of("") : table.getParent();
    try (var rows = CsvRows.open(table, format)) {
      if (rows.names().size() < 2) {
        throw new DataException(
            "%s: expected the columns file and transcript, found %s"
                .formatted(table, String.join(", ", rows.names())));
      }
      int file = place(rows.names(), FILES, 0);
      int text = place(rows.names(), TEXTS, 1);
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        String path = row.field(file).strip();
        String said = row.field(text).strip();
        if (path.isEmpty()) {
          throw rows.wrong(row, file, "expected a sound file, found none");
        }
        if (said.isEmpty()) {
          throw rows.wrong(row, text, "expected a transcript, found an empty one");
        }
        try {
          files.add(folder.resolve(path));
        } catch (InvalidPathException e) {
          throw rows.wrong(row, file, CsvTable.quoted(path) + " is no path");
        }
        texts.add(said);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(table + ": expected at least 1 row, found none");
    }
    return new Transcripts(table.toString(), Recordings.read(files, rate), texts);
  }

  private static int place(List<String> names, List<String> meant, int otherwise) {
    for (int column = 0; column < names.size(); column++) {
      if (meant.contains(names.get(column).toLowerCase(Locale.ROOT).replaceAll("[ _-]", ""))) {
        return column;
      }
    }
    return otherwise;
  }

  /// How many there are, at least 1.
  public int rows() {
    return texts.size();
  }

  /// The tokens of a transcript.
  ///
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws DataException if it has something that no token stands for, or is longer than can be
  ///   said in the steps of its sound, one each and one more between two that are alike
  public int[] tokens(int row, Tokenizer tokenizer) {
    NotNull.check(tokenizer, "tokenizer");
    int[] tokens;
    try {
      tokens = tokenizer.encode(texts.get(row));
    } catch (DataException unknown) {
      throw new DataException(
          "%s: %s: %s".formatted(name, sounds.file(row), unknown.getMessage()), unknown);
    }
    int needed = tokens.length;
    for (int i = 1; i < tokens.length; i++) {
      needed += tokens[i] == tokens[i - 1] ? 1 : 0;
    }
    if (needed > sounds.steps(row)) {
      throw new DataException(
          "%s: %s: expected a transcript that can be said in %d steps of 30 ms, found one of %d tokens, which takes %d"
              .formatted(name, sounds.file(row), sounds.steps(row), tokens.length, needed));
    }
    return tokens;
  }

  /// Two parts without a common row, in an order that depends on the seed only: the first has `rows
  /// × fraction` rows, rounded, at least 1 and at most all but 1.
  ///
  /// @param fraction above 0, below 1
  /// @throws IllegalArgumentException if it is not, or there is only one row
  public List<Transcripts> split(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1) || rows() < 2) {
      throw new IllegalArgumentException(
          "split: expected a fraction above 0 and below 1 of 2 rows or more, found %s of %d"
              .formatted(fraction, rows()));
    }
    int[] order = new BatchOrder(Sampling.SHUFFLE, rows(), 1, seed).epoch(0);
    int first = Math.clamp(Math.round(rows() * fraction), 1, rows() - 1);
    return List.of(
        subset(Arrays.copyOf(order, first)), subset(Arrays.copyOfRange(order, first, rows())));
  }

  private Transcripts subset(int... rows) {
    return new Transcripts(
        name, sounds.subset(rows), Arrays.stream(rows).mapToObj(texts::get).toList());
  }

  /// `digits.csv: 120 sounds at 16,000 Hz`
  @Override
  public String toString() {
    return name + ": " + sounds;
  }
}
