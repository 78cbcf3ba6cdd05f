package dev.thalweg.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a command gets from outside; a test gives it other streams than the process's own.
///
/// @param in standard input
/// @param out where results go, and nothing else; UTF-8
/// @param err where progress, warnings and failures go; UTF-8
/// @param screen what `err` is shown on
/// @param environment a variable of the environment by name, null where it is not set
record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Screen screen,
    Function<String, @Nullable String> environment) {}
