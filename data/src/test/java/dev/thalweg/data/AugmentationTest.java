package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {

  private static final ImageShape SHAPE = new ImageShape(6, 5, 1);
  private static final int ROWS = 40;
  private static final String ALL =
      "flip | flip_vertical(0.3) | crop(2) | shift(0.2) | rotate(30) | brightness(0.4) | cutout(3)";

  /// Images of numbers from 1 to 255, so that black comes from outside.
  private static Images images() {
    var bytes = new byte[ROWS * SHAPE.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (1 + i * 31 % 255);
    }
    return Images.of(SHAPE, bytes);
  }

  private static Dataset data() {
    return Dataset.classification(
        "marks",
        images(),
        IntStream.range(0, ROWS).map(i -> i % 3).toArray(),
        List.of("a", "b", "c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "flip; flip",
        "flip(0.5); flip",
        "flip(probability=1); flip(1)",
        "flip|crop( 4 ); flip | crop",
        "crop(2); crop(2)",
        "flip_vertical(.25) | shift(5e-2); flip_vertical(0.25) | shift(0.05)",
        "rotate(180) | brightness(-0); rotate(180) | brightness(0)",
        "cutout(size=1e1) | mixup(probability=.5); cutout(10) | mixup(probability=0.5)",
        "cutmix(0.2, 0.9); cutmix(0.2, probability=0.9)",
        "none; none"
      })
  void theTextPrintsAsTheShortestThatReadsBack(String text, String printed) {
    var augmentation = Augmentation.parse(text);
    assertThat(augmentation).hasToString(printed).isEqualTo(Augmentation.parse(printed));
    assertThat(augmentation.hashCode()).isEqualTo(Augmentation.parse(printed).hashCode());
    assertThat(augmentation.isNone()).isEqualTo(printed.equals("none"));
    assertThat(augmentation.mixes()).isEqualTo(printed.contains("mi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "flop@ 0@ unknown augmentation 'flop' (did you mean 'flip'?); known: flip, flip_vertical,"
            + " crop, shift, rotate, brightness, cutout, mixup, cutmix",
        "flip | crop(0)@ 12@ crop: padding must lie between 1 and 4096, found 0",
        "crop(1.5)@ 5@ crop: padding must be a whole number, found 1.5",
        "crop(pading=2)@ 5@ unknown argument of crop 'pading' (did you mean 'padding'?); known:"
            + " padding",
        "flip(1.5)@ 5@ flip: probability must lie in [0, 1], found 1.5",
        "rotate(fast)@ 7@ rotate: degrees must be a number, found fast",
        "cutout(3, 3)@ 10@ cutout: expected at most 1 arguments, found 2",
        "mixup(0)@ 6@ mixup: alpha must lie in [0.001, 1000], found 0",
        "mixup | flip@ 8@ mixup: expected nothing after mixup, which mixes images, found flip",
        "mixup | cutmix@ 8@ mixup: expected nothing after mixup, which mixes images, found cutmix",
        "flip |@ 6@ expected a name, found the end",
        "flip | none@ 7@ unknown augmentation 'none'; known: flip, flip_vertical, crop, shift,"
            + " rotate, brightness, cutout, mixup, cutmix"
      })
  void whatIsWrongInATextIsPointedAt(String text, int position, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.parse(text))
        .withMessage(sentence + "\n  " + text + "\n  " + " ".repeat(position) + "^");
  }

  @Test
  void moreChangesThanThereAreNumbersForAreRefused() {
    var most = String.join(" | ", java.util.Collections.nCopies(31, "flip"));
    assertThat(Augmentation.parse(most).isNone()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.parse(most + " | flip"))
        .withMessageStartingWith("augmentation: expected at most 31 changes, found 32\n");
  }

  @Test
  void everyMethodSaysWhatItDoes() {
    assertThat(AugmentationMethod.MIXUP.signature()).hasToString("mixup(alpha=0.2, probability=1)");
    for (AugmentationMethod method : AugmentationMethod.values()) {
      assertThat(Augmentation.parse(method.signature().toString())).hasToString(method.toString());
      assertThat(method.signature().summary()).isNotEmpty();
    }
    assertThat(AugmentationMethod.CROP.signature().arguments().getFirst().kind().words())
        .isEqualTo("a whole number from 1 to 4096");
  }

  @Test
  void anImageIsAFunctionOfSeedEpochAndRow() {
    var augmentation = Augmentation.parse(ALL);
    byte[] image = augmentation.pixels(images(), 7, 3, 5);
    assertThat(augmentation.pixels(images(), 7, 3, 5)).isEqualTo(image);
    assertThat(augmentation.pixels(images(), 8, 3, 5)).isNotEqualTo(image);
    assertThat(augmentation.pixels(images(), 7, 4, 5)).isNotEqualTo(image);
    assertThat(augmentation.pixels(images(), 7, 3, 6)).isNotEqualTo(image);
    assertThat(Augmentation.none().pixels(images(), 7, 3, 5)).isEqualTo(images().pixels(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL, ALL + " | mixup(1)", "crop(2) | cutmix", "none"})
  void batchesOfAnySizeAndThreadsInAnyOrderGiveTheSame(String text) throws Exception {
    var source = data().augmented(Augmentation.parse(text), Sampling.SHUFFLE, 11);
    String expected = pass(source, 2, ROWS);
    assertThat(pass(source, 2, 1)).isEqualTo(expected);
    assertThat(pass(source, 2, 7)).isEqualTo(expected);
    assertThat(pass(source.ahead(3, 2), 2, 7)).isEqualTo(expected);
    assertThat(pass(source, 3, 7)).isNotEqualTo(expected);
    try (var threads = Executors.newFixedThreadPool(3)) {
      var results =
          threads.invokeAll(
              IntStream.range(0, 6)
                  .<java.util.concurrent.Callable<String>>mapToObj(i -> () -> pass(source, 2, 5))
                  .toList());
      for (var result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }

  /// All numbers and answers of an epoch.
  private static String pass(RowSource source, int epoch, int batch) {
    int features = source.schema().features();
    var text = new StringBuilder();
    try (var reader = source.pass(epoch)) {
      var x = new float[batch * features];
      var answers = new float[batch];
      var weights = new float[batch];
      for (int n = reader.read(x, answers, weights); n > 0; n = reader.read(x, answers, weights)) {
        for (int i = 0; i < n; i++) {
          text.append(Arrays.toString(Arrays.copyOfRange(x, i * features, (i + 1) * features)));
          text.append(answers[i]).append(weights[i]);
        }
      }
    }
    return text.toString();
  }

  @Test
  void withoutChangesTheRowsAreThoseOfTheDataSet() {
    assertThat(pass(data().augmented(Augmentation.none(), Sampling.SHUFFLE, 1), 4, 7))
        .isEqualTo(pass(data().source(Sampling.SHUFFLE, 1), 4, 7));
  }

  @Test
  void aFlipComesAsOftenAsSaid() {
    var flip = Augmentation.parse("flip(0.25)");
    Images images = images();
    int flipped = 0;
    for (int epoch = 0; epoch < 100; epoch++) {
      for (int row = 0; row < ROWS; row++) {
        byte[] image = flip.pixels(images, row, 0, epoch);
        var mirrored = new byte[image.length];
        PixelChanges.flip(SHAPE, images.pixels(row), mirrored);
        if (Arrays.equals(image, mirrored)) {
          flipped++;
        } else {
          assertThat(image).isEqualTo(images.pixels(row));
        }
      }
    }
    // 4,000 draws: a standard deviation is 27.
    assertThat(flipped).isBetween(880, 1120);
  }

  @Test
  void aCropLiesAtEachPlaceAlike() {
    var crop = Augmentation.parse("crop(1)");
    Images images = images();
    var counts = new int[9];
    for (int i = 0; i < 3600; i++) {
      byte[] image = crop.pixels(images, i % ROWS, 0, i / ROWS);
      for (int place = 0; place < 9; place++) {
        var moved = new byte[image.length];
        PixelChanges.move(SHAPE, images.pixels(i % ROWS), moved, place / 3 - 1, place % 3 - 1);
        counts[place] += Arrays.equals(image, moved) ? 1 : 0;
      }
    }
    assertThat(Arrays.stream(counts).sum()).isEqualTo(3600);
    // A standard deviation is 19.
    for (int count : counts) {
      assertThat(count).isBetween(320, 480);
    }
  }

  @Test
  void theShareOfAMixtureIsOfTheBetaDistribution() {
    for (double alpha : new double[] {0.05, 0.2, 1, 4}) {
      var mixup = Augmentation.parse("mixup(" + alpha + ")");
      int n = 20_000;
      double mean = 0;
      double squares = 0;
      for (int row = 0; row < n; row++) {
        double share = mixup.mixture(SHAPE, n, row, 1, 0).share();
        assertThat(share).isBetween(0.0, 1.0);
        mean += share / n;
        squares += (share - 0.5) * (share - 0.5) / n;
      }
      assertThat(mean).isCloseTo(0.5, within(0.015));
      // The variance of Beta(α, α) is 1 / (4 (2 α + 1)).
      assertThat(squares).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.004));
    }
  }

  @Test
  void aMixtureHasItsSharesOfBothImagesAndTargets() {
    Dataset data = data();
    var augmentation = Augmentation.parse("flip | mixup(1)");
    var source = data.augmented(augmentation, Sampling.SEQUENTIAL, 9);
    assertThat(source.mixed()).isTrue();
    var x = new float[ROWS * SHAPE.size()];
    var answers = new float[ROWS];
    try (var reader = source.pass(1)) {
      assertThat(reader.read(x, answers)).isEqualTo(ROWS);
    }
    var others = new float[ROWS];
    var shares = new float[ROWS];
    var mixtures = source.mixtures(1);
    assertThat(mixtures.read(others, shares, ROWS + 3)).isEqualTo(ROWS);
    assertThat(mixtures.read(others, shares, 1)).isZero();
    int foreign = 0;
    for (int row = 0; row < ROWS; row++) {
      Mixture mixture = augmentation.mixture(SHAPE, ROWS, row, 9, 1);
      assertThat(answers[row]).isEqualTo(row % 3);
      assertThat(others[row]).isEqualTo(mixture.partner() % 3);
      assertThat(shares[row]).isEqualTo((float) mixture.share());
      foreign += mixture.partner() == row ? 0 : 1;
      byte[] own = augmentation.pixels(images(), row, 9, 1);
      byte[] other = augmentation.pixels(images(), mixture.partner(), 9, 1);
      for (int i = 0; i < own.length; i++) {
        float a = (own[i] & 0xff) / 255f;
        float b = (other[i] & 0xff) / 255f;
        assertThat(x[row * own.length + i])
            .isEqualTo((float) (mixture.share() * a + (1 - mixture.share()) * b));
      }
    }
    assertThat(foreign).isGreaterThan(ROWS / 2);
  }

  @Test
  void aPastedRectangleIsThePartnersAndItsAreaTheShare() {
    var augmentation = Augmentation.parse("cutmix");
    var x = new float[ROWS * SHAPE.size()];
    try (var reader = data().augmented(augmentation, Sampling.SEQUENTIAL, 2).pass(0)) {
      reader.read(x, new float[ROWS]);
    }
    int mixed = 0;
    for (int row = 0; row < ROWS; row++) {
      Mixture mixture = augmentation.mixture(SHAPE, ROWS, row, 2, 0);
      Mixture.Box box = mixture.box().orElseThrow();
      assertThat(mixture.share()).isEqualTo(1 - box.area() / 30.0);
      mixed += box.area() > 0 ? 1 : 0;
      for (int i = 0; i < SHAPE.size(); i++) {
        boolean pasted =
            i / 5 >= box.top()
                && i / 5 < box.bottom()
                && i % 5 >= box.left()
                && i % 5 < box.right();
        byte[] from = images().pixels(pasted ? mixture.partner() : row);
        assertThat(x[row * SHAPE.size() + i]).isEqualTo((from[i] & 0xff) / 255f);
      }
    }
    assertThat(mixed).isGreaterThan(ROWS / 2);
  }

  @Test
  void aProbabilityOf0MixesNothing() {
    var mixup = Augmentation.parse("mixup(1, 0)");
    assertThat(mixup.mixture(SHAPE, ROWS, 3, 0, 0)).isEqualTo(Mixture.none(3));
    assertThat(pass(data().augmented(mixup, Sampling.SHUFFLE, 5), 0, 9))
        .isEqualTo(pass(data().source(Sampling.SHUFFLE, 5), 0, 9));
  }

  @Test
  void theTargetsOfARegressionAreMixed() {
    var targets = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      targets[row] = row * row;
    }
    var augmentation = Augmentation.parse("mixup(1)");
    var source =
        Dataset.regression("faces", images(), targets)
            .withSampleWeights(IntStream.range(0, ROWS).mapToDouble(i -> i).toArray())
            .augmented(augmentation, Sampling.SEQUENTIAL, 2);
    assertThat(source.mixed()).isFalse();
    assertThat(source.weighted()).isTrue();
    var answers = new float[ROWS];
    var weights = new float[ROWS];
    try (var reader = source.pass(0)) {
      reader.read(new float[ROWS * SHAPE.size()], answers, weights);
    }
    for (int row = 0; row < ROWS; row++) {
      Mixture mixture = augmentation.mixture(SHAPE, ROWS, row, 2, 0);
      double share = mixture.share();
      assertThat(answers[row])
          .isEqualTo((float) (share * targets[row] + (1 - share) * targets[mixture.partner()]));
      assertThat(weights[row]).isEqualTo(row);
    }
  }

  @Test
  void whatIsNoImageOrTooSmallIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Datasets.named("iris").augmented(Augmentation.parse("flip"), Sampling.SHUFFLE, 0))
        .withMessage("iris: expected images for the augmentation flip, found rows of 4 features");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data().augmented(Augmentation.parse("crop(5)"), Sampling.SHUFFLE, 0))
        .withMessage("marks: crop(5): expected a padding smaller than the images of 6×5, found 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data().augmented(Augmentation.none(), Sampling.SHUFFLE, 0).pass(-1))
        .withMessage("epoch: expected at least 0, found -1");
  }
}
