package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wrong command lines, and the one sentence that each gets.
class BadInputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          doctr                      | 2 | unknown command 'doctr' (did you mean 'doctor'?); known: train, resume, fine-tune, evaluate, predict, generate, recommend, runs, report, explain, average, lr-find, minimize, trajectory, optimizers, layers, data, doctor, completion, jshell, help
          help doctr                 | 2 | unknown command 'doctr' (did you mean 'doctor'?); known: train, resume, fine-tune, evaluate, predict, generate, recommend, runs, report, explain, average, lr-find, minimize, trajectory, optimizers, layers, data, doctor, completion, jshell, help
          doctor --fromat json       | 2 | unknown option '--fromat' (did you mean '--format'?)
          doctor --fromat=json       | 2 | unknown option '--fromat' (did you mean '--format'?)
          --tread 2 doctor           | 2 | unknown option '--tread' (did you mean '--threads'?)
          doctor --qqqqq             | 2 | unknown option '--qqqqq'; --help lists those there are
          doctor --format jsn        | 2 | --format jsn: expected text or json (did you mean 'json'?)
          doctor --format xml        | 2 | --format xml: expected text or json
          doctor --format JSON       | 2 | --format JSON: expected text or json (did you mean 'json'?)
          doctor --threads 0         | 2 | --threads 0: expected a whole number of at least 1
          doctor --threads=-3        | 2 | --threads -3: expected a whole number of at least 1
          --threads 0 doctor         | 2 | --threads 0: expected a whole number of at least 1
          doctor --threads two       | 2 | --threads two: expected a whole number of at least 1
          doctor --threads           | 2 | --threads: expected a value (N), found none
          doctor --threads --quiet   | 2 | --threads: expected a value (N), found none
          doctor --seed 1.5          | 2 | --seed 1.5: expected a whole number
          doctor --seed 1 --seed 2   | 2 | --seed: given more than once
          doctor --quiet=5           | 2 | --quiet=5: takes no value
          doctor --provider simt     | 2 | --provider simt: expected auto, scalar or simd (did you mean 'simd'?)
          trian                      | 2 | unknown command 'trian' (did you mean 'train'?); known: train, resume, fine-tune, evaluate, predict, generate, recommend, runs, report, explain, average, lr-find, minimize, trajectory, optimizers, layers, data, doctor, completion, jshell, help
          train digit                | 2 | unknown data set 'digit' (did you mean 'digits'?); known: auto-mpg, breast-cancer, cifar-10, cifar-100, cmudict, digits, digits-scene, fashion-mnist, iris, mnist, moby-dick, movielens-100k, movielens-small, spam, wine
          train my.csv               | 1 | my.csv: no such file
          train --epoch 3            | 2 | unknown option '--epoch' (did you mean '--epochs'?)
          train --epochs 0           | 2 | --epochs 0: expected a whole number of at least 1
          train --epochs 99999999999 | 2 | --epochs 99999999999: expected a whole number of at most 2147483647
          train --folds 99999999999  | 2 | --folds 99999999999: expected a whole number of at most 2147483647
          doctor --seed 99999999999999999999 | 2 | --seed 99999999999999999999: expected a whole number of at most 9223372036854775807
          train --test 0.2f          | 2 | --test 0.2f: expected a number of at least 0 and less than 1
          minimize x^2 --start x=1 --tolerance 0x1p-3 | 2 | --tolerance 0x1p-3: expected a number of at least 0
          train --batch -1           | 2 | --batch -1: expected a whole number of at least 1
          train --patience 0         | 2 | --patience 0: expected a whole number of at least 1
          train --test 1             | 2 | --test 1: expected a number of at least 0 and less than 1
          train --test NaN           | 2 | --test NaN: expected a number of at least 0 and less than 1
          train --validation -0.1    | 2 | --validation -0.1: expected a number of at least 0 and less than 1
          train --test 0.5 --validation 0.5 | 2 | --test 0.5 --validation 0.5: expected some rows to train on
          train --checkpoint-every 0 | 2 | --checkpoint-every 0: expected a number of steps, or a time such as 30s, 5m or 1h
          train --sampling shufle    | 2 | --sampling shufle: expected shuffle or replacement (did you mean 'shuffle'?)
          train digits --loss mse    | 2 | --loss: mse compares numbers, and digits has 10 classes; take softmax_cross_entropy, or --task regression to predict the class as a number
          train digits --loss hinge  | 2 | --loss: hinge is for two classes, and digits has 10; take softmax_cross_entropy or categorical_hinge
          train iris --target x      | 2 | --target: is for a file, and iris is a data set by name
          train digits --size 32     | 2 | --size: is for image files, and digits is a data set by name
          train digits --images x    | 2 | --images: is for image files, and digits is a data set by name
          train iris --task regression | 2 | --task regression: iris: expected classes that are numbers, found 'setosa'
          train auto-mpg --task classification | 2 | --task classification: auto-mpg has numbers to predict
          train --task regresion     | 2 | --task regresion: expected classification, regression, language, ratings, pairs or transcription (did you mean 'regression'?)
          train --folds 1            | 2 | --folds 1: expected a whole number of at least 2
          train --header maybe       | 2 | --header maybe: expected yes or no
          train --separator abc      | 2 | --separator abc: expected one character, or tab
          train --config no/such     | 1 | no/such: no such file
          train iris --folds 121     | 2 | --folds: expected at least 2 and at most 120, the number of rows, found 121
          "train digits --model conv2d(8,9)|flatten|dense(10)" | 2 | conv2d: expected an input that a kernel of 9 × 9 fits into, found [8, 8], with padding 8 × 8; padding=same, or a smaller kernel, would fit (layer 1 of sequential)
          "train digits --model conv2d(8,3)|max_pool(7)|dense(10)" | 2 | max_pool: expected an input that a window of 7 × 7 fits into, found [6, 6, 8], with padding 6 × 6; padding=same, or a smaller size, would fit (layer 2 of sequential)
          "train digits --model conv2d(8,3)|conv2d(9,3,groups=3)|dense(10)" | 2 | conv2d: expected groups that divide its 9 filters and the 8 channels of the input [6, 6, 8], found 3 (layer 2 of sequential)
          "train digits --model conv2d(8,3)|dense(10)" | 2 | dense: expected one dimension of features, or steps of them, found [6, 6, 8]; put flatten() before it (layer 2 of sequential)
          "train digits --model conv2d(8,3)|flatten|dense(9)" | 2 | sequential: expected 10 outputs for digits and softmax_cross_entropy, found a last layer of shape [9]
          "train digits --model conv2d(8,3)|residual(conv2d(8,3))|flatten|dense(10)" | 2 | residual: expected layers that give [6, 6, 8], as the input does, found [4, 4, 8]; a shortcut=… can change the input (layer 2 of sequential)
          "train digits --model repeat(3,conv2d(8,4))|flatten|dense(10)" | 2 | conv2d: expected an input that a kernel of 4 × 4 fits into, found [2, 2, 8], with padding 2 × 2; padding=same, or a smaller kernel, would fit (layer 3 of repeat) (layer 1 of sequential)
          train iris --model cnn     | 2 | conv2d: expected an image, [height, width, channels], found [4]; reshape(…) makes one (layer 1 of cnn)
          train digits --model resnet(9) | 2 | --model: resnet: depth must be 6n + 2, such as 8, 14, 20, found 9; the nearest is 8
          train digits --augment crop(9) | 2 | --augment: digits: crop(9): expected a padding smaller than the images of 8×8, found 9
          train iris --augment flip  | 2 | --augment: iris: expected images for the augmentation flip, found rows of 4 features
          evaluate                   | 2 | evaluate: expected RUN, found none
          evaluate no/such           | 1 | no/such: no such run folder
          predict no/such            | 2 | predict: expected FILE or --text, found none
          predict no/such x          | 1 | no/such: no such run folder
          predict no/such x --input y | 2 | --input y: expected one file, found x, too
          evaluate no/such x --data y | 2 | --data y: expected one file, found x, too
          train --batch-size 3       | 2 | unknown option '--batch-size'; here it is --batch
          train --batch_size=3       | 2 | unknown option '--batch_size'; here it is --batch
          train --learning-rate 0.1  | 2 | unknown option '--learning-rate'; here it is --lr
          minimize --learning_rate 1 | 2 | unknown option '--learning_rate'; here it is --lr
          minimize -- x^2 --start x=0 | 2 | minimize: --start stands behind '--', after which nothing is an option; put it before that
          minimize x --max-iter 1    | 2 | unknown option '--max-iter'; here it is --iterations
          train --max-iter 1         | 2 | unknown option '--max-iter'; here it is --epochs
          train --random_state 1     | 2 | unknown option '--random_state'; here it is --seed
          train --momentum 0.9       | 2 | unknown option '--momentum'; here it is --optimizer 'momentum(0.01)', or torch.SGD(lr=0.01, momentum=0.9)
          train --weight_decay 0.9   | 2 | unknown option '--weight_decay'; here it is --optimizer 'adamw(weight_decay=0.01)'
          train --dropout 0.9        | 2 | unknown option '--dropout'; here it is --model 'mlp(128, 64, dropout=0.1)'
          doctor --dropout 0.9       | 2 | unknown option '--dropout'; --help lists those there are
          train --lr 0.1 --optimizer sgd(lr=1) | 2 | --lr 0.1: expected one of --lr and the rate in --optimizer, found lr=1 there
          train --lr 0.1 --optimizer keras.sgd(1) | 2 | --lr 0.1: expected one of --lr and the rate in --optimizer, found learning_rate=1 there
          minimize x^3 --start x=1 --optimizer lm | 2 | --optimizer: levenberg_marquardt is for sums of squares: expected one, as in (1-x)^2 + 100*(y-x^2)^2, found x^3
          minimize x^2 --start x=1 --lr 0.1 --optimizer clip_norm(1) | 2 | --lr 0.1: no stage of --optimizer clip_norm(1) has a learning rate
          predict no/such --input x  | 1 | no/such: no such run folder
          data digit                 | 2 | unknown data set 'digit' (did you mean 'digits'?); known: auto-mpg, breast-cancer, cifar-10, cifar-100, cmudict, digits, digits-scene, fashion-mnist, iris, mnist, moby-dick, movielens-100k, movielens-small, spam, wine
          data digits iris           | 2 | data: unexpected argument 'iris'
          recommend no/such          | 2 | recommend: expected --user USER, found none
          recommend no/such --user x | 1 | no/such: no such run folder
          recommend no/such --user x --top 0 | 2 | --top 0: expected a whole number of at least 1
          train movielens-100k --folder /tmp --target x | 2 | --target: is for data with one answer a row, and movielens-100k has ratings
          train iris --task ratings  | 2 | --task ratings: expected a file of users, items and ratings, found iris
          train my.csv --task ratings | 1 | my.csv: no such file
          train my.csv --task ratings --target y | 2 | --target: is for data with one answer a row, and my.csv has ratings
          train my.csv --task ratings --grid lr=1,2 | 2 | --grid: is for data with one answer a row, and my.csv has ratings
          doctor here                | 2 | doctor: unexpected argument 'here'
          """)
  void getsOneSentence(String line, int exitCode, String sentence) {
    var outcome = Outcome.of(line.split(" "));
    assertThat(outcome.err()).isEqualTo("thalweg: " + sentence + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --model     | mpl(64)        | "unknown model 'mpl' (did you mean 'mlp'?); known: mlp, linear, logistic, cnn, lenet, resnet, or layers joined by |" | 0
          --model     | mlp(0)         | mlp: units must be at least 1, found 0 | 4
          --model     | mlp(64         | unclosed parenthesis | 3
          --model     | mlp(64, activaton=relu) | unknown argument of mlp 'activaton' (did you mean 'activation'?); known: units, activation, dropout, initializer, l1, l2, max_norm | 8
          --loss      | softmax_crossentropy | unknown loss 'softmax_crossentropy' (did you mean 'softmax_cross_entropy'?); known: softmax_cross_entropy, bce, kl, hinge, categorical_hinge, mse, mse_sum, mae, huber, focal, dice, poisson, quantile, cosine, triplet, info_nce, ctc, formula('(p - y)^4') | 0
          --loss      | huber(delta=0) | huber: delta must lie in (0, ∞), found 0 | 12
          --optimizer | adam(lr=-1)    | adam: lr must lie in (0, ∞), found -1.0 | 8
          --optimizer | adam(beta1=1)  | adam: beta1 must lie in [0, 1), found 1.0 | 11
          --optimizer | adam(lr=1e-3   | unclosed parenthesis | 4
          --optimizer | adam(lr=cosin(1)) | unknown schedule 'cosin' (did you mean 'cosine'?); known: constant, inverse_time, exponential, step, piecewise, interpolated, linear, polynomial, cosine, warm_restarts, one_cycle, wsd, rex, noam, cyclic, demon, clock, warmup, then, times | 8
          --optimizer | torch.SGD(lr=0.1, nestrov=true) | unknown hyperparameter of torch.SGD 'nestrov' (did you mean 'nesterov'?); known: lr, momentum, dampening, weight_decay, nesterov, maximize, foreach, differentiable, fused | 18
          --optimizer | rule('p -= lr * g') | rule: lr must be given | 0
          --optimizer | sgd(rate=1)    | unknown hyperparameter of sgd 'rate'; known: lr, weight_decay, decay | 4
          """)
  void aTextHasACaretUnderTheCulprit(String option, String text, String sentence, int position) {
    var outcome = Outcome.of("train", option, text);
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: %s: %s\n  %s\n  %s^\n"
                .formatted(option, sentence, text, " ".repeat(position)));
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void aChainHasACaretUnderTheStageThatIsWrong() {
    assertThat(Outcome.of("train", "--optimizer", "sgd(1) | adam").err())
        .isEqualTo(
            """
            thalweg: --optimizer: a chain has one rule, found sgd and adam
              sgd(1) | adam
                       ^
            """);
    assertThat(Outcome.of("train", "--optimizer", "clip_norm(1)").err())
        .startsWith("thalweg: --optimizer: no stage moves the parameters; add a rule");
  }

  @ParameterizedTest
  @CsvSource({"doctr --debug", "--debug doctor --threads 0"})
  void debugShowsTheStackTraceAfterTheSentence(String line) {
    var outcome = Outcome.of(line.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("thalweg: ")
        .containsPattern("\n\tat .*dev\\.thalweg\\.cli\\.");
  }
}
