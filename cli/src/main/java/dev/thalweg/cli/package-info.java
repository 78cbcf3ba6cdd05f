/// The `thalweg` command.
@NullMarked
package dev.thalweg.cli;

import org.jspecify.annotations.NullMarked;
