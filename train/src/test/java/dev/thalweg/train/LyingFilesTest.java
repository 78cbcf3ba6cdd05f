package dev.thalweg.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.data.DataException;
import dev.thalweg.data.Datasets;
import dev.thalweg.formats.Json;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that are whole, and say something else than they should: each value of a description is
/// replaced by others. Who reads it gets a model that works, or a sentence that names the file.
class LyingFilesTest {

  private static final Trainer ONCE =
      Trainer.defaults().withEpochs(1).withBatchSize(8).withEngine(Engine.of("scalar", 1));

  private static final Optimizer ADAM = Optimizers.adam(0.01);

  @TempDir private Path place = Path.of("");

  /// What is put in the place of a value.
  private static final List<@Nullable Object> LIES =
      Arrays.asList(
          null,
          true,
          "x",
          "\u001b[31m",
          -1L,
          0L,
          2L,
          97.5,
          (long) Integer.MAX_VALUE,
          Long.MAX_VALUE,
          -1e300,
          1e-300,
          List.of(),
          List.of(1L, 1L),
          Map.of("kind", "bytes"));

  /// Each change of a value, made and taken back.
  private static void eachLie(@Nullable Object value, Runnable look) {
    if (value instanceof Map<?, ?> known) {
      @SuppressWarnings("unchecked")
      var fields = (Map<String, @Nullable Object>) known;
      for (String name : List.copyOf(fields.keySet())) {
        Object before = fields.get(name);
        for (@Nullable Object lie : LIES) {
          fields.put(name, lie);
          look.run();
        }
        fields.put(name, before);
        eachLie(before, look);
      }
      // Left out, one after the other, in a copy since the order of the fields stays.
      var all = new LinkedHashMap<>(fields);
      for (String name : all.keySet()) {
        fields.remove(name);
        look.run();
        fields.clear();
        fields.putAll(all);
      }
    } else if (value instanceof List<?> known) {
      @SuppressWarnings("unchecked")
      var items = (List<@Nullable Object>) known;
      int size = items.size();
      for (int i = 0; i < size; i = i == 1 ? Math.max(2, size - 1) : i + 1) {
        Object before = items.get(i);
        for (@Nullable Object lie : LIES) {
          items.set(i, lie);
          look.run();
        }
        items.set(i, before);
        eachLie(before, look);
      }
      for (int i = 0; i < Math.min(2, size); i++) {
        Object first = items.remove(i);
        look.run();
        items.add(i, first);
        items.add(i, first);
        look.run();
        items.remove(i);
      }
    }
  }

  /// A copy that can be changed.
  private static @Nullable Object changeable(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, each) -> copy.put(name, changeable(each)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(changeable(each)));
      return copy;
    }
    return value;
  }

  @ParameterizedTest
  @EnumSource
  void aDescription(EveryKind kind) throws IOException {
    Path folder = place.resolve("run");
    kind.save(ONCE, folder);
    kind.use(folder);
    Path file = folder.resolve(RunFolder.MODEL);
    Object description = changeable(Json.parse(Files.readAllBytes(file)));
    int[] count = new int[2];
    List<String> wrong = new ArrayList<>();
    eachLie(
        description,
        () -> {
          String text = Json.write(description);
          count[0]++;
          try {
            Files.writeString(file, text);
            kind.use(folder);
            count[1]++;
          } catch (RunException told) {
            assertThat(told.getMessage()).containsAnyOf(folder.toString(), "expected finite");
          } catch (IllegalArgumentException | DataException ofTheInput) {
            // A model that takes something else than it is given here.
            assertThat(ofTheInput.getMessage()).isNotNull();
          } catch (IOException | RuntimeException | Error mistake) {
            wrong.add(mistake + " at " + mistake.getStackTrace()[0] + " of " + text);
          }
        });
    assertThat(wrong).as("of %d, %d taken", count[0], count[1]).isEmpty();
    assertThat(count[0]).isGreaterThan(100);
  }

  /// Finite all of them; a number stays one, and an LSTM holds them between -1 and 1.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NUMBERS", "CHARACTERS"})
  void weightsThatAreTooLarge(EveryKind kind) throws IOException {
    Path folder = place.resolve("run");
    kind.save(ONCE, folder);
    Path file = folder.resolve(RunFolder.WEIGHTS);
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    Safetensors.read(file)
        .arrays()
        .forEach((name, array) -> {
          float[] values = array.floats();
          for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? -3e38f : 3e38f;
          }
          arrays.put(name, SafetensorsArray.of(values, array.shape()));
        });
    Safetensors.write(file, arrays, Map.of());
    Path description = folder.resolve(RunFolder.MODEL);
    Files.writeString(
        description,
        Files.readString(description).replaceAll(",\\s*\"weights_sha256\": \"[0-9a-f]*\"", ""));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> kind.use(folder))
        .withMessageContaining("expected finite numbers, found");
  }

  @Test
  void mergesOfNoWholeTokens() throws IOException {
    Path folder = place.resolve("run");
    EveryKind.MERGES.save(ONCE, folder);
    Path file = folder.resolve(RunFolder.MODEL);
    Files.writeString(file, Files.readString(file).replaceFirst("(\"merges\":\\[[0-9]+)", "$1.5"));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> LanguageModel.load(folder))
        .withMessageContaining("merges: expected whole numbers, found ");
  }

  private static void fit(Trainer trainer) {
    trainer.fit(
        Models.parse("mlp(4, dropout=0.2)", 3),
        Losses.softmaxCrossEntropy(),
        ADAM,
        Datasets.named("iris"));
  }

  @Test
  void aCheckpoint() throws IOException {
    Path folder = place.resolve("checkpoints");
    Trainer trainer =
        ONCE.withEpochs(3)
            .withBatchSize(30)
            .withPatience(9)
            .withStopWhen(e -> e instanceof TrainingEvent.StepEnded s && s.step() == 8);
    fit(trainer.withCheckpoints(Checkpoints.in(folder)));
    Path file = Checkpoint.newest(folder).orElseThrow().file();
    Safetensors whole = Safetensors.readChecked(file);
    Map<String, String> texts = new LinkedHashMap<>(whole.metadata());
    texts.remove("crc32c");
    List<String> wrong = new ArrayList<>();
    int[] count = new int[2];
    Consumer<Runnable> look =
        change -> {
          count[0]++;
          change.run();
          try {
            fit(trainer.resume(folder));
            count[1]++;
          } catch (RunException | DivergedException told) {
            assertThat(told.getMessage()).isNotNull();
          } catch (RuntimeException | Error mistake) {
            wrong.add(mistake + " at " + mistake.getStackTrace()[0]);
          }
        };
    for (String name : List.copyOf(texts.keySet())) {
      Object description = changeable(Json.parse(requireNonNull(texts.get(name))));
      eachLie(
          description,
          () ->
              look.accept(() -> {
                Map<String, String> changed = new LinkedHashMap<>(texts);
                changed.put(name, Json.write(description));
                Safetensors.writeChecked(file, whole.arrays(), changed);
              }));
    }
    for (String name : whole.names()) {
      for (SafetensorsArray lie :
          Arrays.asList(
              null,
              SafetensorsArray.of(new float[0], 0),
              SafetensorsArray.of(new double[] {Double.NaN}, 1),
              SafetensorsArray.of(new double[] {-1, 1e300}, 1, 2),
              SafetensorsArray.of(new float[] {1, 2, 3}, 3))) {
        look.accept(() -> {
          Map<String, SafetensorsArray> changed = new LinkedHashMap<>(whole.arrays());
          if (lie == null) {
            changed.remove(name);
          } else {
            changed.put(name, lie);
          }
          Safetensors.writeChecked(file, changed, texts);
        });
      }
    }
    assertThat(wrong).as("of %d, %d taken", count[0], count[1]).isEmpty();
    assertThat(count[0]).isGreaterThan(300);
  }
}
