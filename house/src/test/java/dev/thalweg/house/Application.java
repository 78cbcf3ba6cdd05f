package dev.thalweg.house;

import static dev.thalweg.nn.Activation.GELU;
import static dev.thalweg.nn.Layers.dense;

import dev.thalweg.data.Dataset;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.KernelProvider;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.kernels.loop.LoopInterpreter;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.util.ServiceLoader;

/// Uses whatever of the library keeps something for a thread.
public final class Application implements Runnable {

  /// For a class loader.
  public Application() {}

  @Override
  public void run() {
    int n = 96;
    double[][] x = new double[n][40];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      x[i][i % 40] = i;
      labels[i] = i % 2;
    }
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(2)
            .withEngine(Engine.of("scalar", 2))
            .fit(
                Sequential.of(dense(64, GELU), dense(2)),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse("clip_norm(1) | adamw(lr=0.01)"),
                Dataset.classification(x, labels));
    fitted.predict(x[0]);
    float[] many = new float[70_000];
    Engine two = Engine.of("scalar", 2);
    two.sum(many, 0, many.length);
    two.sum(new double[many.length], 0, many.length);
    UpdatePlan plan = UpdatePlan.of(Program.parse("p -= lr * g"));
    LoopInterpreter.of(plan.loop()).run(new float[2][8], new float[1], 0, 8);
    for (KernelProvider provider :
        ServiceLoader.load(KernelProvider.class, Application.class.getClassLoader())) {
      if (provider.obstacle().isEmpty()) {
        Kernels kernels = provider.kernels();
        kernels.map(UnaryFunction.EXP, many, 0, many, 1, 100);
      }
    }
    // Convolutions, windows, recurrent layers.
    Trainer.defaults()
        .withEpochs(1)
        .withEngine(two)
        .fit(
            Models.parse(
                "reshape(8, 5, 1) | conv2d(16, 3, padding=same, activation=relu) | max_pool(2)"
                    + " | conv2d(16, 3, padding=same) | reshape(8, 16) | lstm(8) | last | dense(2)",
                2),
            Losses.softmaxCrossEntropy(),
            Optimizer.parse("sgd(0.01)"),
            Dataset.classification(x, labels))
        .predict(x[0]);
    StringBuilder longRule = new StringBuilder("p -= lr * (g");
    for (int i = 1; i < 400; i++) {
      longRule.append(" + sin(g * ").append(i).append(')');
    }
    float[] parameter = new float[10];
    Optimizer.parse("rule('" + longRule + ")', lr=0.1)")
        .attach(Parameter.of("p", parameter))
        .step(new float[10]);
  }
}
