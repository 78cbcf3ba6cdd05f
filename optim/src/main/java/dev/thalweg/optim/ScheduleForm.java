package dev.thalweg.optim;

import dev.thalweg.formula.Call;

/// One kind of call that a schedule can be read from.
interface ScheduleForm {
  /// The name, its library in front: `cosine`, `torch.StepLR`.
  String text();

  /// The schedule that a call of this name says.
  ///
  /// @throws dev.thalweg.formula.SyntaxException a caret under what is wrong
  Schedule read(Call call);
}
