package dev.thalweg.train;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.Schema;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.ParameterSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a training starts instead of at random weights: from those of another model, some of which
/// may stay as they are.
///
/// ```java
/// var digits = FittedModel.load(folder);
/// var model = digits.network().model().withOutputs(4);          // a new head for four classes
/// trainer.withStart(Start.from(digits).freezing("conv*", "batch_norm"))
///     .fit(model, softmaxCrossEntropy(), adamw(1e-4), letters);
/// ```
///
/// What has the same name and shape in both is taken over, state of layers included; other weights
/// begin as they are drawn. Weights that are frozen are not given to the optimizer, and no gradient
/// of theirs is computed. A layer all of whose weights are frozen works as it does in predictions:
/// batch normalisation with its running moments, which stay, too.
///
/// Of a fitted model the scaling of features is taken over, because that is what its weights know,
/// and in another regression that of the targets.
///
/// @param network whose weights are taken; it is not changed
/// @param preprocessing the scaling that goes with them; where there is none, it is fitted on the
///   rows to train on
/// @param frozen which weights stay, by the names of weights, the paths of layers (`3.1`) or their
///   kinds (`conv2d`); see [Network#parameters(ParameterSelector)]
public record Start(
    Network network, Optional<Preprocessing> preprocessing, Optional<ParameterSelector> frozen) {

  /// Names of features that a sentence has room for.
  private static final int TOLD = 4;

  /// From a fitted model, with its scaling.
  public static Start from(FittedModel model) {
    NotNull.check(model, "model");
    return new Start(model.network(), Optional.of(model.preprocessing()), Optional.empty());
  }

  /// From the weights of a network: of a language model, a detector or one of your own.
  public static Start from(Network network) {
    NotNull.check(network, "network");
    return new Start(network, Optional.empty(), Optional.empty());
  }

  /// The same with some weights that stay as they are.
  ///
  /// @param globs names of weights, paths of layers or kinds of layers; `*` stands for any
  ///   characters
  /// @throws IllegalArgumentException if there is none, or one is blank
  public Start freezing(String... globs) {
    NotNull.check(globs, "globs");
    if (globs.length == 0) {
      throw new IllegalArgumentException("freezing: expected a name, found none");
    }
    ParameterSelector selector = ParameterSelector.name(globs[0]);
    for (String glob : List.of(globs).subList(1, globs.length)) {
      selector = selector.or(ParameterSelector.name(glob));
    }
    return freezing(selector);
  }

  /// The same with these weights as they are.
  public Start freezing(ParameterSelector selector) {
    NotNull.check(selector, "selector");
    return new Start(network, preprocessing, Optional.of(selector));
  }

  /// Gives a network the weights.
  ///
  /// @throws IllegalArgumentException if there is nothing to take, or what is to be frozen is not
  ///   there
  TrainingEvent.StartedFrom into(Network trained) {
    List<String> fresh = trained.takeFrom(network);
    List<String> stay = frozenOf(trained).stream().map(Parameter::name).toList();
    return new TrainingEvent.StartedFrom(fresh, stay);
  }

  /// The weights of a network that stay.
  ///
  /// @throws IllegalArgumentException if none do although some were to, or all
  public List<Parameter> frozenOf(Network trained) {
    NotNull.check(trained, "trained");
    if (frozen.isEmpty()) {
      return List.of();
    }
    List<Parameter> found = trained.parameters(frozen.get());
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "freeze: no weight or layer is %s; expected a name such as %s or the kind of a layer, such as %s"
              .formatted(
                  frozen.get(),
                  trained.parameters().getFirst().name(),
                  trained.model().layers().getFirst().toString().replaceFirst("\\(.*", "")));
    }
    if (found.size() == trained.parameters().size()) {
      throw new IllegalArgumentException(
          "freeze: %s is every weight, so there is nothing to train".formatted(frozen.get()));
    }
    return found;
  }

  /// The weights of a network that are not frozen, in their order.
  List<Parameter> trainedOf(Network trained) {
    Set<Parameter> found = new HashSet<>(frozenOf(trained));
    List<Parameter> others = new ArrayList<>(trained.parameters());
    others.removeIf(found::contains);
    return others;
  }

  /// Which features are too many, or else missing, by their names.
  private static String difference(List<String> before, List<String> now) {
    List<String> more = new ArrayList<>(now);
    more.removeAll(before);
    List<String> fewer = new ArrayList<>(before);
    fewer.removeAll(now);
    List<String> told = more.isEmpty() ? fewer : more;
    return told.isEmpty()
        ? ", in another order"
        : (more.isEmpty() ? ", without " : ", among them ")
            + String.join(", ", told.subList(0, Math.min(TOLD, told.size())))
            + (told.size() > TOLD ? " and %d more".formatted(told.size() - TOLD) : "");
  }

  /// That rows have the features whose scaling is taken over.
  ///
  /// @throws IllegalArgumentException if not
  void check(Schema rows) {
    Schema before = preprocessing.orElseThrow().schema();
    boolean same =
        before.features() == rows.features()
            && ((before.image().isPresent() && rows.image().isPresent())
                || before.featureNames().equals(rows.featureNames()));
    if (!same) {
      throw new IllegalArgumentException(
          "%s: expected the %d features of %s, where the weights come from, found %s"
              .formatted(
                  rows.name(),
                  before.features(),
                  before.name(),
                  (before.features() == rows.features() ? "others" : rows.features())
                      + difference(before.featureNames(), rows.featureNames())));
    }
    List<ColumnEncoding> known = before.encoding().map(TableEncoding::columns).orElse(List.of());
    List<ColumnEncoding> found = rows.encoding().map(TableEncoding::columns).orElse(List.of());
    for (int i = 0; i < Math.min(known.size(), found.size()); i++) {
      if (known.get(i) instanceof ColumnEncoding.Tokens tokens
          && !(found.get(i) instanceof ColumnEncoding.Tokens own
              && own.tokenizer().equals(tokens.tokenizer()))) {
        throw new IllegalArgumentException(
            "%s: expected the tokens of %s in column '%s', where the weights come from, found others; TableEncoding.withTokensOf takes these"
                .formatted(rows.name(), before.name(), tokens.name()));
      }
    }
  }
}
