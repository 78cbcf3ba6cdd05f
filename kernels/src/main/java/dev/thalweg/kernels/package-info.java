/// Arithmetic on plain arrays: what everything else is computed with.
///
/// * [Engine] is what callers use: the kernels of one provider, shared by a number of threads. Each
///   of its methods is a method of [Kernels], cut into slices where the work is worth it.
/// * [Kernels] are the contracts: matrix product, functions of one and two numbers, reductions,
///   softmax. Each states the order of its operations. [ScalarKernels] is the readable form and the
///   specification, [DoubleKernels] the same in F64; vector code comes as a [KernelProvider] from
///   another module and is held to the same bits.
/// * [Float32Functions] and [Float64Functions] are exp, log, tanh, erf and their kin, with error
///   bounds.
/// * [Philox] makes random numbers that are a pure function of (seed, stream, index).
/// * [Values], [HasValues] and [DType] are how modules hand each other arrays with a shape.
///
/// ```java
/// float[] x = {1, 2, 3, 4, 5, 6}; // 2 × 3
/// float[] w = {1, 0, 0, 1, 1, 1}; // 3 × 2
/// float[] y = new float[4];
/// Engine engine = Engine.current();
/// engine.matmul(false, false, 2, 2, 3, x, 0, 3, w, 0, 2, y, 0, 2, false); // 4 5, 10 11
/// engine.map(UnaryFunction.TANH, y, 0, y, 0, 4);
/// ```
///
/// **The same bits everywhere**: whatever the provider, the width of the vectors or the number of
/// threads. Products are one chain of fused multiply-adds per element, so blocking and splitting
/// can't change them; sums run over 16 virtual lanes in fixed blocks; a fused multiply-add is used
/// where the contract says so and nowhere else; elementary functions are our own polynomials in F32
/// and [StrictMath] in F64. The one exception are signs and payloads of NaNs.
///
/// What must not enter: shapes and broadcasting (tensor), anything that knows what a number means,
/// allocation in a kernel, the Vector API (kernels-simd), state that outlives a call other than
/// idle threads.
@NullMarked
package dev.thalweg.kernels;

import org.jspecify.annotations.NullMarked;
