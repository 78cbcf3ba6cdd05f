package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What Shampoo and its kin keep of a gradient of rows × columns: an average of products on its
/// left, rows × rows, one on its right, columns × columns, and a matrix of the same size that is
/// made of each now and then.
abstract class BothSides implements ArrayPass {
  final Matrix x;
  final Matrix g;
  final Kept left;
  final Kept right;

  /// What is made of `left`.
  final Kept leftMade;

  /// What is made of `right`.
  final Kept rightMade;

  /// Room for products, rows × rows, columns × columns and as the gradient.
  final Matrix ofRows;

  final Matrix ofColumns;
  final Matrix between;

  private final String made;

  /// @param made what is made of the averages, as in the names of the state: root
  BothSides(Values x, Values g, String made) {
    this.x = Matrix.of(x);
    this.g = Matrix.of(g);
    this.made = made;
    int rows = this.x.rows();
    int columns = this.x.columns();
    left = new Kept(x.dtype(), rows, rows);
    right = new Kept(x.dtype(), columns, columns);
    leftMade = new Kept(x.dtype(), rows, rows);
    rightMade = new Kept(x.dtype(), columns, columns);
    ofRows = this.x.zeros(rows, rows);
    ofColumns = this.x.zeros(columns, columns);
    between = this.x.zeros(rows, columns);
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    state.put("left", left);
    state.put("right", right);
    state.put("left_" + made, leftMade);
    state.put("right_" + made, rightMade);
    return Collections.unmodifiableSequencedMap(state);
  }
}
