package dev.thalweg.formats;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of files and folders that are being written: hidden, and telling which process writes, so
/// that what a process left that died can be cleared, and nothing else.
///
/// `.o.4711-thk3vq1s-1f3x-9dk2l.draft`: of `o`, by process 4711, its start in milliseconds since
/// 1970, its machine, a random number (all base 36 but the first), and what it is.
public final class DraftName {

  /// A process that has given up; nobody has its number.
  private static final String NOBODY = "0-0-0-";

  private static final Pattern ID =
      Pattern.compile("([0-9]{1,10})-([0-9a-z]{1,12})-([0-9a-z]{1,7})-[0-9a-z]{1,13}");

  /// The start of a process is known to the second; clocks are set.
  private static final Duration START = Duration.ofSeconds(5);

  private DraftName() {}

  /// A name that nothing has, of this process.
  ///
  /// @param of what it is a draft of, a file's name
  /// @param kind what it ends in, such as `draft`
  public static String fresh(String of, String kind) {
    var own = ProcessHandle.current();
    return "."
        + of
        + "."
        + own.pid()
        + "-"
        + Long.toString(start(own).map(Instant::toEpochMilli).orElse(0L), 36)
        + "-"
        + machine()
        + "-"
        + random()
        + "."
        + kind;
  }

  /// A name that nothing has, of nobody, so that [#dead] has it at once: for what a living process
  /// has given up.
  public static String abandoned(String of, String kind) {
    return "." + of + "." + NOBODY + random() + "." + kind;
  }

  /// What dead processes left in a folder of drafts of a name.
  ///
  /// @param elsewhere how old a draft has to be that a process of another machine writes
  /// @throws IOException if the folder can't be read
  public static List<Path> dead(Path folder, String of, String kind, Duration elsewhere)
      throws IOException {
    var dead = new ArrayList<Path>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, entry -> isDraft(entry, of, kind))) {
      for (Path entry : entries) {
        if (isDead(entry, elsewhere)) {
          dead.add(entry);
        }
      }
    }
    return dead;
  }

  /// Whether a file or folder has a name that [#fresh] makes.
  public static boolean isDraft(Path draft, String of, String kind) {
    String name = draft.getFileName().toString();
    String begin = "." + of + ".";
    String end = "." + kind;
    return name.startsWith(begin)
        && name.endsWith(end)
        && name.length() > begin.length() + end.length()
        && ID.matcher(name.substring(begin.length(), name.length() - end.length())).matches();
  }

  /// Whether the process that writes a draft is no more. Of one of another machine, or in another
  /// container, nothing is known but when it last wrote.
  private static boolean isDead(Path draft, Duration elsewhere) {
    String name = draft.getFileName().toString();
    Matcher id = ID.matcher(name);
    // What it is a draft of may look like an id, too.
    int from = name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1;
    if (!id.region(from, Math.max(from, name.lastIndexOf('.'))).matches()) {
      return false;
    }
    long pid = Long.parseLong(id.group(1));
    if (pid == 0) {
      return true;
    }
    if (!id.group(3).equals(machine())) {
      return isOlder(draft, elsewhere);
    }
    long start = Long.parseLong(id.group(2), 36);
    return ProcessHandle.of(pid)
        .map(process ->
            start != 0
                && start(process)
                    .map(found ->
                        Duration.between(Instant.ofEpochMilli(start), found).abs().compareTo(START)
                            > 0)
                    .orElse(false))
        .orElse(true);
  }

  private static boolean isOlder(Path draft, Duration age) {
    try {
      return Files.getLastModifiedTime(draft).toInstant().isBefore(Instant.now().minus(age));
    } catch (IOException e) {
      return false; // gone, or not to be seen: not ours to clear
    }
  }

  private static Optional<Instant> start(ProcessHandle process) {
    return process.info().startInstant();
  }

  private static String random() {
    return Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
  }

  /// Process numbers are of one machine, in a container of one name space.
  private static String machine() {
    String text = "";
    try {
      text =
          Files.readString(Path.of("/proc/sys/kernel/hostname"))
              + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | RuntimeException e) {
      for (String variable : List.of("COMPUTERNAME", "HOSTNAME")) {
        String name = System.getenv(variable);
        text += name == null ? "" : name;
      }
    }
    return Integer.toUnsignedString(text.hashCode(), 36);
  }
}
