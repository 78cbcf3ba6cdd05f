/// Fused loops: a small intermediate form in, a class with one loop out.
@NullMarked
package dev.thalweg.kernels.loop;

import org.jspecify.annotations.NullMarked;
