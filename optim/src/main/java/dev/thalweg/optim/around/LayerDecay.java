package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.RunStage;
import dev.thalweg.optim.rule.Settings;

/// Rates that fall from the last layer to the first: that of a layer is the rate times `factor` to
/// the number of layers behind it. Howard & Ruder 2018, arXiv 1801.06146, section 3.2, whose factor
/// is 1 / 2.6; Clark et al. 2020, arXiv 2003.10555; timm `layer_decay`.
///
/// A layer is what the names of parameters have before their first full stop, in the order in which
/// the parameters stand: `5` of `5.weight`. The decay of weights that goes by the rate falls, too.
public final class LayerDecay implements RunStage {
  @Override
  public String card() {
    return """
    layer_decay (STAGE): rates that fall from the last layer to the first
    Howard & Ruder 2018, arXiv 1801.06146; timm `layer_decay`
    factor = fixed 0.75 in (0, 1]: Bao et al. 2022, arXiv 2106.08254
    """;
  }

  /// The factor of a layer's rate.
  ///
  /// @param behind how many layers stand behind it
  public static double rate(Settings s, int behind) {
    return Math.pow(s.fixed("factor"), behind);
  }
}
