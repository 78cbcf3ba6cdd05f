package dev.thalweg.optim.rule;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import java.util.ArrayList;
import java.util.List;

/// What is known about a method besides its formula: name, family, a sentence, where it comes from,
/// what it can be told, and what it is called elsewhere.
///
/// ```java
/// Card.of("lion", Family.ADAM, "along the sign of an average of gradients", "arXiv 2302.06675")
///     .taking(number("lr", 1e-4, POSITIVE, "the paper"),
///         number("beta1", 0.9, FRACTION, "program 1"))
///     .as(Library.KERAS, "Lion", "learning_rate=1e-3, beta_1=0.9, …");
/// ```
///
/// @param name as in the text form: `adamw`, `torch.AdamW`
/// @param family by which it is listed
/// @param summary a sentence without a full stop
/// @param paper the paper, or the library with its version
/// @param aliases other names that mean the same
/// @param arguments in the order of their places
/// @param positional how many of them may be given by their place; the others have a name
/// @param calls what it is called in other libraries
public record Card(
    String name,
    Family family,
    String summary,
    String paper,
    List<String> aliases,
    List<Hyperparameter> arguments,
    int positional,
    List<OtherCall> calls) {

  /// Another library's call that is this method, told by other names.
  ///
  /// @param library whose
  /// @param name the call's, without the library
  /// @param signature its arguments as Python shows them: `lr=1e-3, betas=(0.9, 0.999), *,
  ///   maximize`; one that the method has under a name of its own as `alpha:rho=0.99`
  /// @param conventions the settings of the method that the call has no argument for: `form=trace`
  public record OtherCall(Library library, String name, String signature, String conventions) {}

  /// Copies the lists.
  public Card {
    aliases = List.copyOf(aliases);
    arguments = List.copyOf(arguments);
    calls = List.copyOf(calls);
  }

  /// A card of a method without arguments.
  public static Card of(String name, Family family, String summary, String paper) {
    return new Card(name, family, summary, paper, List.of(), List.of(), 0, List.of());
  }

  /// A card from its text ([CardText]).
  public static Card of(String text) {
    return CardText.read(text);
  }

  /// A card of a library's own call.
  public static Card of(Library library, String name, Family family, String summary) {
    return of(library.prefix() + name, family, summary, library.version());
  }

  /// What the base class of Keras' optimizers takes.
  public static List<Hyperparameter> ofKeras() {
    return CardText.ofKeras();
  }

  /// With these arguments.
  public Card taking(List<Hyperparameter> arguments) {
    return new Card(name, family, summary, paper, aliases, arguments, arguments.size(), calls);
  }

  /// With the arguments from this one on by their names only, as Python's after `*`.
  public Card byNameFrom(String argument) {
    int count = Arguments.names(arguments).indexOf(argument);
    return new Card(name, family, summary, paper, aliases, arguments, count, calls);
  }

  /// With other names that mean the same.
  public Card alias(String... aliases) {
    return new Card(name, family, summary, paper, List.of(aliases), arguments, positional, calls);
  }

  /// With a library's call that is the same.
  public Card as(Library library, String call, String signature) {
    return as(library, call, signature, "");
  }

  /// With a library's call that is the same under conventions: `form=trace, decay=coupled`.
  public Card as(Library library, String call, String signature, String conventions) {
    var more = new ArrayList<>(calls);
    more.add(new OtherCall(library, call, signature, conventions));
    return new Card(name, family, summary, paper, aliases, arguments, positional, more);
  }
}
