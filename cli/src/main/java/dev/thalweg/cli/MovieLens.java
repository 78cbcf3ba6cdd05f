package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ratings of films that GroupLens publishes, found in a folder: they may not be handed on, so they
/// are neither embedded nor downloaded by themselves.
enum MovieLens {
  /// 943 users, 1,682 films.
  HUNDRED_THOUSAND("movielens-100k", 100_000, "ml-100k", "u.data"),
  /// 610 users, 9,742 films.
  SMALL("movielens-small", 100_836, "ml-latest-small", "ratings.csv");

  private static final String LICENCE = "GroupLens, not for revenue, not to be handed on";
  private static final String SOURCE =
      "MovieLens, F. M. Harper and J. A. Konstan (2015), https://doi.org/10.1145/2827872";

  private final String title;
  private final int ratings;
  private final String folder;
  private final String file;

  MovieLens(String title, int ratings, String folder, String file) {
    this.title = title;
    this.ratings = ratings;
    this.folder = folder;
    this.file = file;
  }

  /// The names that they are found by.
  static List<String> names() {
    return Arrays.stream(values()).map(set -> set.title).toList();
  }

  /// The one of a name, if there is one.
  static Optional<MovieLens> named(String name) {
    return Arrays.stream(values()).filter(set -> set.title.equals(name)).findFirst();
  }

  /// Under which they may be used, a sentence for the user.
  String licence() {
    return "%s: %s; %s".formatted(title, LICENCE, SOURCE);
  }

  /// Where its file is: in the folder that was said, or in one where data sets are looked for, by
  /// itself or in a folder of its name or of its archive's.
  Optional<Path> find(Optional<Path> said) {
    var places = DataPlaces.standard();
    var folders =
        said.map(List::of)
            .orElseGet(
                () -> Stream.concat(places.folders().stream(), places.cache().stream()).toList());
    return folders.stream()
        .flatMap(place -> Stream.of(place, place.resolve(title), place.resolve(folder)))
        .map(place -> place.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Where its file is.
  ///
  /// @throws Failure if it is nowhere
  Path found(Optional<Path> said) {
    return find(said)
        .orElseThrow(() ->
            Failure.working(
                "%s: expected %s%s, found none; https://files.grouplens.org/datasets/movielens/%s.zip has it, and --folder says where it is unpacked"
                    .formatted(title, file, said.map(place -> " in " + place).orElse(""), folder)));
  }

  /// As one of the data sets that `data` lists.
  Map<String, @Nullable Object> json() {
    var place = find(Optional.empty());
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", title);
    json.put("rows", ratings);
    json.put("features", null);
    json.put("task", RatingsData.TASK);
    json.put("licence", LICENCE);
    json.put("source", SOURCE);
    json.put("present", place.isPresent());
    json.put("folder", place.map(Path::getParent).map(Path::toString).orElse(null));
    return json;
  }

  /// What the list of data sets says of it.
  String[] row() {
    return new String[] {
      title,
      String.format(Locale.ROOT, "%,d", ratings),
      "-",
      RatingsData.TASK,
      LICENCE,
      find(Optional.empty()).map(Path::getParent).map(Path::toString).orElse("no")
    };
  }

  /// What there is to tell about it.
  Table details() {
    return new Table()
        .row("name", title)
        .row("rows", String.format(Locale.ROOT, "%,d ratings", ratings))
        .row("task", RatingsData.TASK + ", what users think of films")
        .row("licence", LICENCE)
        .row("source", SOURCE)
        .row("present", row()[5]);
  }
}
