package dev.thalweg.cli;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.nn.Layers;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A model as a list of its layers in YAML, which becomes the text that says the same:
///
/// ```yaml
/// model:
///   - conv2d(32, 3, padding=same)
///   - repeat(2):
///       - residual:
///           - batch_norm
///           - relu
///           - conv2d(32, 3, padding=same)
///   - parallel(join=add):
///       - conv2d(16, 1)
///       - [max_pool(3, stride=1, padding=same), "conv2d(16, 1)"]
///   - flatten
///   - dense(10)
/// ```
///
/// A layer is its text. One of layers within is its text without them, and the list of them; those
/// of `parallel` stand side by side, and a list among them is a chain.
final class LayerList {

  /// As deep as texts may be; beyond it there is no sense.
  private static final int DEEPEST = 50;

  private static final String SIDE_BY_SIDE = "parallel";

  private final String key;
  private final YamlEvents events;

  private LayerList(String key, YamlEvents events) {
    this.key = key;
    this.events = events;
  }

  /// The text of the list that has just begun.
  ///
  /// @param key of which it is the value
  /// @throws Failure with file and line, if it is something else than layers
  static String text(String key, YamlEvents events) {
    return new LayerList(key, events).list(" | ", 0);
  }

  private String list(String joint, int depth) {
    if (depth > DEEPEST) {
      throw wrong("expected layers at most " + DEEPEST + " deep");
    }
    var begin = events.line();
    var texts = new ArrayList<String>();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      texts.add(
          switch (event) {
            case ScalarEvent layer -> layer(layer);
            case MappingStartEvent _ -> nested(depth);
            case SequenceStartEvent _ when !joint.equals(" | ") -> list(" | ", depth + 1);
            case SequenceStartEvent _ ->
                throw wrong(
                    "expected a layer, found a list; one of layers within has a name, as in"
                        + " 'residual: [relu, dense(8)]'");
            default -> throw wrong("expected a layer");
          });
    }
    if (texts.isEmpty()) {
      throw YamlEvents.wrong(
          events.source(), begin, key + ": expected a layer or more, found an empty list");
    }
    return String.join(joint, texts);
  }

  /// A layer, or several joined by |.
  private String layer(ScalarEvent event) {
    var scalar = events.scalar(event);
    if (!scalar.tag().equals(Tag.STR)) {
      throw wrong("expected a layer, such as dense(10), found " + scalar.shown());
    }
    calls(scalar.text());
    return scalar.text().strip();
  }

  private List<Call> calls(String text) {
    try {
      return Call.parseChain(text);
    } catch (SyntaxException wrong) {
      var hint =
          text.indexOf('(') >= 0 && text.indexOf(')') < 0
              ? "; between brackets YAML parts what commas part: put it in quotes"
              : "";
      throw wrong("%s: %s%s".formatted(YamlEvents.cut(text), wrong.sentence(), hint));
    }
  }

  /// `residual: [relu, dense(8)]`, of which the brace or the name has just come.
  private String nested(int depth) {
    if (!(events.next() instanceof ScalarEvent name)) {
      throw wrong("expected the name of a layer");
    }
    var text = name.getValue().strip();
    var calls = calls(text);
    if (calls.size() > 1) {
      throw wrong(YamlEvents.cut(text) + ": expected one layer that has the others within");
    }
    var call = calls.getFirst();
    if (!Layers.names().contains(call.name())) {
      throw wrong(Nearest.sentence("layer", YamlEvents.cut(call.name()), Layers.names()));
    }
    if (!(events.next() instanceof SequenceStartEvent)) {
      throw wrong(
          "%s: expected the list of the layers within; what a layer is told stands in its text, as"
                  .formatted(YamlEvents.cut(text))
              + " in dense(10, relu)");
    }
    var body = list(call.name().equals(SIDE_BY_SIDE) ? ", " : " | ", depth + 1);
    if (events.next().getEventId() != Event.ID.MappingEnd) {
      throw wrong("expected one layer, found more; each begins with '- '");
    }
    return with(call, text, body);
  }

  /// The call with one more value behind those without a name.
  private static String with(Call call, String text, String body) {
    if (call.positional().isEmpty() && call.named().isEmpty()) {
      return call.name() + "(" + body + ")";
    }
    if (call.named().isEmpty()) {
      var end = text.lastIndexOf(')');
      return text.substring(0, end).stripTrailing().replaceFirst(",$", "") + ", " + body + ")";
    }
    var place = call.named().getFirst().span().start();
    return text.substring(0, place) + body + ", " + text.substring(place);
  }

  private Failure wrong(String sentence) {
    return events.wrong(key + ": " + sentence);
  }
}
