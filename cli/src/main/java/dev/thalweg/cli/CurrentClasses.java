package dev.thalweg.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Jars whose classes are written anew in the format of this JDK, where it is older than Java 6: an
/// archive of classes takes none of these, as they don't say how they are verified
/// (`docs/decisions/0006-archive-of-classes.md`). The instructions stay the same; stack maps are
/// added. The launcher does so to its copies of other libraries before it makes the archive.
final class CurrentClasses {

  /// The format of Java 6, the first with stack maps.
  private static final int WITH_STACK_MAPS = 50;

  private CurrentClasses() {}

  /// Goes through jars.
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      renew(Path.of(jar));
    }
  }

  /// Puts a jar with current classes in the place of one that has older ones; leaves others as they
  /// are.
  static void renew(Path jar) throws IOException {
    Path draft = jar.resolveSibling(jar.getFileName() + ".new");
    boolean older = false;
    try (var from = new ZipFile(jar.toFile())) {
      var entries = Collections.list(from.entries());
      try (var to = new ZipOutputStream(Files.newOutputStream(draft))) {
        for (ZipEntry entry : entries) {
          byte[] bytes;
          try (InputStream in = from.getInputStream(entry)) {
            bytes = in.readAllBytes();
          }
          if (entry.getName().endsWith(".class") && version(bytes) < WITH_STACK_MAPS) {
            bytes = current(bytes, from);
            older = true;
          }
          var copy = new ZipEntry(entry.getName());
          copy.setTime(entry.getTime());
          to.putNextEntry(copy);
          to.write(bytes);
          to.closeEntry();
        }
      }
      if (older) {
        Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// The major version of a class, its seventh and eighth byte.
  static int version(byte[] type) {
    return ((type[6] & 0xff) << 8) | (type[7] & 0xff);
  }

  private static byte[] current(byte[] type, ZipFile jar) {
    ClassFile format =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(
                    name -> resource(name.descriptorString(), jar))));
    ClassTransform bodies = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.latestMajorVersion(), 0);
          } else {
            builder.with(element);
          }
        };
    return format.transformClass(format.parse(type), bodies.andThen(version));
  }

  /// A class by its descriptor, `Lpicocli/CommandLine;`, out of the jar or the JDK.
  private static @Nullable InputStream resource(String descriptor, ZipFile jar) {
    String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
    ZipEntry entry = jar.getEntry(name);
    try {
      return entry == null
          ? ClassLoader.getSystemResourceAsStream(name)
          : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
