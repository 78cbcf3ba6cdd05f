package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.cli.page.Bitmap;
import dev.thalweg.cli.page.Page;
import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.train.Attribution;
import dev.thalweg.train.FittedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a row mattered for what a model says of it: its features by themselves, and of a text,
/// whose features are buckets of its n-grams or tokens, its characters and words.
final class ExplainedRow {

  private static final int SHOWN = 12;
  private static final int SQUARES = 8;

  private final FittedModel model;
  private final double[] x;
  private final double[] predictions;

  /// The class that is said; 0 where a number is.
  private final int best;

  private final List<Attribution> found;

  /// The features that are of no text.
  private final List<Integer> plain = new ArrayList<>();

  private final List<ExplainedText> texts = new ArrayList<>();

  /// A text of the row.
  ///
  /// @param column that it is of
  /// @param over by method, a number for each of its characters
  private record ExplainedText(String column, String text, List<List<Double>> over) {

    double value(int method, int from, int to) {
      return over.get(method).subList(from, to).stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /// A word of a text, wherever it stands there.
  ///
  /// @param places where it begins
  private record Word(ExplainedText in, String word, List<Integer> places) {

    double value(int method) {
      return places.stream()
          .mapToDouble(from -> in.value(method, from, from + word.length()))
          .sum();
    }

    String text() {
      return places.size() == 1 ? word : word + " (" + places.size() + " times)";
    }
  }

  /// Explains one.
  ///
  /// @param x its features as they came
  /// @param given its texts by their columns, where it has some
  /// @throws Failure if the model can't be explained
  ExplainedRow(FittedModel model, double[] x, Map<String, String> given) {
    this.model = model;
    this.x = x.clone();
    predictions = model.predictRows(x);
    var most = 0;
    for (var k = 1; classes() && k < predictions.length; k++) {
      most = predictions[k] > predictions[most] ? k : most;
    }
    best = most;
    var output = model.network().output().size() == 1 ? 0 : best;
    var side =
        model.preprocessing().image().map(shape -> Math.max(1, shape.height() / SQUARES)).orElse(1);
    found =
        known(() ->
            List.of(
                Attribution.gradientTimesInput(model, x, output),
                Attribution.integratedGradients(model, x, output),
                Attribution.occlusion(model, x, output, side)));
    var at = 0;
    for (var column : model.preprocessing().encoding().columns()) {
      var from = at;
      at += column.width();
      var to = at;
      if (column instanceof ColumnEncoding.OfText text) {
        var own = given.getOrDefault(column.name(), "");
        texts.add(
            new ExplainedText(
                column.name(),
                own,
                found.stream()
                    .map(each ->
                        list(spread(text, own, Arrays.copyOfRange(each.values(), from, to))))
                    .toList()));
      } else {
        IntStream.range(from, to).forEach(plain::add);
      }
    }
  }

  private static double[] spread(ColumnEncoding.OfText column, String own, double... values) {
    return switch (column) {
      case ColumnEncoding.Text text -> text.ngrams().spread(own, values);
      case ColumnEncoding.Tokens tokens -> tokens.spread(own, values);
    };
  }

  private boolean classes() {
    return model.preprocessing().task() == Task.CLASSIFICATION;
  }

  private boolean hasTokens() {
    return model.preprocessing().encoding().columns().stream()
        .anyMatch(ColumnEncoding.Tokens.class::isInstance);
  }

  private boolean isImage() {
    return model.preprocessing().image().isPresent();
  }

  private String name(int feature) {
    return model.preprocessing().featureNames().get(feature);
  }

  /// The class, or the number.
  Object said() {
    return classes() ? model.classNames().get(best) : predictions[0];
  }

  /// Adds what is known.
  void addTo(Map<String, @Nullable Object> json) {
    json.put("prediction", said());
    if (classes()) {
      json.put("probability", predictions[best]);
    }
    json.put("features", isImage() ? null : plain.stream().map(this::name).toList());
    for (var each : found) {
      json.put(key(each), plain.stream().map(i -> each.values()[i]).toList());
    }
    if (!texts.isEmpty()) {
      json.put(
          "texts",
          texts.stream()
              .map(text -> {
                var one = new LinkedHashMap<String, Object>();
                one.put("column", text.column);
                one.put("text", text.text);
                for (var i = 0; i < found.size(); i++) {
                  one.put(key(found.get(i)), text.over.get(i));
                }
                return one;
              })
              .toList());
    }
    json.put("output", integrated().prediction());
    json.put("baseline", integrated().baseline());
  }

  private static String key(Attribution found) {
    return found.method().replace(" × ", "_times_").replace(' ', '_');
  }

  /// The numbers.
  static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private Attribution integrated() {
    return found.get(1);
  }

  /// What the integrated gradients add up to.
  String sum() {
    return String.format(
        Locale.ROOT,
        "of the integrated gradients %.4g; the output is %.4g, with %s %.4g",
        integrated().sum(),
        integrated().prediction(),
        comparedWith(),
        integrated().baseline());
  }

  private String comparedWith() {
    if (hasTokens()) {
      return "zeros for the vectors of all tokens";
    }
    if (plain.isEmpty()) {
      return "no text";
    }
    return texts.isEmpty()
        ? "all features at their means"
        : "no text and all other features at their means";
  }

  /// The features, and the words of texts, that mattered most: a table each.
  String table() {
    var tables = new ArrayList<String>();
    if (!plain.isEmpty()) {
      var table = new Table().row(head("feature").toArray(String[]::new));
      plain.stream()
          .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(integrated().values()[i])))
          .limit(SHOWN)
          .forEach(i -> table.row(cells(name(i), m -> found.get(m).values()[i])));
      tables.add(table.toString());
    }
    for (var text : texts) {
      var table = new Table().row(head("word of " + text.column).toArray(String[]::new));
      words(text).stream().limit(SHOWN).forEach(word -> table.row(cells(word.text(), word::value)));
      tables.add(table.toString());
    }
    return String.join("\n", tables);
  }

  private String[] cells(String name, IntToDoubleFunction value) {
    return Stream.concat(
            Stream.of(name),
            IntStream.range(0, found.size())
                .mapToObj(method -> signed(value.applyAsDouble(method))))
        .toArray(String[]::new);
  }

  /// With a place for the sign, so that points stand below each other.
  private static String signed(double value) {
    return String.format(Locale.ROOT, "% .4f", value);
  }

  /// The words between white space, those that mattered most first.
  private static List<Word> words(ExplainedText text) {
    var places = new LinkedHashMap<String, List<Integer>>();
    var end = text.text.length();
    for (var i = 0; i < end; i++) {
      var from = i;
      while (i < end && !Character.isWhitespace(text.text.charAt(i))) {
        i++;
      }
      if (i > from) {
        places.computeIfAbsent(text.text.substring(from, i), _ -> new ArrayList<>()).add(from);
      }
    }
    var words = new ArrayList<Word>();
    places.forEach((word, at) -> words.add(new Word(text, word, at)));
    words.sort(Comparator.comparingDouble(word -> -Math.abs(word.value(1))));
    return words;
  }

  /// The columns that the score falls most without, as a table.
  static String table(SequencedMap<String, Double> importance, boolean classes) {
    var table =
        new Table()
            .row(
                "column", "fall of the " + (classes ? "accuracy" : "R²") + " where it is shuffled");
    importance.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(each -> table.row(each.getKey(), signed(each.getValue())));
    return table.toString();
  }

  // ---- the page

  /// A page: of an image, and of texts, what speaks for the prediction in blue over it, what speaks
  /// against it in orange.
  ///
  /// @param data the rows, of which this is one, where they are images
  /// @param row of these
  String page(
      String title,
      String truth,
      @Nullable Dataset data,
      int row,
      SequencedMap<String, Double> importance) {
    var page = new Page(title);
    page.add("<h1>" + Page.text(title) + "</h1>");
    page.add(
        "<p>predicted "
            + Page.text(said().toString())
            + truth
            + "; what speaks for it in blue, against it in orange</p>");
    if (data != null && data.images().isPresent()) {
      images(page, data, row);
      return page.html();
    }
    for (var text : texts) {
      page.add("<h2>" + Page.text(text.column) + "</h2>");
      for (var method = 0; method < found.size(); method++) {
        page.add(
            "<figure style=\"margin:0 0 1.2rem\"><figcaption><strong>"
                + Page.text(found.get(method).method())
                + "</strong></figcaption><p style=\"white-space:pre-wrap;overflow-wrap:anywhere\">"
                + drawn(text, method)
                + "</p></figure>");
      }
      page.table(
          head("word"),
          words(text).stream().limit(SHOWN).map(word -> line(word.text(), word::value)).toList());
    }
    if (!plain.isEmpty()) {
      features(page);
    }
    if (!importance.isEmpty()) {
      page.add("<h2>Of all rows</h2>");
      var most = importance.values().stream().mapToDouble(Math::abs).max().orElse(0);
      page.table(
          List.of(
              "column", "fall of the " + (classes() ? "accuracy" : "R²") + " where it is shuffled"),
          importance.entrySet().stream()
              .map(each -> List.of(Page.text(each.getKey()), bar(each.getValue(), most)))
              .toList());
    }
    return page.html();
  }

  private List<String> head(String first) {
    var head = new ArrayList<>(List.of(first));
    found.forEach(each -> head.add(each.method()));
    return head;
  }

  private List<String> line(String name, IntToDoubleFunction value) {
    var line = new ArrayList<>(List.of(Page.text(name)));
    for (var method = 0; method < found.size(); method++) {
      line.add(String.format(Locale.ROOT, "%.4f", value.applyAsDouble(method)));
    }
    return line;
  }

  private void features(Page page) {
    var rows = new ArrayList<List<String>>();
    for (var i : plain) {
      var line = new ArrayList<String>();
      line.add(Page.text(name(i)));
      line.add(Page.text(String.valueOf((float) x[i])));
      for (var each : found) {
        var most = plain.stream().mapToDouble(j -> Math.abs(each.values()[j])).max().orElse(0);
        line.add(bar(each.values()[i], most));
      }
      rows.add(line);
    }
    var head = head("feature");
    head.add(1, "value");
    page.table(head, rows);
  }

  private static String bar(double value, double most) {
    return String.format(
        Locale.ROOT,
        "<span style=\"display:inline-block;height:.7rem;width:%.1frem;background:var(%s)\"></span>"
            + " %.4f",
        most == 0 ? 0 : 6 * Math.abs(value) / most,
        value < 0 ? "--c1" : "--c0",
        value);
  }

  /// A text with what speaks for the prediction behind its characters, in ten shades.
  private static String drawn(ExplainedText text, int method) {
    var over = text.over.get(method);
    var most = over.stream().mapToDouble(Math::abs).max().orElse(0);
    var html = new StringBuilder();
    for (var i = 0; i < over.size(); ) {
      var shade = shade(over.get(i), most);
      var from = i;
      while (i < over.size() && shade(over.get(i), most) == shade) {
        i += Character.charCount(text.text.codePointAt(i));
      }
      var part = Page.text(text.text.substring(from, Math.min(i, over.size())));
      html.append(
          shade == 0
              ? part
              : "<span style=\"background:color-mix(in srgb, var(%s) %d%%, transparent)\">%s</span>"
                  .formatted(shade < 0 ? "--c1" : "--c0", 8 * Math.abs(shade), part));
    }
    return html.toString();
  }

  private static int shade(double value, double most) {
    return most == 0 ? 0 : (int) Math.round(10 * value / most);
  }

  private void images(Page page, Dataset data, int row) {
    page.add("<div class=\"tiles\">");
    var plainImage = new Attribution("the image", 0, new double[data.features()], 0, Double.NaN);
    var tiles = new ArrayList<>(List.of(plainImage));
    tiles.addAll(found);
    for (var each : tiles) {
      page.add(
          "<figure style=\"width:15rem\"><img style=\"width:14rem;height:14rem\" alt=\""
              + Page.text(each.toString())
              + "\" src=\""
              + drawn(data, row, each).address()
              + "\"><figcaption>"
              + Page.text(each.method())
              + "</figcaption></figure>");
    }
    page.add("</div>");
  }

  private static Bitmap drawn(Dataset data, int row, Attribution found) {
    var shape = data.images().orElseThrow().shape();
    var x = data.row(row);
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var pixel : x) {
      least = Math.min(least, pixel);
      most = Math.max(most, pixel);
    }
    var strongest = 0.0;
    var pixels = shape.height() * shape.width();
    var strength = new double[pixels];
    for (var i = 0; i < pixels; i++) {
      for (var c = 0; c < shape.channels(); c++) {
        strength[i] += found.values()[i * shape.channels() + c];
      }
      strongest = Math.max(strongest, Math.abs(strength[i]));
    }
    var colours = new int[pixels];
    for (var i = 0; i < pixels; i++) {
      var grey = 0.0;
      for (var c = 0; c < shape.channels(); c++) {
        grey += (x[i * shape.channels() + c] - least) / (most - least) / shape.channels();
      }
      var share = strongest == 0 ? 0 : Math.abs(strength[i]) / strongest;
      colours[i] = mixed(grey, share, strength[i] < 0 ? 0xd55e00 : 0x0072b2);
    }
    return new Bitmap(shape.width(), shape.height(), colours);
  }

  /// A pale grey with as much of a colour.
  private static int mixed(double grey, double share, int colour) {
    var mixed = 0;
    for (var shift = 0; shift <= 16; shift += 8) {
      var pale = 255 * (0.35 + 0.65 * grey);
      var part = pale * (1 - share) + ((colour >> shift) & 255) * share;
      mixed |= (int) Math.round(part) << shift;
    }
    return mixed;
  }
}
