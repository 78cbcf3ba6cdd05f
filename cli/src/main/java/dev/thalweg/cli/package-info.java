/// TODO-ESSAY
@NullMarked
package dev.thalweg.cli;

import org.jspecify.annotations.NullMarked;
