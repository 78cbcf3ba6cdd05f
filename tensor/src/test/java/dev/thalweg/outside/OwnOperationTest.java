package dev.thalweg.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Operation;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import dev.thalweg.tensor.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Operations of a user, who sees no more than is exported.
class OwnOperationTest {

  /// x² y, with what it was asked for.
  private static final class Scaled extends Operation {
    private final List<String> asked;
    private final boolean wrong;

    private Scaled(List<String> asked, boolean wrong, Tensor x, Tensor y) {
      super("scaled", x, y);
      this.asked = asked;
      this.wrong = wrong;
    }

    static Tensor of(List<String> asked, boolean wrong, Tensor x, Tensor y) {
      Tensor z = new Scaled(asked, wrong, x, y).result(DType.F64, x.shape());
      Tensor square = Tensor.empty(DType.F64, x.shape());
      double[] squares = square.doubles();
      double[] from = x.doubles();
      double[] factor = y.doubles();
      double[] into = z.doubles();
      engine()
          .parallel(
              x.size(),
              2,
              (first, end) -> {
                for (int i = first; i < end; i++) {
                  squares[i] = from[i] * from[i];
                  into[i] = squares[i] * factor[i];
                }
              });
      return z;
    }

    @Override
    protected void backward(Tensor z, Tensor g, Wanted by) {
      asked.add(by.wants(0) + " " + by.wants(1));
      Tensor shared = g.times(input(0));
      by.add(0, wrong ? shared.sum() : shared.times(input(1)).times(2));
      by.add(1, shared.times(input(0)));
    }
  }

  @Test
  void isAskedOnceForAllThatIsWanted() {
    List<String> asked = new ArrayList<>();
    Tensor x = Tensor.of(1, 2, 3);
    Tensor y = Tensor.of(4, 5, 6);
    Tensor z = Scaled.of(asked, false, x, y).sum();
    List<Tensor> gradients = z.gradients(x, y);
    assertThat(gradients.get(0).toDoubles()).containsExactly(8, 20, 36);
    assertThat(gradients.get(1).toDoubles()).containsExactly(1, 4, 9);
    assertThat(z.gradient(y).toDoubles()).containsExactly(1, 4, 9);
    assertThat(z.gradient(Tensor.of(1)).item()).isZero();
    assertThat(asked).containsExactly("true true", "false true");
  }

  @Test
  void gathersTheGradientsOfAnInputThatIsGivenTwice() {
    Tensor x = Tensor.of(1, 2, 3);
    Tensor z = Scaled.of(new ArrayList<>(), false, x, x).sum();
    assertThat(z.gradient(x).toDoubles()).containsExactly(3, 12, 27);
    assertThat(
            Gradients.check(
                    t -> Scaled.of(new ArrayList<>(), false, t, t).sum().gradient(t).sum(), x)
                .within(1e-6))
        .isTrue();
  }

  @Test
  void aGradientOfAnotherShapeIsNamed() {
    Tensor x = Tensor.of(1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scaled.of(new ArrayList<>(), true, x, x).sum().gradient(x))
        .withMessage("scaled: expected a gradient by an input of F64[3], was given F64[]");
  }

  @Test
  void takesItsArraysFromTheStep() {
    StepScope scope = new StepScope(Engine.of("scalar", 1));
    Tensor x = Tensor.of(1, 2, 3);
    scope.run(() -> {
      Scaled.of(new ArrayList<>(), false, x, x);
      long once = scope.arraysAllocated();
      scope.endStep();
      Scaled.of(new ArrayList<>(), false, x, x);
      assertThat(scope.arraysAllocated()).isEqualTo(once).isEqualTo(2);
      assertThat(Tensor.empty(DType.F32, Shape.of(2, 5)).floats()).hasSize(10);
    });
  }
}
