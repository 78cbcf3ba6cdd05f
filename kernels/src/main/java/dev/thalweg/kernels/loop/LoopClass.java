package dev.thalweg.kernels.loop;

import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

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

  private LoopClass(LoopListing listing, @Nullable String sourceName) {
    this.listing = listing;
    this.sourceName = sourceName;
  }

  /// The class file; with a source, a public class with line numbers.
  ///
  /// @throws TooBigException if the JIT would not compile it
  static byte[] bytes(LoopListing listing, String className, @Nullable String sourceName) {
    if (listing.size() > MOST_VALUES) {
      throw tooBig(className, "more than " + MOST_VALUES + " values");
    }
    ClassFile form = ClassFile.of();
    byte[] bytes = form.build(ClassDesc.of(className), new LoopClass(listing, sourceName));
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
    boolean lines = sourceName != null;
    LoopMethod floats = new LoopMethod(listing, true, lines);
    LoopMethod doubles = new LoopMethod(listing, false, lines);
    type.withFlags(access)
        .withInterfaceSymbols(LOOP)
        .withMethodBody(INIT_NAME, MTD_void, open, new Constructor())
        .withMethodBody("run", floats.type(), open, floats)
        .withMethodBody("run", doubles.type(), open, doubles);
  }

  /// The program makes a method that the JIT leaves alone.
  static final class TooBigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooBigException(String message) {
      super(message);
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
