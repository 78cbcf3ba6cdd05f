package dev.thalweg.data;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What there is to predict, found out of the values of the target; see [Table] for the rule.
final class TaskFinder {

  private static final int FEW = 20;

  private final ColumnRoles roles;
  private final Optional<Task> given;
  private final Set<Double> numbers = new HashSet<>();
  private boolean whole = true;
  private long values;

  TaskFinder(ColumnRoles roles, Optional<Task> given) {
    this.roles = roles;
    this.given = given;
  }

  /// What was found.
  ///
  /// @param task what there is to predict
  /// @param reason why, for the user
  /// @param classNames the classes in the order of their labels; empty in a regression
  record Found(Task task, String reason, List<String> classNames) {}

  /// Takes a number of the target into account; NaN is none.
  void add(double number) {
    if (!Double.isNaN(number)) {
      values++;
      whole &= number == Math.rint(number);
      // All of them where classes are asked for, else one more than few.
      if (numbers.size() <= FEW || given.orElse(Task.REGRESSION) == Task.CLASSIFICATION) {
        numbers.add(number + 0.0);
        if (numbers.size() > CsvColumns.MOST_CLASSES) {
          throw new DataException(
              "%s: expected classes, found more than %d different numbers"
                  .formatted(roles.named(roles.target()), CsvColumns.MOST_CLASSES));
        }
      }
    }
  }

  /// The task of a target with these texts in so many rows.
  ///
  /// @throws DataException if they can't be predicted
  Found ofTexts(List<String> texts, long rows) {
    String target = CsvTable.quoted(roles.names().get(roles.target()));
    if (given.orElse(Task.CLASSIFICATION) == Task.REGRESSION) {
      throw new DataException(
          "%s: expected numbers for a regression, found %s"
              .formatted(roles.named(roles.target()), CsvTable.quoted(texts.getFirst())));
    }
    if (given.isEmpty() && texts.size() > FEW && 2L * texts.size() > rows) {
      throw new DataException(
          "%s: expected classes, found %d different texts in %d rows"
              .formatted(roles.named(roles.target()), texts.size(), rows));
    }
    atLeastTwo(texts.size(), "classes", CsvTable.quoted(texts.getFirst()));
    return new Found(
        Task.CLASSIFICATION,
        given.isPresent()
            ? "classification, as asked"
            : "classification, as %s holds %d different texts".formatted(target, texts.size()),
        Categories.sorted(texts));
  }

  /// The task of a target with the numbers that were added.
  ///
  /// @throws DataException if they can't be predicted
  Found ofNumbers() {
    String target = CsvTable.quoted(roles.names().get(roles.target()));
    boolean few =
        whole && numbers.size() <= FEW && (numbers.size() <= 2 || 2L * numbers.size() <= values);
    Task task = given.orElse(few ? Task.CLASSIFICATION : Task.REGRESSION);
    atLeastTwo(
        numbers.size(),
        task == Task.CLASSIFICATION ? "classes" : "different numbers",
        numbers.stream()
            .findFirst()
            .map(TaskFinder::name)
            .map(name -> task == Task.CLASSIFICATION ? CsvTable.quoted(name) : name)
            .orElse("none"));
    String reason =
        given.isPresent()
            ? task + ", as asked"
            : few
                ? "classification, as %s holds %d different whole numbers"
                    .formatted(target, numbers.size())
                : whole && numbers.size() > FEW
                    ? "regression, as %s holds more than %d different whole numbers"
                        .formatted(target, FEW)
                    : whole
                        ? "regression, as %s holds %d different whole numbers in only %d rows"
                            .formatted(target, numbers.size(), values)
                        : "regression, as %s holds numbers with fractions".formatted(target);
    return new Found(
        task,
        reason,
        task == Task.REGRESSION
            ? List.of()
            : numbers.stream().sorted(Comparator.naturalOrder()).map(TaskFinder::name).toList());
  }

  private void atLeastTwo(int found, String what, String only) {
    if (found < 2) {
      throw new DataException(
          "%s: expected at least 2 %s, found only %s"
              .formatted(roles.named(roles.target()), what, only));
    }
  }

  /// A number as the name of a class: `2`, `0.5`.
  static String name(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
