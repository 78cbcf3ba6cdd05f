package dev.thalweg.optim;

import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopProgram;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Compiles the loops of the methods of the table, with the same compiler that serves a user's own
/// rule, and writes down how they are carried out ([Prepared]): a step of the build, so that both
/// cost next to nothing at start. It is no part of the archive.
///
/// These are the rules of [#NAMES] as they are by default, in each form of momentum, with decay of
/// the weights, and behind the clipping of the norm. What is left is made when it is first used.
final class BuiltInLoops {
  private static final String BEFORE = "clip_norm(1) | ";

  /// The arguments that are changed, one at a time.
  private static final List<String> CHANGED = List.of("form", "nesterov", "weight_decay");

  /// The rules whose loops are made: those that most users begin with. Other libraries' calls of
  /// the same formulas find their loops among these.
  static final List<String> NAMES =
      List.of("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw");

  private BuiltInLoops() {}

  /// @param arguments the folder of the compiled classes
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    deleteOld(folder);
    Map<String, String> texts = plans();
    for (Map.Entry<LoopProgram, String> loop : programs().entrySet()) {
      String name = Loops.className(loop.getKey().key());
      byte[] bytes = LoopCompiler.classFile(loop.getKey(), name, loop.getValue());
      if (isUsual(loop.getValue())) {
        write(folder, name, bytes);
      } else {
        texts.put(loop.getKey().key(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    write(folder, Prepared.TEXTS, textsClass(texts));
  }

  /// Whether an optimizer is one of the rules as it is by default: its loop is a class of its own,
  /// as defining one costs a start two milliseconds.
  private static boolean isUsual(String optimizer) {
    for (String name : NAMES) {
      if (optimizer.equals(Optimizers.named(name).withLearningRate(0.1).toString())) {
        return true;
      }
    }
    return false;
  }

  /// What an earlier build has written may be of another form.
  private static void deleteOld(Path folder) throws IOException {
    Path own = folder.resolve(BuiltInLoops.class.getPackageName().replace('.', '/'));
    if (Files.isDirectory(own)) {
      try (var old = Files.newDirectoryStream(own, "{Plan,Loop}[0-9a-f]*.class")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path folder, String className, byte[] bytes) throws IOException {
    Path file = folder.resolve(className.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /// The loops, each with the text of an optimizer that has it.
  static Map<LoopProgram, String> programs() {
    var programs = new LinkedHashMap<String, LoopProgram>();
    var names = new LinkedHashMap<LoopProgram, String>();
    for (Optimizer optimizer : optimizers()) {
      UpdatePlan plan = Chain.made(optimizer.stages()).plan();
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

  /// The texts of [Prepared] about chains, by the hashes of their keys.
  ///
  /// @throws IllegalStateException if two chains have one hash
  static Map<String, String> plans() {
    var plans = new TreeMap<String, String>();
    for (Optimizer optimizer : optimizers()) {
      String text = text(optimizer.stages());
      String key = Prepared.key(optimizer.stages());
      String other = key == null ? text : plans.put(Prepared.hash(key), text);
      if (other != null && !other.equals(text)) {
        throw new IllegalStateException("two plans have one hash: " + text + " and " + other);
      }
    }
    return plans;
  }

  /// The text for a chain: what the build writes.
  private static String text(List<Stage> stages) {
    Chain chain = Chain.made(stages);
    List<Map<String, String>> names = Chain.names(stages);
    var text = new StringBuilder().append(Prepared.key(stages)).append(Prepared.BREAK);
    int number = 0;
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).computes()) {
        for (String symbol : Chain.used(stages.get(i)).keySet()) {
          text.append(names.get(i).getOrDefault(symbol, symbol));
          text.append('=').append(number).append('.').append(symbol).append('\n');
        }
        number++;
      }
    }
    text.append(Prepared.BREAK);
    new TreeMap<>(chain.initial())
        .forEach((slot, value) -> text.append(slot).append('=').append(value).append('\n'));
    return text.append(Prepared.BREAK).append(chain.outline()).toString();
  }

  /// A class that gives the text of a hash or of a loop's key, null for one that it does not know:
  /// one class, since the texts have most of their words in common and an archive packs each class
  /// by itself.
  private static byte[] textsClass(Map<String, String> texts) {
    ClassDesc operator = ClassDesc.of(UnaryOperator.class.getName());
    return ClassFile.of()
        .build(
            ClassDesc.of(Prepared.TEXTS),
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
                    .withInterfaceSymbols(operator)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        0,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void)
                                .return_())
                    .withMethodBody(
                        "apply",
                        MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object),
                        ClassFile.ACC_PUBLIC,
                        code -> {
                          texts.forEach((hash, text) -> {
                            code.loadConstant(hash)
                                .aload(1)
                                .invokevirtual(
                                    ConstantDescs.CD_String,
                                    "equals",
                                    MethodTypeDesc.of(
                                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object))
                                .ifThen(found -> found.loadConstant(text).areturn());
                          });
                          code.aconst_null().areturn();
                        }));
  }

  static List<Optimizer> optimizers() {
    var optimizers = new ArrayList<Optimizer>();
    for (String name : NAMES) {
      Method method = Methods.named(name).orElseThrow();
      Optimizer standard = Optimizers.of(method).withLearningRate(0.1);
      addVariants(standard, method, optimizers);
    }
    for (String name : NAMES) {
      optimizers.add(Optimizer.parse(BEFORE + name));
    }
    return optimizers;
  }

  private static void addVariants(Optimizer standard, Method method, List<Optimizer> optimizers) {
    optimizers.add(standard);
    for (Hyperparameter argument : method.arguments()) {
      for (Setting setting :
          CHANGED.contains(argument.name()) ? others(argument) : List.<Setting>of()) {
        Stage stage = standard.stages().getFirst();
        if (method.conflict(stage.settings().with(argument.name(), setting)).isEmpty()) {
          optimizers.add(new Optimizer(List.of(stage.with(argument, setting))));
        }
      }
    }
  }

  /// Values that make another formula than the default.
  private static List<Setting> others(Hyperparameter argument) {
    return switch (argument.kind()) {
      case FLAG ->
          List.of(new Setting.Flag(!argument.defaultValue().equals(new Setting.Flag(true))));
      case CHOICE -> choices(argument);
      case OPTIONAL -> List.of(Setting.number(0.5));
      case NUMBER ->
          argument.defaultValue().equals(Setting.number(0))
              ? List.of(Setting.number(0.5))
              : List.of();
      case FIXED, WHOLE, TUPLE, IGNORED, REFUSED -> List.of();
    };
  }

  private static List<Setting> choices(Hyperparameter argument) {
    var choices = new ArrayList<Setting>();
    if (argument.defaultValue() instanceof Setting.Choice usual) {
      for (String word : usual.words()) {
        choices.add(usual.with(word));
      }
    }
    return choices;
  }
}
