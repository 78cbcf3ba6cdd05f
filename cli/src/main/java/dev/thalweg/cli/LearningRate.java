package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.optim.Optimizer;
import java.util.List;
import java.util.Optional;

/// What `--lr` gives an optimizer: a number, or a schedule such as `cosine(0.1, warmup=100)`.
///
/// @param text as it was typed
record LearningRate(String text) {

  private static final List<String> NAMES = List.of("lr", "learning_rate");

  /// An optimizer's text with this rate in its last stage that has one.
  ///
  /// @param optimizer the text of a chain
  /// @param said whether that text was said beside this rate, and must not have another
  /// @throws Failure if no stage has a rate, or one has its own and both were said
  String in(String optimizer, boolean said) {
    var calls = known("--optimizer", () -> Call.parseChain(Optimizer.chainOf(optimizer)));
    for (var name : NAMES) {
      var changed = new GridKey(name).inChain(calls, value());
      if (changed.isPresent()) {
        if (said) {
          own(calls, name)
              .ifPresent(own -> {
                throw Failure.usage(
                    "--lr %s: expected one of --lr and the rate in --optimizer, found %s=%s there"
                        .formatted(text, name, own));
              });
        }
        return GridKey.withGroups(changed.get(), optimizer);
      }
    }
    throw Failure.usage(
        "--lr %s: no stage of --optimizer %s has a learning rate".formatted(text, optimizer));
  }

  private CallValue value() {
    return GridKey.value("--lr " + text, text);
  }

  private static Optional<CallValue> own(List<Call> calls, String name) {
    return new GridKey(name).inStage(calls);
  }
}
