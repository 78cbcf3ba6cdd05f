package dev.thalweg.train;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.FieldFormat;
import dev.thalweg.data.Ngrams;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.Task;
import dev.thalweg.data.TokenSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The part of `model.json` that says how columns of a table become features, and how their fields
/// are written: each by a sample, see [FieldFormat].
///
/// ```json
/// {"width": 9, "target": 0, "separator": "~", "missing": ["-999"], "written": {"weight": "1.234,5", "origin": "text", …},
///  "columns": [
///   {"name": "weight", "place": 4, "mean": 2977.6},
///   {"name": "sold", "place": 5, "dates": "31.12.2024", "first": 19724, "mean": 31.5, "parts": ["week"]},
///   {"name": "origin", "place": 7, "categories": ["Europe", "Japan", "USA"], "missing": false},
///   {"name": "review", "place": 9, "tokens": "words(20000, length=0)", "length": 212, "tokenizer": {"kind": "words", "words": ["!", "a", …]}},
///   {"name": "letter", "place": 8, "ngrams": "ngrams(2, 5, buckets=65536)", "texts": 314, "frequencies": [0, 12, …]}]}
/// ```
final class EncodingJson {

  private EncodingJson() {}

  static Map<String, Object> write(TableEncoding encoding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("width", encoding.width());
    json.put("target", encoding.targetPlace());
    encoding.weight().ifPresent(column -> json.put("weight", column));
    CsvFormat format = encoding.format();
    format.separator().ifPresent(sign -> json.put("separator", sign.toString()));
    if (!format.missing().equals(CsvFormat.found().missing())) {
      json.put("missing", format.missing());
    }
    if (!format.columns().isEmpty()) {
      Map<String, Object> written = new LinkedHashMap<>();
      format.columns().forEach((name, fields) -> written.put(name, fields.sample()));
      json.put("written", written);
    }
    json.put("columns", encoding.columns().stream().map(EncodingJson::write).toList());
    return json;
  }

  private static Map<String, Object> write(ColumnEncoding column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("place", column.place());
    switch (column) {
      case ColumnEncoding.Numbers numbers ->
          numbers.fill().ifPresent(mean -> json.put("mean", mean));
      case ColumnEncoding.Dates dates -> {
        json.put("dates", new FieldFormat.Dates(dates.order()).sample());
        json.put("first", dates.first());
        json.put("mean", dates.fill());
        json.put("parts", dates.parts().stream().map(Enum::name).map(EncodingJson::lower).toList());
      }
      case ColumnEncoding.Text text -> {
        json.put("ngrams", text.ngrams().toString());
        json.put("texts", text.texts());
        json.put("frequencies", text.frequencies());
      }
      case ColumnEncoding.Tokens tokens -> {
        json.put("tokens", tokens.form().toString());
        json.put("length", tokens.length());
        json.put("tokenizer", LanguageFile.tokenizer(tokens.tokenizer()));
      }
      case ColumnEncoding.OneHot oneHot -> {
        json.put("categories", oneHot.categories());
        json.put("missing", oneHot.missing());
      }
    }
    return json;
  }

  /// @throws IllegalArgumentException if something is missing or of another kind
  static TableEncoding read(JsonFields json, String target, Task task, List<String> classNames) {
    List<ColumnEncoding> columns = new ArrayList<>();
    for (JsonFields column : json.objects("columns")) {
      columns.add(column(column));
    }
    return new TableEncoding(
        target,
        json.integer("target"),
        task,
        classNames,
        json.integer("width"),
        columns,
        json.has("weight") ? Optional.of(json.text("weight")) : Optional.empty(),
        format(json));
  }

  private static CsvFormat format(JsonFields json) {
    CsvFormat format = CsvFormat.found();
    if (json.has("separator")) {
      String sign = json.text("separator");
      if (sign.length() != 1) {
        throw new IllegalArgumentException(
            "separator: expected one sign, found '%s'".formatted(sign));
      }
      format = format.withSeparator(sign.charAt(0));
    }
    if (json.has("missing")) {
      format = format.withMissing(json.texts("missing").toArray(String[]::new));
    }
    if (json.has("written")) {
      JsonFields written = json.object("written");
      Map<String, FieldFormat> columns = new LinkedHashMap<>();
      for (String name : written.names()) {
        columns.put(name, FieldFormat.ofSample(written.text(name)));
      }
      format = format.withColumns(columns);
    }
    return format;
  }

  private static ColumnEncoding column(JsonFields json) {
    String name = json.text("name");
    int place = json.integer("place");
    if (json.has("dates")) {
      return dates(json, name, place);
    }
    if (json.has("ngrams")) {
      return text(json, name, place);
    }
    if (json.has("tokens")) {
      return new ColumnEncoding.Tokens(
          name,
          place,
          TokenSequence.parse(json.text("tokens")),
          LanguageFile.tokenizer(json.object("tokenizer")),
          json.integer("length"));
    }
    return json.has("categories")
        ? new ColumnEncoding.OneHot(name, place, json.texts("categories"), json.bool("missing"))
        : new ColumnEncoding.Numbers(
            name,
            place,
            json.has("mean") ? OptionalDouble.of(json.number("mean")) : OptionalDouble.empty());
  }

  private static ColumnEncoding.Text text(JsonFields json, String name, int place) {
    List<Integer> frequencies = new ArrayList<>();
    for (double number : json.numbers("frequencies")) {
      if (number != (int) number) {
        throw new IllegalArgumentException(
            "column '%s': expected whole frequencies, found %s".formatted(name, number));
      }
      frequencies.add((int) number);
    }
    return new ColumnEncoding.Text(
        name, place, Ngrams.parse(json.text("ngrams")), json.integer("texts"), frequencies);
  }

  private static ColumnEncoding.Dates dates(JsonFields json, String name, int place) {
    String sample = json.text("dates");
    if (!(FieldFormat.ofSample(sample) instanceof FieldFormat.Dates dates)) {
      throw new IllegalArgumentException(
          "column '%s': expected a date such as 2024-12-31, found '%s'".formatted(name, sample));
    }
    List<ColumnEncoding.Dates.Part> parts = new ArrayList<>();
    for (String part : json.texts("parts")) {
      parts.add(
          Stream.of(ColumnEncoding.Dates.Part.values())
              .filter(known -> lower(known.name()).equals(part))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "column '%s': expected year, week or day, found '%s'"
                          .formatted(name, part))));
    }
    return new ColumnEncoding.Dates(
        name, place, dates.order(), json.number("first"), json.number("mean"), parts);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
