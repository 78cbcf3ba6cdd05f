package dev.thalweg.examples.reinforcement;

import module dev.thalweg;

/// What a training came to.
///
/// @param policy whose largest output is the action to take: the one that did best on the way
/// @param steps how many actions were taken to learn it
public record Trained(Network policy, int steps) {}
