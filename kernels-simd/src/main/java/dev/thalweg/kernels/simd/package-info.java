/// The kernels on the Vector API, at 128, 256 and 512 bits: the only place that touches
/// `jdk.incubator.vector`.
///
/// Nothing here is called by name. [dev.thalweg.kernels.Engine] finds
/// [dev.thalweg.kernels.simd.SimdProvider] as a service and asks it for its obstacle first, which
/// links no class of the incubator module. Every kernel has its scalar twin in `kernels`, gives the
/// same bits, and is served by that twin until the JIT has compiled it.
///
/// ```
/// java --add-modules jdk.incubator.vector -cp … Main        class path; on the module path no flag
/// ```
///
/// What must not enter: a kernel whose plain loop the JIT vectorises by itself, `reduceLanes(ADD)`
/// and `lanewise(EXP)`, whose results are not specified to the bit. `RowMajorTiles`,
/// `TransposedTiles` and `Transposition` are written by the scripts `tiles.py` and
/// `transposition.py` in `tools`.
@NullMarked
package dev.thalweg.kernels.simd;

import org.jspecify.annotations.NullMarked;
