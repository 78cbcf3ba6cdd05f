package dev.thalweg.data;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;

/// A small table that comes with this library; `NOTICE` names the sources.
enum EmbeddedTable {
  DIGITS(
      "digits",
      "digits.csv.gz",
      1797,
      64,
      10,
      uci(
          "Optical Recognition of Handwritten Digits, the test part, E. Alpaydin and C. Kaynak"
              + " (1998)",
          "C50P49")),
  IRIS("iris", "iris.csv", 150, 4, 3, uci("Iris, R. A. Fisher (1936)", "C56C76")),
  WINE("wine", "wine.csv", 178, 13, 3, uci("Wine, S. Aeberhard and M. Forina (1991)", "C5PC7J")),
  BREAST_CANCER(
      "breast-cancer",
      "breast-cancer.csv",
      569,
      30,
      2,
      uci(
          "Breast Cancer Wisconsin (Diagnostic), W. Wolberg, O. Mangasarian, N. Street, W. Street"
              + " (1995)",
          "C5DW2B")),
  AUTO_MPG("auto-mpg", "auto-mpg.csv", 392, 9, 0, uci("Auto MPG, R. Quinlan (1993)", "C5859H")),
  SPAM(
      "spam",
      "spam.csv.gz",
      6046,
      1 << 16,
      2,
      "SpamAssassin public corpus (2002 to 2005): subject and the first 1,000 characters of"
          + " e-mails");

  private final String title;
  private final String resource;
  private final int rows;
  private final int features;

  /// 0 in a regression.
  private final int classes;

  private final String source;

  EmbeddedTable(String title, String resource, int rows, int features, int classes, String source) {
    this.title = title;
    this.resource = resource;
    this.rows = rows;
    this.features = features;
    this.classes = classes;
    this.source = source;
  }

  /// What it is found by.
  String title() {
    return title;
  }

  DatasetInfo info() {
    return new DatasetInfo(
        title,
        rows,
        features,
        classes > 0 ? Task.CLASSIFICATION : Task.REGRESSION,
        classes,
        this == SPAM ? "CC0" : "CC BY 4.0",
        source,
        true,
        Optional.empty());
  }

  Dataset read() {
    byte[] bytes = bytes();
    Dataset data =
        switch (this) {
          case DIGITS -> digits(CsvTable.parse(resource, bytes));
          case IRIS -> table(bytes, TableOptions.target("species"));
          case WINE -> table(bytes, TableOptions.target("cultivar"));
          case BREAST_CANCER -> table(bytes, TableOptions.target("diagnosis"));
          case AUTO_MPG -> table(bytes, TableOptions.target("mpg").withIgnored("name"));
          case SPAM -> spam(bytes, Ngrams.standard()).dataset();
        };
    return data.withName(title);
  }

  /// The rows before they are features, of one whose features are made of texts: what these are
  /// worth is to follow from the rows to train on.
  Optional<Table> texts(TextForm form) {
    return this == SPAM ? Optional.of(spam(bytes(), form)) : Optional.empty();
  }

  private Table spam(byte[] bytes, TextForm form) {
    return Table.parse(title, bytes, TableOptions.target("label").withTexts("text").withForm(form));
  }

  private static String uci(String title, String doi) {
    return title + ", UCI Machine Learning Repository, https://doi.org/10.24432/" + doi;
  }

  /// Images of 17 levels of grey, which are features as they are.
  private static Dataset digits(CsvTable table) {
    var shape = new ImageShape(8, 8, 1);
    Dataset read =
        table.classification(
            new PixelNames(shape),
            "digit",
            IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    float[] x = read.x();
    var pixels = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      pixels[i] = (byte) x[i];
    }
    return Dataset.of(
        "digits",
        Images.own(shape, new Images.Levels(16, 1), pixels),
        Features.image(shape),
        new Answers.Labels(read.labels(), read.classNames(), read.targetName()));
  }

  /// None of their values is missing, so what would be filled in matters for predictions only.
  private Dataset table(byte[] bytes, TableOptions options) {
    return Table.parse(resource, bytes, options).dataset();
  }

  private byte[] bytes() {
    try (var in = EmbeddedTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the embedded table %s is missing".formatted(resource));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the embedded table %s cannot be read".formatted(resource), e);
    }
  }
}
