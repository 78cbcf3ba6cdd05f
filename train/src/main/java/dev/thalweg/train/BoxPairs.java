package dev.thalweg.train;

import dev.thalweg.data.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Pairs the boxes found on an image with the true ones, those first that share the most, and adds
/// what comes of it to scores; [DetectorEvaluation] says what they are.
final class BoxPairs {

  static final String MEAN_IOU = "mean_iou";
  static final String CLASS_ACCURACY = "class_accuracy";
  static final String PRECISION = "precision";
  static final String RECALL = "recall";

  /// What a box that counts as found has to share.
  private static final double HALF = 0.5;

  private record Pair(int found, int truth, double iou) {}

  private double iou;
  private int right;
  private int hits;
  private int found;
  private int boxes;

  /// Nothing yet.
  BoxPairs() {}

  /// Counts an image.
  void add(List<Detection> detections, List<Box> truth) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < detections.size(); i++) {
      for (int k = 0; k < truth.size(); k++) {
        double shared = detections.get(i).box().iou(truth.get(k));
        if (shared > 0) {
          pairs.add(new Pair(i, k, shared));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::iou).reversed());
    var takenFound = new boolean[detections.size()];
    var takenTruth = new boolean[truth.size()];
    for (Pair pair : pairs) {
      if (!takenFound[pair.found] && !takenTruth[pair.truth]) {
        takenFound[pair.found] = true;
        takenTruth[pair.truth] = true;
        boolean sameClass =
            detections.get(pair.found).box().label() == truth.get(pair.truth).label();
        iou += pair.iou;
        right += sameClass ? 1 : 0;
        hits += sameClass && pair.iou >= HALF ? 1 : 0;
      }
    }
    found += detections.size();
    boxes += truth.size();
  }

  /// Adds all that was counted.
  void addTo(Scores scores) {
    scores.mean(MEAN_IOU, iou, boxes);
    scores.mean(CLASS_ACCURACY, right, boxes);
    scores.mean(PRECISION, hits, found);
    scores.mean(RECALL, hits, boxes);
  }
}
