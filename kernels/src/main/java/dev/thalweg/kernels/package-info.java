/// Arithmetic on plain arrays: the readable truth of every number that Thalweg computes.
///
/// [dev.thalweg.kernels.Kernels] states what each kernel does, down to the order of its operations,
/// so that every provider gives the same bits: the scalar one here, always there, and those found
/// as a [service][dev.thalweg.kernels.KernelProvider]. An [dev.thalweg.kernels.Engine] is a
/// provider and a number of threads; it cuts work by size, so that the number of threads changes no
/// bit either. [dev.thalweg.kernels.Philox] draws random numbers as a pure function of (seed,
/// stream, index).
///
/// ```java
/// Engine engine = Engine.of("auto", 2);
/// float[] c = new float[m * n];                               // C = A B
/// engine.matmul(false, false, m, n, k, a, 0, k, b, 0, n, c, 0, n, false);
/// engine.map(UnaryFunction.TANH, c, 0, c, 0, m * n);
/// ```
///
/// What must not enter: shapes, derivatives, anything of the Vector API, and state that outlives a
/// call, but for threads and their scratch arrays.
@NullMarked
package dev.thalweg.kernels;

import org.jspecify.annotations.NullMarked;
