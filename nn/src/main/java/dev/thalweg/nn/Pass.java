package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a layer may know of the pass that it takes part in: whether the network is in training, the
/// random numbers of this step, how long the sequences of the batch are, and what they are made
/// from. A pass of training also collects what the layers' state is to be after it; nothing moves
/// before [#commit].
public final class Pass {

  private static final Pass INFERENCE =
      new Pass(false, 0, 0, null, null, null, null, null, List.of(), Set.of());

  private final boolean training;
  private final long seed;
  private final long step;
  private final @Nullable Tensor lengths;
  private final @Nullable Tensor firsts;
  private final @Nullable Carry carry;
  private final @Nullable Tensor source;
  private final @Nullable Tensor sourceLengths;
  private final List<Update> updates;

  /// The paths of layers that work as they do in predictions.
  private final Set<String> frozen;

  private record Update(Tensor state, Tensor next) {}

  private Pass(
      boolean training,
      long seed,
      long step,
      @Nullable Tensor lengths,
      @Nullable Tensor firsts,
      @Nullable Carry carry,
      @Nullable Tensor source,
      @Nullable Tensor sourceLengths,
      List<Update> updates,
      Set<String> frozen) {
    this.training = training;
    this.seed = seed;
    this.step = step;
    this.lengths = lengths;
    this.firsts = firsts;
    this.carry = carry;
    this.source = source;
    this.sourceLengths = sourceLengths;
    this.updates = updates;
    this.frozen = frozen;
  }

  /// A pass for predictions.
  public static Pass inference() {
    return INFERENCE;
  }

  /// A pass of training.
  ///
  /// @param seed of the run
  /// @param step number of the step, from 0 on: what is drawn is a function of (seed, step, layer)
  public static Pass training(long seed, long step) {
    return new Pass(true, seed, step, null, null, null, null, null, new ArrayList<>(), Set.of());
  }

  /// This pass over sequences of which so many steps are real: layers that look from one step at
  /// others leave out the rest. What layers say to either pass is one.
  ///
  /// @param steps a vector of I32, a number for each row
  public Pass withLengths(Tensor steps) {
    NotNull.check(steps, "steps");
    steps.ints();
    return new Pass(
        training, seed, step, steps, firsts, carry, source, sourceLengths, updates, frozen);
  }

  /// This pass over sequences into which several documents are packed: attention sees nothing
  /// before the first step that is said for each. Recurrent layers and places go on. What layers
  /// say to either pass is one.
  ///
  /// @param steps `[rows, steps]` of I32, the step at which the document of each begins
  public Pass withFirsts(Tensor steps) {
    NotNull.check(steps, "steps");
    steps.ints();
    return new Pass(
        training, seed, step, lengths, steps, carry, source, sourceLengths, updates, frozen);
  }

  /// This pass over sequences that are made from others, as a pronunciation is from a word: layers
  /// that look at a source look at this, [EncoderDecoder] at what it makes of it. What layers say
  /// to either pass is one.
  ///
  /// @param other the sources, a row for each row of the batch: tokens, or steps of features
  public Pass withSource(Tensor other) {
    NotNull.check(other, "other");
    return withSource(other, Optional.empty());
  }

  /// The same of sources of which so many steps are real.
  ///
  /// @param other the sources, a row for each row of the batch: tokens, or steps of features
  /// @param steps a vector of I32, a number for each row
  public Pass withSource(Tensor other, Tensor steps) {
    NotNull.check(other, "other");
    NotNull.check(steps, "steps");
    steps.ints();
    return withSource(other, Optional.of(steps));
  }

  Pass withSource(Tensor other, Optional<Tensor> steps) {
    return new Pass(
        training, seed, step, lengths, firsts, carry, other, steps.orElse(null), updates, frozen);
  }

  /// This pass over the source itself: a whole sequence, with its lengths, of which nothing is
  /// remembered.
  Pass overSource() {
    return new Pass(training, seed, step, sourceLengths, null, null, null, null, updates, frozen);
  }

  /// This pass over sequences that go on where those of the last pass with the same memory ended.
  /// What layers say to either pass is one.
  public Pass withCarry(Carry memory) {
    NotNull.check(memory, "memory");
    return new Pass(
        training, seed, step, lengths, firsts, memory, source, sourceLengths, updates, frozen);
  }

  /// This pass in which layers work as in predictions and keep their state: those at these paths,
  /// [Network#frozen].
  public Pass withFrozen(Set<String> paths) {
    NotNull.check(paths, "paths");
    return new Pass(
        training,
        seed,
        step,
        lengths,
        firsts,
        carry,
        source,
        sourceLengths,
        updates,
        Set.copyOf(paths));
  }

  /// This pass as a layer sees it.
  Pass in(String path) {
    return training && frozen.contains(path)
        ? new Pass(
            false, seed, step, lengths, firsts, carry, source, sourceLengths, List.of(), Set.of())
        : this;
  }

  /// What layers remember of the batch before; none where sequences begin and end here.
  public Optional<Carry> carry() {
    return Optional.ofNullable(carry);
  }

  /// What the sequences are made from; none where they are made from nothing else.
  public Optional<Tensor> source() {
    return Optional.ofNullable(source);
  }

  /// How many steps of each source are real, a vector of I32; none where all are.
  public Optional<Tensor> sourceLengths() {
    return Optional.ofNullable(sourceLengths);
  }

  /// How many steps of each row are real, a vector of I32; none where all are.
  public Optional<Tensor> lengths() {
    return Optional.ofNullable(lengths);
  }

  /// The first step that each step of each row sees, `[rows, steps]` of I32; none where all is
  /// seen.
  public Optional<Tensor> firsts() {
    return Optional.ofNullable(firsts);
  }

  /// Whether layers such as dropout act.
  public boolean training() {
    return training;
  }

  /// The seed of the run.
  public long seed() {
    return seed;
  }

  /// The number of the step, from 0 on.
  public long step() {
    return step;
  }

  /// The random numbers of one layer; those of this step begin at [#firstIndex].
  ///
  /// @param stream the layer's, [Builder#stream]
  public Philox random(int stream) {
    return Philox.of(seed, Streams.DROPOUT + stream);
  }

  /// The random numbers by which answers are drawn from what the network says in this step.
  public Philox answers() {
    return Philox.of(seed, Streams.ANSWERS + step);
  }

  /// Where this step's random numbers begin when a layer draws at most 2³² a step.
  public long firstIndex() {
    return step << 32;
  }

  /// Says what a layer's state is to be after this step.
  ///
  /// @param state what [Builder#state] gave
  /// @param next of the same shape and precision
  /// @throws IllegalStateException if this is no pass of training
  /// @throws IllegalArgumentException if the shapes differ
  public void update(Tensor state, Tensor next) {
    NotNull.check(state, "state");
    NotNull.check(next, "next");
    if (!training) {
      throw new IllegalStateException("a pass for predictions changes no state");
    }
    if (!state.shape().equals(next.shape()) || state.dtype() != next.dtype()) {
      throw new IllegalArgumentException(
          "state: expected %s%s, found %s%s"
              .formatted(state.dtype(), state.shape(), next.dtype(), next.shape()));
    }
    updates.add(new Update(state, next));
  }

  /// Writes what the layers' state is now: to be called once, after the step. A pass that is not
  /// committed leaves no trace.
  public void commit() {
    for (Update update : updates) {
      if (update.state.dtype() == DType.F32) {
        System.arraycopy(update.next.floats(), 0, update.state.floats(), 0, update.state.size());
      } else {
        System.arraycopy(update.next.doubles(), 0, update.state.doubles(), 0, update.state.size());
      }
    }
    if (training) {
      updates.clear();
    }
  }
}
