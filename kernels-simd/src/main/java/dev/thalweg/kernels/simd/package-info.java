/// The kernels on the Vector API, at 128, 256 and 512 bits, equal to the scalar ones to the bit.
///
/// The only package that touches `jdk.incubator.vector`. Nothing is exported: [SimdProvider] is
/// found as a service and hands out the kernels, or says what stands in the way (the module is
/// missing, vectors are too narrow, the Vector API of this JDK is another one).
///
/// ```java
/// Engine engine = Engine.of("simd", 2); // throws with the obstacle where there is one
/// ```
///
/// One source serves all widths: the species is a constant ([Width]), so the JIT folds what depends
/// on it. `SimdMatmul` is the matrix product around register tiles that `tools/tiles.py` writes;
/// `Functions` repeats the scalar functions operation by operation, and `Loops` runs each of them
/// in a loop of its own; `Reductions` keeps the 16 lanes of the contract as one, two or four
/// vectors. `WarmUp` lets the scalar kernels serve until the vector code is compiled.
///
/// What keeps this code fast, each learnt from a measurement: small static methods that are called
/// many times, never a giant loop (compiled in mid-loop, it makes objects of vectors); one
/// polynomial a loop; no `reduceLanes(ADD)` (its order is not specified) and no `lanewise(EXP)`
/// (its bits depend on the machine); no masks (slow without AVX-512): ends of arrays go through a
/// small array. A test holds that compiled kernels allocate nothing.
///
/// What must not enter: a kernel without a scalar twin, and anything but kernels.
@NullMarked
package dev.thalweg.kernels.simd;

import org.jspecify.annotations.NullMarked;
