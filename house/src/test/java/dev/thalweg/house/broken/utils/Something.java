package dev.thalweg.house.broken.utils;

/// Lies in a package whose name says nothing.
public final class Something {}
