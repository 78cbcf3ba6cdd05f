package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether a data set that is asked for by name, and is nowhere on this machine, may be downloaded.
final class DownloadOption {

  private static final String VARIABLE = "THALWEG_DOWNLOAD";

  @Option(
      names = "--download",
      paramLabel = "yes|no",
      order = 74,
      arity = "1",
      converter = Values.YesOrNo.class,
      description =
          "Whether a data set by name that is nowhere here is downloaded; with --folder never."
              + " Default: $THALWEG_DOWNLOAD, else yes.")
  @Nullable YesNo download;

  /// Where data sets are looked for; what is downloaded is said.
  ///
  /// @throws Failure if the variable is neither yes nor no
  DataPlaces places(Call call) {
    var answer = download == null ? variable(call) : download;
    return DataPlaces.standard().withDownload(answer == YesNo.YES).withListener(call::note);
  }

  private static YesNo variable(Call call) {
    var text = call.surroundings().environment().apply(VARIABLE);
    try {
      return text == null || text.isEmpty() ? YesNo.YES : new Values.YesOrNo().convert(text);
    } catch (BadValue bad) {
      throw Failure.usage(VARIABLE + "=" + text + ": " + bad.getMessage(), bad);
    }
  }
}
