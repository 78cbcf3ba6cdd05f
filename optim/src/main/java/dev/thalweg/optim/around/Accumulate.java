package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.RunStage;

/// One update for so many gradients, by their mean, as if they were one of a batch that is so many
/// times larger, or by their sum: the steps, and the schedules, count updates. It computes nothing:
/// the run adds the gradients up. Optax' `MultiSteps`.
public final class Accumulate implements RunStage {
  @Override
  public String card() {
    return """
    accumulate (STAGE): one update for so many gradients, by their mean
    Optax `MultiSteps`
    every = whole 4 in [1, ∞): this library's choice
    mean = true
    = optax.MultiSteps(every_k_schedule:every, use_grad_mean:mean=true, should_skip_update_fn!, accumulator_dtype)
    """;
  }
}
