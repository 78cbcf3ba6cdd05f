package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Alignment;
import dev.thalweg.data.Augmentation;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.CsvStream;
import dev.thalweg.data.CsvTable;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.RowEncoder;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Split;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.Task;
import dev.thalweg.formula.Call;
import dev.thalweg.formula.Formula;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Initializer;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Penalty;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Minimizer;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.ParameterSelector;
import dev.thalweg.optim.Schedule;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.GridSearch;
import dev.thalweg.train.Known;
import dev.thalweg.train.Preprocessing;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Trainer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever hands null to what a program calls first gets one sentence that names the argument.
///
/// Left out are tensors, of which a training hands over a lot, and the constructors of records,
/// which their `with…` and readers call, but for that of [Split].
class NullArgumentsTest {

  private static final List<Class<?>> TYPES =
      List.of(
          Alignment.class,
          CsvFormat.class,
          CsvStream.class,
          Dataset.class,
          Datasets.class,
          RowEncoder.class,
          Standardizer.class,
          Table.class,
          TableEncoding.class,
          TableOptions.class,
          Initializer.class,
          Layer.class,
          Layers.class,
          Loss.class,
          Losses.class,
          Models.class,
          Penalty.class,
          Sequential.class,
          Minimizer.class,
          Optimizer.class,
          Optimizers.class,
          Schedule.class,
          FittedModel.class,
          GridSearch.class,
          Known.class,
          Preprocessing.class,
          RunFolder.class,
          Split.class,
          Trainer.class);

  private static final Dataset DATA =
      Dataset.regression(new double[][] {{1, 2}, {2, 1}, {3, 5}}, new double[] {1, 2, 3});
  private static final Sequential MODEL = Models.linear(1);
  private static final FittedModel FITTED =
      Trainer.defaults().withEpochs(1).fit(MODEL, Losses.mse(), Optimizers.sgd(0.01), DATA);

  private static final Table TABLE =
      Table.parse(
          "t.csv",
          "a,b,y\n1,u,1.5\n2,v,2.5\n3,u,3.5\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
          TableOptions.target("y"));

  record Row(double a, String b) {}

  /// A value of each type that a parameter or a receiver has.
  private static final Map<Class<?>, Object> VALUES = new LinkedHashMap<>();

  static {
    for (Object value :
        List.of(
            DATA,
            TABLE,
            MODEL,
            FITTED,
            FITTED.preprocessing(),
            FITTED.network(),
            Trainer.defaults(),
            CsvFormat.found(),
            CsvTable.parse("t", new byte[] {'x', '\n', '1', '\n'}),
            Augmentation.none(),
            Images.of(new ImageShape(1, 1, 1), new byte[1]),
            TableOptions.target("y"),
            TableEncoding.fit(TABLE),
            Standardizer.fit(DATA),
            DATA.split(0.5, 1),
            TABLE.split(0.5, 1),
            DATA.schema(),
            Known.NOTHING,
            Alignment.of(DATA.schema(), DATA.schema()),
            Losses.mse(),
            Layers.parse("relu"),
            Optimizers.sgd(0.1),
            ParameterSelector.rank(1),
            Schedule.parse("0.1"),
            Minimizer.of(Optimizers.sgd(0.1)),
            GridSearch.defaults(),
            Formula.parse("x^2"),
            Call.parse("sgd(0.1)"),
            Shape.of(2),
            new RowEncoder(TableEncoding.fit(TABLE)),
            Engine.current(),
            "text",
            Task.REGRESSION,
            Sampling.SHUFFLE,
            new Row(1, "u"),
            Optional.empty(),
            OptionalDouble.empty(),
            new ArrayList<>(List.of()),
            new byte[0])) {
      VALUES.put(value.getClass(), value);
    }
    VALUES.put(java.io.InputStream.class, new ByteArrayInputStream(new byte[0]));
    VALUES.put(Path.class, Path.of("no-such-file"));
    VALUES.put(Class.class, String.class);
    VALUES.put(Record.class, new Row(1, "u"));
  }

  private static @Nullable Object value(Class<?> type) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    Object known =
        VALUES.values().stream().filter(type::isInstance).findFirst().orElse(VALUES.get(type));
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isInterface() && !type.isSealed()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
    return null;
  }

  @TempDir static Path folder;

  @BeforeAll
  static void aDraftOfARun() {
    RunFolder draft = RunFolder.create(folder.resolve("run"));
    VALUES.put(RunFolder.class, draft);
  }

  @Test
  void nullIsNamed() {
    List<String> wrong = new ArrayList<>();
    for (Class<?> type : TYPES) {
      for (Executable call : calls(type)) {
        wrong.addAll(wrong(call));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatDoesNotNameItIsFound() throws NoSuchMethodException {
    assertThat(wrong(Careless.class.getMethod("length", String.class, String.class)))
        .containsExactly("Careless.length(String second): ok 4");
  }

  /// Names one of its arguments.
  public static final class Careless {

    private Careless() {}

    /// The length of the first one.
    public static int length(String first, String second) {
      NotNull.check(first, "first");
      return first.length();
    }
  }

  private static List<Executable> calls(Class<?> type) {
    List<Executable> calls = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isAbstract(method.getModifiers())
          && !method.isSynthetic()
          && !method.getName().equals("equals")) {
        calls.add(method);
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())
          && (!type.isRecord() || type == Split.class)) {
        calls.add(constructor);
      }
    }
    return calls;
  }

  private static List<String> wrong(Executable call) {
    List<String> wrong = new ArrayList<>();
    Parameter[] parameters = call.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      boolean nullable = parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (parameters[i].getType().isPrimitive()
          || parameters[i].getType() == Tensor.class
          || nullable) {
        continue;
      }
      String said = said(call, i);
      // class files of the archives that are small have no names: then it is any that stands first
      String name =
          parameters[i].isNamePresent()
              ? parameters[i].getName()
              : said.matches("[a-z]\\w*: expected a value, found null")
                  ? said.substring(0, said.indexOf(':'))
                  : parameters[i].getName();
      if (!said.contains(name) || said.startsWith("Cannot ") || said.startsWith("ok ")) {
        wrong.add(
            "%s.%s(%s %s): %s"
                .formatted(
                    call.getDeclaringClass().getSimpleName(),
                    call.getName(),
                    parameters[i].getType().getSimpleName(),
                    name,
                    said));
      }
    }
    return wrong;
  }

  private static String said(Executable call, int nothing) {
    Class<?>[] types = call.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = i == nothing ? null : value(types[i]);
    }
    try {
      Object result =
          switch (call) {
            case Method method ->
                method.invoke(
                    Modifier.isStatic(method.getModifiers())
                        ? null
                        : value(method.getDeclaringClass()),
                    arguments);
            case Constructor<?> constructor -> constructor.newInstance(arguments);
          };
      return "ok " + result;
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      return cause instanceof NullPointerException || cause instanceof IllegalArgumentException
          ? String.valueOf(cause.getMessage())
          : "ok " + cause;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "ok " + e;
    }
  }
}
