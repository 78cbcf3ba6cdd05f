package dev.thalweg.kernels.broken;

import dev.thalweg.optim.Optimizers;

/// A kernel that knows optimizers.
public final class KnowsOptim {
  String name() {
    return Optimizers.names().getFirst();
  }
}
