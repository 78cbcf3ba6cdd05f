package dev.thalweg.house;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/// Counts what the library does for an input, which a clock would only guess at: each call of a
/// method of its own and each round of a loop is 1, and a list that is searched counts all its
/// elements. What else happens within the JDK is not counted, nor are the kernels and the work of
/// other threads.
///
/// The library is loaded once more for it, with counters put into its classes.
public final class CountedWork {

  private static final ClassDesc COUNTER = ClassDesc.of(CountedWork.class.getName());
  private static final ClassDesc COLLECTION = ClassDesc.of(Collection.class.getName());
  private static final Set<String> LISTS =
      Set.of("java/util/List", "java/util/ArrayList", "java/util/Collection");
  private static final Set<String> SEARCHES =
      Set.of("contains", "indexOf", "lastIndexOf", "remove", "removeAll", "containsAll");

  private static final ScopedValue<long[]> COUNT = ScopedValue.newInstance();

  private CountedWork() {}

  /// What a program does for inputs of these sizes, after it has been run for the first of them.
  ///
  /// @param program has a constructor without arguments
  static List<Long> of(Class<? extends IntConsumer> program, int... sizes)
      throws ReflectiveOperationException {
    var counted =
        (IntConsumer)
            new Counting().loadClass(program.getName()).getDeclaredConstructor().newInstance();
    counted.accept(sizes[0]);
    return Arrays.stream(sizes).mapToObj(size -> work(counted, size)).toList();
  }

  private static long work(IntConsumer counted, int size) {
    long[] count = new long[1];
    ScopedValue.where(COUNT, count).run(() -> counted.accept(size));
    return count[0];
  }

  /// Called by the classes that are counted.
  public static void one() {
    if (COUNT.isBound()) {
      COUNT.get()[0]++;
    }
  }

  /// Called by the classes that are counted, before they search a list.
  public static void all(Collection<?> searched) {
    if (COUNT.isBound() && searched instanceof List) {
      COUNT.get()[0] += searched.size();
    }
  }

  /// Loads the classes of the library that are no kernels, with counters.
  private static final class Counting extends ClassLoader {
    private final ClassFile files = ClassFile.of();

    Counting() {
      super(CountedWork.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean counted =
          name.startsWith("dev.thalweg.")
              && !name.startsWith("dev.thalweg.kernels.")
              && !name.equals(CountedWork.class.getName());
      if (!counted) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? defined(name) : known;
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        var model = files.parse(in.readAllBytes());
        byte[] bytes =
            files.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Counters::new)));
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /// A counter at the begin of a method, at each jump backwards and at each search.
  private static final class Counters implements CodeTransform {
    private final Set<Label> passed = new HashSet<>();

    @Override
    public void atStart(CodeBuilder code) {
      count(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction branch when passed.contains(branch.target()) -> count(code);
        case InvokeInstruction call when isSearch(call) ->
            code.dup2()
                .pop()
                .invokestatic(COUNTER, "all", MethodTypeDesc.of(ConstantDescs.CD_void, COLLECTION));
        default -> {}
      }
      code.with(element);
    }

    private static boolean isSearch(InvokeInstruction call) {
      return LISTS.contains(call.owner().asInternalName())
          && SEARCHES.contains(call.name().stringValue())
          && call.typeSymbol().parameterCount() == 1
          && !call.typeSymbol().parameterType(0).isPrimitive();
    }

    private static void count(CodeBuilder code) {
      code.invokestatic(COUNTER, "one", MethodTypeDesc.of(ConstantDescs.CD_void));
    }
  }
}
