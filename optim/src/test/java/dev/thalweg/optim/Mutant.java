package dev.thalweg.optim;

import dev.thalweg.formula.Program;

/// A program with one fault, which a test of the program must notice.
///
/// @param description what was changed: `m: + became - in m + 0.1 * (g - m)`
/// @param program the program with the fault
record Mutant(String description, Program program) {}
