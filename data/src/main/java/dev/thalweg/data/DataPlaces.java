package dev.thalweg.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where data sets are looked for that are too large to be embedded.
///
/// In this order: the folders, each by itself and with a folder in it of the data set's name; the
/// cache; the publisher's server, from where the files go into the cache.
///
/// @param folders looked at first, in their order
/// @param cache what is downloaded goes there, into a folder of the data set's name; nothing is
///   downloaded where there is none
/// @param download whether what is found nowhere is downloaded
/// @param listener told a sentence about each download that begins
public record DataPlaces(
    List<Path> folders, Optional<Path> cache, boolean download, Consumer<String> listener) {

  /// Debian's packages `dataset-…` install there.
  private static final Path DEBIAN = Path.of("/usr/share/datasets");

  /// Copies the list.
  public DataPlaces {
    folders = List.copyOf(folders);
  }

  /// Debian's `/usr/share/datasets`; the cache `thalweg` in `XDG_CACHE_HOME`, or where that is not
  /// set in `LOCALAPPDATA` on Windows, else in `.cache` of the home folder; downloads, silently,
  /// unless the environment variable `THALWEG_DOWNLOAD` is `no`, or anything else but `yes`.
  public static DataPlaces standard() {
    return new DataPlaces(
        List.of(DEBIAN),
        cache(
            System::getenv, System.getProperty("user.home", ""), System.getProperty("os.name", "")),
        allows(System.getenv("THALWEG_DOWNLOAD")),
        sentence -> {});
  }

  static boolean allows(@Nullable String said) {
    return said == null || said.equalsIgnoreCase("yes");
  }

  static Optional<Path> cache(
      UnaryOperator<@Nullable String> environment, String home, String system) {
    var candidates = new ArrayList<@Nullable String>();
    candidates.add(environment.apply("XDG_CACHE_HOME"));
    if (system.startsWith("Windows")) {
      candidates.add(environment.apply("LOCALAPPDATA"));
    }
    candidates.add(home.isEmpty() ? null : home + "/.cache");
    for (String candidate : candidates) {
      if (candidate != null) {
        try {
          Path folder = Path.of(candidate);
          // XDG's specification: a relative one is to be ignored.
          if (folder.isAbsolute()) {
            return Optional.of(folder.resolve("thalweg"));
          }
        } catch (InvalidPathException _) {
          // Not a folder of this system: the next one may be.
        }
      }
    }
    return Optional.empty();
  }

  /// One folder in the place of these, and of the cache, without downloads: who names a folder is
  /// told what it lacks, and never gets what lies elsewhere.
  ///
  /// @throws DataException if there is no such folder
  public DataPlaces withFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder
              + (Files.exists(folder) ? ": expected a folder, found a file" : ": no such folder"));
    }
    return new DataPlaces(List.of(folder), Optional.empty(), false, listener);
  }

  /// These with another cache.
  public DataPlaces withCache(Path other) {
    return new DataPlaces(folders, Optional.of(other), download, listener);
  }

  /// These with or without downloads.
  public DataPlaces withDownload(boolean yes) {
    return new DataPlaces(folders, cache, yes, listener);
  }

  /// These with someone who is told about downloads.
  public DataPlaces withListener(Consumer<String> other) {
    return new DataPlaces(folders, cache, download, other);
  }

  /// The folders in which the files of a data set may lie, in the order of the search.
  List<Path> candidates(String name) {
    return Stream.concat(
            folders.stream().flatMap(folder -> Stream.of(folder, folder.resolve(name))),
            cache.stream().map(folder -> folder.resolve(name)))
        .toList();
  }
}
