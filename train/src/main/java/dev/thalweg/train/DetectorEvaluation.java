package dev.thalweg.train;

import java.util.Locale;

/// How well a [Detector] does on scenes whose boxes are known. Boxes that were found and true ones
/// are paired one to one, those first that share the most, by the area shared over the area covered
/// ([dev.thalweg.data.Box#iou]).
///
/// @param rows how many scenes there are
/// @param boxes how many true boxes they have
/// @param loss what the training made small, on these scenes
/// @param meanIou the mean over the true boxes of the IoU with the box that they are paired with; 0
///   for one that has none
/// @param classAccuracy the share of the true boxes whose partner has their class; one without a
///   partner counts as wrong
/// @param precision the share of the boxes found that have an IoU of at least ½ with their partner
///   and its class; NaN where nothing was found
/// @param recall the share of the true boxes of which this is so
public record DetectorEvaluation(
    int rows,
    int boxes,
    double loss,
    double meanIou,
    double classAccuracy,
    double precision,
    double recall) {

  /// `loss 0.4811, mean IoU 0.8702, class accuracy 0.9734 (1,000 scenes)`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "loss %.4f, mean IoU %.4f, class accuracy %.4f (%,d scene%s)",
        loss,
        meanIou,
        classAccuracy,
        rows,
        rows == 1 ? "" : "s");
  }
}
