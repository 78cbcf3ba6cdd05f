package dev.thalweg.kernels;

/// Something that stands for values: the values themselves, or a parameter that holds some.
public interface HasValues {

  /// The values, not a copy.
  Values values();
}
