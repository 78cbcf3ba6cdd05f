package dev.thalweg.data;

import java.util.List;

/// What there is to predict of each row. Numbers are double until they are centred.
sealed interface Answers {

  /// The answers of rows of a table, labels as numbers.
  static Answers of(TableEncoding encoding, double[] answers) {
    return of(encoding.task(), encoding.classNames(), encoding.target(), answers);
  }

  /// The answers of rows, labels as numbers.
  static Answers of(Task task, List<String> classNames, String name, double[] answers) {
    if (task == Task.REGRESSION) {
      return new Targets(answers, name);
    }
    var labels = new int[answers.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (int) answers[row];
    }
    return new Labels(labels, classNames, name);
  }

  /// How many rows there are.
  int rows();

  Task task();

  /// What the column is called.
  String name();

  Answers named(String name);

  Answers subset(int[] rows);

  /// For the summary of a data set: `10 classes`.
  String summary();

  /// Classes: indices into their names.
  final class Labels implements Answers {

    private final int[] labels;
    private final List<String> classNames;
    private final String name;

    Labels(int[] labels, List<String> classNames, String name) {
      Checks.names("class", classNames, classNames.size());
      for (int row = 0; row < labels.length; row++) {
        if (labels[row] < 0 || labels[row] >= classNames.size()) {
          throw new IllegalArgumentException(
              "labels: expected a class from 0 to %d, found %d (row %d)"
                  .formatted(classNames.size() - 1, labels[row], row));
        }
      }
      this.labels = labels;
      this.classNames = classNames;
      this.name = name;
    }

    /// The array itself.
    int[] labels() {
      return labels;
    }

    List<String> classNames() {
      return classNames;
    }

    @Override
    public int rows() {
      return labels.length;
    }

    @Override
    public Task task() {
      return Task.CLASSIFICATION;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Labels named(String name) {
      return new Labels(labels, classNames, name);
    }

    @Override
    public Labels subset(int[] rows) {
      var subset = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        subset[i] = labels[rows[i]];
      }
      return new Labels(subset, classNames, name);
    }

    @Override
    public String summary() {
      return classNames.size() == 1 ? "1 class" : classNames.size() + " classes";
    }
  }

  /// Numbers.
  final class Targets implements Answers {

    private final double[] targets;
    private final String name;

    Targets(double[] targets, String name) {
      for (int row = 0; row < targets.length; row++) {
        if (!Float.isFinite((float) targets[row])) {
          throw new IllegalArgumentException(
              "targets: expected a finite float, found %s (row %d)".formatted(targets[row], row));
        }
      }
      this.targets = targets;
      this.name = name;
    }

    /// The array itself.
    double[] targets() {
      return targets;
    }

    @Override
    public int rows() {
      return targets.length;
    }

    @Override
    public Task task() {
      return Task.REGRESSION;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Targets named(String name) {
      return new Targets(targets, name);
    }

    @Override
    public Targets subset(int[] rows) {
      return new Targets(FineColumns.picked(targets, rows), name);
    }

    @Override
    public String summary() {
      return "regression of " + name;
    }
  }
}
