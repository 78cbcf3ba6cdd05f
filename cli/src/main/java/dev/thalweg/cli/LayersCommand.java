package dev.thalweg.cli;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.LayerKind;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Models;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `layers`: the layers and models that are found by name, or one of them in detail.
@CommandLine.Command(
    name = "layers",
    sortOptions = false,
    description = "Lists the layers and models, or tells what one of them is told.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg layers [NAME] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg layers dense")
final class LayersCommand implements Command {

  private static final String AFTER_LIST =
      "'thalweg layers NAME' tells more. A model is one with a name, or its layers, joined by |:"
          + " --model 'dense(64, relu) | dropout(0.1) | dense(10)'. A word alone is a layer, too:"
          + " relu, flatten.";

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The layer or model to tell more about: dense, residual, mlp.")
  @Nullable String name;

  /// What is told of one.
  private record Entry(Signature signature, String group, Optional<LayerKind> kind) {}

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Layers.kinds()
        .forEach(kind -> entries.add(new Entry(kind.signature(), "layers", Optional.of(kind))));
    Models.signatures().forEach(each -> entries.add(new Entry(each, "models", Optional.empty())));
    Models.tokenSignatures()
        .forEach(each -> entries.add(new Entry(each, "models of texts", Optional.empty())));
    Models.ratingSignatures()
        .forEach(each -> entries.add(new Entry(each, "models of ratings", Optional.empty())));
    Models.pairSignatures()
        .forEach(each -> entries.add(new Entry(each, "models of pairs", Optional.empty())));
    Models.textSignatures()
        .forEach(
            each -> entries.add(new Entry(each, "models of columns of texts", Optional.empty())));
    Models.stepSignatures()
        .forEach(each -> entries.add(new Entry(each, "models of transcripts", Optional.empty())));
    return entries;
  }

  @Override
  public void run(Call call) {
    List<Entry> entries = entries();
    String asked = name;
    if (asked == null) {
      call.print(entries.stream().map(LayersCommand::json).toList(), list(entries, call));
      return;
    }
    List<Entry> found =
        entries.stream().filter(entry -> entry.signature().name().equals(asked)).toList();
    if (!found.isEmpty()) {
      call.print(
          found.stream().map(LayersCommand::json).toList(),
          found.stream().map(LayersCommand::details).collect(Collectors.joining("\n")));
      return;
    }
    if (Activation.ALL.stream().anyMatch(f -> f.toString().equals(asked))) {
      throw Failure.usage(
          "layers: "
              + asked
              + " is an activation, y = "
              + Activation.parse(asked).function()
              + "; as a layer it stands alone, or in dense(64, "
              + asked
              + ")");
    }
    List<String> known = new ArrayList<>();
    entries.forEach(entry -> known.add(entry.signature().name()));
    throw Failure.usage(Nearest.sentence("layer", asked, known));
  }

  private static String list(List<Entry> entries, Call call) {
    int columns = Math.clamp(call.surroundings().screen().columns(), 60, 100);
    int width = entries.stream().mapToInt(e -> e.signature().name().length()).max().orElse(0) + 2;
    var text = new StringBuilder();
    String group = "";
    for (Entry entry : entries) {
      if (!entry.group().equals(group)) {
        text.append(group.isEmpty() ? "" : "\n").append(entry.group()).append("\n\n");
        group = entry.group();
      }
      String word = entry.signature().name();
      text.append(
          Wrapped.text(
              "  " + word + " ".repeat(width - word.length()),
              entry.signature().summary(),
              2 + width,
              columns));
    }
    List<String> functions = Activation.ALL.stream().map(Activation::toString).toList();
    text.append("\nactivations\n\n")
        .append(Wrapped.text("  ", String.join(", ", functions), 2, columns))
        .append('\n')
        .append(Wrapped.text("", AFTER_LIST, 0, columns));
    return text.toString();
  }

  private static String details(Entry entry) {
    Signature signature = entry.signature();
    var text = new StringBuilder();
    text.append(signature).append('\n').append(signature.summary()).append("\n");
    entry.kind().ifPresent(kind -> text.append("\nshapes   ").append(kind.shapes()).append('\n'));
    String before = "weights  ";
    for (String weight : entry.kind().map(LayerKind::weights).orElse(List.of())) {
      text.append(before).append(weight).append('\n');
      before = "         ";
    }
    int width = signature.arguments().stream().mapToInt(a -> a.name().length()).max().orElse(0);
    if (width > 0) {
      text.append('\n');
    }
    for (Argument<?> argument : signature.arguments()) {
      String usual = argument.usualText();
      text.append("  ")
          .append(argument.name())
          .repeat(' ', width - argument.name().length() + 2)
          .append(argument.help())
          .append("; ")
          .append(argument.kind().words())
          .append(argument.usual().isEmpty() ? "" : "; by default " + usual)
          .append('\n');
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> json(Entry entry) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", entry.signature().name());
    json.put("group", entry.group());
    json.put("summary", entry.signature().summary());
    List<Map<String, @Nullable Object>> arguments = new ArrayList<>();
    for (Argument<?> argument : entry.signature().arguments()) {
      var each = new LinkedHashMap<String, @Nullable Object>();
      each.put("name", argument.name());
      each.put("values", argument.kind().words());
      each.put("default", argument.usual().isEmpty() ? null : argument.usualText());
      each.put("required", argument.usual().isEmpty());
      each.put("help", argument.help());
      arguments.add(each);
    }
    json.put("arguments", arguments);
    json.put("shapes", entry.kind().map(LayerKind::shapes).orElse(null));
    json.put("parameters", entry.kind().map(LayerKind::weights).orElse(List.of()));
    return json;
  }
}
