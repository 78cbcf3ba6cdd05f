/// Stages that stand before or after a rule, or around it: clipping, decay, averages of gradients
/// and of weights, further gradients, projections.
@NullMarked
package dev.thalweg.optim.around;

import org.jspecify.annotations.NullMarked;
