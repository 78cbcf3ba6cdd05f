package dev.thalweg.train;

import java.util.Locale;

/// How well a recommender does on ratings that it has not seen.
///
/// Items that a user rated at least the mean of the training are wanted. For each user who wants
/// some in the test part, all items that the training has no rating of by that user are ranked;
/// then
///
/// * recall@k: of the wanted ones, the share among the first k (of at most k);
/// * NDCG@k: Σ 1 / log₂(1 + place) of the wanted ones among the first k, divided by what the best
///   order would have (Järvelin, Kekäläinen 2002);
///
/// both are means over these users.
///
/// @param ratings how many were judged
/// @param unknown how many were not, being of a user or an item that the training has no rating of
/// @param rmse the root of the mean square of what the model is off
/// @param mae the mean of what it is off
/// @param k how many items are shown
/// @param recall recall@k
/// @param ndcg NDCG@k
public record RatingEvaluation(
    int ratings, int unknown, double rmse, double mae, int k, double recall, double ndcg) {

  /// `RMSE 0.9123, recall@10 0.2345, NDCG@10 0.3456 (20,000 ratings)`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RMSE %.4f, recall@%d %.4f, NDCG@%d %.4f (%,d ratings)",
        rmse,
        k,
        recall,
        k,
        ndcg,
        ratings);
  }
}
