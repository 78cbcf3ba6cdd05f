package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.DType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import org.jspecify.annotations.Nullable;

/// A program to one fused loop in a class: what javac would make of the loop written by hand.
public final class LoopCompiler {
  private static final String HIDDEN = "dev.thalweg.kernels.loop.CompiledLoop";

  private LoopCompiler() {}

  /// Values a piece of a program computes that is too big for one method.
  private static final int MOST_IN_A_PIECE = 40;

  /// The loop as a hidden class; where the program is too big for a method that the JIT compiles,
  /// as [several][LoopPieces]; where no class can be defined, [interpreted][LoopInterpreter].
  public static FusedLoop compile(LoopProgram program) {
    return compile(program, null, MethodHandles.lookup());
  }

  /// The same for numbers of one kind, which is half the work: the loop can't run on others.
  ///
  /// @param kind null for both kinds
  public static FusedLoop compile(LoopProgram program, @Nullable DType kind) {
    return compile(program, kind, MethodHandles.lookup());
  }

  /// The same with the right to define classes given.
  static FusedLoop compile(LoopProgram program, @Nullable DType kind, Lookup lookup) {
    LoopListing listing = new LoopListing(program);
    try {
      byte[] bytes = LoopClass.bytes(listing, HIDDEN, null, kind);
      return (FusedLoop)
          lookup
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (LoopClass.TooBigException e) {
      return new LoopPieces(listing, MOST_IN_A_PIECE, piece -> compile(piece, kind, lookup));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      // an Error too: it is what platforms without classes made at run time throw
      Logger logger = System.getLogger("dev.thalweg.kernels");
      logger.log(Level.INFO, "a loop is interpreted: " + e.getMessage());
      return LoopInterpreter.of(listing);
    }
  }

  /// The loop as an ordinary class for a build: `public final`, with a public constructor without
  /// arguments. Its line numbers are those of the [nodes][LoopNode#atLine].
  ///
  /// @param className the full name, as `org.example.Rule`
  /// @param sourceName the name of the text that lines refer to, for stack traces and debuggers
  /// @throws IllegalArgumentException if the program is too big
  public static byte[] classFile(LoopProgram program, String className, String sourceName) {
    return LoopClass.bytes(new LoopListing(program), className, sourceName, null);
  }
}
