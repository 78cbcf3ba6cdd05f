package dev.thalweg.train;

import java.util.Locale;

/// How well a [Transcriber] says what is said.
///
/// @param rows how many sounds there were
/// @param tokens of their transcripts
/// @param edits how many tokens were put in, left out or changed
/// @param right how many transcripts have no mistake
/// @param loss of [dev.thalweg.nn.Ctc], the mean over sounds, of each over its tokens
public record TranscriptEvaluation(int rows, int tokens, int edits, int right, double loss) {

  /// Edits a token: the character error rate where tokens are characters. It may be above 1.
  public double errorRate() {
    return (double) edits / tokens;
  }

  /// The share of transcripts without a mistake.
  public double accuracy() {
    return (double) right / rows;
  }

  /// `error rate 0.0213 (19 edits of 892 tokens), 0.9250 of 200 without a mistake`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "error rate %.4f (%,d edits of %,d tokens), %.4f of %,d without a mistake",
        errorRate(),
        edits,
        tokens,
        accuracy(),
        rows);
  }
}
