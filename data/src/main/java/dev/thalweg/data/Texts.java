package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Texts: those that are found by name, and those of files.
///
/// | name | characters | what |
/// |---|---|---|
/// | `moby-dick` | 1,189,652, of which 81 are different | Herman Melville: Moby Dick, chapters 1 to 135 |
public final class Texts {

  private static final Pattern NAMED = Pattern.compile(".*\\.txt(\\.gz)?");

  private static final String MOBY_DICK = "moby-dick";

  private static final List<TextInfo> ALL =
      List.of(
          new TextInfo(
              MOBY_DICK,
              1_189_652,
              "public domain",
              "Herman Melville: Moby Dick (1851), chapters 1 to 135"));

  private Texts() {}

  /// What there is by name.
  public static List<TextInfo> all() {
    return ALL;
  }

  /// A text by its name.
  ///
  /// @throws IllegalArgumentException if there is none of that name; the message has the nearest
  public static String named(String name) {
    NotNull.check(name, "name");
    List<String> names = ALL.stream().map(TextInfo::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(Nearest.sentence("text", name, names));
    }
    String resource = name + ".txt.gz";
    try (InputStream in = Texts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the embedded text %s is missing".formatted(resource));
      }
      return read(resource, new GZIPInputStream(in));
    } catch (IOException e) {
      throw new IllegalStateException("the embedded text %s cannot be read".formatted(resource), e);
    }
  }

  /// The text of a file in UTF-8, or of one that gzip has compressed. A byte order mark at the
  /// beginning is skipped.
  ///
  /// @throws DataException if it can't be read, is empty, or something else than UTF-8
  public static String read(Path file) {
    NotNull.check(file, "file");
    try (InputStream in = Files.newInputStream(file)) {
      boolean packed = file.getFileName() != null && file.getFileName().toString().endsWith(".gz");
      String text = read(file.toString(), packed ? new GZIPInputStream(in) : in);
      if (text.isEmpty()) {
        throw new DataException(file + ": expected a text, found an empty file");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file", e);
    } catch (IOException e) {
      throw new DataException("%s: can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// The texts of the files in a folder and below that end in `.txt` or `.txt.gz`, in the order of
  /// their paths.
  ///
  /// @throws DataException if there is none, or one can't be read, is empty or something else than
  ///   UTF-8
  public static List<String> ofFolder(Path folder) {
    NotNull.check(folder, "folder");
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> NAMED.matcher(file.toString().toLowerCase(Locale.ROOT)).matches())
              .sorted(Comparator.comparing(file -> folder.relativize(file).toString()))
              .toList();
    } catch (NoSuchFileException e) {
      throw new DataException(folder + ": no such folder", e);
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("%s: can't be read: %s".formatted(folder, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new DataException(folder + ": expected files that end in .txt, found none");
    }
    return files.stream().map(Texts::read).toList();
  }

  /// Consecutive parts of a text, cut between characters: the first to train on, the last to be
  /// judged by.
  ///
  /// @param shares of the characters, which make 1; a part of 0 is empty
  /// @throws IllegalArgumentException if one is negative, or they don't make 1
  public static List<String> parts(String text, double... shares) {
    NotNull.check(text, "text");
    NotNull.check(shares, "shares");
    int characters = text.codePointCount(0, text.length());
    List<String> parts = new ArrayList<>();
    double sum = 0;
    int from = 0;
    for (double share : shares) {
      sum += share;
      if (!(share >= 0) || sum > 1 + 1e-9) {
        throw new IllegalArgumentException(
            "parts: expected shares of at least 0 that make 1, found " + Arrays.toString(shares));
      }
      int to = text.offsetByCodePoints(0, (int) Math.min(characters, Math.round(sum * characters)));
      parts.add(text.substring(from, to));
      from = to;
    }
    if (sum < 1 - 1e-9) {
      throw new IllegalArgumentException(
          "parts: expected shares of at least 0 that make 1, found " + Arrays.toString(shares));
    }
    return List.copyOf(parts);
  }

  private static String read(String source, InputStream in) throws IOException {
    var text = new StringBuilder();
    var part = new char[1 << 14];
    try (var reader = new Utf8Reader(source, in)) {
      for (int n = reader.read(part, 0, part.length);
          n >= 0;
          n = reader.read(part, 0, part.length)) {
        text.append(part, 0, n);
      }
    }
    return text.toString();
  }
}
