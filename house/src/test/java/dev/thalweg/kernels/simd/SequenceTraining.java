package dev.thalweg.kernels.simd;

import static dev.thalweg.nn.Losses.softmaxCrossEntropy;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.PairTokens;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.TokenSequence;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.Translator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Trains each kind of model of sequences, large enough that threads share the work, and has those
/// of pairs search by beams.
final class SequenceTraining {

  private static final int STEPS = 2;

  /// Words of other lengths in each batch.
  private static final Pairs PAIRS = pairs();

  private static final String TEXT = String.join(" ", PAIRS.sources());

  private SequenceTraining() {}

  private static Pairs pairs() {
    List<String> words = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 64 * STEPS; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = 0; j < 3 + i * 7919 % 17; j++) {
        word.append((char) ('a' + (i * 31 + j * j * 7 + j) % 23));
      }
      words.add(word.toString());
      said.add(word.reverse().substring(i % 3));
    }
    return Pairs.of("some", words, said);
  }

  /// Texts of other lengths, of the characters of words, by what they begin with.
  private static Dataset texts() {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < PAIRS.size(); i++) {
      String text = PAIRS.sources().get(i) + " " + PAIRS.targets().get(i);
      csv.append(text).append(text.charAt(0) < 'l' ? ",yes\n" : ",no\n");
    }
    return Table.parse(
            "some",
            csv.toString().getBytes(StandardCharsets.UTF_8),
            TableOptions.target("label")
                .withTexts("text")
                .withForm(TokenSequence.parse("characters(length=32)")))
        .dataset();
  }

  /// The SHA-256 of the weights of all, and of what was found by beams.
  static String train(Engine engine, long seed) {
    var trainer =
        Trainer.defaults().withEpochs(1).withBatchSize(64).withSeed(seed).withEngine(engine);
    var optimizer = Optimizer.parse("clip_norm(1) | adamw(lr=0.01)");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      PairTokens tokens = PairTokens.characters(PAIRS);
      for (String text :
          List.of(
              "transformer(layers=2, width=64, heads=4, context=24, dropout=0.1)",
              "transformer(layers=1, width=48, heads=4, context=24, order=post, norm=rms,"
                  + " gated=true, key_heads=2)",
              "seq2seq(64, layers=2, dropout=0.1)")) {
        var model = Models.ofPairs(text, tokens.sources(), tokens.targets());
        Translator fitted = Translator.fit(trainer, model, optimizer, PAIRS, tokens);
        add(digest, fitted.network());
        for (var each : fitted.translate(PAIRS.sources().subList(0, 20), 3)) {
          digest.update(each.toString().getBytes(StandardCharsets.UTF_8));
        }
      }
      Corpus corpus = Corpus.of("some", TEXT, Tokenizer.characters(TEXT));
      for (String text :
          List.of(
              "gpt(layers=2, width=64, heads=4, context=32, dropout=0.1)",
              "lstm(64, layers=2, dropout=0.1)",
              "gru(48)",
              "rnn(48, tied=true)")) {
        var model = Models.ofTokens(text, corpus.tokenizer().size());
        add(digest, LanguageModel.fit(trainer, model, optimizer, corpus, 32).network());
      }
      Dataset texts = texts();
      for (String text :
          List.of(
              "gru(48, layers=2)",
              "lstm(32, pool=mean)",
              "rnn(32, bidirectional=false, pool=last)",
              "transformer(layers=2, width=64)")) {
        var model = Models.ofTexts(text, 64, texts.features(), 2);
        FittedModel fitted = trainer.fit(model, softmaxCrossEntropy(), optimizer, texts);
        add(digest, fitted.network());
        digest.update(fitted.evaluate(texts).toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, Network network) {
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.values().floats();
      ByteBuffer bytes = ByteBuffer.allocate(4 * parameter.size());
      bytes.asFloatBuffer().put(values, 0, parameter.size());
      digest.update(bytes);
    }
  }
}
