package dev.thalweg.optim;

import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compiles the loops of the methods of the table, with the same compiler that serves a user's own
/// rule: a step of the build, so that they are ordinary classes and cost nothing at start.
///
/// Compiled are every rule as it is by default, with each of its switches and choices alone changed
/// (with momentum and without), and behind the usual stages. What is left is compiled when it is
/// first used.
final class BuiltInLoops {
  private static final List<String> BEFORE = List.of("clip_norm(1) | ", "clip_value(1) | ");

  private BuiltInLoops() {}

  /// @param arguments the folder of the compiled classes
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (Map.Entry<LoopProgram, String> loop : programs().entrySet()) {
      String name = Loops.className(loop.getKey());
      byte[] bytes = LoopCompiler.classFile(loop.getKey(), name, loop.getValue());
      Path file = folder.resolve(name.replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
  }

  /// The loops, each with the text of an optimizer that has it.
  static Map<LoopProgram, String> programs() {
    var programs = new LinkedHashMap<String, LoopProgram>();
    var names = new LinkedHashMap<LoopProgram, String>();
    for (Optimizer optimizer : optimizers()) {
      UpdatePlan plan = optimizer.chain().plan();
      var loops = new ArrayList<LoopProgram>();
      loops.add(plan.loop());
      plan.reductions().forEach(reduction -> loops.add(reduction.program()));
      for (LoopProgram loop : loops) {
        if (programs.putIfAbsent(loop.key(), loop) == null) {
          names.put(loop, optimizer.toString());
        }
      }
    }
    return names;
  }

  private static List<Optimizer> optimizers() {
    var optimizers = new ArrayList<Optimizer>();
    for (Method method : Methods.all()) {
      if (method.family() == Family.STAGE) {
        continue;
      }
      Optimizer standard = Optimizers.of(method).withLearningRate(0.1);
      addVariants(standard, method, optimizers);
      if (method.arguments().stream().anyMatch(argument -> argument.name().equals("momentum"))) {
        addVariants(standard.withMomentum(0.5), method, optimizers);
      }
    }
    for (String stage : BEFORE) {
      for (Method method : PaperMethods.ALL) {
        optimizers.add(Optimizer.parse(stage + method.name()));
      }
    }
    return optimizers;
  }

  private static void addVariants(Optimizer standard, Method method, List<Optimizer> optimizers) {
    optimizers.add(standard);
    for (Argument argument : method.arguments()) {
      for (Setting setting : others(argument)) {
        Stage stage = standard.stages().getFirst();
        if (method.conflict(stage.settings().with(argument.name(), setting)).isEmpty()) {
          optimizers.add(new Optimizer(List.of(stage.with(argument, setting))));
        }
      }
    }
  }

  /// Values that make another formula than the default.
  private static List<Setting> others(Argument argument) {
    return switch (argument.kind()) {
      case FLAG ->
          List.of(new Setting.Flag(!argument.defaultValue().equals(new Setting.Flag(true))));
      case CHOICE -> choices(argument);
      case OPTIONAL -> List.of(Setting.number(0.5));
      case NUMBER ->
          argument.defaultValue().equals(Setting.number(0))
              ? List.of(Setting.number(0.5))
              : List.of();
      case FIXED, TUPLE, IGNORED, REFUSED -> List.of();
    };
  }

  private static List<Setting> choices(Argument argument) {
    var choices = new ArrayList<Setting>();
    if (argument.defaultValue() instanceof Setting.Choice(Enum<?> standard)) {
      for (Enum<?> value : standard.getDeclaringClass().getEnumConstants()) {
        choices.add(new Setting.Choice(value));
      }
    }
    return choices;
  }
}
