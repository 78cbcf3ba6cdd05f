package dev.thalweg.data;

/// Rows that a training passes through again and again, each time in an order of their own: of a
/// [Dataset], or of a file that is larger than the memory ([CsvStream]).
///
/// ```java
/// var source = CsvStream.open(file, TableOptions.target("mpg")).shuffled(seed, 100_000);
/// var x = new float[32 * source.schema().features()];
/// var answers = new float[32];
/// try (var batches = source.pass(epoch)) {
///   for (int rows = batches.read(x, answers); rows > 0; rows = batches.read(x, answers)) { … }
/// }
/// ```
///
/// An immutable value: the pass of an epoch gives the same rows in the same order each time, for
/// any size of batches.
public interface RowSource {

  /// What is known of the rows.
  Schema schema();

  /// How many rows a pass has, at least 1.
  long rows();

  /// Whether rows count differently in a training; all alike unless it says otherwise. Then readers
  /// give weights ([BatchReader#read(float[], float[], float[])]).
  default boolean weighted() {
    return false;
  }

  /// Whether rows have parts of two classes, as [AugmentedSource] may give them; none unless it
  /// says otherwise.
  default boolean mixed() {
    return false;
  }

  /// All rows, in the order of an epoch.
  ///
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if it is negative
  /// @throws DataException if the rows can't be read
  BatchReader pass(int epoch);

  /// The same rows, read by a thread in the background while the ones before are worked on.
  ///
  /// A pass has one thread, which ends with it, and room for a few batches, so that it never is far
  /// ahead. Batches are the same, in the same order; a failure comes with the batch that could not
  /// be read. Whoever waits for one may be interrupted: [ReadInterruptedException].
  ///
  /// @param batch how many rows are read at a time: best as many as whoever reads asks for
  /// @param batches how many times as many are kept ready, at least 1
  /// @throws IllegalArgumentException if one of them is below 1, or memory can't hold them
  default RowSource ahead(int batch, int batches) {
    return new ReadAhead(this, batch, batches);
  }
}
