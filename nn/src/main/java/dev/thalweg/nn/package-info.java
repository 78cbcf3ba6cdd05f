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
/// with weights; a [dev.thalweg.nn.Loss] is a function of predictions and targets; both are
/// interfaces that a lambda or a small record fills. [dev.thalweg.nn.Models] and
/// [dev.thalweg.nn.Layers] read them from text. What is drawn at random is a function of (seed,
/// parameter) or (seed, step, layer).
///
/// What must not enter: data sets, loops, files. Derivatives belong to `tensor`, update rules to
/// `optim`.
@NullMarked
package dev.thalweg.nn;

import org.jspecify.annotations.NullMarked;
