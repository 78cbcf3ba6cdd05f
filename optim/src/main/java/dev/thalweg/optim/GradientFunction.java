package dev.thalweg.optim;

import dev.thalweg.kernels.Values;
import java.util.List;

/// What a run makes small, for steps that ask for more than the gradients at one point
/// ([OptimizerRun#step(GradientFunction)]): a function of the run's parameters as they are when it
/// is asked.
///
/// ```java
/// double[] x = {-1.2};
/// var run = Optimizer.parse("sam(sgd(0.1))").attach(Parameter.of("x", x));
/// run.step(gradients -> {
///   gradients.getFirst().doubles()[0] = 2 * (x[0] - 3);
///   return (x[0] - 3) * (x[0] - 3);
/// });
/// ```
///
/// Asked twice at one point within a step it must say the same: a training takes the same batch and
/// the same draw of random numbers.
@FunctionalInterface
public interface GradientFunction {

  /// The value at the parameters as they are now, and its gradients.
  ///
  /// @param gradients receives them, one a parameter in the order of the run's, each of the kind
  ///   and shape of its parameter; every number is to be written
  double gradient(List<Values> gradients);

  /// The product of the Hessian at the parameters as they are now with a direction, if this
  /// function knows it. One that doesn't is asked for two gradients instead, a little before and
  /// behind in that direction: `(∇f(θ + hv) − ∇f(θ − hv)) / 2h`, whose error is about the
  /// two-thirds power of the precision of the numbers.
  ///
  /// @param direction one array a parameter; only to be read
  /// @param product receives the result, every number of it
  /// @return whether it has been written
  default boolean product(List<Values> direction, List<Values> product) {
    return false;
  }

  /// The gradient at the parameters as they are now of another loss, if this function knows it: of
  /// the same inputs against answers that are drawn from what the model says of them, scaled so
  /// that the square of each number is an unbiased estimate of the diagonal of the Gauss–Newton
  /// matrix. Of a mean over n answers that is √n times the gradient of the mean, n ĝ² being the
  /// estimate of Liu et al. 2023, arXiv 2305.14342, algorithm 2.
  ///
  /// @param gradients receives them, every number
  /// @return whether they have been written; false by default
  default boolean sampled(List<Values> gradients) {
    return false;
  }
}
