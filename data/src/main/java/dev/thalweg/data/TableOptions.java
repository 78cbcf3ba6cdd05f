package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to make of a table: which column to predict, and what its columns are where that is not to
/// be found out.
///
/// @param target the column to predict
/// @param task what to predict; found: see [Table]
/// @param categorical columns whose numbers are names of categories
/// @param ignored columns that are not used
/// @param weight the column that says how much a row counts in a training
/// @param texts columns of texts
/// @param form how these become features
/// @param format how a text file is written
public record TableOptions(
    String target,
    Optional<Task> task,
    List<String> categorical,
    List<String> ignored,
    Optional<String> weight,
    List<String> texts,
    TextForm form,
    CsvFormat format) {

  /// Copies the lists, without repetitions.
  public TableOptions {
    categorical = distinct(categorical);
    ignored = distinct(ignored);
    texts = distinct(texts);
  }

  private static List<String> distinct(Collection<String> names) {
    Set<String> distinct = new LinkedHashSet<>(names);
    return List.copyOf(distinct);
  }

  /// The column to predict; all else is found.
  public static TableOptions target(String column) {
    NotNull.check(column, "column");
    return new TableOptions(
        column,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Ngrams.standard(),
        CsvFormat.found());
  }

  /// The same with the task known.
  public TableOptions withTask(Task known) {
    NotNull.check(known, "known");
    return new TableOptions(
        target, Optional.of(known), categorical, ignored, weight, texts, form, format);
  }

  /// The same with these columns taken as categories, whatever is in them; the target among them is
  /// a class.
  public TableOptions withCategorical(String... columns) {
    NotNull.check(columns, "columns");
    return new TableOptions(
        target, task, Arrays.asList(columns), ignored, weight, texts, form, format);
  }

  /// The same with these columns not used.
  public TableOptions withIgnored(String... columns) {
    NotNull.check(columns, "columns");
    return new TableOptions(
        target, task, categorical, Arrays.asList(columns), weight, texts, form, format);
  }

  /// The same with rows that count as this column says, which is no feature: numbers of at least 0,
  /// of which none is missing; see [Dataset#withSampleWeights].
  public TableOptions withWeight(String column) {
    NotNull.check(column, "column");
    return new TableOptions(
        target, task, categorical, ignored, Optional.of(column), texts, form, format);
  }

  /// The same with these columns taken as texts: their n-grams are features ([Ngrams]), unless
  /// another form is said ([#withForm]).
  public TableOptions withTexts(String... columns) {
    NotNull.check(columns, "columns");
    return new TableOptions(
        target, task, categorical, ignored, weight, Arrays.asList(columns), form, format);
  }

  /// The same with texts that become features so: other n-grams, or sequences of tokens.
  ///
  /// ```java
  /// TableOptions.target("label").withTexts("body").withForm(TokenSequence.parse("words(20000, length=200)"))
  /// ```
  public TableOptions withForm(TextForm other) {
    NotNull.check(other, "other");
    return new TableOptions(target, task, categorical, ignored, weight, texts, other, format);
  }

  /// The same for a file that is written so.
  public TableOptions withFormat(CsvFormat known) {
    NotNull.check(known, "known");
    return new TableOptions(target, task, categorical, ignored, weight, texts, form, known);
  }
}
