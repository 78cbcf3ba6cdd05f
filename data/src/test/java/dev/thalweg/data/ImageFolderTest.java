package dev.thalweg.data;

import static dev.thalweg.data.ImageFiles.jpeg;
import static dev.thalweg.data.ImageFiles.plain;
import static dev.thalweg.data.ImageFiles.png;
import static dev.thalweg.data.ImageFiles.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {

  @TempDir private Path temporary = Path.of("");

  private static final ImageOptions AS_THEY_ARE = ImageOptions.asTheyAre();

  private Path photos() {
    return temporary.resolve("photos");
  }

  /// A grey image of one value in a file of a class.
  private Path grey(String name, int value) {
    return put(photos(), name, png(plain(2, 3, value)));
  }

  private void assertRefused(ImageOptions options, String sentence) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(photos(), options))
        .withMessage(sentence.replace("PHOTOS", photos().toString()));
  }

  /// The first byte of each image.
  private static List<Integer> firsts(Dataset data) {
    var firsts = new ArrayList<Integer>();
    for (int row = 0; row < data.rows(); row++) {
      firsts.add(data.images().orElseThrow().pixels(row)[0] & 0xff);
    }
    return firsts;
  }

  @Test
  void foldersAreClassesAndFilesComeInTheOrderOfTheirBytes() {
    grey("cats/b.png", 1);
    grey("cats/a/z.png", 2);
    grey("cats/A.PNG", 3);
    grey("cats/10.png", 4);
    grey("cats/9.png", 5);
    grey("cats-and-dogs/1.png", 6);
    grey("Cats/1.png", 7);
    grey("ärger/1.png", 8);
    put(photos(), "dogs/without-extension", png(plain(2, 3, 9)));
    Dataset data = Datasets.images(photos(), AS_THEY_ARE);
    assertThat(data).hasToString("photos: 9 rows, 6 features, 5 classes");
    assertThat(data.classNames()).containsExactly("Cats", "cats", "cats-and-dogs", "dogs", "ärger");
    assertThat(firsts(data)).containsExactly(7, 4, 5, 3, 2, 1, 6, 9, 8);
    assertThat(data.labels()).containsExactly(0, 1, 1, 1, 1, 1, 2, 3, 4);
    assertThat(data.shape()).containsExactly(2, 3);
    assertThat(data.row(0)).containsOnly(7 / 255f);
    assertThat(data.images().orElseThrow().file(1)).contains(photos().resolve("cats/10.png"));
    assertThat(data.subset(8, 1).images().orElseThrow().file(1))
        .contains(photos().resolve("cats/10.png"));
  }

  @Test
  void whatIsHiddenOrLeftByAFileManagerIsNotLookedAt() {
    grey("cats/1.png", 1);
    grey("dogs/1.png", 2);
    for (String leftover :
        new String[] {
          ".DS_Store",
          "cats/.DS_Store",
          "cats/._1.png",
          "dogs/Thumbs.db",
          "dogs/desktop.ini",
          ".ipynb_checkpoints/1.png",
          "cats/.thumbnails/1.png",
          "__MACOSX/cats/1.png",
          "README.md"
        }) {
      put(photos(), leftover, new byte[] {1, 2, 3});
    }
    assertThat(firsts(Datasets.images(photos(), AS_THEY_ARE))).containsExactly(1, 2);
  }

  @Test
  void imagesAreColourUnlessAllAreGrey() {
    grey("a/1.png", 10);
    put(
        photos(),
        "a/2.png",
        png(ImageFiles.image(BufferedImage.TYPE_INT_RGB, 2, 3, (_, _, b) -> 100 * b)));
    grey("b/1.png", 30);
    Dataset colour = Datasets.images(photos(), AS_THEY_ARE);
    assertThat(colour.shape()).containsExactly(2, 3, 3);
    assertThat(colour.images().orElseThrow().pixels(0)).containsOnly(10);
    assertThat(colour.images().orElseThrow().pixels(1)).startsWith(0, 100, (byte) 200, 0);
    Dataset grey = Datasets.images(photos(), AS_THEY_ARE.withChannels(1));
    assertThat(grey.shape()).containsExactly(2, 3);
    assertThat(firsts(grey)).containsExactly(10, 82, 30);
  }

  @Test
  void sizesAreMadeEqualWhereItIsAskedFor() {
    put(photos(), "a/1.png", png(plain(2, 3, 1)));
    put(photos(), "a/2.png", png(plain(2, 3, 2)));
    put(photos(), "b/1.png", png(plain(30, 40, 3)));
    assertRefused(
        AS_THEY_ARE,
        "PHOTOS: expected images of one size, found 2×3 in PHOTOS/a/1.png and 30×40 in"
            + " PHOTOS/b/1.png; ImageOptions.withSize(\"2x3\") brings all to that height and"
            + " width");
    Dataset data = Datasets.images(photos(), AS_THEY_ARE.withSize("4x5"));
    assertThat(data.shape()).containsExactly(4, 5);
    assertThat(firsts(data)).containsExactly(1, 2, 3);
    assertThat(Datasets.images(photos(), AS_THEY_ARE.withSize("7")).shape()).containsExactly(7, 7);
  }

  @Test
  void anImageIsTurnedBeforeItsSizeIsCompared() {
    byte[] lying =
        png(ImageFiles.image(BufferedImage.TYPE_BYTE_GRAY, 3, 2, (r, c, _) -> 10 * r + c));
    put(photos(), "a/1.png", ImageFiles.withChunk(lying, "eXIf", ImageFiles.exif(true, 6)));
    put(photos(), "b/1.png", png(plain(2, 3, 7)));
    put(photos(), "b/2.jpg", ImageFiles.turned(jpeg(plain(3, 2, 8)), ImageFiles.exif(false, 8)));
    Images images = Datasets.images(photos(), AS_THEY_ARE).images().orElseThrow();
    assertThat(images.shape()).isEqualTo(new ImageShape(2, 3, 1));
    // Row 0 of the file is the right side, its first pixel at the top.
    assertThat(images.pixels(0)).containsExactly(20, 10, 0, 21, 11, 1);
    Images large = Datasets.images(photos(), AS_THEY_ARE.withSize(4, 6)).images().orElseThrow();
    assertThat(large.pixels(0)[0]).isEqualTo((byte) 20);
    assertThat(large.pixels(0)[5]).isZero();
  }

  @Test
  void everyFileThatCannotBeReadIsNamedUpToTen() throws IOException {
    grey("a/1.png", 1);
    grey("b/1.png", 1);
    put(photos(), "b/2.png", new byte[0]);
    assertRefused(AS_THEY_ARE, "PHOTOS/b/2.png is empty");
    put(photos(), "b/3.jpg", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    byte[] damaged = png(plain(20, 20, 1));
    damaged[damaged.length - 20] ^= 1;
    put(photos(), "a/4.png", damaged);
    // The damage within the pixels is found in the same run as what is no image at all.
    assertRefused(
        AS_THEY_ARE.withSize(3, 3),
        "PHOTOS: 3 of 5 images cannot be read: PHOTOS/a/4.png is damaged: the checksum of its chunk"
            + " IDAT is another; PHOTOS/b/2.png is empty; PHOTOS/b/3.jpg is no image; expected PNG"
            + " or JPEG");
    for (int i = 10; i < 30; i++) {
      put(photos(), "b/" + i + ".gif", "GIF89a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(photos(), AS_THEY_ARE.withSize(3, 3)))
        .withMessageContaining(": 23 of 25 images cannot be read: ")
        .withMessageContaining("/b/18.gif is a file of GIF; expected PNG or JPEG; and 13 more")
        .withMessageNotContaining("b/19.gif");
    assertThat(Files.exists(photos())).isTrue();
  }

  @Test
  void whereFilesOfOneSizeAreBrokenTheOthersDecideOnIt() {
    put(photos(), "a/0.png", new byte[] {1});
    assertRefused(AS_THEY_ARE, "PHOTOS/a/0.png is no image; expected PNG or JPEG");
    // by its name: otherwise it would be read as a table, and be a wrong one
    assertThat(Images.isFile(photos().resolve("a/0.png"))).isTrue();
  }

  @Test
  void aFolderThatHasNoClassesIsRefused() throws IOException {
    assertRefused(AS_THEY_ARE, "PHOTOS: no such folder");
    Files.createDirectories(photos());
    assertRefused(AS_THEY_ARE, "PHOTOS: expected a folder for each class, found none");
    grey("1.png", 1);
    assertRefused(
        AS_THEY_ARE,
        "PHOTOS: expected images in a folder for each class, found 1.png and no folder");
    grey("cats/1.png", 1);
    assertRefused(
        AS_THEY_ARE, "PHOTOS: expected images in a folder for each class, found 1.png beside them");
    Files.delete(photos().resolve("1.png"));
    Files.createDirectories(photos().resolve("dogs/deep"));
    put(photos(), "dogs/.hidden.png", new byte[0]);
    assertRefused(
        AS_THEY_ARE, "PHOTOS: expected images in the folder of each class, found none in dogs");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(photos().resolve("cats/1.png"), AS_THEY_ARE))
        .withMessage(photos().resolve("cats/1.png") + ": expected a folder, found a file");
  }

  @Test
  void partsAreNotTakenForClasses() {
    grey("train/cats/1.png", 1);
    grey("test/cats/1.png", 1);
    assertRefused(
        AS_THEY_ARE,
        "PHOTOS: expected a folder for each class, found the parts test and train; name one of"
            + " them, as PHOTOS/test");
  }

  @Test
  void linksAreFollowedAndALoopIsRefused() throws IOException {
    Path elsewhere = put(temporary, "elsewhere/1.png", png(plain(2, 3, 4)));
    grey("cats/1.png", 1);
    Files.createSymbolicLink(photos().resolve("dogs"), elsewhere.getParent());
    assertThat(firsts(Datasets.images(photos(), AS_THEY_ARE))).containsExactly(1, 4);
    Files.createSymbolicLink(photos().resolve("cats/again"), photos().resolve("cats"));
    assertRefused(
        AS_THEY_ARE, "PHOTOS/cats: the link PHOTOS/cats/again leads to a folder that it is in");
  }

  @Test
  void anyNumberOfThreadsReadsTheSame() {
    var files = new ArrayList<Path>();
    for (int i = 0; i < 23; i++) {
      int value = i;
      files.add(
          put(
              photos(),
              "a/" + i + ".jpg",
              jpeg(
                  ImageFiles.image(
                      BufferedImage.TYPE_3BYTE_BGR, 20 + i, 30, (r, c, b) -> value + r + c + b))));
    }
    Images one = new ImageReading("photos", files, 1).read(AS_THEY_ARE.withSize(9, 8));
    Images five = new ImageReading("photos", files, 5).read(AS_THEY_ARE.withSize(9, 8));
    for (int i = 0; i < files.size(); i++) {
      assertThat(five.pixels(i)).isEqualTo(one.pixels(i));
      assertThat(five.file(i)).contains(files.get(i));
    }
  }

  @Test
  void filesAndFoldersWithoutClassesAreReadInTheOrderGiven() {
    Path last = grey("b/1.png", 5);
    grey("a/2.png", 4);
    grey("a/1.png", 3);
    Images images = Images.read(List.of(last, photos().resolve("a")), AS_THEY_ARE);
    assertThat(images.rows()).isEqualTo(3);
    assertThat(images.pixels(0)[0]).isEqualTo((byte) 5);
    assertThat(images.pixels(1)[0]).isEqualTo((byte) 3);
    assertThat(images.file(2)).contains(photos().resolve("a/2.png"));
    Images model = Images.read(List.of(last), AS_THEY_ARE.like(new ImageShape(4, 4, 3)));
    assertThat(model.shape()).isEqualTo(new ImageShape(4, 4, 3));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Images.read(List.of(photos().resolve("no.png")), AS_THEY_ARE))
        .withMessage(photos().resolve("no.png") + " is not there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Images.read(List.of(), AS_THEY_ARE))
        .withMessage("images: expected at least 1 file, found none");
  }

  @Test
  void aTableNamesFilesAndTheirClasses() {
    grey("1.png", 1);
    grey("deep/2.png", 2);
    grey("3.png", 3);
    var table =
        CsvTable.parse(
            "marks.csv",
            "id,picture,grade\n7,1.png,10\n8,deep/2.png,9\n9,3.png,unknown\n10,1.png,9\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Dataset data = Datasets.images(table, "picture", "grade", photos(), AS_THEY_ARE);
    assertThat(data.classNames()).containsExactly("9", "10", "unknown");
    assertThat(data.labels()).containsExactly(1, 0, 2, 0);
    assertThat(firsts(data)).containsExactly(1, 2, 3, 1);
    assertThat(data.targetName()).isEqualTo("grade");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(table, "pictures", "grade", photos(), AS_THEY_ARE))
        .withMessage(
            "marks.csv: unknown column 'pictures' (did you mean 'picture'?); known: id, picture,"
                + " grade");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(table, "id", "grade", photos(), AS_THEY_ARE))
        .withMessage(
            "marks.csv, line 2, column 1 ('id'): %s: no such file"
                .formatted(photos().resolve("7")));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Datasets.images(table, "grade", "grade", photos(), AS_THEY_ARE))
        .withMessage("marks.csv: column 'grade' cannot be both the file and the class");
  }

  @ParameterizedTest
  @CsvSource({"32, 32, 32", "32x48, 32, 48", "1×16384, 1, 16384"})
  void aSizeIsOneNumberOrHeightAndWidth(String text, int height, int width) {
    assertThat(ImageOptions.Size.parse(text)).isEqualTo(new ImageOptions.Size(height, width));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "big; size: expected pixels as 32, or height and width as 32x48, found 'big'",
        "32x; size: expected pixels as 32, or height and width as 32x48, found '32x'",
        "-3; size: expected pixels as 32, or height and width as 32x48, found '-3'",
        "0; size: expected a height and a width from 1 to 16384, found 0×0",
        "3x99999; size: expected a height and a width from 1 to 16384, found 3×99999"
      })
  void whatIsNoSizeIsRefused(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageOptions.Size.parse(text))
        .withMessage(sentence);
  }

  @Test
  void otherChannelsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AS_THEY_ARE.withChannels(4))
        .withMessage("channels: expected 1 for grey or 3 for colour, found 4");
    assertThat(Fit.parse("Stretch")).isEqualTo(Fit.STRETCH);
  }

  @Test
  void aSurveyCountsClassesAndSizesWithoutDecoding() {
    grey("a/1.png", 1);
    grey("a/2.png", 1);
    put(photos(), "a/3.png", png(plain(5, 5, 1)));
    put(photos(), "b/1.jpg", ImageFiles.turned(jpeg(plain(3, 2, 8)), ImageFiles.exif(false, 8)));
    put(photos(), "b/2.png", new byte[0]);
    put(
        photos(),
        "b/3.png",
        png(ImageFiles.image(BufferedImage.TYPE_INT_RGB, 2, 3, (_, _, b) -> 100 * b)));
    ImageSurvey survey = ImageSurvey.of(photos(), 2);
    assertThat(survey.classes()).containsExactly(Map.entry("a", 3), Map.entry("b", 3));
    assertThat(survey.sizes())
        .containsExactly(
            Map.entry(new ImageShape(2, 3, 1), 4), Map.entry(new ImageShape(5, 5, 1), 1));
    assertThat(survey.images()).isEqualTo(6);
    assertThat(survey.grey()).isEqualTo(4);
    assertThat(survey.turned()).isEqualTo(1);
    assertThat(survey.broken()).containsExactly(photos().resolve("b/2.png") + " is empty");
    assertThat(survey.samples())
        .containsExactly(
            Map.entry("a", List.of(photos().resolve("a/1.png"), photos().resolve("a/2.png"))),
            Map.entry("b", List.of(photos().resolve("b/1.jpg"), photos().resolve("b/3.png"))));
  }
}
