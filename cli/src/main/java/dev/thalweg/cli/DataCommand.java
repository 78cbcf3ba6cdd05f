package dev.thalweg.cli;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.DatasetInfo;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `data`: the data sets that are found by name, or more about one of them.
@CommandLine.Command(
    name = "data",
    sortOptions = false,
    description = "Lists the data sets that are found by name.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg data [NAME]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg data iris")
final class DataCommand implements Command {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The data set to tell more about.")
  @Nullable String name;

  @Override
  public void run(Call call) {
    if (name == null) {
      var all = Datasets.all();
      call.print(all.stream().map(DataCommand::json).toList(), table(all));
      return;
    }
    Dataset data;
    try {
      data = Datasets.named(name);
    } catch (IllegalArgumentException unknown) {
      throw Failure.usage(String.valueOf(unknown.getMessage()), unknown);
    }
    var info =
        Datasets.all().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow();
    call.print(List.of(json(info)), details(info, data));
  }

  private static Map<String, Object> json(DatasetInfo info) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", info.name());
    json.put("rows", info.rows());
    json.put("features", info.features());
    json.put("task", info.task().toString());
    json.put("licence", info.licence());
    json.put("source", info.source());
    json.put("present", info.present());
    return json;
  }

  private static String table(List<DatasetInfo> all) {
    var table = new Table().row("name", "rows", "features", "task", "licence", "present");
    for (var info : all) {
      table.row(
          info.name(),
          count(info.rows()),
          count(info.features()),
          info.task().toString(),
          info.licence(),
          info.present() ? "yes" : "no");
    }
    return table.toString();
  }

  private static String details(DatasetInfo info, Dataset data) {
    var table =
        new Table()
            .row("name", info.name())
            .row("rows", count(data.rows()))
            .row("features", count(data.features()))
            .row("named", String.join(" ", shortened(data.featureNames())))
            .row("target", data.targetName())
            .row("task", info.task().toString());
    if (data.task() == Task.CLASSIFICATION) {
      table.row("classes", classes(data));
    }
    return table.row("licence", info.licence()).row("source", info.source()).toString();
  }

  /// Each class with its number of rows.
  private static String classes(Dataset data) {
    var counts = new int[data.classes()];
    for (var label : data.labels()) {
      counts[label]++;
    }
    var text = new StringBuilder();
    for (var i = 0; i < counts.length; i++) {
      text.append(i == 0 ? "" : ", ").append(data.classNames().get(i));
      text.append(" (").append(count(counts[i])).append(')');
    }
    return text.toString();
  }

  private static List<String> shortened(List<String> names) {
    var last = names.size() - 1;
    return names.size() <= 8
        ? names
        : List.of(names.get(0), names.get(1), names.get(2), "…", names.get(last));
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
