package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A server that loads an application again lets go of the library of the one before, although its
/// threads, which have computed with it, live on. The last one of all is not looked for: the JDK
/// keeps it softly, by the equality of its records (`ObjectMethods.OBJECTS_EQUALS`).
class LoadedAgainTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @Test
  void aThreadThatOutlivesTheLibraryDoesNotKeepIt() throws Exception {
    try (var server = Executors.newSingleThreadExecutor()) {
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        loaders.add(server.submit(() -> deployed(Application.class, 0)).get());
      }
      loaders.removeLast();
      assertAllFreed(loaders);
    }
  }

  /// Vector kernels are made ready by a thread of their own. It goes on where it has all its
  /// classes, and ends without a word where one of them can't be had any more.
  @Test
  void aLibraryThatIsDroppedWhileItsKernelsAreMadeReadyIsFreed() throws Exception {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> said.add(String.valueOf(failure)));
    try {
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      // Closed at once, and while it works.
      for (long nanos : new long[] {0, 1_000_000, 100_000_000, 0}) {
        loaders.add(deployed(WarmingApplication.class, nanos));
      }
      loaders.removeLast();
      assertAllFreed(loaders);
      assertThat(said).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void assertAllFreed(List<WeakReference<ClassLoader>> loaders) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (loaders.stream().anyMatch(loader -> loader.get() != null) && System.nanoTime() < end) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(loaders).allSatisfy(loader -> assertThat(loader.get()).isNull());
  }

  /// Uses the library as loaded for this once, and drops it after so many nanoseconds.
  private static WeakReference<ClassLoader> deployed(
      Class<? extends Runnable> deployedClass, long nanos)
      throws IOException, ReflectiveOperationException {
    List<URL> urls = new ArrayList<>();
    List<Path> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    for (Path entry : entries) {
      urls.add(entry.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> application = loader.loadClass(deployedClass.getName());
      assertThat(application.getClassLoader()).isSameAs(loader);
      ((Runnable) application.getDeclaredConstructor().newInstance()).run();
      LockSupport.parkNanos(nanos);
      return new WeakReference<>(loader);
    }
  }
}
