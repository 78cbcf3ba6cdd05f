package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What there is in a folder of images, found out from the beginnings of its files: see
/// [Datasets#images(Path, ImageOptions)].
///
/// @param folder that was looked at
/// @param classes how many files each class has, in the order of the classes
/// @param sizes how many images have each size, as they are seen and of one channel, the most
///   frequent first
/// @param grey how many of them are grey
/// @param turned how many are to be turned or mirrored, as their cameras say
/// @param broken a sentence for each file that is no image
/// @param samples files of images: of each class the first few
public record ImageSurvey(
    Path folder,
    SequencedMap<String, Integer> classes,
    SequencedMap<ImageShape, Integer> sizes,
    int grey,
    int turned,
    List<String> broken,
    SequencedMap<String, List<Path>> samples) {

  /// Copies the collections.
  public ImageSurvey {
    classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
    sizes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sizes));
    broken = List.copyOf(broken);
    samples = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(samples));
  }

  /// Looks at a folder.
  ///
  /// @param samples how many of each class to name
  /// @throws DataException if there is none, or it has no folder for each class
  /// @throws ReadInterruptedException if the thread is interrupted meanwhile
  public static ImageSurvey of(Path folder, int samples) {
    NotNull.check(folder, "folder");
    ImageFolder found = ImageFolder.of(folder);
    var reading = new ImageReading(folder.toString(), found.files());
    var headers = reading.headers();
    var classes = new LinkedHashMap<String, Integer>();
    for (int label : found.labels()) {
      classes.merge(found.classNames().get(label), 1, Integer::sum);
    }
    Map<ImageShape, Integer> sizes = new LinkedHashMap<>();
    var named = new LinkedHashMap<String, List<Path>>();
    found.classNames().forEach(name -> named.put(name, new ArrayList<>()));
    int grey = 0;
    int turned = 0;
    for (int place = 0; place < headers.length; place++) {
      ImageHeader header = headers[place];
      if (header == null) {
        continue;
      }
      var size = new ImageShape(header.shape().height(), header.shape().width(), 1);
      sizes.merge(size, 1, Integer::sum);
      grey += header.channels() == 1 ? 1 : 0;
      turned += header.orientation() > 1 ? 1 : 0;
      String name = found.classNames().get(found.labels().get(place));
      List<Path> ofClass = named.computeIfAbsent(name, _ -> new ArrayList<>());
      if (ofClass.size() < samples) {
        ofClass.add(found.files().get(place));
      }
    }
    return new ImageSurvey(
        folder, classes, byCount(sizes), grey, turned, reading.failures(), named);
  }

  private static SequencedMap<ImageShape, Integer> byCount(Map<ImageShape, Integer> sizes) {
    return sizes.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<ImageShape, Integer> e) -> -e.getValue())
                .thenComparingInt(e -> e.getKey().height())
                .thenComparingInt(e -> e.getKey().width()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /// How many files there are.
  public int images() {
    return classes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
