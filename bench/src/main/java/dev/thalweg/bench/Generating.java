package dev.thalweg.bench;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Generated;
import dev.thalweg.train.Generation;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Trainer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How fast a language model writes, one text, with what is before kept in mind: the model of
/// `tools/bench/generate.py`, on weights after one epoch over a few random characters, which the
/// speed does not depend on.
///
/// ```
/// tools/bench/run Generating [MODEL] [CONTEXT] [THREADS] [SECONDS]
/// ```
///
/// From a prompt of 8 characters as many are written as the context has room for, again and again;
/// drawn at a temperature of 0.8 from the 40 most probable.
public final class Generating {

  private static final int PROMPT = 8;
  private static final int TOKENS = 81;

  private Generating() {}

  /// Prints tokens a second, the median of texts after the warm-up, a third of the time.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    String name = arguments.length > 0 ? arguments[0] : "gpt";
    int context = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 128;
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    double seconds = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 15;
    String model =
        name.equals("gpt")
            ? "gpt(layers=4, width=128, heads=4, context=" + context + ")"
            : "lstm(256, layers=2)";
    String characters =
        new Random(1)
            .ints(context + 64L, 0, TOKENS)
            .mapToObj(i -> Character.toString(' ' + i))
            .collect(Collectors.joining());
    String all =
        IntStream.range(0, TOKENS)
            .mapToObj(i -> Character.toString(' ' + i))
            .collect(Collectors.joining());
    Tokenizer tokenizer = Tokenizer.characters(all);
    LanguageModel writer =
        LanguageModel.fit(
            Trainer.defaults().withEpochs(1).withEngine(Engine.of("auto", threads)),
            Models.ofTokens(model, TOKENS),
            Optimizers.adamw(1e-3),
            Corpus.of("random", characters, tokenizer),
            context);
    String prompt = characters.substring(0, PROMPT);
    Generation how =
        Generation.defaults()
            .withLength(context - PROMPT)
            .withTemperature(0.8)
            .withTopK(40)
            .withSeed(1);
    double[] rates = new double[1 << 16];
    int texts = 0;
    long begin = System.nanoTime();
    while ((System.nanoTime() - begin) / 1e9 < seconds) {
      Generated text = writer.generate(prompt, how.withSeed(texts));
      if ((System.nanoTime() - begin) / 1e9 > seconds / 3) {
        rates[texts++ % rates.length] = text.tokensPerSecond();
      }
    }
    Spread spread = Spread.of(Arrays.copyOf(rates, Math.min(texts, rates.length)));
    System.out.printf(
        "%s, %d threads: tokens/s median %.1f (q25 %.1f q75 %.1f), %d texts%n",
        model, threads, spread.median(), spread.lower(), spread.upper(), texts);
  }
}
