/// Layers, losses, initialisers and models.
///
/// A model is described first, as an immutable value, and built then, as often as wanted:
///
/// ```java
/// var model = Sequential.of(dense(64, RELU), dropout(0.1), dense(10));   // no weights yet
/// Network network = model.build(Shape.of(784), seed);                     // fresh weights
/// Tensor logits = network.apply(x);                                       // n×784 to n×10
/// Tensor loss = softmaxCrossEntropy().of(logits, classes);
/// var gradients = loss.gradients(network.parameters());
/// ```
///
/// A [dev.thalweg.nn.Layer] is a description that knows the shape it gives and makes a function
/// with weights; a [dev.thalweg.nn.Loss] is a function of predictions and targets, an
/// [dev.thalweg.nn.Initializer] one of shapes and random numbers; all are interfaces that a lambda
/// or a small record fills. [dev.thalweg.nn.Models], [dev.thalweg.nn.Layers],
/// [dev.thalweg.nn.Losses] and [dev.thalweg.nn.Initializer] read them from text, and what there is
/// prints the text that it is read from. What is drawn at random is a function of (seed, parameter)
/// or (seed, step, layer).
///
/// The losses of [dev.thalweg.nn.Losses] take logits, never probabilities, so they are finite for
/// any finite prediction. Weights of samples and classes and smoothed labels are folded into the
/// targets before anything is differentiated. Weights of classes are in the divisor of a mean, as
/// in PyTorch; weights of samples are not, as in Keras. A [dev.thalweg.nn.Penalty] belongs to a
/// layer; a training adds [dev.thalweg.nn.Network#penalty] to the loss of each batch and calls
/// [dev.thalweg.nn.Network#constrain] after each step, and so does a loop written by hand.
///
/// What must not enter: data sets, loops, files. Derivatives belong to `tensor`, update rules to
/// `optim`.
@NullMarked
package dev.thalweg.nn;

import org.jspecify.annotations.NullMarked;
