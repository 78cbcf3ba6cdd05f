package dev.thalweg.data.broken;

import dev.thalweg.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A data set that knows tensors, as the elements of an array only.
public final class KnowsArraysOfTensors {
  @Nullable Tensor[][] batches = {};
}
