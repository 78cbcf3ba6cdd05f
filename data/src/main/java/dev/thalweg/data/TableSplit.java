package dev.thalweg.data;

/// A table in two parts without a common row.
///
/// @param train the part to learn from
/// @param test the part to be judged by
public record TableSplit(Table train, Table test) {

  /// Both parts as features, by means and categories of the training part.
  ///
  /// @throws DataException as [TableEncoding#fit]
  public Split encoded() {
    TableEncoding encoding = TableEncoding.fit(train);
    return new Split(encoding.apply(train), encoding.apply(test));
  }
}
