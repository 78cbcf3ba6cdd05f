import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Trainer;

/// A class for each flower, on the class path.
class Flowers {
  static void main() {
    var iris = Datasets.named("iris").split(0.8, 1);
    var model = Sequential.of(Layers.dense(3));
    var fitted =
        Trainer.defaults()
            .withEpochs(40)
            .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adam(0.05), iris.train());
    IO.println("accuracy " + fitted.evaluate(iris.test()).accuracy());
  }
}
