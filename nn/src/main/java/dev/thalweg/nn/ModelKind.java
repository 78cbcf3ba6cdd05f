package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import java.util.function.BiFunction;

/// A model with a name.
///
/// @param signature how it is written
/// @param make what makes one for a number of outputs
record ModelKind(Signature signature, BiFunction<Arguments, Integer, Sequential> make) {}
