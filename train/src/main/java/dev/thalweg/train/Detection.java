package dev.thalweg.train;

import dev.thalweg.data.Box;

/// A thing that a [Detector] has found on an image.
///
/// @param box where it is, within the image, and the number of its class
/// @param probability that something is there, times that it is of this class
public record Detection(Box box, double probability) {}
