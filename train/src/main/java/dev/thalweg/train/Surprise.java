package dev.thalweg.train;

/// A token of a text that a [LanguageModel] did not foresee.
///
/// @param place of the token in the text, from 0
/// @param token that stands there
/// @param probability that it was given
/// @param said the token that was the most probable
/// @param probabilityOfSaid that this was given
public record Surprise(
    int place, int token, double probability, int said, double probabilityOfSaid) {}
