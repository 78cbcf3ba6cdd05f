package valley;

import module dev.thalweg;

import java.util.Map;

/// The lowest point of a valley, on the module path.
class Valley {
  static void main() {
    var valley = Formula.parse("(x - 1)^2 + 100*(y - x^2)^2");
    var minimum = Minimizer.of(Optimizers.adam(0.05)).minimize(valley, Map.of("x", -1.0, "y", 1.0));
    IO.println(minimum);
  }
}
