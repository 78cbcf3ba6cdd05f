package dev.thalweg.kernels.loop;

import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.thalweg.kernels.DType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The class of a loop: a constructor and `run` for both precisions.
///
/// Classes instead of lambdas: linking each of those takes longer than all the rest.
final class LoopClass implements Consumer<ClassBuilder> {
  private static final ClassDesc LOOP = ClassDesc.of("dev.thalweg.kernels.loop.FusedLoop");

  /// HotSpot never compiles longer methods.
  private static final int MOST_BYTES = 8000;

  /// Each takes 3 bytes at least, and local variables are few.
  private static final int MOST_VALUES = 4000;

  private final LoopListing listing;
  private final @Nullable String sourceName;
  private final @Nullable DType kind;

  private LoopClass(LoopListing listing, @Nullable String sourceName, @Nullable DType kind) {
    this.listing = listing;
    this.sourceName = sourceName;
    this.kind = kind;
  }

  /// The class file; with a source, a public class with line numbers.
  ///
  /// @param kind the only kind of numbers that it can compute, or null for both
  /// @throws TooBigException if the JIT would not compile it
  static byte[] bytes(
      LoopListing listing, String className, @Nullable String sourceName, @Nullable DType kind) {
    if (listing.size() > MOST_VALUES) {
      throw tooBig(className, "more than " + MOST_VALUES + " values");
    }
    ClassFile form = ClassFile.of();
    byte[] bytes = form.build(ClassDesc.of(className), new LoopClass(listing, sourceName, kind));
    if (bytes.length > MOST_BYTES) {
      for (MethodModel method : form.parse(bytes).methods()) {
        if (method.code().orElseThrow() instanceof CodeAttribute code
            && code.codeLength() > MOST_BYTES) {
          throw tooBig(className, Integer.toString(code.codeLength()));
        }
      }
    }
    return bytes;
  }

  private static TooBigException tooBig(String className, String found) {
    return new TooBigException(
        className + ": expected a loop of at most 8,000 bytes of code, found " + found);
  }

  @Override
  public void accept(ClassBuilder type) {
    int access = ClassFile.ACC_FINAL | ClassFile.ACC_SUPER;
    if (sourceName != null) {
      access |= ClassFile.ACC_PUBLIC;
      type.with(SourceFileAttribute.of(sourceName));
    }
    int open = ClassFile.ACC_PUBLIC;
    type.withFlags(access)
        .withInterfaceSymbols(LOOP)
        .withMethodBody(INIT_NAME, MTD_void, open, new Constructor())
        .withMethodBody("run", ElementCode.runType(true), open, method(DType.F32))
        .withMethodBody("run", ElementCode.runType(false), open, method(DType.F64));
  }

  private Consumer<CodeBuilder> method(DType of) {
    return kind == null || kind == of
        ? new LoopMethod(listing, of == DType.F32, sourceName != null)
        : new Refusal();
  }

  /// The program makes a method that the JIT leaves alone.
  static final class TooBigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooBigException(String message) {
      super(message);
    }
  }

  /// The method of the kind of numbers that nobody wanted.
  private static final class Refusal implements Consumer<CodeBuilder> {
    private static final ClassDesc REFUSED =
        ClassDesc.of("java.lang.UnsupportedOperationException");

    @Override
    public void accept(CodeBuilder code) {
      code.new_(REFUSED).dup().invokespecial(REFUSED, INIT_NAME, MTD_void).athrow();
    }
  }

  /// Calls that of `Object`.
  private static final class Constructor implements Consumer<CodeBuilder> {
    @Override
    public void accept(CodeBuilder code) {
      code.aload(0).invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void).return_();
    }
  }
}
