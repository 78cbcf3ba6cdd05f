package dev.thalweg.formats;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// A file that is there whole or not at all: written beside its place, forced to the disk, renamed.
///
/// A symbolic link stays, what it points to is written; a file of several names (hard links) keeps
/// them all: it is filled when the new one is whole. What is no file, such as a device or a named
/// pipe, has no place to be renamed to and is written straight, and so is all below `/dev` and
/// `/proc`; and a file that can be written in a folder that takes no other.
///
/// ```java
/// try (var file = AtomicFile.begin(path)) {
///   file.stream().write(bytes);
///   file.commit();
/// }
/// ```
public final class AtomicFile implements AutoCloseable {

  /// What goes into a file.
  @FunctionalInterface
  public interface Content {

    /// Writes it all; the stream is buffered and closed by the caller.
    ///
    /// @throws IOException if the stream does
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String KIND = "part";
  private static final int LINKS = 40;

  private final Path file;
  private final Path target;
  private final @Nullable Path beside;
  private final OutputStream unbuffered;
  private final OutputStream stream;
  private boolean open = true;

  private AtomicFile(Path file, Path target, @Nullable Path beside, OutputStream unbuffered) {
    this.file = file;
    this.target = target;
    this.beside = beside;
    this.unbuffered = unbuffered;
    this.stream = new BufferedOutputStream(unbuffered, 1 << 16);
  }

  /// Begins to write a file, or to replace it.
  ///
  /// @throws UncheckedIOException if it can't be written, with a sentence that names the file
  public static AtomicFile begin(Path file) {
    if (file.getFileName() == null) {
      throw new UncheckedIOException(new IOException(file + ": a directory, not a file to write"));
    }
    try {
      Path target = followed(file);
      if (isStraight(target)) {
        return straight(file, target);
      }
      Path beside = target.resolveSibling(DraftName.fresh(name(target), KIND));
      try {
        return new AtomicFile(
            file, target, beside, Files.newOutputStream(beside, CREATE_NEW, WRITE));
      } catch (FileSystemException e) {
        if (Files.isRegularFile(target) && Files.isWritable(target)) {
          return straight(file, target);
        }
        throw e;
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// Writes a file, or replaces it. Whoever reads meanwhile sees the old one or the new one; if
  /// this throws, the old one is untouched and nothing is left beside it.
  ///
  /// @throws UncheckedIOException if it can't be written, with a sentence that names the file
  public static void write(Path file, Content content) {
    try (var whole = begin(file)) {
      content.writeTo(whole.stream);
      whole.commit();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /// Removes what processes left beside a file that died while they wrote it.
  public static void clear(Path file) {
    try {
      Path target = followed(file).toAbsolutePath();
      Path folder = target.getParent();
      if (folder != null) {
        for (Path draft : DraftName.dead(folder, name(target), KIND, Duration.ofDays(1))) {
          delete(draft);
        }
      }
    } catch (IOException ignored) {
      // Whoever writes the file says what is wrong with its folder.
    }
  }

  /// Where the content goes; buffered.
  public OutputStream stream() {
    return stream;
  }

  /// Puts the file in its place.
  ///
  /// @throws UncheckedIOException if that can't be done, with a sentence that names the file
  public synchronized void commit() {
    try {
      if (!open) {
        throw new IOException("it was given up before it was whole");
      }
      stream.flush();
      if (beside == null) {
        open = false;
        stream.close();
        return;
      }
      stream.close();
      syncFile(beside);
      likeBefore(beside, target);
      replace(beside, target);
      open = false;
      syncFolder(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      close();
    }
  }

  /// Drops the draft unless it was committed; safe from another thread than the one that writes.
  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      try {
        unbuffered.close();
      } catch (IOException ignored) {
        // Nothing of it is kept.
      }
      if (beside != null) {
        delete(beside);
      }
    }
  }

  private static AtomicFile straight(Path file, Path target) throws IOException {
    return new AtomicFile(
        file, target, null, Files.newOutputStream(target, WRITE, TRUNCATE_EXISTING));
  }

  /// What a symbolic link points to in the end, there or not.
  private static Path followed(Path file) throws IOException {
    Path target = file;
    for (int i = 0; !isOfSystem(target) && Files.isSymbolicLink(target); i++) {
      if (i == LINKS) {
        throw new FileSystemException(file.toString(), null, "too many symbolic links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static boolean isStraight(Path target) {
    return Files.exists(target)
        && !Files.isDirectory(target)
        && (isOfSystem(target) || !Files.isRegularFile(target));
  }

  /// `/dev/stdout` and its like are links that say more than a path.
  private static boolean isOfSystem(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return (path.startsWith("/dev") && !path.startsWith("/dev/shm")) || path.startsWith("/proc");
  }

  private static String name(Path target) {
    return String.valueOf(target.getFileName());
  }

  /// Who could read the old file may read the new one, and nobody else.
  private static void likeBefore(Path beside, Path target) throws IOException {
    var now = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    var before = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    if (now != null && before != null && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      now.setPermissions(before.readAttributes().permissions());
    }
  }

  private static void replace(Path beside, Path target) throws IOException {
    if (hasOtherNames(target)) {
      fill(beside, target);
      return;
    }
    try {
      Files.move(beside, target, ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, target, REPLACE_EXISTING);
    } catch (FileSystemException e) {
      // A file that something is mounted on can't be replaced, but filled.
      if (!Files.isRegularFile(target) || !Files.isWritable(target)) {
        throw e;
      }
      fill(beside, target);
    }
  }

  private static void fill(Path beside, Path target) throws IOException {
    try (var out = Files.newOutputStream(target, WRITE, TRUNCATE_EXISTING)) {
      Files.copy(beside, out);
    }
    syncFile(target);
    delete(beside);
  }

  /// Whether a file has hard links, as far as the system tells.
  private static boolean hasOtherNames(Path target) throws IOException {
    try {
      return Files.getAttribute(target, "unix:nlink") instanceof Integer count && count > 1;
    } catch (NoSuchFileException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /// Makes a folder and all that are missing above it, and forces their entries to the disk.
  ///
  /// @throws IOException if one can't be made
  public static void createFolders(Path folder) throws IOException {
    var made = new ArrayList<Path>();
    for (Path each = folder.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      made.add(each);
    }
    Files.createDirectories(folder);
    for (Path each : made) {
      syncFolder(each.getParent());
    }
  }

  /// Forces the bytes of a file to the disk.
  ///
  /// @throws IOException if that can't be done
  public static void syncFile(Path file) throws IOException {
    sync(file, WRITE);
  }

  /// Forces the entries of a folder to the disk, where the system can.
  public static void syncFolder(@Nullable Path folder) {
    if (folder != null) {
      try {
        sync(folder, READ);
      } catch (IOException | UnsupportedOperationException ignored) {
        // Windows opens no folder; what is in it was forced by itself.
      }
    }
  }

  private static void sync(Path path, OpenOption option) throws IOException {
    Uninterrupted.call(() -> {
      try (var channel = FileChannel.open(path, option)) {
        channel.force(true);
        return path;
      }
    });
  }

  private static void delete(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException ignored) {
      // What made the writing fail is already on its way to the caller.
    }
  }

  /// Some folders, such as `/proc`, say that a new file is not there.
  private static String ofFolder(Path file) {
    Path folder = file.getParent();
    return folder != null && Files.isDirectory(folder)
        ? "its folder takes no files"
        : "its folder does not exist";
  }

  private static UncheckedIOException failure(Path file, IOException e) {
    return new UncheckedIOException(new IOException(file + ": " + reason(file, e), e));
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "a directory, not a file to write";
    }
    return switch (e) {
      case NoSuchFileException _ -> "cannot be written: " + ofFolder(file.toAbsolutePath());
      case AccessDeniedException _ -> "cannot be written: no permission";
      case FileSystemException f when f.getReason() != null ->
          "cannot be written: " + f.getReason();
      default -> "cannot be written: " + e.getMessage();
    };
  }
}
