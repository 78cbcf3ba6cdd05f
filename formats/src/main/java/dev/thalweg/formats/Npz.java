package dev.thalweg.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Named arrays in one file: NumPy's npz, a zip file of [Npy] arrays.
public final class Npz {

  private static final String SUFFIX = ".npy";

  private Npz() {}

  /// Reads a file, packed (`numpy.savez_compressed`) or not.
  ///
  /// @return the arrays by name, in the order of the file; unmodifiable
  /// @throws FormatException if it can't be read, is no zip file, or holds anything but npy arrays
  public static SequencedMap<String, NpyArray> read(Path file) {
    var arrays = new LinkedHashMap<String, NpyArray>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw new FormatException(
              "npz: expected entries that end in .npy, found " + JsonParser.quoted(name), -1);
        }
        try (var in = zip.getInputStream(entry)) {
          var array = Npy.parse(in.readAllBytes());
          if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
            throw new FormatException("the entry occurs twice", -1);
          }
        } catch (FormatException e) {
          throw e.in("npz: entry " + JsonParser.quoted(name));
        }
      }
    } catch (FormatException e) {
      throw e.in(file.toString());
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    } catch (RuntimeException e) {
      // ZipFile has no exception of its own for some bad directories.
      throw new FormatException(file + ": not a zip file that can be read", -1, e);
    }
    return Collections.unmodifiableSequencedMap(arrays);
  }

  /// Writes arrays unpacked, sorted by name, all of the same date, so that the same arrays give the
  /// same bytes; beside and renamed.
  ///
  /// @throws IllegalArgumentException if an array has more than 64 dimensions
  /// @throws java.io.UncheckedIOException if the file can't be written
  public static void write(Path file, Map<String, NpyArray> arrays) {
    arrays.values().forEach(Npy::checkDimensions);
    AtomicFile.write(file, out -> writeTo(out, new TreeMap<>(arrays)));
  }

  private static void writeTo(OutputStream out, SequencedMap<String, NpyArray> arrays)
      throws IOException {
    var zip = new ZipOutputStream(out);
    for (var array : arrays.entrySet()) {
      var bytes = new ByteArrayOutputStream();
      Npy.writeTo(bytes, array.getValue());
      var crc = new CRC32();
      crc.update(bytes.toByteArray());
      var entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.size());
      entry.setCrc(crc.getValue());
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      bytes.writeTo(zip);
    }
    zip.finish();
  }
}
