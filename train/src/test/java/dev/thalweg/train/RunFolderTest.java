package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static final Split IRIS = Datasets.named("iris").split(0.8, 1);

  @TempDir static Path place;
  static FittedModel fitted;
  static Path saved;

  @BeforeAll
  static void train() {
    fitted =
        Trainer.defaults()
            .withEpochs(2)
            .fit(
                Models.parse("mlp(8, dropout=0.1)", 3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.01),
                IRIS.train());
    saved = place.resolve("saved");
    fitted.save(saved);
  }

  @Test
  void whatWasSavedPredictsTheSameBits() {
    FittedModel loaded = FittedModel.load(saved);
    assertThat(loaded.predictRows(IRIS.test().x())).isEqualTo(fitted.predictRows(IRIS.test().x()));
    assertThat(loaded.evaluate(IRIS.test())).isEqualTo(fitted.evaluate(IRIS.test()));
    assertThat(loaded.preprocessing()).isEqualTo(fitted.preprocessing());
    assertThat(loaded.network().model()).isEqualTo(fitted.network().model());
  }

  @Test
  void savingTwiceReplacesAndLeavesNothingBeside() throws IOException {
    Path target = place.resolve("twice");
    fitted.save(target);
    byte[] first = Files.readAllBytes(target.resolve(RunFolder.WEIGHTS));
    fitted.save(target);
    assertThat(Files.readAllBytes(target.resolve(RunFolder.WEIGHTS))).isEqualTo(first);
    try (Stream<Path> entries = Files.list(place)) {
      assertThat(entries.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith("."));
    }
  }

  @Test
  void aFolderWithSomethingElseIsNotReplaced() throws IOException {
    Path target = Files.createDirectories(place.resolve("mine"));
    Files.writeString(target.resolve("thesis.tex"), "years of work");
    refused(() -> fitted.save(target), "holds thesis.tex, which is no part of a run");
    assertThat(target.resolve("thesis.tex")).hasContent("years of work");
    Path file = Files.writeString(place.resolve("file"), "");
    refused(() -> fitted.save(file), "expected a folder, found a file");
    refused(() -> fitted.save(file.resolve("below")), "can't be written");
  }

  @Test
  void aDraftThatIsNotCommittedLeavesNothing() throws IOException {
    Path target = place.resolve("dropped");
    try (RunFolder folder = RunFolder.create(target)) {
      folder.write(fitted).writeText(RunFolder.CONFIG, "seed: 0\n");
    }
    assertThat(target).doesNotExist();
    try (Stream<Path> entries = Files.list(place)) {
      assertThat(entries).noneMatch(p -> p.getFileName().toString().contains("dropped"));
    }
  }

  /// Whatever ends the writing, such as a full disk, the folder is called as it was given, not by
  /// the name of its draft.
  @Test
  void whatCannotBeWrittenIsSaidOfTheFolderThatWasAskedFor() throws IOException {
    Path target = place.resolve("full");
    try (RunFolder folder = RunFolder.create(target)) {
      folder.write(fitted);
      Path draft;
      try (Stream<Path> entries = Files.list(place)) {
        draft = entries.filter(p -> p.toString().contains(".full.")).findFirst().orElseThrow();
      }
      Path weights = draft.resolve(RunFolder.WEIGHTS);
      Files.delete(weights);
      Files.writeString(Files.createDirectory(weights).resolve("in the way"), "");
      assertThatExceptionOfType(RunException.class)
          .isThrownBy(() -> folder.write(fitted))
          .withMessageStartingWith(target + ": can't be written: ")
          .withMessageNotContaining("draft");
      Files.delete(weights.resolve("in the way"));
    }
  }

  @Test
  void aFolderThatIsMissingOrIncompleteIsNamed() throws IOException {
    refused(() -> FittedModel.load(place.resolve("nowhere")), "no such run folder");
    Path without = copy("without");
    Files.delete(without.resolve(RunFolder.WEIGHTS));
    refused(() -> FittedModel.load(without), "weights.safetensors is missing");
  }

  @Test
  void everyTruncationOfAFileIsOneSentence() throws IOException {
    for (String name : List.of(RunFolder.MODEL, RunFolder.WEIGHTS)) {
      Path folder = copy("truncated");
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int length = 0; length < whole.length - 1; length += 37) {
        Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
        refused(() -> FittedModel.load(folder), name);
      }
      Files.write(folder.resolve(name), whole);
      FittedModel.load(folder);
    }
  }

  @Test
  void weightsOfAnotherModelAreRefused() throws IOException {
    Path other = place.resolve("other");
    Trainer.defaults()
        .withEpochs(1)
        .fit(
            Models.parse("mlp(9)", 3),
            Losses.softmaxCrossEntropy(),
            Optimizers.adamw(0.01),
            IRIS.train())
        .save(other);
    Path mixed = copy("mixed");
    Files.copy(
        other.resolve(RunFolder.WEIGHTS),
        mixed.resolve(RunFolder.WEIGHTS),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refused(() -> FittedModel.load(mixed), "expected the file of SHA-256");
  }

  @Test
  void aDescriptionThatWasChangedIsRefusedWithItsField() throws IOException {
    for (String[] change :
        new String[][] {
          {"\"format\": 4", "\"format\": 5", "expected format 1 to 4, found 5"},
          {"\"mean\":", "\"mean\":[],\"m\":", "mean: expected a number, found []"},
          {"\"place\":3", "\"place\":2", "expected columns at different places"},
          {"\"columns\":[", "\"columns\":[7,", "expected a JSON object, found 7"},
          {"\"table\": {", "\"table\": [], \"tabel\": {", "table: expected an object"},
          {"\"classification\"", "\"regression\"", "expected 1 outputs"},
          {"dense(8, relu)", "dense(8, rellu)", "relu"},
          {"dense(8, relu)", "dense(7, relu)", "it belongs to another model"},
          {"\"layers\"", "\"lairs\"", "layers is missing"},
          {"[4]", "[5]", "expected 5 names"},
          {"[4]", "[-4]", "input"},
          {"\"setosa\"", "7", "expected texts, found 7"},
        }) {
      Path folder = copy("changed");
      Path file = folder.resolve(RunFolder.MODEL);
      String text = Files.readString(file);
      assertThat(text).contains(change[0]);
      Files.writeString(file, text.replace(change[0], change[1]));
      refused(() -> FittedModel.load(folder), change[2]);
    }
  }

  private static Path copy(String name) throws IOException {
    Path folder = Files.createDirectories(place.resolve(name));
    for (String file : List.of(RunFolder.MODEL, RunFolder.WEIGHTS)) {
      Files.write(folder.resolve(file), Files.readAllBytes(saved.resolve(file)));
    }
    return folder;
  }

  private static void refused(Runnable action, String sentence) {
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(action::run)
        .withMessageContaining(sentence);
  }

  @Test
  void metricsAreReadAsTheyWereWritten(@TempDir Path place) throws IOException {
    SequencedMap<String, Double> own = new LinkedHashMap<>();
    own.put("worst, \"of all\"", 0.25);
    var first =
        new TrainingEvent.EpochRecord(
            1, 10, 0.5, 0.75, OptionalDouble.of(0.6), OptionalDouble.of(0.7), own, 1.5, 1000);
    var second =
        new TrainingEvent.EpochRecord(
            2, 20, 1e-7, Double.NaN, OptionalDouble.empty(), OptionalDouble.empty(), own, 3, 2000);
    var history = new History(List.of(first, second), 20, 640, 3, StopReason.EPOCHS);
    try (RunFolder folder = RunFolder.create(place.resolve("run"))) {
      folder.writeMetrics(history).commit();
    }
    assertThat(RunFolder.readMetrics(place.resolve("run"))).isEqualTo(history.epochs());
    Files.writeString(place.resolve("run/metrics.csv"), "epoch,steps\n1\n");
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> RunFolder.readMetrics(place.resolve("run")))
        .withMessage(place.resolve("run/metrics.csv") + ": expected 2 columns, found 1 in line 2");
  }
}
