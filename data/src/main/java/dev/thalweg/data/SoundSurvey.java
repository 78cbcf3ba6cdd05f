package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What there is in a folder of sounds: see [Datasets#sounds(Path, SoundOptions)].
///
/// @param folder that was looked at
/// @param classes how many files each class has, in the order of the classes
/// @param rates how many sounds have each rate, the lowest first
/// @param stereo how many have several channels
/// @param shortest in seconds; 0 where no file can be read
/// @param longest in seconds
/// @param total of all, in seconds
/// @param broken a sentence for each file that can't be read
public record SoundSurvey(
    Path folder,
    SequencedMap<String, Integer> classes,
    SequencedMap<Integer, Integer> rates,
    int stereo,
    double shortest,
    double longest,
    double total,
    List<String> broken) {

  /// Copies the collections.
  public SoundSurvey {
    classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
    rates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rates));
    broken = List.copyOf(broken);
  }

  /// Looks at a folder.
  ///
  /// @throws DataException if there is none, or it has no folder for each class
  /// @throws ReadInterruptedException if the thread is interrupted meanwhile
  public static SoundSurvey of(Path folder) {
    NotNull.check(folder, "folder");
    ImageFolder found = ImageFolder.ofSounds(folder);
    var reading = new SoundReading(folder.toString(), found.files());
    SoundReading.@Nullable Header[] headers = reading.headers();
    var classes = new LinkedHashMap<String, Integer>();
    for (int label : found.labels()) {
      classes.merge(found.classNames().get(label), 1, Integer::sum);
    }
    var rates = new TreeMap<Integer, Integer>();
    int stereo = 0;
    double shortest = Double.POSITIVE_INFINITY;
    double longest = 0;
    double total = 0;
    for (SoundReading.Header header : headers) {
      if (header == null) {
        continue;
      }
      rates.merge(header.rate(), 1, Integer::sum);
      stereo += header.channels() > 1 ? 1 : 0;
      shortest = Math.min(shortest, header.seconds());
      longest = Math.max(longest, header.seconds());
      total += header.seconds();
    }
    return new SoundSurvey(
        folder,
        classes,
        rates,
        stereo,
        Math.min(shortest, longest),
        longest,
        total,
        reading.failures());
  }

  /// How many files there are.
  public int sounds() {
    return classes.values().stream().mapToInt(Integer::intValue).sum();
  }
}
