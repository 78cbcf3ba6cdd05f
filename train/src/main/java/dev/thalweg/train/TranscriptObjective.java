package dev.thalweg.train;

import dev.thalweg.nn.Ctc;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/// Connectionist temporal classification of sequences of their own lengths; by the way the error
/// rate of the best path.
final class TranscriptObjective implements Objective {

  static final String ERROR_RATE = "error_rate";

  private final Network network;
  private final Ctc loss;

  /// @param loss whose blank is the last class
  TranscriptObjective(Network network, Ctc loss) {
    this.network = network;
    this.loss = loss;
  }

  @Override
  public Tensor loss(TensorBatch batch, Pass pass, Scores scores) {
    Tensor lengths = batch.lengths().getFirst();
    Tensor logits = network.apply(batch.x(), pass.withLengths(lengths));
    int labels = batch.y().shape().dimension(1);
    int edits = 0;
    int tokens = 0;
    for (int row = 0; row < batch.rows(); row++) {
      int[] said = bestPath(logits, row, lengths.ints()[row], loss.blank());
      int[] all = Arrays.copyOfRange(batch.y().ints(), row * labels, (row + 1) * labels);
      int count = 0;
      while (count < labels && all[count] != TranscriptBatches.NONE) {
        count++;
      }
      edits += Translator.edits(Arrays.copyOf(all, count), said);
      tokens += count;
    }
    scores.mean(ERROR_RATE, edits, tokens);
    return loss.of(logits, batch.y(), Optional.of(lengths));
  }

  /// The most probable class of each step, the first of equal ones, of neighbours that are alike
  /// one, without blanks: greedy decoding.
  static int[] bestPath(Tensor logits, int row, int length, int blank) {
    float[] each = logits.floats();
    int steps = logits.shape().dimension(1);
    int classes = logits.shape().dimension(2);
    int[] tokens = new int[length];
    int count = 0;
    int before = blank;
    for (int step = 0; step < length; step++) {
      int from = (row * steps + step) * classes;
      int best = 0;
      for (int i = 1; i < classes; i++) {
        best = each[from + i] > each[from + best] ? i : best;
      }
      if (best != before && best != blank) {
        tokens[count++] = best;
      }
      before = best;
    }
    return Arrays.copyOf(tokens, count);
  }
}
