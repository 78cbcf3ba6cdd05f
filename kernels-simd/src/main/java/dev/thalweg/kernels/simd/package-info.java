/// TODO-ESSAY
@NullMarked
package dev.thalweg.kernels.simd;

import org.jspecify.annotations.NullMarked;
