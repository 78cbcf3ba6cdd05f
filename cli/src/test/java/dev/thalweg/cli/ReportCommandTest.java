package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportCommandTest {

  @TempDir Path folder;

  private Path train(String name, String... more) {
    var out = folder.resolve(name);
    var arguments = new ArrayList<>(List.of("train", "--quiet", "--out", out.toString()));
    arguments.addAll(List.of(more));
    var outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return out;
  }

  private String report(String... arguments) throws IOException {
    var file = folder.resolve("page.html");
    var all = new ArrayList<>(List.of("report", "--out", file.toString()));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome).isEqualTo(new Outcome(0, "report  " + file + "\n", ""));
    return Files.readString(file);
  }

  /// Without what HTML allows beyond XML, a page is well-formed.
  private static void assertWellFormed(String html)
      throws ParserConfigurationException, SAXException, IOException {
    var xml = html.replace("<!doctype html>", "").replaceAll("<(meta|img)([^>]*[^/])>", "<$1$2/>");
    var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setErrorHandler(null);
    assertThat(parser.parse(new InputSource(new StringReader(xml))).getDocumentElement())
        .isNotNull();
  }

  @Test
  void aRunIsShownWithCurvesClassesAndMistakes() throws Exception {
    var run = train("digits", "digits", "--epochs", "3", "--validation", "0.2");
    var html = report(run.toString());
    assertWellFormed(html);
    assertThat(html)
        .contains("<h1>digits</h1>", "softmax_cross_entropy", "test accuracy", "<polyline ")
        .contains("thalweg train --config " + run + "/config.yaml", "weights_sha256")
        .contains(">training</li>", ">validation</li>", "The worst of ");
    // Nothing is asked of a network.
    assertThat(html)
        .doesNotContainPattern("(src|href)=\"(?!data:)")
        .doesNotContain("url(", "<script");
    // The last loss is where the line ends, and is said to who can't see it.
    var metrics = Files.readAllLines(run.resolve("metrics.csv"));
    var loss = Double.parseDouble(metrics.getLast().split(",", -1)[2]);
    assertThat(html).contains("training ends at " + "%.4f".formatted(loss).replaceFirst("0+$", ""));
    var matrix = Pattern.compile("<td style=[^>]*>([0-9,]+)</td>").matcher(html);
    var total = 0;
    while (matrix.find()) {
      total += Integer.parseInt(matrix.group(1));
    }
    assertThat(total).isEqualTo(359);
  }

  @Test
  void severalRunsStandBesideEachOther() throws Exception {
    var one = train("one", "iris", "--epochs", "4");
    var two = train("two", "iris", "--epochs", "6", "--lr", "0.01");
    var html = report(one.toString(), two.toString());
    assertWellFormed(html);
    assertThat(html)
        .contains("<th scope=\"col\">one</th><th scope=\"col\">two</th>")
        .contains("<th scope=\"row\">epochs</th><td>4</td><td>6</td>")
        .contains(">one</li>", ">two</li>", "<h2>two</h2>");
  }

  /// Names are text, also where they look like HTML.
  @Test
  void numbersTextsAndNamesThatLookLikeHtml() throws Exception {
    var file = folder.resolve("<b>&.csv");
    var rows = new StringBuilder("x,kind\n");
    for (var i = 0; i < 80; i++) {
      rows.append(i % 9).append(i % 9 > 4 ? ",<script>alert(1)</script>\n" : ",a&b\n");
    }
    Files.writeString(file, rows);
    var html =
        report(train("odd", file.toString(), "--target", "kind", "--epochs", "1").toString());
    assertWellFormed(html);
    assertThat(html).contains("&lt;script&gt;", "a&amp;b").doesNotContain("<script");
    assertWellFormed(report(train("cars", "auto-mpg", "--epochs", "2").toString()));
    var text = folder.resolve("text.txt");
    Files.writeString(text, "The quick brown fox. ".repeat(200));
    var written =
        report(
            train("text", text.toString(), "--model", "lstm(8)", "--epochs", "1", "--context", "16")
                .toString());
    assertWellFormed(written);
    assertThat(written).contains("What it writes");
  }

  @Test
  void whatIsNoRunIsSaidAndNothingIsWritten() {
    var none = folder.resolve("none").toString();
    assertThat(Outcome.of("report", none).err())
        .isEqualTo("thalweg: " + none + ": no such run folder\n");
    assertThat(Outcome.of("report", none, none).err())
        .isEqualTo("thalweg: report: " + none + " is there twice\n");
    assertThat(Outcome.of("report").exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  private static void assertPicture(Path file) throws IOException {
    var picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).as(file.toString()).isEqualTo(1600);
    assertThat(picture.getHeight()).as(file.toString()).isGreaterThan(500);
  }

  @Test
  void picturesAreWrittenOfEachRunAndOfAllTogether() throws Exception {
    var one = train("one", "digits", "--epochs", "2");
    var two = train("deep/one", "digits", "--epochs", "3", "--validation", "0.1");
    var pictures = folder.resolve("pictures/here");
    var page = folder.resolve("page.html").toString();
    var outcome =
        Outcome.of(
            "report", one.toString(), two.toString(), "--out", page, "--png", pictures.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("picture  " + pictures.resolve("one-2.png"), pictures + "/comparison.png");
    assertThat(pictures.toFile().list())
        .containsExactlyInAnyOrder("one.png", "one-2.png", "comparison.png");
    for (var name : List.of("one.png", "one-2.png", "comparison.png")) {
      assertPicture(pictures.resolve(name));
    }
    var file = Files.writeString(folder.resolve("file"), "");
    assertThat(Outcome.of("report", one.toString(), "--png", file.toString()))
        .isEqualTo(
            new Outcome(2, "", "thalweg: --png " + file + ": expected a folder, found a file\n"));
  }

  /// The machine on which it was trained, not the one that writes the page.
  @Test
  void theEnvironmentIsTheOneOfTheTraining() throws Exception {
    var run = train("iris", "iris", "--epochs", "1", "--threads", "1");
    var file = run.resolve("environment.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"java\":\"[^\"]*\"", "\"java\":\"99 & more\""));
    assertThat(report(run.toString()))
        .contains(
            "<th scope=\"row\">trained on</th><td>thalweg ", "; Java 99 &amp; more; ", "; 1 of ");
    Files.delete(file);
    assertThat(report(run.toString())).doesNotContain("trained on");
  }

  @Test
  void mistakesAreShownWithTheirTexts() throws Exception {
    var rows = new StringBuilder("mail,kind\n");
    for (var i = 0; i < 60; i++) {
      rows.append("we meet <u>at</u> noon or at number " + i + (i % 2 == 0 ? ",spam\n" : ",ham\n"));
    }
    var file = Files.writeString(folder.resolve("mails.csv"), rows).toString();
    var html =
        report(
            train("mails", file, "--target", "kind", "--text", "mail", "--epochs", "1").toString());
    assertWellFormed(html);
    assertThat(html).contains("we meet &lt;u&gt;at&lt;/u&gt; noon or at number ");
    // Of numbers, the features.
    assertThat(report(train("cars", "auto-mpg", "--epochs", "1").toString()))
        .containsPattern("(?s)The largest errors.*horsepower [0-9]+");
  }

  @Test
  void otherKindsOfModelsHaveTheirWorst() throws Exception {
    var text = Files.writeString(folder.resolve("text.txt"), "The quick <brown> fox. ".repeat(200));
    var written =
        report(
            train("text", text.toString(), "--model", "lstm(8)", "--epochs", "1", "--context", "16")
                .toString());
    assertWellFormed(written);
    assertThat(written)
        .contains("What it foresaw least", "test bits per character")
        .containsPattern("<span class=\"wrong\">[^<]+</span>");
    var ratings = new StringBuilder("user,item,rating\n");
    for (var i = 0; i < 400; i++) {
      ratings.append("u%d,m%d,%d%n".formatted(i % 20, i / 20, 1 + i * 7 % 5));
    }
    var file = Files.writeString(folder.resolve("ratings.csv"), ratings).toString();
    var rated = report(train("ratings", file, "--task", "ratings", "--epochs", "1").toString());
    assertWellFormed(rated);
    assertThat(rated)
        .contains("The largest errors", "test RMSE")
        .containsPattern("<td>m[0-9]+</td>");
  }
}
