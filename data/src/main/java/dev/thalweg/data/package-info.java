/// Data sets: where rows come from, how they are divided, scaled, and put in order.
///
/// The way of the data, each step a value or a pure function:
///
/// 1. **Rows.** A [Dataset] is an immutable table of finite floats with a class or a number to
///    predict for each row ([Task]). It comes from arrays, from [Datasets] by name, or from a text
///    file through [CsvTable]. Rows that are [Images] stay bytes until they are read;
///    [Datasets#images] reads files of them.
/// 2. **Parts.** [Dataset#split] divides it, by class where there are classes.
/// 3. **Scale.** A [Standardizer] is fitted on the training part and applied to everything.
/// 4. **Order.** A [BatchOrder] says which rows come in which batch of which epoch. A loop written
///    by hand takes [Batches] of it; the trainer fills its own arrays from a [RowSource], which is
///    a data set in such an order, or a file that is larger than the memory ([CsvStream]). Images
///    are changed at random on the way, where an [Augmentation] says how.
///
/// ```java
/// Split parts = Datasets.named("digits").split(0.8, seed);
/// Standardizer standardizer = Standardizer.fit(parts.train());
/// Dataset train = standardizer.apply(parts.train());
/// for (int epoch = 0; epoch < 20; epoch++) {
///   for (Batch batch : train.batches(32).shuffled(seed).epoch(epoch)) {
///     step(batch.x(), batch.labels());
///   }
/// }
/// ```
///
/// Everything random is a function of the seed, the purpose and the epoch, by
/// [dev.thalweg.kernels.Philox]: nothing has to be saved to go on with the same order later, and
/// two machines see the same rows.
///
/// Numbers are float inside, row-major in one array, but the bytes of images; double comes in and
/// goes out at the edge. Bad input ends in one sentence that names row and column, or file, line,
/// column and value: `IllegalArgumentException` for what a program hands over, [DataException] for
/// what a file holds.
///
/// What must not enter: tensors, layers, losses and metrics, which know this package and not the
/// reverse; state of a run; and readers that download.
@NullMarked
package dev.thalweg.data;

import org.jspecify.annotations.NullMarked;
