package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Signature;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Recurrence.Cell;
import java.util.ArrayList;
import java.util.List;

/// The layers there are, and how they are read from text.
public final class Layers {

  private static final Argument<Activation> FUNCTION =
      Argument.required("function", Kinds.ACTIVATION, "of each element");

  private static final Argument<Layer> BODY =
      Argument.required("body", Kinds.LAYER, "the layers of the group");

  private static final Signature ACTIVATION =
      Signature.of("activation", "a function of each element", 1, FUNCTION);

  private static final Signature GROUP =
      Signature.of("group", "layers as one, whose weights are named 1.…, 2.…", 1, BODY);

  /// All there are; a new one is a line here.
  private static final List<LayerKind> KINDS =
      List.of(
          Dense.KIND,
          Conv.KIND,
          Conv.BY_CHANNEL,
          Conv.OF_SERIES,
          ConvTranspose.KIND,
          Pool.MAXIMUM,
          Pool.MEAN,
          Pool.MAXIMUM_OF_SERIES,
          Pool.MEAN_OF_SERIES,
          GlobalPool.MEAN,
          GlobalPool.MAXIMUM,
          AdaptivePool.MEAN,
          AdaptivePool.MAXIMUM,
          Upsample.KIND,
          Pad.MORE,
          Pad.LESS,
          BatchNorm.KIND,
          Norm.BY_LAYER,
          Norm.BY_SQUARES,
          Norm.BY_GROUP,
          Norm.BY_INSTANCE,
          Embedding.KIND,
          Positions.KIND,
          RecurrentLayer.LSTM,
          RecurrentLayer.GRU,
          RecurrentLayer.RNN,
          Bidirectional.KIND,
          LastStep.KIND,
          Interactions.KIND,
          SelfAttention.KIND,
          CrossAttention.KIND,
          SwiGlu.KIND,
          Tied.KIND,
          TransformerBlock.SEEING_ALL,
          TransformerBlock.CAUSAL,
          EncoderDecoder.KIND,
          Dropout.ELEMENTS,
          Dropout.CHANNELS,
          Dropout.SAMPLES,
          Flatten.KIND,
          Reshape.KIND,
          LayerKind.of(ACTIVATION, "any, kept", arguments -> activation(arguments.get(FUNCTION))),
          Residual.KIND,
          Parallel.KIND,
          Parallel.CONNECTION,
          Repeat.KIND,
          LayerKind.of(GROUP, "as of its layers", arguments -> Sequential.of(arguments.get(BODY))));

  private Layers() {}

  /// A fully connected layer without activation.
  ///
  /// @throws IllegalArgumentException if units is not positive
  public static Dense dense(int units) {
    return dense(units, Activation.LINEAR);
  }

  /// A fully connected layer.
  ///
  /// @throws IllegalArgumentException if units is not positive
  public static Dense dense(int units, Activation activation) {
    NotNull.check(activation, "activation");
    return Dense.of(units, activation);
  }

  /// Convolution of images, without activation.
  ///
  /// @param filters channels of the output
  /// @param kernel rows and columns of a window
  /// @throws IllegalArgumentException if a number is not positive
  public static Conv conv2d(int filters, int kernel) {
    return Conv.images(filters, kernel);
  }

  /// Convolution of images.
  ///
  /// @param filters channels of the output
  /// @param kernel rows and columns of a window
  /// @throws IllegalArgumentException if a number is not positive
  public static Conv conv2d(int filters, int kernel, Activation activation) {
    NotNull.check(activation, "activation");
    return Conv.images(filters, kernel).withActivation(activation);
  }

  /// Convolution of images, each channel by itself.
  ///
  /// @param kernel rows and columns of a window
  /// @throws IllegalArgumentException if it is not positive
  public static Conv depthwiseConv2d(int kernel) {
    return Conv.depthwise(kernel);
  }

  /// Convolution of series, without activation.
  ///
  /// @param filters channels of the output
  /// @param kernel steps of a window
  /// @throws IllegalArgumentException if a number is not positive
  public static Conv conv1d(int filters, int kernel) {
    return Conv.series(filters, kernel);
  }

  /// Transposed convolution of images, without activation.
  ///
  /// @param filters channels of the output
  /// @param kernel rows and columns of a window
  /// @throws IllegalArgumentException if a number is not positive
  public static ConvTranspose conv2dTranspose(int filters, int kernel) {
    return ConvTranspose.of(filters, kernel);
  }

  /// The largest number of each window of an image, windows side by side.
  ///
  /// @param size rows and columns of a window
  /// @throws IllegalArgumentException if it is not positive
  public static Pool maxPool(int size) {
    return Pool.maximum(size);
  }

  /// The mean of each window of an image, windows side by side.
  ///
  /// @param size rows and columns of a window
  /// @throws IllegalArgumentException if it is not positive
  public static Pool averagePool(int size) {
    return Pool.mean(size);
  }

  /// The mean of each channel over all pixels or steps.
  public static GlobalPool globalAveragePool() {
    return GlobalPool.mean();
  }

  /// The largest number of each channel over all pixels or steps.
  public static GlobalPool globalMaxPool() {
    return GlobalPool.maximum();
  }

  /// The means of parts of an image.
  ///
  /// @param rows of the output
  /// @param columns of the output
  /// @throws IllegalArgumentException if a number is not positive
  public static AdaptivePool adaptiveAveragePool(int rows, int columns) {
    return AdaptivePool.mean(rows, columns);
  }

  /// The largest numbers of parts of an image.
  ///
  /// @param rows of the output
  /// @param columns of the output
  /// @throws IllegalArgumentException if a number is not positive
  public static AdaptivePool adaptiveMaxPool(int rows, int columns) {
    return AdaptivePool.maximum(rows, columns);
  }

  /// An image enlarged by its nearest pixels.
  ///
  /// @throws IllegalArgumentException if it is not at least once
  public static Upsample upsample(int times) {
    return Upsample.of(times, Upsample.Mode.NEAREST);
  }

  /// An image enlarged.
  ///
  /// @throws IllegalArgumentException if it is not at least once
  public static Upsample upsample(int times, Upsample.Mode mode) {
    NotNull.check(mode, "mode");
    return Upsample.of(times, mode);
  }

  /// Rows and columns of zeros put around an image.
  public static Pad pad(Padding sides) {
    NotNull.check(sides, "sides");
    return Pad.around(sides);
  }

  /// Rows and columns cut off an image.
  public static Pad crop(Padding sides) {
    NotNull.check(sides, "sides");
    return Pad.crop(sides);
  }

  /// Each channel to mean 0 and variance 1 over the batch.
  public static BatchNorm batchNorm() {
    return BatchNorm.of();
  }

  /// The last dimension of each sample to mean 0 and variance 1.
  public static Norm layerNorm() {
    return Norm.layer();
  }

  /// The last dimension of each sample to mean square 1.
  public static Norm rmsNorm() {
    return Norm.rms();
  }

  /// Groups of channels of each sample to mean 0 and variance 1.
  ///
  /// @throws IllegalArgumentException if there is not at least one group
  public static Norm groupNorm(int groups) {
    return Norm.group(groups);
  }

  /// Each channel of each sample to mean 0 and variance 1.
  public static Norm instanceNorm() {
    return Norm.instance();
  }

  /// A vector for each token.
  ///
  /// @param size how many tokens there are
  /// @param width numbers for each
  /// @throws IllegalArgumentException if a number is not positive
  public static Embedding embedding(int size, int width) {
    return Embedding.of(size, width);
  }

  /// A learned vector for each place added.
  ///
  /// @param context the longest sequence, in steps
  /// @throws IllegalArgumentException if it is not positive
  public static Positions positions(int context) {
    return Positions.of(context, Positions.Code.LEARNED);
  }

  /// A vector for each place added.
  ///
  /// @param context the longest sequence, in steps
  /// @throws IllegalArgumentException if it is not positive
  public static Positions positions(int context, Positions.Code code) {
    NotNull.check(code, "code");
    return Positions.of(context, code);
  }

  /// Long short-term memory over a sequence.
  ///
  /// @param units numbers of the state
  /// @throws IllegalArgumentException if it is not positive
  public static RecurrentLayer lstm(int units) {
    return RecurrentLayer.of(Cell.LSTM, units);
  }

  /// A gated recurrent unit over a sequence.
  ///
  /// @param units numbers of the state
  /// @throws IllegalArgumentException if it is not positive
  public static RecurrentLayer gru(int units) {
    return RecurrentLayer.of(Cell.GRU, units);
  }

  /// A simple recurrent layer over a sequence.
  ///
  /// @param units numbers of the state
  /// @throws IllegalArgumentException if it is not positive
  public static RecurrentLayer rnn(int units) {
    return RecurrentLayer.of(Cell.TANH, units);
  }

  /// Layers over a sequence from both ends.
  public static Bidirectional bidirectional(Layer... body) {
    NotNull.check(body, "body");
    return Bidirectional.of(body.length == 1 ? body[0] : Sequential.of(body));
  }

  /// The last step of a sequence.
  public static LastStep last() {
    return LastStep.of();
  }

  /// What vectors are worth together: biases and scalar products of pairs.
  public static Interactions interactions() {
    return Interactions.of();
  }

  /// Steps that look at each other.
  ///
  /// @param heads which divide the features
  /// @throws IllegalArgumentException if there is none
  public static SelfAttention attention(int heads) {
    return SelfAttention.of(heads);
  }

  /// Steps that look at those of the source, among the target layers of [#encoderDecoder].
  ///
  /// @param heads which divide the features
  /// @throws IllegalArgumentException if there is none
  public static CrossAttention crossAttention(int heads) {
    return CrossAttention.of(heads);
  }

  /// Layers that look at what others make of another sequence.
  ///
  /// @param source what is made of the other sequence
  /// @param target the layers that look at that
  public static EncoderDecoder encoderDecoder(Layer source, Layer target) {
    NotNull.check(source, "source");
    NotNull.check(target, "target");
    return EncoderDecoder.of(source, target);
  }

  /// Two dense layers, the first gated.
  ///
  /// @param hidden numbers between the two
  /// @throws IllegalArgumentException if it is not positive
  public static SwiGlu swiglu(int hidden) {
    return SwiGlu.of(hidden);
  }

  /// A number for each of so many tokens, by the weights of the embedding that is the first layer.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public static Tied tied(int size) {
    return Tied.of(size);
  }

  /// A block of a transformer whose steps look at all others.
  ///
  /// @param heads which divide the features
  /// @throws IllegalArgumentException if there is none
  public static TransformerBlock encoder(int heads) {
    return TransformerBlock.of(false, heads);
  }

  /// A block of a transformer whose steps look at those before.
  ///
  /// @param heads which divide the features
  /// @throws IllegalArgumentException if there is none
  public static TransformerBlock decoder(int heads) {
    return TransformerBlock.of(true, heads);
  }

  /// Dropout.
  ///
  /// @param rate probability of dropping, in [0, 1)
  /// @throws IllegalArgumentException if it is not
  public static Dropout dropout(double rate) {
    return Dropout.of(Dropout.BY_ELEMENT, rate);
  }

  /// Dropout of whole channels.
  ///
  /// @param rate probability of dropping, in [0, 1)
  /// @throws IllegalArgumentException if it is not
  public static Dropout channelDropout(double rate) {
    return Dropout.of(Dropout.BY_CHANNEL, rate);
  }

  /// Dropout of what a residual connection adds, for whole samples.
  ///
  /// @param rate probability of dropping, in [0, 1)
  /// @throws IllegalArgumentException if it is not
  public static Dropout stochasticDepth(double rate) {
    return Dropout.of(Dropout.BY_SAMPLE, rate);
  }

  /// All dimensions of a sample in one.
  public static Flatten flatten() {
    return Flatten.of();
  }

  /// A sample in another shape; one size may be −1.
  ///
  /// @throws IllegalArgumentException if a size is less
  public static Reshape reshape(Integer... sizes) {
    NotNull.check(sizes, "sizes");
    return Reshape.of(List.of(sizes));
  }

  /// The input, and what layers make of it, added.
  public static Residual residual(Layer... body) {
    NotNull.check(body, "body");
    return Residual.of(body.length == 1 ? body[0] : Sequential.of(body));
  }

  /// Layers side by side, their results one after the other along the last dimension.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Parallel parallel(Layer... branches) {
    NotNull.check(branches, "branches");
    return Parallel.of(Parallel.Join.CONCAT, List.of(branches));
  }

  /// Layers side by side, their results joined.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Parallel parallel(Parallel.Join join, Layer... branches) {
    NotNull.check(join, "join");
    NotNull.check(branches, "branches");
    return Parallel.of(join, List.of(branches));
  }

  /// The input, and behind it along the last dimension what layers make of it.
  public static Parallel densely(Layer... body) {
    NotNull.check(body, "body");
    return Parallel.densely(body.length == 1 ? body[0] : Sequential.of(body));
  }

  /// Layers several times, each time with weights of their own.
  ///
  /// @throws IllegalArgumentException if it is not at least once
  public static Repeat repeat(int times, Layer... body) {
    NotNull.check(body, "body");
    return Repeat.of(times, body.length == 1 ? body[0] : Sequential.of(body));
  }

  /// An activation as a layer of its own.
  public static Layer activation(Activation activation) {
    NotNull.check(activation, "activation");
    return new ActivationLayer(activation);
  }

  /// Reads a layer as [Layer#toString] writes it: `dense(64, relu, l2=1e-4)`, `dropout(0.1)`,
  /// `flatten()`, `tanh()`, `activation('x * sigmoid(x)')`; several joined by `|` are a
  /// [Sequential].
  ///
  /// @throws IllegalArgumentException with the nearest known name, or what a value may be
  public static Layer parse(String text) {
    NotNull.check(text, "text");
    List<Call> calls = Call.parseChain(text);
    return calls.size() == 1
        ? read(calls.getFirst())
        : Sequential.of(calls.stream().map(Layers::read).toList());
  }

  /// Reads one call.
  static Layer read(Call call) {
    for (LayerKind kind : KINDS) {
      if (kind.signature().name().equals(call.name())) {
        Arguments arguments = kind.signature().read(call);
        try {
          return kind.make(arguments);
        } catch (SyntaxException placed) {
          throw placed;
        } catch (IllegalArgumentException wrong) {
          throw call.span().error(String.valueOf(wrong.getMessage()));
        }
      }
    }
    if (Activation.named(call.name()) == null) {
      throw call.span().error(Nearest.sentence("layer", call.name(), names()));
    }
    return activation(Activation.read(call));
  }

  /// All kinds of layers, those of activations apart.
  public static List<LayerKind> kinds() {
    return KINDS;
  }

  /// The names of all, activations included.
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    KINDS.forEach(kind -> names.add(kind.signature().name()));
    names.addAll(Activation.names());
    return names;
  }

  /// A number as it is written: `0.1`, `3`.
  static String number(double value) {
    return CallValue.Numeral.of(value).toString();
  }
}
