package dev.thalweg.train;

/// An item that a user has not rated, and what the model expects.
///
/// @param item its name
/// @param score the rating that is expected
public record Recommended(String item, double score) {}
