package dev.thalweg.train;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.thalweg.formats.AtomicFile;
import dev.thalweg.formats.DraftName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How the files of a run take the places of older ones in a folder that stays: it may be a mount
/// point, a symbolic link, the working folder.
///
/// 1. All files are written into a hidden folder within, with a list of their names, and forced to
///    the disk.
/// 2. That folder is renamed to `.thalweg.ready`. From now on the new run counts: whoever meets the
///    folder later ends what is begun. There is one of that name, so one replacing at a time.
/// 3. File after file is renamed over the old one, the description last; older files that the run
///    does not have are removed. The description holds the SHA-256 of the weights, so that who
///    reads meanwhile sees that they don't belong together.
/// 4. The list is removed, and the empty folder.
///
/// The name of the list says which process does this. Where that one died, another takes over: it
/// renames the list to its own, which succeeds for one of several.
final class Replacement {

  private static final String READY = ".thalweg.ready";
  private static final String LIST = "thalweg";
  private static final String KIND = "list";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How long the renames of a process of another machine may take.
  private static final Duration ELSEWHERE = Duration.ofMinutes(1);

  private Replacement() {}

  /// A draft's place within a folder.
  static Path draft(Path folder) {
    return folder.resolve(DraftName.fresh(LIST, "draft"));
  }

  /// Drafts within a folder that dead processes left.
  static List<Path> deadDrafts(Path folder) throws IOException {
    return DraftName.dead(folder, LIST, "draft", RunFolder.ELSEWHERE);
  }

  /// Whether a name in a run folder is of this protocol.
  static boolean isOurs(Path entry) {
    return entry.getFileName().toString().equals(READY) || DraftName.isDraft(entry, LIST, "draft");
  }

  /// Whether a process is replacing the files of a folder, or was when it died.
  static boolean isUnderWay(Path folder) {
    return Files.exists(folder.resolve(READY));
  }

  /// Puts the files of a draft within a folder in their places.
  static void put(Path draft, Path folder) throws IOException {
    Path ready = folder.resolve(READY);
    String list = DraftName.fresh(LIST, KIND);
    var names = RunFolder.FILES.stream().filter(name -> Files.exists(draft.resolve(name))).toList();
    Files.write(draft.resolve(list), names);
    sync(draft);
    for (int tries = 0; ; ) {
      try {
        move(draft, ready);
        break;
      } catch (FileSystemException e) {
        if (!isUnderWay(folder) && tries++ > 100) {
          throw e;
        }
        await(folder);
      }
    }
    AtomicFile.syncFolder(folder);
    end(folder, ready.resolve(list));
  }

  /// Waits until no process is replacing the files of a folder.
  static void await(Path folder) throws IOException {
    long begin = System.nanoTime();
    while (isUnderWay(folder)) {
      settle(folder);
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException("another process is replacing it all the time");
      }
      pause();
    }
  }

  /// Ends what a process began that died.
  ///
  /// @throws IOException if it can't be ended
  static void settle(Path folder) throws IOException {
    Path ready = folder.resolve(READY);
    if (!Files.exists(ready)) {
      return;
    }
    List<Path> lists;
    try {
      lists = DraftName.dead(ready, LIST, KIND, ELSEWHERE);
    } catch (NoSuchFileException ended) {
      return;
    }
    for (Path left : lists) {
      Path own = ready.resolve(DraftName.fresh(LIST, KIND));
      try {
        Files.move(left, own, ATOMIC_MOVE);
      } catch (NoSuchFileException another) {
        continue;
      }
      end(folder, own);
    }
    removeEmpty(ready);
  }

  private static void end(Path folder, Path list) throws IOException {
    Path ready = folder.resolve(READY);
    try {
      List<String> names = Files.readAllLines(list);
      for (String name : RunFolder.FILES) {
        if (!names.contains(name)) {
          Files.deleteIfExists(folder.resolve(name));
        } else if (Files.exists(ready.resolve(name))) {
          move(ready.resolve(name), folder.resolve(name));
        }
      }
      AtomicFile.syncFolder(folder);
    } catch (IOException | RuntimeException e) {
      // This process goes on and won't come back to it: the next one may.
      Files.move(list, ready.resolve(DraftName.abandoned(LIST, KIND)), ATOMIC_MOVE);
      throw e;
    }
    Files.delete(list);
    removeEmpty(ready);
  }

  private static void removeEmpty(Path ready) throws IOException {
    try {
      Files.deleteIfExists(ready);
    } catch (DirectoryNotEmptyException next) {
      // Another process has begun.
    }
  }

  /// Forces all files of a folder, and the folder, to the disk.
  static void sync(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        AtomicFile.syncFile(file);
      }
    }
    AtomicFile.syncFolder(folder);
  }

  /// A rename, which replaces a file or an empty folder. In another file system than the default
  /// one a folder's files are written again: an archive renames a folder without what is in it.
  static void move(Path from, Path to) throws IOException {
    if (!from.getFileSystem().equals(FileSystems.getDefault()) && Files.isDirectory(from)) {
      Files.createDirectories(to);
      List<Path> files;
      try (Stream<Path> entries = Files.list(from)) {
        files = entries.toList();
      }
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          Files.copy(in, to.resolve(file.getFileName()), REPLACE_EXISTING);
        }
        Files.delete(file);
      }
      Files.delete(from);
      return;
    }
    try {
      Files.move(from, to, ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, REPLACE_EXISTING);
    }
  }

  /// A moment for others. An interruption is for the training before, whose model is to be saved.
  static void pause() {
    boolean interrupted = Thread.interrupted();
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
