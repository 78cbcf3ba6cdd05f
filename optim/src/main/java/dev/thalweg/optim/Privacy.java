package dev.thalweg.optim;

/// What private steps do (`dp`).
///
/// @param clip the norm that no example's gradient is above
/// @param noise the standard deviation of the noise on their sum, in units of `clip`
/// @param delta for which epsilon is said
/// @param seed of the noise
public record Privacy(double clip, double noise, double delta, long seed) {}
