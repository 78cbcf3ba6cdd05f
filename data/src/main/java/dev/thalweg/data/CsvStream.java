package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;

/// A CSV file as a source of rows that is read again in each pass, and so may be larger than the
/// memory.
///
/// ```java
/// var parts = CsvStream.open(file, TableOptions.target("mpg")).split(0.8, seed);
/// var train = parts.train().shuffled(seed, 100_000).ahead(32, 4);
/// ```
///
/// Columns, task and encoding are those of a [Table] of the same file: finding them takes two
/// passes (and a [Standardizer] takes two more). Rows come as they stand in the file; [#shuffled]
/// gives them in another order for each epoch. An immutable value; the file must stay as it is.
public final class CsvStream implements RowSource {

  private final Path file;
  private final TableOptions options;
  private final FoundFormat written;
  private final Part part;
  private final CsvSurvey survey;
  private final TableEncoding encoding;
  private final long rows;

  /// Which rows of the file: each is on one side or the other by a random number of its own.
  private record Part(double fraction, long seed, boolean below) implements LongPredicate {

    static final Part ALL = new Part(1, 0, true);

    boolean isAll() {
      return fraction == 1;
    }

    @Override
    public boolean test(long row) {
      return isAll() || (RandomStreams.sides(seed).uniformDouble(row) < fraction) == below;
    }
  }

  /// A file in two parts without a common row, both encoded by what the first one has.
  ///
  /// @param train the part to learn from
  /// @param test the part to be judged by
  public record Parts(CsvStream train, CsvStream test) {}

  private CsvStream(
      Path file,
      TableOptions options,
      FoundFormat written,
      Part part,
      CsvSurvey survey,
      TableEncoding encoding,
      long rows) {
    this.file = file;
    this.options = options;
    this.written = written;
    this.part = part;
    this.survey = survey;
    this.encoding = encoding;
    this.rows = rows;
  }

  /// Reads a file twice, to find how it is written and what is in it.
  ///
  /// @throws DataException as [Table#read]
  public static CsvStream open(Path file, TableOptions options) {
    NotNull.check(file, "file");
    NotNull.check(options, "options");
    FoundFormat written;
    try (var rows = CsvRows.open(file, options.format())) {
      written = FoundFormat.of(rows, options);
    }
    TableOptions known = written.with(options);
    var survey = CsvSurvey.of(file, known, written, Part.ALL);
    return new CsvStream(file, known, written, Part.ALL, survey, survey.encoding(), survey.kept());
  }

  /// Two parts: each row is in the training part with this probability, by a random number that
  /// depends on the seed and on where the row stands. The training part is read once, to fit the
  /// encoding on it.
  ///
  /// @param trainFraction above 0, below 1
  /// @throws IllegalArgumentException if it is not, or no row would be left for the test part
  /// @throws IllegalStateException if this is a part already
  /// @throws DataException if the file can't be read, or all values of a column are missing in the
  ///   training part
  public Parts split(double trainFraction, long seed) {
    if (!(trainFraction > 0 && trainFraction < 1)) {
      throw new IllegalArgumentException(
          "split: expected a training fraction above 0 and below 1, found " + trainFraction);
    }
    if (!part.isAll()) {
      throw new IllegalStateException(file + ": expected a whole file, found a part of one");
    }
    var trainPart = new Part(trainFraction, seed, true);
    var train = CsvSurvey.of(file, options, written, trainPart);
    long tested = rows - train.kept();
    if (tested <= 0) {
      throw new IllegalArgumentException(
          "split: expected at least 1 row in the test part, found none; the training part has %d"
              .formatted(train.kept()));
    }
    TableEncoding fitted = train.encoding();
    return new Parts(
        new CsvStream(file, options, written, trainPart, survey, fitted, train.kept()),
        new CsvStream(
            file, options, written, new Part(trainFraction, seed, false), survey, fitted, tested));
  }

  /// The rows in another order for each epoch, drawn from a buffer.
  ///
  /// @param buffer how many rows are kept in memory to draw from; the more, the better they are
  ///   mixed, and a file that is sorted by class needs many
  /// @throws IllegalArgumentException if it is below 1, or so large that no array can hold it
  public RowSource shuffled(long seed, int buffer) {
    return new ShuffledSource(this, seed, buffer);
  }

  /// How the columns become features.
  public TableEncoding encoding() {
    return encoding;
  }

  /// How the file was found to be written; see [Table#format].
  public CsvFormat format() {
    return written.format().ofAnyFile();
  }

  /// Why the task is what it is; see [Table#taskReason].
  public String taskReason() {
    return survey.origin().taskReason();
  }

  /// Sentences for the user about what was left out; see [Table#notes].
  public List<String> notes() {
    return survey.origin().notes(encoding.target());
  }

  @Override
  public Schema schema() {
    return new Schema(
        file.toString(),
        encoding.task(),
        encoding.asFeatures().filled(survey.incomplete()),
        encoding.target(),
        encoding.classNames());
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public boolean weighted() {
    return encoding.weight().isPresent();
  }

  @Override
  public BatchReader pass(int epoch) {
    Checks.epoch(epoch);
    var reader =
        new FeatureReader(encoding, CsvRows.open(file, written.format()), true, true, part);
    return new BatchReader() {
      private long read;

      @Override
      public int read(float[] x, float[] answers) {
        return counted(reader.read(x, answers), answers.length);
      }

      @Override
      public int read(float[] x, float[] answers, float[] weights) {
        return counted(reader.read(x, answers, weights), answers.length);
      }

      @Override
      public int read(double[] x, double[] answers, float[] weights) {
        return counted(reader.read(x, answers, weights), answers.length);
      }

      private int counted(int count, int room) {
        read += count;
        if ((count < room && read != rows) || read > rows) {
          throw new DataException(
              "%s: expected %d rows as in the first pass, found %s; was the file changed?"
                  .formatted(file, rows, read > rows ? "more" : Long.toString(read)));
        }
        return count;
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  /// `cars.csv: 392 rows, 9 features, regression of mpg`
  @Override
  public String toString() {
    return "%d rows of %s".formatted(rows, schema());
  }
}
