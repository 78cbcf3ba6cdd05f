/// TODO-ESSAY
@NullMarked
package dev.thalweg.tensor;

import org.jspecify.annotations.NullMarked;
