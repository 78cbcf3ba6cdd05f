package dev.thalweg.optim.rule;

import dev.thalweg.optim.Privacy;

/// A method that asks for the gradients of each example, clips them and adds noise.
public interface PrivateStage extends CardedRule {
  /// What these settings say.
  Privacy privacy(Settings settings);
}
