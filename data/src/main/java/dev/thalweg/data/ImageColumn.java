package dev.thalweg.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Images whose files and classes stand in two columns of a table.
final class ImageColumn {

  private ImageColumn() {}

  static Dataset read(
      CsvTable table, String fileColumn, String labelColumn, Path base, ImageOptions options) {
    int fileAt = column(table, fileColumn);
    int labelAt = column(table, labelColumn);
    if (fileAt == labelAt) {
      throw new DataException(
          "%s: column %s cannot be both the file and the class"
              .formatted(table.source(), CsvTable.quoted(fileColumn)));
    }
    List<Path> files = new ArrayList<>();
    var places = new TreeMap<String, Integer>(byNumberOrText());
    for (int row = 0; row < table.rows(); row++) {
      files.add(file(table, row, fileAt, base));
      String label = table.text(row, labelAt).strip();
      if (label.isEmpty()) {
        throw table.wrong(row, labelAt, "expected a class, found nothing");
      }
      places.put(label, 0);
    }
    if (files.isEmpty()) {
      throw new DataException(table.source() + ": expected at least 1 row, found none");
    }
    int next = 0;
    for (var place : places.entrySet()) {
      place.setValue(next++);
    }
    var labels = new int[files.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = places.getOrDefault(table.text(row, labelAt).strip(), 0);
    }
    return Dataset.classification(
            table.source(),
            new ImageReading(table.source(), files).read(options),
            labels,
            List.copyOf(places.keySet()))
        .withTargetName(labelColumn);
  }

  private static int column(CsvTable table, String name) {
    if (!table.hasHeader()) {
      throw new DataException(
          table.source() + ": expected a line with the names of the columns, found none");
    }
    return table.column(name);
  }

  private static Path file(CsvTable table, int row, int column, Path base) {
    String text = table.text(row, column).strip();
    if (text.isEmpty()) {
      throw table.wrong(row, column, "expected the path of an image, found nothing");
    }
    try {
      Path file = base.resolve(text);
      if (!Files.exists(file)) {
        throw table.wrong(row, column, "%s: no such file".formatted(file));
      }
      return file;
    } catch (InvalidPathException e) {
      DataException wrong = table.wrong(row, column, "expected a path: " + e.getReason());
      wrong.initCause(e);
      throw wrong;
    }
  }

  /// Numbers by what they are, before texts.
  private static Comparator<String> byNumberOrText() {
    return (a, b) -> {
      boolean numbers = Numbers.isNumber(a) && Numbers.isNumber(b);
      int order =
          numbers
              ? Double.compare(Double.parseDouble(a), Double.parseDouble(b))
              : Boolean.compare(Numbers.isNumber(b), Numbers.isNumber(a));
      return order != 0 ? order : a.compareTo(b);
    };
  }
}
