package dev.thalweg.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The two files of a model that are in no folder: in an archive, or among the resources of a
/// program.
///
/// @param source how messages call it
@SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves the package
record PackedModel(String source, byte[] description, byte[] weights) {

  /// @throws RunException if it is no archive of a model, or can't be read
  static PackedModel ofArchive(InputStream archive) {
    String source = "archive";
    byte[] description = null;
    byte[] weights = null;
    try {
      ZipInputStream zip = new ZipInputStream(archive);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.equals(RunFolder.MODEL)) {
          description = once(description, zip, name);
        } else if (name.equals(RunFolder.WEIGHTS)) {
          weights = once(weights, zip, name);
        }
      }
    } catch (IOException e) {
      throw new RunException(source + ": can't be read: " + RunFolder.reason(e), e);
    }
    return whole(source, description, weights);
  }

  private static byte[] once(byte @Nullable [] before, InputStream from, String name)
      throws IOException {
    if (before != null) {
      throw new IOException("expected one model, found two files of the name " + name);
    }
    return from.readAllBytes();
  }

  /// @throws RunException if a file is missing, or can't be read
  static PackedModel ofResources(Class<?> beside, String folder) {
    String place = folder.endsWith("/") ? folder : folder + "/";
    return whole(
        "resource " + folder,
        resource(beside, place + RunFolder.MODEL),
        resource(beside, place + RunFolder.WEIGHTS));
  }

  private static byte @Nullable [] resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new RunException(name + ": can't be read: " + RunFolder.reason(e), e);
    }
  }

  private static PackedModel whole(
      String source, byte @Nullable [] description, byte @Nullable [] weights) {
    if (description == null || weights == null) {
      throw new RunException(
          "%s: expected the files of a saved model, found no %s"
              .formatted(source, description == null ? RunFolder.MODEL : RunFolder.WEIGHTS));
    }
    return new PackedModel(source, description, weights);
  }

  /// @throws RunException if it is no model
  FittedModel read(Known known) {
    return ModelFile.read(this, known);
  }
}
