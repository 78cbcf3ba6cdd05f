/// The training loop and what hangs on it.
///
/// ```java
/// var data = Datasets.named("digits").split(0.8, seed);
/// var fitted = Trainer.defaults().withEpochs(30)
///     .fit(Models.parse("mlp(128)", 10), softmaxCrossEntropy(), adamw(1e-3), data.train());
/// fitted.evaluate(data.test()).accuracy();
/// fitted.predict(pixels);                    // the probability of each class
/// fitted.save(Path.of("model"));
/// ```
///
/// A [dev.thalweg.train.Trainer] is a value with the settings; while a training runs it is one
/// `Training`, which runs each step in a [dev.thalweg.tensor.StepScope] so that a warm step
/// allocates no array. Callbacks are told typed [events][dev.thalweg.train.TrainingEvent]; they
/// can't change what happens. A [dev.thalweg.train.FittedModel] has all it takes to predict, and a
/// [run folder][dev.thalweg.train.RunFolder] all it takes to be one again. A NaN or an infinity
/// stops the training and names the first tensor that has one.
///
/// An [dev.thalweg.train.Evaluation] keeps what the network said of all rows, and computes each
/// metric once from that when it is asked for: nothing is averaged over batches. Figures of your
/// own are a [dev.thalweg.train.Metric], a function of the same [dev.thalweg.train.Outcomes]. A
/// network that was trained by a loop written by hand becomes a [dev.thalweg.train.FittedModel#of].
///
/// What must not enter: arithmetic, layers, formats of files, anything of the command line.
@NullMarked
package dev.thalweg.train;

import org.jspecify.annotations.NullMarked;
