/// Stages that stand before or after a rule: clipping, decay, averages of gradients.
@NullMarked
package dev.thalweg.optim.around;

import org.jspecify.annotations.NullMarked;
