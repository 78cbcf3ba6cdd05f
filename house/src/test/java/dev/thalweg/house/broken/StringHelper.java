package dev.thalweg.house.broken;

/// Helps.
public final class StringHelper {}
