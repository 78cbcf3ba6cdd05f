package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import dev.thalweg.formats.DraftName;
import dev.thalweg.formats.Sha256;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may happen to a place while its run is read, trained or put there.
class ReplacementTest {

  private static final Split IRIS = Datasets.named("iris").split(0.8, 1);

  static FittedModel first;
  static FittedModel second;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    first = trained(1);
    second = trained(2);
  }

  private static FittedModel trained(long seed) {
    return Trainer.defaults()
        .withEpochs(1)
        .withSeed(seed)
        .fit(
            Models.parse("mlp(8)", 3),
            Losses.softmaxCrossEntropy(),
            Optimizers.adamw(0.01),
            IRIS.train());
  }

  private static float[] says(FittedModel model) {
    return model.predictRows(IRIS.test().x());
  }

  @Test
  void loadsBesideSaversGetOneOfTheModels() throws Exception {
    Path place = folder.resolve("o");
    first.save(place);
    var done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(4)) {
      Future<?> one = threads.submit(() -> saves(place, first));
      Future<?> other = threads.submit(() -> saves(place, second));
      Future<Integer> loads =
          threads.submit(() -> {
            int count = 0;
            while (!done.get() || count < 100) {
              assertThat(says(FittedModel.load(place))).isIn(says(first), says(second));
              count++;
            }
            return count;
          });
      try {
        one.get();
        other.get();
      } finally {
        done.set(true);
      }
      assertThat(loads.get()).isGreaterThanOrEqualTo(100);
    }
    assertThat(names(folder)).containsExactly("o");
    assertThat(names(place)).containsExactlyInAnyOrder(RunFolder.MODEL, RunFolder.WEIGHTS);
  }

  private static void saves(Path place, FittedModel model) {
    IntStream.range(0, 40).forEach(i -> model.save(place));
  }

  /// As a process leaves it that is killed after so many renames.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void whatAKilledProcessBeganIsEndedByTheNextOne(int renames) throws IOException {
    Path place = begun(renames);
    assertThat(says(FittedModel.load(place))).isEqualTo(says(second));
    assertThat(names(place))
        .containsExactlyInAnyOrder(RunFolder.MODEL, RunFolder.WEIGHTS, "config.yaml");
    assertThat(place.resolve("config.yaml")).hasContent("seed: 2");

    Path again = begun(renames);
    first.save(again);
    assertThat(says(FittedModel.load(again))).isEqualTo(says(first));
    assertThat(names(again)).containsExactlyInAnyOrder(RunFolder.MODEL, RunFolder.WEIGHTS);
  }

  private Path begun(int renames) throws IOException {
    Path place = folder.resolve("killed");
    try (var run = RunFolder.create(place)) {
      run.write(first).writeText("config.yaml", "seed: 1").writeText("metrics.csv", "1\n").commit();
    }
    Path other = folder.resolve("other");
    try (var run = RunFolder.create(other)) {
      run.write(second).writeText("config.yaml", "seed: 2").commit();
    }
    Path ready = Files.createDirectory(place.resolve(".thalweg.ready"));
    var names = List.of("weights.safetensors", "config.yaml", "model.json");
    Path list = ready.resolve(DraftName.abandoned("thalweg", "list"));
    Files.write(list, names);
    for (String name : names) {
      Files.move(other.resolve(name), ready.resolve(name));
    }
    Files.delete(other);
    if (renames > 1) {
      Files.delete(place.resolve("metrics.csv"));
    }
    for (int i = 0; i < Math.min(renames, 3); i++) {
      Files.move(
          ready.resolve(names.get(i)),
          place.resolve(names.get(i)),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    if (renames > 3) {
      Files.delete(list);
    }
    if (renames > 4) {
      Files.delete(ready);
    }
    return place;
  }

  @Test
  void whatDeadProcessesLeftIsClearedAndWhatLivingOnesWriteIsNot() throws IOException {
    Path place = folder.resolve("o");
    first.save(place);
    for (Path left :
        List.of(
            folder.resolve(DraftName.abandoned("o", "draft")),
            place.resolve(DraftName.abandoned("thalweg", "draft")))) {
      Files.writeString(Files.createDirectory(left).resolve("weights.safetensors"), "half");
    }
    Path living = Files.createDirectory(folder.resolve(DraftName.fresh("o", "draft")));
    Path mine = Files.createDirectory(folder.resolve(".o.mine.draft"));
    second.save(place);
    assertThat(names(folder))
        .containsExactlyInAnyOrder(
            "o", living.getFileName().toString(), mine.getFileName().toString());
    assertThat(names(place)).containsExactlyInAnyOrder(RunFolder.MODEL, RunFolder.WEIGHTS);
  }

  @Test
  void whatComesToAPlaceDuringATrainingStaysAndTheRunGoesBesideIt() throws IOException {
    Path taken = folder.resolve("taken");
    try (var run = RunFolder.create(taken)) {
      Files.writeString(taken, "a file of mine");
      assertThat(run.write(first).commit()).isEqualTo(folder.resolve("taken-1"));
    }
    assertThat(taken).hasContent("a file of mine");
    assertThat(says(FittedModel.load(folder.resolve("taken-1")))).isEqualTo(says(first));

    Path old = folder.resolve("old");
    second.save(old);
    try (var run = RunFolder.create(old)) {
      Files.writeString(old.resolve("notes.txt"), "mine");
      assertThat(run.write(first).commit()).isEqualTo(folder.resolve("old-1"));
    }
    assertThat(old.resolve("notes.txt")).hasContent("mine");
    assertThat(says(FittedModel.load(old))).isEqualTo(says(second));

    Path empty = Files.createDirectory(folder.resolve("empty"));
    try (var run = RunFolder.create(empty)) {
      run.write(first);
      Files.writeString(empty.resolve("config.yaml"), "mine");
      assertThat(run.commit()).isEqualTo(folder.resolve("empty-1"));
    }
    assertThat(empty.resolve("config.yaml")).hasContent("mine");
  }

  @Test
  void aRunOfAnotherProcessThatCameMeanwhileIsReplaced() {
    Path place = folder.resolve("o");
    try (var run = RunFolder.create(place)) {
      run.write(first);
      second.save(place);
      assertThat(run.commit()).isEqualTo(place);
    }
    assertThat(says(FittedModel.load(place))).isEqualTo(says(first));
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path real = Files.createDirectories(folder.resolve("disk/deep"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    first.save(link);
    second.save(link);
    assertThat(link).isSymbolicLink();
    assertThat(says(FittedModel.load(real))).isEqualTo(says(second));

    // Beside the folder that the link leads to, not beside the link.
    first.save(link.resolve("../x"));
    assertThat(says(FittedModel.load(folder.resolve("disk/x")))).isEqualTo(says(first));

    Path self = Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> first.save(self))
        .withMessageEndingWith("self: can't be written: too many symbolic links");

    Path free = Files.createSymbolicLink(folder.resolve("free"), Path.of("disk/new"));
    first.save(free);
    assertThat(free).isSymbolicLink();
    assertThat(folder.resolve("disk/new/model.json")).exists();
    first.save(folder.resolve("disk/./new/.." + "/new/."));
    assertThat(names(folder.resolve("disk"))).containsExactlyInAnyOrder("deep", "new", "x");
  }

  @Test
  void theFirstFreeNumberIsFoundAtTheEnd() throws IOException {
    try (var one = RunFolder.next(folder.resolve("runs"), "iris");
        var other = RunFolder.next(folder.resolve("runs"), "iris")) {
      assertThat(names(folder.resolve("runs"))).isEmpty();
      assertThat(other.write(second).commit()).isEqualTo(folder.resolve("runs/iris-1"));
      assertThat(one.write(first).commit()).isEqualTo(folder.resolve("runs/iris-2"));
    }
    Files.createDirectory(folder.resolve("runs/iris-3"));
    try (var next = RunFolder.next(folder.resolve("runs"), "iris")) {
      assertThat(next.write(first).commit()).isEqualTo(folder.resolve("runs/iris-3"));
    }
    assertThat(names(folder.resolve("runs")))
        .containsExactlyInAnyOrder("iris-1", "iris-2", "iris-3");
  }

  @Test
  void weightsOfAnotherRunAreRefusedThoughTheyFit() throws IOException {
    Path place = folder.resolve("o");
    first.save(place);
    second.save(folder.resolve("p"));
    Files.copy(
        folder.resolve("p/weights.safetensors"),
        place.resolve("weights.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(place))
        .withMessageContaining("weights.safetensors: expected the file of SHA-256 '")
        .withMessageContaining("found " + Sha256.of(folder.resolve("p/weights.safetensors")));
    // As it was written before the description knew the hash.
    Path model = place.resolve("model.json");
    Files.writeString(
        model, Files.readString(model).replaceFirst(",\\s*\"weights_sha256\": \"[0-9a-f]*\"", ""));
    assertThat(says(FittedModel.load(place))).isEqualTo(says(second));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return new ArrayList<>(entries.map(entry -> entry.getFileName().toString()).toList());
    }
  }
}
