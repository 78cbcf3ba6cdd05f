package dev.thalweg.optim.dialect;

/// What Optax' Polyak step does below the bound.
public enum PolyakVariant {
  /// It climbs.
  SPS,
  /// It stays: `sps+`.
  SPS_PLUS
}
