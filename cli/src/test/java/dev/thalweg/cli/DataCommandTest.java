package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `data`: named data sets, and whatever file there is.
class DataCommandTest {

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private static String rows(int count) {
    var text = new StringBuilder();
    for (var i = 0; i < count; i++) {
      text.append(i % 10 == 3 ? "NA" : i * 0.5)
          .append(';')
          .append(i % 4)
          .append(';')
          .append(i % 3 == 0 ? "north" : "south")
          .append(";plate ")
          .append(i)
          .append(';')
          .append(i % 2 == 0 ? "yes" : "no")
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void aFileIsDescribed() throws IOException {
    var file = write("area;rooms;side;plate;sold\n" + rows(60));
    var outcome = Outcome.of("data", file.toString());
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            """
            name      FILE
            rows      60
            features  4
            target    sold, a guess as it is the last column
            task      classification, as 'sold' holds 2 different texts
            classes   no (30), yes (30)
            written   separated by ';', a line of names, decimal sign '.'
            columns   area   numbers from 0 to 29.5, mean 14.8333, median 14.75; 6 missing
                      rooms  whole numbers from 0 to 3, 4 different, mean 1.5, median 1.5
                      side   2 categories: south (40), north (20)
                      plate  texts that hardly repeat
                      sold   2 categories: yes (30), no (30)
            note      plate: left out, nearly every value is another text
            """
                .replace("FILE", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          country,2019,2020;A,1,2;B,4,5; => no line of names (--header yes otherwise), decimal
          sunny,hot,no;rain,hot,yes;sunny,mild,no; => no line of names (--header yes otherwise), d
          a,b;c,d;e,f; => a line of names (--header no otherwise), decimal sign
          a,b;c,1;e,2; => a line of names, decimal sign
          """)
  void whereTheHeaderIsInDoubtTheOptionIsSaid(String lines, String words) throws IOException {
    var file = write(lines.replace(';', '\n')).toString();
    assertThat(Outcome.of("data", file).out()).contains(words);
    assertThat(Outcome.of("data", file, "--header", "yes").out()).contains(", a line of names, d");
  }

  @Test
  void whatIsWrongWithAColumnIsSaidInOptions() throws IOException {
    var file = write("d,y\n03/04/2024,1.5\n05/06/2024,2\n07/08/2024,3\n");
    var outcome = Outcome.of("data", file.toString());
    assertThat(outcome.out())
        .contains("--day-first yes or --day-first no says which")
        .doesNotContain("CsvFormat");
    assertThat(Outcome.of("data", file.toString(), "--format", "json").out())
        .contains("--day-first yes")
        .doesNotContain("CsvFormat");
  }

  @Test
  void jsonIsAListOfOneWithTheNamesOfNamedDataSets() throws IOException {
    var file = write("class;rooms;side;plate;sold\n" + rows(60));
    assertThat(described(file.toString()))
        .containsEntry("name", file.toString())
        .containsEntry("rows", 60L)
        .containsEntry("features", 4L)
        .containsEntry("task", "regression")
        .containsEntry("licence", null)
        .containsEntry("present", true)
        .containsEntry("target", "class")
        .containsEntry("target_guessed", true)
        .extractingByKey("columns", InstanceOfAssertFactories.LIST)
        .satisfiesExactly(
            column ->
                assertThat(column)
                    .isEqualTo(
                        Map.of(
                            "name",
                            "class",
                            "kind",
                            "numbers",
                            "missing",
                            6L,
                            "min",
                            0.0,
                            "max",
                            29.5,
                            "whole",
                            false,
                            "mean",
                            801 / 54.0,
                            "median",
                            14.75)),
            column ->
                assertThat(column)
                    .isEqualTo(
                        Map.of(
                            "name", "rooms", "kind", "numbers", "missing", 0L, "min", 0.0, "max",
                            3.0, "whole", true, "mean", 1.5, "median", 1.5)),
            column ->
                assertThat(column)
                    .isEqualTo(
                        Map.of(
                            "name",
                            "side",
                            "kind",
                            "categories",
                            "missing",
                            0L,
                            "categories",
                            Map.of("south", 40L, "north", 20L))),
            column ->
                assertThat(column)
                    .isEqualTo(Map.of("name", "plate", "kind", "texts", "missing", 0L)),
            column ->
                assertThat(column)
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("name", "sold"));
    assertThat(described(file.toString(), "--target", "side"))
        .containsEntry("task", "classification")
        .containsEntry("target", "side")
        .containsEntry("classes", Map.of("south", 40L, "north", 20L))
        .containsEntry("target_guessed", false);
  }

  @Test
  void whatTrainWouldRefuseIsSaidBesideWhatIsThere() throws IOException {
    var file = write("a,b,y\n1,,1.5\n2,,2.5\nmany,,3.5\n");
    assertThat(Outcome.of("data", file.toString()).out())
        .contains(
            "a  whole numbers from 1 to 2, 2 different; line 4: 'many' is not a number, and 2"
                + " values of the column are\n")
        .contains("b  no values; 3 missing\n")
        .contains("problem   train refuses it: " + file + ", line 4, column 1 ('a'): 'many' is")
        .doesNotContain("task");
    assertThat(described(file.toString()))
        .containsEntry("task", null)
        .extractingByKey("problem", InstanceOfAssertFactories.STRING)
        .contains("'many' is not a number");
  }

  @Test
  void anInfinityIsANumberThatTrainRefuses() throws IOException {
    var file = write("a,b,y\nInf,inf,1.5\n2,inf,2.5\n3,inf,3.5\n");
    assertThat(Outcome.of("data", file.toString()).out())
        .contains("a  whole numbers from 2 to 3, 2 different; 'Inf' in line 2 is beyond the range")
        .contains("b  whole numbers; 'inf' in line 2 is beyond the range of float\n")
        .contains("problem   train refuses it: " + file + ", line 2, column 1 ('a'): 'Inf' is");
    assertThat(Outcome.of("data", file.toString(), "--format", "json").exitCode()).isZero();
  }

  @Test
  void howTheFileIsWrittenMayBeSaid() throws IOException {
    var file = write("1:2,5\n2:3,5\n");
    assertThat(described(file.toString(), "--separator", ":", "--header", "no", "--decimal", ","))
        .containsEntry("rows", 2L)
        .containsEntry("header", false)
        .containsEntry("target", "c2")
        .extractingByKey("columns", InstanceOfAssertFactories.LIST)
        .last(InstanceOfAssertFactories.MAP)
        .containsEntry("max", 3.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          FILE --target sold => 2 => --target: FILE: unknown column 'sold'; known: a, b
          FILE --separator xx => 2 => --separator xx: expected one character, or tab
          iris --target a => 2 => --target: is for a file, and iris is a data set by name
          --header no => 2 => --header: is for a file, and there is none
          no/such.csv => 1 => no/such.csv: no such file
          """)
  void aMistakeGetsOneSentence(String line, int exitCode, String sentence) throws IOException {
    var file = write("a,b\n1,2\n").toString();
    var outcome = Outcome.of(("data " + line).replace("FILE", file).split(" "));
    assertThat(outcome.err()).isEqualTo("thalweg: " + sentence.replace("FILE", file) + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> described(String... arguments) {
    var all = new ArrayList<>(List.of("data", "--format", "json"));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).hasLineCount(1);
    var list = (List<?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
    assertThat(list).hasSize(1);
    return (Map<String, @Nullable Object>) Objects.requireNonNull(list.getFirst());
  }

  private Path photo(String name, int width, int height) throws IOException {
    var file = folder.resolve("photos").resolve(name);
    Files.createDirectories(file.getParent());
    var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aFolderOfImagesIsDescribed() throws IOException {
    photo("cats/1.png", 3, 2);
    photo("cats/2.png", 3, 2);
    photo("dogs/1.png", 40, 50);
    var photos = folder.resolve("photos");
    Files.write(photos.resolve("dogs/2.jpg"), new byte[0]);
    var outcome = Outcome.of("data", photos.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            """
            folder      PHOTOS
            images      4
            classes     cats (2), dogs (2)
            sizes       2×3 (2), 50×40 (1); 'train' wants one, as --size 2
            colour      grey
            unreadable  PHOTOS/dogs/2.jpg is empty
            """
                .replace("PHOTOS", photos.toString()));
    assertThat(Outcome.of("data", photos.toString(), "--format", "json").out())
        .contains("\"classes\":{\"cats\":2,\"dogs\":2}")
        .contains("{\"height\":50,\"width\":40,\"images\":1}")
        .contains("\"unreadable\":[\"");
  }

  @Test
  void samplesOfEachClassAreDrawn() throws IOException {
    photo("cats/1.png", 3, 2);
    photo("dogs/1.png", 40, 50);
    var sheet = folder.resolve("sheet.png");
    var photos = folder.resolve("photos");
    assertThat(Outcome.of("data", photos.toString(), "--plot", sheet.toString()).exitCode())
        .isZero();
    // Two lines of tiles of 64 pixels under a heading.
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isEqualTo(220);
    assertThat(Outcome.of("data", "digits", "--plot", sheet.toString()).exitCode()).isZero();
    assertThat(ImageIO.read(sheet.toFile()).getHeight()).isEqualTo(780);
  }

  @Test
  void aSheetIsOfImagesOnly() throws IOException {
    var sheet = folder.resolve("sheet.png").toString();
    var file = write("x,y\n1,2\n2,3\n").toString();
    assertThat(Outcome.of("data", "iris", "--plot", sheet).err())
        .isEqualTo("thalweg: --plot: is for images, and iris has none\n");
    assertThat(Outcome.of("data", file, "--plot", sheet).err())
        .isEqualTo("thalweg: --plot: is for images, and " + file + " is a table\n");
    assertThat(Outcome.of("data", "--plot", sheet).err())
        .isEqualTo("thalweg: --plot: is for images, and there are none\n");
    assertThat(folder.resolve("sheet.png")).doesNotExist();
    photo("cats/1.png", 3, 2);
    assertThat(Outcome.of("data", folder.resolve("photos").toString(), "--target", "x").err())
        .isEqualTo(
            "thalweg: --target: is for a file, and " + folder.resolve("photos") + " is a folder\n");
  }
}
