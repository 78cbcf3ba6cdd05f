package dev.thalweg.train;

import dev.thalweg.formats.FormatException;
import dev.thalweg.formats.Json;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Values;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.OptimizerState;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// A checkpoint that was read: a training as it stood between two steps; see [Checkpoints].
///
/// The file is a safetensors file. Its metadata have `thalweg`, a JSON object of all that is no
/// array, `notes`, and `crc32c`, a checksum of all its bytes ([Safetensors#writeChecked]). Its
/// arrays are `network.…`, the weights and states of layers; `best.…`, the same of the best epoch,
/// where there is patience; `optimizer.…`, the slots of the optimizer's state; `scores.…`, sums of
/// the epoch under way; `epochs`, a row an epoch; and `loop`, what the loop counts in doubles.
public final class Checkpoint {

  /// The number of this format; a reader refuses a later one.
  private static final int FORMAT = 1;

  private static final String FACTS = "thalweg";
  private static final String NOTES = "notes";

  private static final String NETWORK = "network.";
  private static final String BEST = "best.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String SCORES = "scores.";
  private static final String EPOCHS = "epochs";
  private static final String LOOP = "loop";

  /// What an epoch's row begins with, before the figures of one's own.
  private static final int COLUMNS = 8;

  private final Path file;
  private final Safetensors content;
  private final JsonFields facts;
  private final Map<String, String> notes;

  private Checkpoint(Path file, Safetensors content, JsonFields facts, Map<String, String> notes) {
    this.file = file;
    this.content = content;
    this.facts = facts;
    this.notes = notes;
  }

  // ---- writing

  /// Writes one.
  ///
  /// @param plan what must be the same of the training that goes on from it
  /// @throws UncheckedIOException if the disk refuses
  static void write(
      Path file,
      Moment moment,
      SequencedMap<String, String> plan,
      Network network,
      OptimizerState optimizer,
      Scores scores,
      double seconds,
      Map<String, String> notes) {
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>();
    for (Parameter each : NetworkFile.saved(network)) {
      arrays.put(NETWORK + each.name(), array(each.values()));
    }
    moment.best.forEach(
        (name, values) -> arrays.put(BEST + name, SafetensorsArray.of(values, values.length)));
    optimizer.slots().forEach((name, values) -> arrays.put(OPTIMIZER + name, array(values)));
    scores
        .sums()
        .forEach((name, sums) -> arrays.put(SCORES + name, SafetensorsArray.of(sums, sums.length)));
    arrays.put(EPOCHS, epochs(moment.epochs));
    arrays.put(LOOP, SafetensorsArray.of(new double[] {moment.total, moment.bestLoss, seconds}, 3));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("thalweg", Version.TEXT);
    json.put("java", Runtime.version().toString());
    json.put("provider", Engine.current().provider());
    json.put("plan", plan);
    json.put("step", moment.step);
    json.put("samples", moment.samples);
    json.put("batches", moment.batches);
    json.put("seen", moment.seen);
    json.put("fingerprint", moment.fingerprint);
    json.put("epochs_without_gain", moment.epochsWithoutGain);
    json.put("updates", optimizer.steps());
    json.put("figures", figures(moment.epochs));
    moment.end.ifPresent(reason -> json.put("end", reason.toString()));
    Safetensors.writeChecked(
        file,
        arrays,
        Map.of(FACTS, Json.write(json), NOTES, Json.write(new LinkedHashMap<>(notes))));
  }

  private static SafetensorsArray array(Values values) {
    return values.dtype() == DType.F32
        ? SafetensorsArray.part(values.floats(), 0, values.dimensions())
        : SafetensorsArray.part(values.doubles(), 0, values.dimensions());
  }

  /// The names of the figures of one's own.
  private static List<String> figures(List<EpochRecord> epochs) {
    return epochs.isEmpty() ? List.of() : List.copyOf(epochs.getFirst().metrics().keySet());
  }

  private static SafetensorsArray epochs(List<EpochRecord> epochs) {
    int width = COLUMNS + figures(epochs).size();
    var rows = new double[epochs.size() * width];
    for (int i = 0; i < epochs.size(); i++) {
      EpochRecord epoch = epochs.get(i);
      int at = i * width;
      rows[at] = epoch.epoch();
      rows[at + 1] = epoch.steps();
      rows[at + 2] = epoch.loss();
      rows[at + 3] = epoch.score();
      rows[at + 4] = epoch.validationLoss().orElse(Double.NaN);
      rows[at + 5] = epoch.validationScore().orElse(Double.NaN);
      rows[at + 6] = epoch.seconds();
      rows[at + 7] = epoch.heapBytes();
      int own = at + COLUMNS;
      for (double figure : epoch.metrics().values()) {
        rows[own++] = figure;
      }
    }
    return SafetensorsArray.of(rows, epochs.size(), width);
  }

  // ---- reading

  /// Reads one.
  ///
  /// @throws RunException if it can't be read, a byte of it is another one than was written, or a
  ///   later version has written it
  public static Checkpoint read(Path file) {
    NotNull.check(file, "file");
    try {
      Safetensors content = Safetensors.readChecked(file);
      String text = content.metadata().get(FACTS);
      String notes = content.metadata().get(NOTES);
      if (text == null || notes == null) {
        throw new IllegalArgumentException("expected a checkpoint, found other arrays");
      }
      var facts = new JsonFields(Json.parse(text));
      if (facts.integer("format") > FORMAT) {
        throw new IllegalArgumentException(
            "written by Thalweg %s in format %d; this is %s, which reads up to format %d"
                .formatted(facts.text("thalweg"), facts.integer("format"), Version.TEXT, FORMAT));
      }
      var read = new Checkpoint(file, content, facts, texts(new JsonFields(Json.parse(notes))));
      read.check();
      return read;
    } catch (FormatException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new RunException(file + ": " + e.getMessage(), e);
    }
  }

  /// That all is there that is asked for later, each of the kind that it is.
  ///
  /// @throws IllegalArgumentException if not
  private void check() {
    writer();
    plan();
    scores();
    floats(NETWORK);
    facts.whole("updates");
    Moment moment = moment();
    if (Math.min(Math.min(moment.step, moment.samples), Math.min(moment.batches, moment.seen))
        < 0) {
      throw new IllegalArgumentException("expected counts of at least 0, found one that is less");
    }
  }

  /// The numbers of an array of doubles.
  ///
  /// @param dimensions -1 stands for any size
  /// @throws IllegalArgumentException if there is none, or of another type or other dimensions
  private double[] doubles(String name, int... dimensions) {
    SafetensorsArray array = content.array(name);
    int[] shape = array.shape();
    boolean fits = array.dtype().equals("F64") && shape.length == dimensions.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = dimensions[i] < 0 || shape[i] == dimensions[i];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: expected F64%s, found %s"
              .formatted(name, Arrays.toString(dimensions).replace("-1", "n"), array));
    }
    return array.doubles();
  }

  private static Map<String, String> texts(JsonFields fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : fields.names()) {
      texts.put(name, fields.text(name));
    }
    return Collections.unmodifiableMap(texts);
  }

  /// Reads the newest one in a folder that is whole.
  ///
  /// @return empty if there is none
  /// @throws RunException if all are damaged, or a later version has written the newest
  public static Optional<Checkpoint> newest(Path folder) {
    NotNull.check(folder, "folder");
    List<String> damaged = new ArrayList<>();
    Optional<Checkpoint> newest = CheckpointFolder.newest(folder, damaged::add);
    if (newest.isEmpty() && !damaged.isEmpty()) {
      throw new RunException(damaged.getFirst() + "; no checkpoint before it is whole");
    }
    return newest;
  }

  /// Removes all in a folder, and the folder if nothing else is in it.
  ///
  /// @throws RunException if a training writes to it now
  public static void clear(Path folder) {
    NotNull.check(folder, "folder");
    CheckpointFolder.remove(folder);
  }

  /// The file.
  public Path file() {
    return file;
  }

  /// How many steps were taken.
  public long step() {
    return facts.whole("step");
  }

  /// How many epochs were over.
  public int epochs() {
    return content.array(EPOCHS).shape()[0];
  }

  /// What the epochs came to that were over.
  public List<EpochRecord> history() {
    return records();
  }

  /// Whether a training writes to a folder of checkpoints now.
  public static boolean isBeingWritten(Path folder) {
    NotNull.check(folder, "folder");
    return CheckpointFolder.isTaken(folder);
  }

  /// What has written it: `thalweg 1.0.0 on Java 25.0.3+9, simd`.
  public String writer() {
    return "thalweg %s on Java %s%s"
        .formatted(
            facts.text("thalweg"),
            facts.text("java"),
            facts.has("provider") ? ", " + facts.text("provider") : "");
  }

  /// Whether the training had come to its end.
  public boolean isEnd() {
    return facts.has("end");
  }

  /// The texts that were kept with it; see [Checkpoints#withNote].
  public Map<String, String> notes() {
    return notes;
  }

  /// The loss of the last epoch that was over, on the validation part if there was one; empty
  /// within the first.
  public OptionalDouble loss() {
    double loss = moment().loss();
    return Double.isInfinite(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss);
  }

  /// What was planned, by name.
  Map<String, String> plan() {
    return texts(facts.object("plan"));
  }

  /// Where the training stood.
  Moment moment() {
    var moment = new Moment();
    double[] loop = doubles(LOOP, 3);
    moment.total = loop[0];
    moment.bestLoss = loop[1];
    moment.secondsBefore = loop[2];
    moment.step = facts.whole("step");
    moment.samples = facts.whole("samples");
    moment.batches = facts.whole("batches");
    moment.seen = facts.whole("seen");
    moment.fingerprint = facts.whole("fingerprint");
    moment.epochsWithoutGain = facts.integer("epochs_without_gain");
    moment.best = floats(BEST);
    moment.end =
        facts.has("end")
            ? Arrays.stream(StopReason.values())
                .filter(reason -> reason.toString().equals(facts.text("end")))
                .findFirst()
            : Optional.empty();
    moment.epochs.addAll(records());
    return moment;
  }

  private List<EpochRecord> records() {
    List<String> figures = facts.texts("figures");
    int width = COLUMNS + figures.size();
    double[] numbers = doubles(EPOCHS, -1, width);
    List<EpochRecord> records = new ArrayList<>();
    for (int at = 0; at < numbers.length; at += width) {
      SequencedMap<String, Double> own = new LinkedHashMap<>();
      for (int i = 0; i < figures.size(); i++) {
        own.put(figures.get(i), numbers[at + COLUMNS + i]);
      }
      records.add(
          new EpochRecord(
              (int) numbers[at],
              (long) numbers[at + 1],
              numbers[at + 2],
              numbers[at + 3],
              known(numbers[at + 4]),
              known(numbers[at + 5]),
              own,
              numbers[at + 6],
              (long) numbers[at + 7]));
    }
    return records;
  }

  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private SequencedMap<String, float[]> floats(String prefix) {
    SequencedMap<String, float[]> found = new LinkedHashMap<>();
    content
        .arrays()
        .forEach((name, array) -> {
          if (name.startsWith(prefix)) {
            if (!array.dtype().equals("F32")) {
              throw new IllegalArgumentException(name + ": expected F32, found " + array);
            }
            found.put(name.substring(prefix.length()), array.floats());
          }
        });
    return found;
  }

  /// Gives a network the weights and the states of its layers.
  ///
  /// @throws RunException if they are another model's; nothing has changed then
  void into(Network network) {
    List<Parameter> all = NetworkFile.saved(network);
    for (Parameter each : all) {
      checkFits(NETWORK + each.name(), each, each.dimensions());
      if (!floats(BEST).isEmpty()) {
        checkFits(BEST + each.name(), each, each.size());
      }
    }
    for (Parameter each : all) {
      float[] values = content.array(NETWORK + each.name()).floats();
      System.arraycopy(values, 0, each.values().floats(), 0, each.size());
    }
  }

  private void checkFits(String name, Parameter weights, int... dimensions) {
    SafetensorsArray found = content.arrays().get(name);
    if (found == null || !Arrays.equals(found.shape(), dimensions)) {
      throw new RunException(
          "%s: expected weights %s, found %s"
              .formatted(file, weights, found == null ? "none" : found.toString()));
    }
  }

  /// The optimizer's state.
  ///
  /// @param optimizer the text of the one that goes on
  OptimizerState optimizer(String optimizer) {
    Map<String, Values> slots = new LinkedHashMap<>();
    content
        .arrays()
        .forEach((name, array) -> {
          if (name.startsWith(OPTIMIZER)) {
            slots.put(name.substring(OPTIMIZER.length()), values(name, array));
          }
        });
    return OptimizerState.of(optimizer, facts.whole("updates"), slots);
  }

  private static Values values(String name, SafetensorsArray array) {
    return array.dtype().equals("F32")
        ? Parameter.of(name, array.shape(), array.floats()).values()
        : Parameter.of(name, array.shape(), array.doubles()).values();
  }

  /// The sums of the epoch under way, by metric.
  Map<String, double[]> scores() {
    Map<String, double[]> sums = new LinkedHashMap<>();
    content
        .arrays()
        .forEach((name, array) -> {
          if (name.startsWith(SCORES)) {
            sums.put(name.substring(SCORES.length()), doubles(name, -1));
          }
        });
    return sums;
  }

  /// File, epochs and steps: `runs/a/step-000000100.safetensors: 2 epochs, 100 steps`.
  @Override
  public String toString() {
    return "%s: %d epoch%s, %d steps".formatted(file, epochs(), epochs() == 1 ? "" : "s", step());
  }
}
