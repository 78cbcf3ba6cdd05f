package dev.thalweg.kernels.loop;

import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
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

  private final LoopListing listing;
  private final @Nullable String sourceName;

  private LoopClass(LoopListing listing, @Nullable String sourceName) {
    this.listing = listing;
    this.sourceName = sourceName;
  }

  /// The class file; with a source, a public class with line numbers.
  static byte[] bytes(LoopListing listing, String className, @Nullable String sourceName) {
    return ClassFile.of().build(ClassDesc.of(className), new LoopClass(listing, sourceName));
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

  /// Calls that of `Object`.
  private static final class Constructor implements Consumer<CodeBuilder> {
    @Override
    public void accept(CodeBuilder code) {
      code.aload(0).invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void).return_();
    }
  }
}
