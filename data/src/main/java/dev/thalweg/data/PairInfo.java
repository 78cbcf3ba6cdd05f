package dev.thalweg.data;

/// What is known of pairs of texts without reading them.
///
/// @param name what they are found by
/// @param pairs how many there are
/// @param sources how many different texts are on the left
/// @param licence under which they may be used
/// @param source who made them
public record PairInfo(String name, int pairs, int sources, String licence, String source) {}
