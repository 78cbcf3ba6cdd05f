/// Small file formats of others, read and written without any library.
///
/// Weights, tables of numbers and headers travel between this project and Python in formats that
/// others own. Three of them are so small that a dependency would weigh more than the code, so they
/// are here, each compared byte by byte with its reference implementation:
///
/// | format | types | reference |
/// |---|---|---|
/// | safetensors, named arrays in a file | [Safetensors], [SafetensorsArray] | Python's `safetensors` |
/// | npy, one array, and npz, a zip file of them | [Npy], [Npz], [NpyArray] | `numpy` |
/// | JSON, strict, for headers and small documents; lists of any length | [Json], [JsonElements] | RFC 8259 |
///
/// ```java
/// Safetensors.write(
///     file, Map.of("dense1.weight", SafetensorsArray.of(weights, 64, 10)), Map.of("epochs", "20"));
/// Safetensors run = Safetensors.read(file);
/// float[] again = run.array("dense1.weight").floats();
/// String digest = Sha256.of(file);
/// ```
///
/// What holds for all of them:
///
/// * The same values give the same bytes: names are sorted, dates fixed, nothing depends on the
///   order of a map. So a file's SHA-256 stands for the numbers in it.
/// * A file is there whole or not at all ([AtomicFile]).
/// * Readers trust nothing. Lengths, offsets, names and types are checked before memory is taken
///   for them, and the only exception that leaves a reader is [FormatException], one sentence that
///   names the file, what was expected and what was found. Writing throws `UncheckedIOException`
///   with such a sentence.
///
/// What must not enter: what the arrays mean. No model, layer, optimizer or data set is known here,
/// no format of this project's own, and nothing that a kept library does well (CSV, YAML, ONNX).
@NullMarked
package dev.thalweg.formats;

import org.jspecify.annotations.NullMarked;
