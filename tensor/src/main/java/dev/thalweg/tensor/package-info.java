/// N-dimensional arrays that can be differentiated.
///
/// A [dev.thalweg.tensor.Tensor] is a dense array of F32 or F64 with a
/// [shape][dev.thalweg.tensor.Shape], or of whole numbers, I32, which have neither arithmetic nor
/// gradients. Each operation gives a new tensor that remembers its inputs, and owns its
/// vector-Jacobian product beside its forward code, in the same class. The products are made of the
/// same operations, so that gradients have gradients; they are returned, never stored:
///
/// ```java
/// Tensor w = Tensor.of(0.5, -1);
/// Tensor loss = w.square().sum();
/// Tensor g = loss.gradient(w);                                           // 1, -2
/// Tensor hv = Gradients.hessianVectorProduct(x -> x.pow(4).sum(), w, g); // 12 w² g
/// GradientCheck worst = Gradients.check(x -> x.tanh().sum(), w);         // against differences
/// ```
///
/// Where arrays come from, and whether an operation is remembered, is the business of a context
/// bound to the thread: the heap for a user's own code, a [dev.thalweg.tensor.StepScope] with
/// pooled arrays for a trainer. The arithmetic is that of [dev.thalweg.kernels.Engine]; no loop
/// here but the few that no kernel is worth.
///
/// What every tensor can do is a method of `Tensor`; families of operations are classes of static
/// functions: [dev.thalweg.tensor.Spatial], [dev.thalweg.tensor.Sequences],
/// [dev.thalweg.tensor.Normalization].
///
/// An operation of your own is an [dev.thalweg.tensor.Operation], or a [dev.thalweg.tensor.Fused]
/// one where it has kernels for its gradients.
///
/// What must not enter: anything that knows of parameters, layers, data or optimizers.
@NullMarked
package dev.thalweg.tensor;

import org.jspecify.annotations.NullMarked;
