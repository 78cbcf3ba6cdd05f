package dev.thalweg.optim;

import dev.thalweg.formula.Program;
import java.util.ArrayList;
import java.util.List;

/// The faults that are made with the decay of the weights: through the rule instead of beside it,
/// and the other way round; without the rate; in the middle of things; after the step.
final class DecayFaults {
  private static final String COUPLED = "g = g + weight_decay * p";
  private static final String DECOUPLED = "p = p - lr * weight_decay * p";
  private static final String CONSTANT = "p = p - weight_decay * p";
  private static final String PROXIMAL = "p = p / (1 + lr * weight_decay)";
  private static final String CAUTIOUS =
      "p = p - where(move * start <= 0, lr * weight_decay * start, 0)";
  private static final String ACCUMULATED = "p = where(due, p - lr * weight_decay * p, p)";
  private static final String IN_UPDATE = "u = u + weight_decay * p";
  private static final String BY_ANOTHER_RATE = "p = p - rate * weight_decay * p";
  private static final String BY_A_RATE_THAT_IS_FOUND = "p = p - weight_decay * rate * p";
  private static final String IN_THE_SAME_LINE = " + weight_decay * p";
  private static final String BESIDE = " + weight_decay * p)";

  private DecayFaults() {}

  /// As many as there are; none where nothing decays.
  static List<Mutant> of(Program program) {
    List<String> lines = program.toString().lines().toList();
    var mutants = new ArrayList<Mutant>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      switch (line) {
        case COUPLED -> {
          mutants.add(with("decay decoupled", lines, i, DECOUPLED));
          mutants.add(with("decay decoupled, without the rate", lines, i, CONSTANT));
        }
        case DECOUPLED -> {
          mutants.add(with("decay coupled", lines, i, COUPLED));
          mutants.add(with("decay without the rate", lines, i, CONSTANT));
          mutants.add(with("decay proximal", lines, i, PROXIMAL));
        }
        case CAUTIOUS -> {
          mutants.add(with("decay of all", lines, i, DECOUPLED));
          mutants.add(with("decay without the rate", lines, i, CAUTIOUS.replace("lr * ", "")));
        }
        case ACCUMULATED -> {
          mutants.add(with("decay coupled", lines, i, COUPLED));
          mutants.add(
              with("decay without the rate", lines, i, "p = where(due, p - weight_decay * p, p)"));
        }
        case CONSTANT -> {
          mutants.add(with("decay coupled", lines, i, COUPLED));
          mutants.add(with("decay with the rate", lines, i, DECOUPLED));
        }
        case PROXIMAL -> {
          mutants.add(with("decay decoupled", lines, i, DECOUPLED));
          mutants.add(with("decay before the step", moved(lines, i), 0, PROXIMAL));
        }
        default -> {
          if (line.equals(IN_UPDATE)) {
            var without = new ArrayList<>(lines);
            without.remove(i);
            mutants.add(inserted("decay coupled", without, firstReading(without), COUPLED));
            mutants.add(inserted("decay after the step", without, without.size(), DECOUPLED));
          } else if (line.equals(BY_ANOTHER_RATE) || line.equals(BY_A_RATE_THAT_IS_FOUND)) {
            mutants.add(with("decay by the rate", lines, i, DECOUPLED));
            mutants.add(with("decay without the rate", lines, i, CONSTANT));
          } else if (line.endsWith(IN_THE_SAME_LINE)) {
            var without = new ArrayList<>(lines);
            String rest = line.substring(0, line.length() - IN_THE_SAME_LINE.length());
            without.set(i, rest);
            // added to the gradient alone it is coupled
            mutants.add(
                rest.endsWith("= g")
                    ? inserted("decay without the rate", without, without.size(), CONSTANT)
                    : inserted("decay coupled", without, firstReading(without), COUPLED));
            mutants.add(inserted("decay after the step", without, without.size(), DECOUPLED));
          } else if (line.contains(BESIDE)) {
            var without = new ArrayList<>(lines);
            without.set(i, line.replace(BESIDE, ")"));
            int first = firstReading(lines);
            mutants.add(inserted("decay coupled", without, first, COUPLED));
            mutants.add(inserted("decay without the rate", without, first, CONSTANT));
            mutants.add(inserted("decay after the step", without, lines.size(), DECOUPLED));
          }
        }
      }
    }
    return mutants;
  }

  /// The first line of a rule with moments, else the first behind what slots begin with: what reads
  /// the gradient is not before it.
  private static int firstReading(List<String> lines) {
    int begun = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("m = ")) {
        return i;
      }
      begun += lines.get(i).startsWith("init ") ? 1 : 0;
    }
    return begun;
  }

  private static List<String> moved(List<String> lines, int from) {
    var moved = new ArrayList<>(lines);
    moved.addFirst(moved.remove(from));
    return moved;
  }

  private static Mutant with(String description, List<String> lines, int at, String line) {
    var changed = new ArrayList<>(lines);
    changed.set(at, line);
    return mutant(description, changed);
  }

  private static Mutant inserted(String description, List<String> lines, int at, String line) {
    var changed = new ArrayList<>(lines);
    changed.add(at, line);
    return mutant(description, changed);
  }

  private static Mutant mutant(String description, List<String> lines) {
    return new Mutant(description, Program.parse(String.join("\n", lines)));
  }
}
