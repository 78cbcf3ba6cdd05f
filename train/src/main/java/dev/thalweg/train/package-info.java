/// TODO-ESSAY
@NullMarked
package dev.thalweg.train;

import org.jspecify.annotations.NullMarked;
