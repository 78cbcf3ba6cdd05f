package dev.thalweg.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Does something with each of many files, by as many threads as there are processors, and keeps
/// why some can't be read.
final class EachFile {

  private static final int LISTED = 10;

  private final String source;
  private final String what;
  private final List<Path> files;
  private final int threads;

  /// Why a file can't be read, by its place.
  private final @Nullable String[] failures;

  /// @param source what the files are of, for messages
  /// @param what messages call them: `images`
  EachFile(String source, String what, List<Path> files, int threads) {
    this.source = source;
    this.what = what;
    this.files = files;
    this.threads = threads;
    this.failures = new String[files.size()];
  }

  /// What is done with the file of a place.
  interface Work {
    void on(int place, Path file) throws IOException;
  }

  /// Why files can't be read, as far as is known, in their order.
  List<String> failures() {
    var found = new ArrayList<String>();
    for (int place = 0; place < failures.length; place++) {
      if (failures[place] != null) {
        found.add(files.get(place) + " " + failures[place]);
      }
    }
    return found;
  }

  /// @throws DataException if some can't be read, naming up to ten
  void check() {
    List<String> found = failures();
    if (found.isEmpty()) {
      return;
    }
    if (found.size() == 1) {
      throw new DataException(found.getFirst());
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d %s cannot be read: %s%s",
            source,
            found.size(),
            files.size(),
            what,
            found.stream().limit(LISTED).collect(Collectors.joining("; ")),
            found.size() > LISTED ? "; and %,d more".formatted(found.size() - LISTED) : ""));
  }

  /// Does the work on all files, shared among threads.
  ///
  /// @throws ReadInterruptedException if the thread is interrupted meanwhile
  void run(Work work) {
    int shares = Math.min(threads, files.size());
    if (shares <= 1) {
      share(work, 0, 1);
      return;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            shares, Thread.ofPlatform().name("thalweg-" + what + "-", 1).daemon().factory())) {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < shares; i++) {
        int share = i;
        tasks.add(() -> share(work, share, shares));
      }
      try {
        for (Future<Boolean> done : pool.invokeAll(tasks)) {
          done.get();
        }
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new ReadInterruptedException(source + ": interrupted while reading " + what, e);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new IllegalStateException(e);
        }
      }
    }
  }

  /// Every so manieth file.
  private boolean share(Work work, int first, int step) {
    for (int place = first; place < files.size(); place += step) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        checkFile(files.get(place));
        work.on(place, files.get(place));
      } catch (UnreadableFile e) {
        failures[place] = e.getMessage();
      } catch (NoSuchFileException e) {
        failures[place] = "is not there";
      } catch (AccessDeniedException e) {
        failures[place] = "cannot be read: no permission";
      } catch (IOException e) {
        failures[place] = "cannot be read: " + e.getMessage();
      }
    }
    return true;
  }

  /// A pipe that nobody writes to would be waited for without an end.
  private static void checkFile(Path file) throws UnreadableFile {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new UnreadableFile("is a device or a pipe; expected a file");
    }
  }
}
