/// TODO-ESSAY
@NullMarked
package dev.thalweg.kernels;

import org.jspecify.annotations.NullMarked;
