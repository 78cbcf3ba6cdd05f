package dev.thalweg.kernels.simd;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import dev.thalweg.train.Trainer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Trains a convolutional network of nearly every layer of images, large enough that threads share
/// the work.
final class ImageTraining {

  private static final String MODEL =
      "reshape(8, 8) | conv2d(24, 3, padding=same, bias=none) | batch_norm() | relu()"
          + " | max_pool(2) | residual(conv2d(24, 3, padding=1, groups=2, activation=gelu)"
          + " | group_norm(4)) | densely(depthwise_conv2d(3, padding=same) | layer_norm())"
          + " | upsample(2, mode=bilinear) | conv2d(24, 3, stride=2, padding=1, dilation=2)"
          + " | instance_norm() | average_pool(2, stride=1, padding=same) | rms_norm()"
          + " | conv2d_transpose(8, 2, stride=2) | pad(1) | upsample(2)"
          + " | parallel(adaptive_average_pool(3), adaptive_max_pool(3)) | flatten() | dense(10)";

  private static final Dataset DIGITS = Datasets.named("digits").split(0.4, 1).train();

  private ImageTraining() {}

  /// The SHA-256 of the weights and of the running moments.
  static String train(Engine engine, long seed) {
    var fitted =
        Trainer.defaults()
            .withEpochs(1)
            .withBatchSize(256)
            .withSeed(seed)
            .withEngine(engine)
            .fit(
                Models.parse(MODEL, 10),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse("adamw(lr=0.01)"),
                DIGITS);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Parameter> all =
          Stream.of(fitted.network().parameters(), fitted.network().states())
              .flatMap(List::stream)
              .toList();
      for (Parameter parameter : all) {
        float[] values = parameter.values().floats();
        ByteBuffer bytes = ByteBuffer.allocate(4 * parameter.size());
        bytes.asFloatBuffer().put(values, 0, parameter.size());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
