package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Box;
import dev.thalweg.data.Corpus;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.PairTokens;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Ratings;
import dev.thalweg.data.Scenes;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.TextForm;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kinds of models: each is trained on very little, saved and used.
enum EveryKind {
  TABLE {
    @Override
    void save(Trainer trainer, Path folder) {
      StringBuilder rows = new StringBuilder("area,sold,town,note,label\n");
      for (int i = 0; i < 24; i++) {
        rows.append(i)
            .append(",2024-03-%02d,%s,".formatted(1 + i, i % 3 == 0 ? "Ulm" : "Bonn"))
            .append("a %s house number %d indeed,".formatted(i % 2 == 0 ? "fine" : "poor", i))
            .append(i % 2 == 0 ? "yes\n" : "no\n");
      }
      ofTable(trainer, rows.toString(), "ngrams(2, 3, buckets=64)", "dense(2)").save(folder);
    }

    @Override
    void use(Path folder) {
      FittedModel model = FittedModel.load(folder);
      var row =
          Map.of("area", 3, "sold", "2024-03-05", "town", "Ulm", "note", "a fine house indeed");
      assertThat(model.predict(row).toString()).doesNotContain("NaN");
    }
  },
  TOKENS {
    @Override
    void save(Trainer trainer, Path folder) {
      String rows = "note,label\n" + "good good film,yes\nnot good at all,no\n".repeat(8);
      ofTable(trainer, rows, "words(9)", "embedding(11, 4) | global_average_pool | dense(2)")
          .save(folder);
    }

    @Override
    void use(Path folder) {
      FittedModel model = FittedModel.load(folder);
      assertThat(model.predict(Map.of("note", "good at all")).toString()).doesNotContain("NaN");
    }
  },
  NUMBERS {
    @Override
    void save(Trainer trainer, Path folder) {
      Dataset data =
          Dataset.regression(new double[][] {{1, 2}, {2, 4}, {3, 9}}, new double[] {1, 2, 3});
      trainer.fit(Models.linear(1), Losses.mse(), ADAM, data).save(folder);
    }

    @Override
    void use(Path folder) {
      assertThat(FittedModel.load(folder).predict(1, 2)[0]).isFinite();
    }
  },
  IMAGES {
    @Override
    void save(Trainer trainer, Path folder) {
      Dataset digits = Datasets.named("digits").split(0.03, 1).train();
      trainer
          .fit(
              Models.parse("conv2d(2, 3) | batch_norm | relu | flatten | dense(10)", 10),
              Losses.softmaxCrossEntropy(),
              ADAM,
              digits)
          .withPositive("3")
          .save(folder);
    }

    @Override
    void use(Path folder) {
      assertThat(FittedModel.load(folder).predict(new double[64])).doesNotContain(Double.NaN);
    }
  },
  BOXES {
    @Override
    void save(Trainer trainer, Path folder) {
      var images = Images.of(new ImageShape(8, 8, 1), new byte[4 * 64]);
      var boxes = Collections.nCopies(4, List.of(new Box(1, 1, 4, 4, 0)));
      var scenes = Scenes.of("squares", images, boxes, List.of("full", "hollow"));
      Detector.fit(trainer, Models.parse("conv2d(7, 3, stride=2, padding=same)", 1), ADAM, scenes)
          .save(folder);
    }

    @Override
    void use(Path folder) {
      Detector model = Detector.load(folder);
      var white = new byte[64];
      Arrays.fill(white, (byte) 255);
      model.predict(Images.of(new ImageShape(8, 8, 1), white));
    }
  },
  CHARACTERS {
    @Override
    void save(Trainer trainer, Path folder) {
      ofText(trainer, Tokenizer.characters(TEXT), "lstm(4)").save(folder);
    }

    @Override
    void use(Path folder) {
      LanguageModel.load(folder).generate("the", Generation.defaults().withLength(3));
    }
  },
  MERGES {
    @Override
    void save(Trainer trainer, Path folder) {
      ofText(trainer, Tokenizer.bytePairs(TEXT, 260), "gpt(layers=1, width=8, heads=2, context=6)")
          .save(folder);
    }

    @Override
    void use(Path folder) {
      LanguageModel.load(folder).generate("the", Generation.defaults().withLength(3));
    }
  },
  RATINGS {
    @Override
    void save(Trainer trainer, Path folder) {
      var ratings =
          Ratings.of("r", List.of("a", "b", "a", "c"), List.of("x", "y", "y", "x"), 1, 2, 3, 4);
      Recommender.fit(
              trainer,
              Models.ofRatings("factorization(2)", Recommender.tokens(ratings)),
              ADAM,
              ratings)
          .save(folder);
    }

    @Override
    void use(Path folder) {
      Recommender model = Recommender.load(folder);
      assertThat(model.predict("a", "x")).isFinite();
      model.recommend("b", 2);
    }
  },
  PAIRS {
    @Override
    void save(Trainer trainer, Path folder) {
      var pairs = Pairs.of("p", List.of("ab", "ba", "aa", "bb"), List.of("A B", "B A", "A", "B"));
      var tokens = PairTokens.spelled(pairs);
      Translator.fit(
              trainer,
              Models.ofPairs(
                  "transformer(layers=1, width=8, heads=2, context=5)",
                  tokens.sources(),
                  tokens.targets()),
              ADAM,
              pairs,
              tokens)
          .save(folder);
    }

    @Override
    void use(Path folder) {
      Translator.load(folder).translate("ab");
    }
  },
  TRANSCRIPTS {
    @Override
    void save(Trainer trainer, Path folder) throws IOException {
      Path sounds = Files.createDirectories(folder.resolveSibling("sounds"));
      Files.write(sounds.resolve("a.wav"), tone());
      Path table =
          Files.writeString(sounds.resolve("t.csv"), "file,transcript\na.wav,ab\na.wav,b\n");
      Transcriber.fit(
              trainer,
              Models.ofSteps("gru(4)", 3),
              ADAM,
              Transcripts.read(table, CsvFormat.found(), Optional.empty()),
              Tokenizer.characters("ab"))
          .save(folder);
    }

    @Override
    void use(Path folder) {
      Transcriber.load(folder).predict(folder.resolveSibling("sounds").resolve("a.wav"));
    }
  };

  private static final Optimizer ADAM = Optimizers.adam(0.01);

  private static final String TEXT = "the whale and the sea ".repeat(6);

  /// Trains one and saves it.
  abstract void save(Trainer trainer, Path folder) throws IOException;

  /// Loads and uses it.
  abstract void use(Path folder);

  private static FittedModel ofTable(Trainer trainer, String rows, String texts, String model) {
    var options = TableOptions.target("label").withTexts("note").withForm(TextForm.parse(texts));
    Dataset data = Table.parse("t.csv", rows.getBytes(UTF_8), options).dataset();
    return trainer.fit(Models.parse(model, 2), Losses.softmaxCrossEntropy(), ADAM, data);
  }

  private static LanguageModel ofText(Trainer trainer, Tokenizer tokenizer, String model) {
    return LanguageModel.fit(
        trainer,
        Models.ofTokens(model, tokenizer.size()),
        ADAM,
        Corpus.of("sea", TEXT, tokenizer),
        6);
  }

  /// Half a second of silence.
  private static byte[] tone() {
    ByteBuffer wav = ByteBuffer.allocate(44 + 8000).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(UTF_8)).putInt(36 + 8000).put("WAVEfmt ".getBytes(UTF_8)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
    wav.putShort((short) 2).putShort((short) 16).put("data".getBytes(UTF_8)).putInt(8000);
    return wav.array();
  }
}
