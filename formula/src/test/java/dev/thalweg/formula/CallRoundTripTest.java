package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formula.CallValue.Constant;
import dev.thalweg.formula.CallValue.Numeral;
import dev.thalweg.formula.CallValue.Tuple;
import dev.thalweg.formula.CallValue.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallRoundTripTest {
  private static final List<String> NAMES =
      List.of("f", "adamw", "torch.AdamW", "_x1", "a.b.c", "größe", "True", "none");
  private static final List<String> WORDS =
      List.of(
          "relu",
          "",
          "true",
          "NONE",
          "a b",
          "it's",
          "say \"x\"",
          "\\",
          "1",
          "a.",
          "x-y",
          "\n",
          "😀");

  @Test
  void whatIsPrintedReadsBackAsTheSame() {
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new SplittableRandom(seed);
      Call call = call(random, 4);
      assertThat(Call.parse(call.toString())).as("seed %d", seed).isEqualTo(call);
    }
  }

  @Test
  void blanksMeanNothing() {
    for (long seed = 0; seed < 1_000; seed++) {
      var random = new SplittableRandom(seed);
      Call call = Call.parse(call(random, 3).toString().replace("\n", ""));
      String spaced = call.toString().replaceAll("(?<=[a-z0-9])([(),=])(?![^\"]*\")", " \n$1\t");
      if (!call.toString().contains("\"")) {
        assertThat(Call.parse(spaced)).as("seed %d", seed).isEqualTo(call);
      }
    }
  }

  private static Call call(SplittableRandom random, int depth) {
    var positional = values(random, depth);
    var named = new ArrayList<Call.Argument>();
    for (int i = random.nextInt(4); i > 0; i--) {
      named.add(new Call.Argument(pick(random, NAMES) + i, value(random, depth - 1), Span.none()));
    }
    return new Call(pick(random, NAMES), positional, named, Span.none());
  }

  private static CallValue value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> Numeral.of(Math.scalb(random.nextDouble() - 0.5, random.nextInt(-200, 200)));
      case 1 -> new Word(pick(random, WORDS), Span.none());
      case 2 -> new Constant(pick(random, List.of(Constant.Kind.values())), Span.none());
      case 3 -> new Tuple(values(random, depth - 1), Span.none());
      default -> call(random, depth - 1);
    };
  }

  private static List<CallValue> values(SplittableRandom random, int depth) {
    var values = new ArrayList<CallValue>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(random, depth - 1));
    }
    return values;
  }

  private static <T> T pick(SplittableRandom random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
