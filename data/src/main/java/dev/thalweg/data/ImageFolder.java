package dev.thalweg.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files in a folder that has one for each class: `photos/cats/1.jpg`. Files may lie in folders
/// of that; what is hidden, or left there by a file manager, is not looked at.
///
/// @param root the folder
/// @param classNames the names of the folders in it, sorted by their bytes
/// @param files of all classes, class after class, sorted by the bytes of their paths
/// @param labels the class of each file
record ImageFolder(Path root, List<String> classNames, List<Path> files, List<Integer> labels) {

  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final Set<String> TEST = Set.of("test", "testing");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

  private static final Set<String> LEFTOVERS = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private static final int LISTED = 5;

  ImageFolder {
    classNames = List.copyOf(classNames);
    files = List.copyOf(files);
    labels = List.copyOf(labels);
  }

  /// Looks what there is.
  ///
  /// @throws DataException if there is no such folder, none for a class in it, one without a file,
  ///   or images that are in none
  static ImageFolder of(Path root) {
    return of(root, "images", ImageFolder::isNamedAsImage);
  }

  /// The same of sounds.
  static ImageFolder ofSounds(Path root) {
    return of(root, "sounds", ImageFolder::isNamedAsSound);
  }

  /// The two folders of one that has nothing but a part to train on and one to test, whatever
  /// classes they have: `train` or `training`, and `test` or `testing`; empty of any other.
  static Optional<Parts> parts(Path root) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    List<Path> folders = children(root).stream().filter(Files::isDirectory).toList();
    Optional<Path> train = folders.stream().filter(folder -> isOf(TRAIN, folder)).findFirst();
    Optional<Path> test = folders.stream().filter(folder -> isOf(TEST, folder)).findFirst();
    return folders.size() == 2 && train.isPresent() && test.isPresent()
        ? Optional.of(new Parts(train.get(), test.get()))
        : Optional.empty();
  }

  /// The parts of a data set.
  record Parts(Path train, Path test) {}

  private static boolean isOf(Set<String> names, Path folder) {
    return names.contains(name(folder).toLowerCase(Locale.ROOT));
  }

  /// The same files with the classes of another folder.
  ///
  /// @throws DataException if one is not there
  ImageFolder like(ImageFolder train) {
    var places = new ArrayList<Integer>();
    for (String name : classNames) {
      int place = train.classNames.indexOf(name);
      if (place < 0) {
        throw new DataException(
            "%s: expected the classes of %s, found %s, too".formatted(root, train.root, name));
      }
      places.add(place);
    }
    return new ImageFolder(
        root, train.classNames, files, labels.stream().map(places::get).toList());
  }

  /// The same of other files.
  ///
  /// @param what messages call them
  /// @param isOne whether a file is called as they are
  static ImageFolder of(Path root, String what, Predicate<Path> isOne) {
    if (!Files.isDirectory(root)) {
      throw new DataException(
          root + (Files.exists(root) ? ": expected a folder, found a file" : ": no such folder"));
    }
    List<Path> here = children(root);
    List<Path> folders = here.stream().filter(Files::isDirectory).toList();
    List<String> strays =
        here.stream()
            .filter(file -> !Files.isDirectory(file) && isOne.test(file))
            .map(ImageFolder::name)
            .toList();
    if (!strays.isEmpty()) {
      throw new DataException(
          "%s: expected %s in a folder for each class, found %s%s"
              .formatted(
                  root,
                  what,
                  listed(strays),
                  folders.isEmpty() ? " and no folder" : " beside them"));
    }
    if (folders.isEmpty()) {
      throw new DataException(root + ": expected a folder for each class, found none");
    }
    List<String> names = folders.stream().map(ImageFolder::name).toList();
    if (names.size() > 1
        && folders.stream()
            .allMatch(
                folder -> isOf(TRAIN, folder) || isOf(TEST, folder) || isOf(VALIDATION, folder))) {
      throw new DataException(
          "%s: expected a folder for each class, found the parts %s; name one of them, as %s"
              .formatted(root, String.join(" and ", names), folders.getFirst()));
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      List<Path> found = below(folders.get(label));
      if (found.isEmpty()) {
        empty.add(names.get(label));
      }
      for (Path file : found) {
        files.add(file);
        labels.add(label);
      }
    }
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s: expected %s in the folder of each class, found none in %s"
              .formatted(root, what, listed(empty)));
    }
    return new ImageFolder(root, names, files, labels);
  }

  /// Reads the sounds.
  ///
  /// @throws DataException as [Datasets#sounds(Path, SoundOptions)]
  Dataset read(SoundOptions options) {
    return Dataset.classification(
        title(root),
        new SoundReading(root.toString(), files).read(options),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        classNames);
  }

  /// Reads the images.
  ///
  /// @throws DataException as [Datasets#images(Path, ImageOptions)]
  Dataset read(ImageOptions options) {
    return Dataset.classification(
        title(root),
        new ImageReading(root.toString(), files).read(options),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        classNames);
  }

  /// All files below a folder, sorted by the bytes of their paths, or the file itself.
  ///
  /// @throws DataException if a folder can't be read
  static List<Path> below(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return path.equals(folder) || isMeant(path)
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (path.equals(folder) || isMeant(path)) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (FileSystemLoopException e) {
      throw new DataException(
          "%s: the link %s leads to a folder that it is in".formatted(folder, e.getFile()), e);
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e.getMessage(), e);
    }
    found.sort(byBytes());
    return found;
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(ImageFolder::isMeant).sorted(byBytes()).toList();
    } catch (IOException e) {
      throw new DataException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// Names as UTF-8 compares them, with `/` between folders, on every system.
  private static Comparator<Path> byBytes() {
    return (a, b) ->
        Arrays.compareUnsigned(
            text(a).getBytes(StandardCharsets.UTF_8), text(b).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /// Whether a file is neither hidden nor something that a file manager leaves behind.
  static boolean isMeant(Path path) {
    String name = name(path);
    return !name.startsWith(".") && !LEFTOVERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /// Whether a file calls itself an image.
  static boolean isNamedAsImage(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  /// Whether a file calls itself a sound that can be read.
  static boolean isNamedAsSound(Path path) {
    String name = name(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".wav") || name.endsWith(".wave");
  }

  /// Whether the first file that is found in a folder is called so.
  static boolean isFirst(Path folder, Predicate<Path> isOne) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> isMeant(path) && Files.isRegularFile(path))
          .findFirst()
          .filter(isOne)
          .isPresent();
    } catch (IOException | UncheckedIOException e) {
      // Whoever reads it says what is wrong with it.
      return false;
    }
  }

  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  static String title(Path root) {
    String name = name(root.toAbsolutePath().normalize());
    return name.isEmpty() ? "images" : name;
  }

  private static String listed(List<String> names) {
    return names.stream().limit(LISTED).collect(Collectors.joining(", "))
        + (names.size() > LISTED ? " and %d more".formatted(names.size() - LISTED) : "");
  }
}
