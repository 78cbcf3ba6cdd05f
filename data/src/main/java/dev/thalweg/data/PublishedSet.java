package dev.thalweg.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A data set of images that its publisher has divided into a part to train on and one to test, in
/// files that are too large to be embedded.
sealed interface PublishedSet permits ImageSet, Cifar {

  /// What it is found by.
  String title();

  DatasetInfo info(DataPlaces places);

  /// Whether its files are in this folder, or this file is its archive.
  boolean isAt(Path place);

  /// Both parts, training first.
  Dataset all(DataPlaces places);

  /// The parts as they were published.
  Split published(DataPlaces places);

  /// Those there are.
  static Stream<PublishedSet> every() {
    return Stream.concat(ImageSet.ALL.stream(), Cifar.ALL.stream());
  }

  /// Its files, wherever they are.
  ///
  /// @param title what the data set is found by
  /// @param what the files are, for messages: `its four files (…) are`
  /// @param advice what else to do where a download fails
  /// @param servers folders that have the files
  /// @param files as they were published
  record Origin(
      String title, String what, String advice, List<URI> servers, List<Download.Published> files) {

    /// The first folder that has all.
    ///
    /// @param complete whether a folder has what is needed
    Optional<Path> folder(DataPlaces places, Predicate<Path> complete) {
      return places.candidates(title).stream().filter(complete).findFirst();
    }

    /// The first folder that has all, or the one in the cache after a download.
    ///
    /// @param complete whether a folder has what is needed
    /// @param present whether a folder has a file, which is not downloaded then
    /// @throws DataException if there is none
    Path folder(
        DataPlaces places,
        Predicate<Path> complete,
        BiPredicate<Path, Download.Published> present) {
      return folder(places, complete).orElseGet(() -> downloaded(places, present));
    }

    private Path downloaded(DataPlaces places, BiPredicate<Path, Download.Published> present) {
      if (!places.download() || places.cache().isEmpty()) {
        throw new DataException(
            notFound(places)
                + lacking(places, present)
                + "; "
                + advice
                + (places.candidates(title).isEmpty()
                    ? "name a folder that has " + them()
                    : "put " + them() + " into " + places.candidates(title).getLast()));
      }
      Path folder = places.cache().get().resolve(title);
      var download = new Download(servers);
      try {
        Files.createDirectories(folder);
        for (Download.Published file : files) {
          if (!present.test(folder, file)) {
            places
                .listener()
                .accept(
                    String.format(
                        Locale.ROOT,
                        "%s: downloading %s (%.1f MB) to %s",
                        title,
                        file.name(),
                        file.bytes() / 1e6,
                        folder));
            download.bring(file, folder.resolve(file.name()));
          }
        }
      } catch (IOException e) {
        throw new DataException(
            "%s, and cannot be downloaded (%s); %sput %s into %s"
                .formatted(notFound(places), e.getMessage(), advice, them(), folder),
            e);
      }
      return folder;
    }

    private String them() {
      return files.size() == 1 ? "it" : "them";
    }

    /// What is not in a folder that has some of the files.
    private String lacking(DataPlaces places, BiPredicate<Path, Download.Published> present) {
      for (Path folder : places.candidates(title)) {
        var missing = files.stream().filter(file -> !present.test(folder, file)).toList();
        if (missing.size() < files.size()) {
          return ", %s lacks %s"
              .formatted(
                  folder,
                  missing.stream().map(Download.Published::name).collect(Collectors.joining(", ")));
        }
      }
      return "";
    }

    /// That the files are nowhere, and where they were looked for.
    private String notFound(DataPlaces places) {
      var looked = places.candidates(title).stream().map(Path::toString).toList();
      return "%s: %s ".formatted(title, what)
          + (looked.isEmpty() ? "nowhere" : "in none of the folders " + String.join(", ", looked));
    }
  }
}
