/// Everything most users want, in one import.
///
/// ```java
/// import module dev.thalweg;
///
/// var data = Datasets.named("digits").split(0.8, 7);
/// var model = Sequential.of(Layers.dense(64, Activation.RELU), Layers.dense(10));
/// var fitted =
///     Trainer.defaults()
///         .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adamw(1e-3), data.train());
/// ```
///
/// The module has no package of its own: it stands for the training loop and all it is made of
/// ([dev.thalweg.train], [dev.thalweg.data], [dev.thalweg.nn], [dev.thalweg.optim],
/// [dev.thalweg.tensor], [dev.thalweg.formula], [dev.thalweg.kernels]) and for the file formats
/// ([dev.thalweg.formats]). The artifact `thalweg` brings `thalweg-kernels-simd` along too; that is
/// no requirement of this module but a service that the kernels find where the JVM has
/// `jdk.incubator.vector`, so nothing breaks where it is left out.
///
/// What must not enter: code.
@org.jspecify.annotations.NullMarked
module dev.thalweg {
  requires static org.jspecify;
  requires transitive dev.thalweg.formats;
  requires transitive dev.thalweg.train;
}
