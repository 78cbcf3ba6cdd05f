package dev.thalweg.optim.rule;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Hyperparameter.Kind;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a [Card] from its text, whose first line is `name (FAMILY): summary`. Of a method of ours
/// the second one is its source; that of a library's call is the library's version, or another part
/// of it, `of PyTorch 2.15.0, torch.nn.utils`. A line each follows for the arguments, in the order
/// of their places:
///
/// | line | argument |
/// |---|---|
/// | `lr = 0.001 in (0, ∞): the paper` | a number or a schedule, its default, range and the default's source |
/// | `eps:epsilon = 1e-8 in [0, ∞)` | one whose name in the formula is another |
/// | `betas:beta1:beta2 = (0.9, 0.999) in [0, 1)` | several numbers |
/// | `factor = fixed 0.5 in (0, 1): the authors` | a number that is the same at every step |
/// | `every = whole 10 in [1, ∞): the authors` | a whole number that is the same at every step |
/// | `learning_rate:lr in [0, ∞)`, `seed = fixed in [0, ∞)` | one without a default |
/// | `clipnorm = none in (0, ∞)`, `rate = optional 0.2 in [0, ∞)` | a number, or none |
/// | `nesterov = true` | a switch |
/// | `norm = spectral of spectral, sign` | one of some words |
/// | `exponent = refused 2: others are not` | one of which only the default is supported |
/// | `foreach` | one that the library's calls share, or one without effect |
///
/// `*` stands before the first that goes by its name only, `…` for all that Keras' base class
/// takes; `also gd` has other names, and `= keras.Lion(learning_rate=0.001, …)`, with `where
/// form=trace` behind it, a [Card.OtherCall].
final class CardText {
  /// What the base class of Keras' optimizers takes.
  private static final String KERAS =
      """
      clipnorm = none in (0, ∞)
      clipvalue = none in (0, ∞)
      global_clipnorm = none in (0, ∞)
      use_ema = false
      ema_momentum = 0.99 in [0, 1]: Keras' default
      ema_overwrite_frequency = none in (0, ∞)
      loss_scale_factor = none in (0, ∞)
      gradient_accumulation_steps = none in (0, ∞)
      name
      """;

  private final String text;
  private final @Nullable Library library;
  private final List<Hyperparameter> arguments = new ArrayList<>();
  private int at;

  private CardText(String text, @Nullable Library library) {
    this.text = text;
    this.library = library;
  }

  /// The card.
  static Card read(String text) {
    return new CardText(text, Library.of(text)).card();
  }

  /// What the base class of Keras' optimizers takes.
  static List<Hyperparameter> ofKeras() {
    var base = new CardText(KERAS, Library.KERAS);
    while (base.at < KERAS.length()) {
      base.addArgument(base.line());
    }
    return base.arguments;
  }

  private Card card() {
    String head = line();
    int family = head.indexOf(" (");
    int summary = head.indexOf("): ", family);
    Card card =
        Card.of(
            head.substring(0, family),
            Family.valueOf(head.substring(family + 2, summary)),
            head.substring(summary + 3),
            paper());
    int positional = -1;
    while (at < text.length()) {
      String line = line();
      if (line.equals("*")) {
        positional = arguments.size();
      } else if (line.equals("…")) {
        arguments.addAll(ofKeras());
      } else if (line.startsWith("also ")) {
        card = card.alias(line.substring(5).split(", ", 0));
      } else if (line.startsWith("= ")) {
        card = called(card, line.substring(2));
      } else {
        addArgument(line);
      }
    }
    card = card.taking(arguments);
    return positional < 0 ? card : card.byNameFrom(arguments.get(positional).name());
  }

  private String paper() {
    if (library == null) {
      return line();
    }
    return text.startsWith("of ", at) ? line().substring(3) : library.version();
  }

  private String line() {
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end);
    at += line.length() + 1;
    return line;
  }

  private static Card called(Card card, String line) {
    Library library = Library.of(line);
    if (library == null) {
      throw new IllegalStateException(card.name() + ": of no library: " + line);
    }
    int open = line.indexOf('(');
    int where = line.indexOf(") where ");
    return card.as(
        library,
        line.substring(library.prefix().length(), open),
        line.substring(open + 1, where < 0 ? line.length() - 1 : where),
        where < 0 ? "" : line.substring(where + 8));
  }

  private void addArgument(String line) {
    int noted = line.indexOf(": ");
    String note = noted < 0 ? usualNote() : line.substring(noted + 2);
    String rest = noted < 0 ? line : line.substring(0, noted);
    int within = rest.indexOf(" in ");
    Range range = within < 0 ? Range.ANY : range(rest.substring(within + 4));
    rest = within < 0 ? rest : rest.substring(0, within);
    int equals = rest.indexOf(" = ");
    String[] names = (equals < 0 ? rest : rest.substring(0, equals)).split(":", 0);
    var symbols = new ArrayList<String>();
    for (int i = names.length == 1 ? 0 : 1; i < names.length; i++) {
      symbols.add(names[i]);
    }
    String usual = equals < 0 ? "" : rest.substring(equals + 3);
    if (usual.isEmpty() && within < 0) {
      Hyperparameter shared = Arguments.shared(names[0]);
      arguments.add(shared == null ? Arguments.ignored(names[0]) : shared);
    } else if (usual.isEmpty()) {
      add(names[0], Kind.NUMBER, symbols, Setting.none(), range, "must be given");
    } else if (usual.startsWith("refused ")) {
      add(names[0], Kind.REFUSED, List.of(), refused(usual.substring(8)), range, note);
    } else if (usual.equals("true") || usual.equals("false")) {
      arguments.add(Arguments.flag(names[0], usual.equals("true")));
    } else if (usual.contains(" of ")) {
      int of = usual.indexOf(" of ");
      List<String> words = List.of(usual.substring(of + 4).split(", ", 0));
      var choice = new Setting.Choice(usual.substring(0, of), words);
      add(names[0], Kind.CHOICE, List.of(), choice, range, "");
    } else if (usual.equals("none")) {
      add(names[0], Kind.OPTIONAL, symbols, Setting.none(), range, noted < 0 ? "off" : note);
    } else if (usual.startsWith("optional ")) {
      add(names[0], Kind.OPTIONAL, symbols, number(usual.substring(9)), range, note);
    } else if (usual.startsWith("(")) {
      add(names[0], Kind.TUPLE, symbols, several(usual), range, note);
    } else if (usual.equals("fixed")) {
      add(names[0], Kind.FIXED, symbols, Setting.none(), range, "must be given");
    } else if (usual.startsWith("fixed ")) {
      add(names[0], Kind.FIXED, symbols, number(usual.substring(6)), range, note);
    } else if (usual.equals("whole")) {
      add(names[0], Kind.WHOLE, symbols, Setting.none(), range, "must be given");
    } else if (usual.startsWith("whole ")) {
      add(names[0], Kind.WHOLE, symbols, number(usual.substring(6)), range, note);
    } else {
      add(names[0], Kind.NUMBER, symbols, number(usual), range, note);
    }
  }

  private void add(
      String name, Kind kind, List<String> symbols, Setting usual, Range range, String note) {
    arguments.add(new Hyperparameter(name, kind, symbols, usual, range, note));
  }

  private String usualNote() {
    return library == null ? "" : library.note();
  }

  private static Setting number(String text) {
    return Setting.number(Double.parseDouble(text));
  }

  private static Setting refused(String text) {
    return switch (text) {
      case "none" -> Setting.none();
      case "true", "false" -> new Setting.Flag(text.equals("true"));
      default -> number(text);
    };
  }

  private static Setting several(String text) {
    var values = new ArrayList<Schedule>();
    for (String value : text.substring(1, text.length() - 1).split(", ", 0)) {
      values.add(Schedule.constant(Double.parseDouble(value)));
    }
    return new Setting.Several(values);
  }

  /// `[0, 1)`
  private static Range range(String text) {
    return switch (text) {
      case "(0, ∞)" -> Range.POSITIVE;
      case "[0, ∞)" -> Range.NOT_NEGATIVE;
      case "[0, 1)" -> Range.FRACTION;
      default -> {
        int comma = text.indexOf(", ");
        yield new Range(
            end(text.substring(1, comma)),
            text.charAt(0) == '[',
            end(text.substring(comma + 2, text.length() - 1)),
            text.endsWith("]"));
      }
    };
  }

  private static double end(String text) {
    return switch (text) {
      case "∞" -> Double.POSITIVE_INFINITY;
      case "-∞" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
