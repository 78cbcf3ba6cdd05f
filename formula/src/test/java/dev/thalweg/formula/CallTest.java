package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.formula.CallValue.Constant;
import dev.thalweg.formula.CallValue.Numeral;
import dev.thalweg.formula.CallValue.Tuple;
import dev.thalweg.formula.CallValue.Word;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  @Test
  void dictionariesArePairsOrNamedArguments() {
    assertThat(Call.parse("f({3: 0.5, 6: (1, 2)}, x={})"))
        .isEqualTo(Call.parse("f(((3, 0.5), (6, (1, 2))), x=())"));
    assertThat(Call.parse("f([{'a': 1, \"b\": 2}])")).isEqualTo(Call.parse("f([dict(a=1, b=2)])"));
    assertThatThrownBy(() -> Call.parse("f({3: 1, 'a': 2})"))
        .hasMessageContaining("expected keys of one kind, numbers or words");
    assertThat(Call.parse("f({'0.weight': 2})")).isEqualTo(Call.parse("f((('0.weight', 2),))"));
    assertThatThrownBy(() -> Call.parse("f({3 1})")).hasMessageContaining("expected ':'");
    assertThatThrownBy(() -> Call.parse("f({3: 1")).hasMessageContaining("unclosed");
  }

  @Test
  void readsPositionalAndNamedArguments() {
    Call call = Call.parse("mlp(128, 64, activation=relu, dropout=.1)");

    assertThat(call.name()).isEqualTo("mlp");
    assertThat(call.positional()).containsExactly(number("128"), number("64"));
    assertThat(call.named("activation")).contains(word("relu"));
    assertThat(call.named("dropout").orElseThrow().asDouble("dropout")).isEqualTo(0.1);
    assertThat(call.named("l2")).isEmpty();
  }

  @Test
  void aNameAloneIsACallWithoutArguments() {
    assertThat(Call.parse("logistic")).isEqualTo(Call.parse(" logistic ( ) "));
  }

  @Test
  void readsDottedNamesTuplesAndNestedCalls() {
    Call call = Call.parse("torch.AdamW(lr=cosine(1e-3, warmup=100), betas=(0.9, 0.95))");

    assertThat(call.name()).isEqualTo("torch.AdamW");
    Call cosine = (Call) call.named("lr").orElseThrow();
    assertThat(cosine.named("warmup").orElseThrow().asInt("warmup")).isEqualTo(100);
    assertThat(call.named("betas").orElseThrow())
        .isEqualTo(new Tuple(List.of(number("0.9"), number("0.95")), Span.none()));
  }

  @Test
  void readsWordsBareAndQuotedAndConstantsInAnyCase() {
    Call call =
        Call.parse("f(a='relu', b=\"test set\", c=TRUE, d=False, e=None, g='true', h='\\'\\\\')");

    assertThat(call.named("a")).contains(word("relu"));
    assertThat(call.named("b")).contains(word("test set"));
    assertThat(call.named("c")).contains(new Constant(Constant.Kind.TRUE, Span.none()));
    assertThat(call.named("d").orElseThrow().asBoolean("d")).isFalse();
    assertThat(call.named("e")).contains(new Constant(Constant.Kind.NONE, Span.none()));
    assertThat(call.named("g").orElseThrow().asWord("g")).isEqualTo("true");
    assertThat(call.named("h").orElseThrow().asWord("h")).isEqualTo("'\\");
  }

  @Test
  void parenthesesAroundOneValueAreNoTuple() {
    assertThat(Call.parse("f((1))")).isEqualTo(Call.parse("f(1)"));
    assertThat(Call.parse("f((1,))").positional().getFirst())
        .isEqualTo(new Tuple(List.of(number("1")), Span.none()));
    assertThat(Call.parse("f([1])")).isEqualTo(Call.parse("f((1,))"));
    assertThat(Call.parse("f(())").positional().getFirst())
        .isEqualTo(new Tuple(List.of(), Span.none()));
  }

  @Test
  void readsChains() {
    assertThat(Call.parseChain("clip_norm(1) | adamw(lr=1e-3)|sgd"))
        .extracting(Call::toString)
        .containsExactly("clip_norm(1)", "adamw(lr=1e-3)", "sgd()");
  }

  @Test
  void everyValueKnowsWhereItStands() {
    String text = "adamw(lr = 1e-3, betas=(0.9, 0.95))";
    Call call = Call.parse(text);

    assertThat(call.span()).isEqualTo(new Span(text, 0, text.length()));
    assertThat(call.named().getFirst().span()).isEqualTo(new Span(text, 6, 8));
    assertThat(call.named("lr").orElseThrow().span()).isEqualTo(new Span(text, 11, 15));
    assertThat(call.named("betas").orElseThrow().span()).isEqualTo(new Span(text, 23, 34));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          adamw(lr=1e-3              ~  5 ~ unclosed parenthesis
          f(a, (1, 2)                ~  1 ~ unclosed parenthesis
          f(a, (1, 2                 ~  5 ~ unclosed parenthesis
          f([1, 2)                   ~  7 ~ expected ',' or ']', found ')'
          f(a='relu)                 ~  4 ~ unclosed quote
          f(1))                      ~  4 ~ expected '|' or the end, found ')'
          f x                        ~  2 ~ expected '(', '|' or the end, found 'x'
          ``                         ~  0 ~ expected a name, found the end
          (1)                        ~  0 ~ expected a name, found '('
          f(,)                       ~  2 ~ expected an argument, found ','
          f(lr=)                     ~  5 ~ expected a value after 'lr=', found ')'
          f(1 2)                     ~  4 ~ expected ',' or ')', found '2'
          f(lr=1, 2)                 ~  8 ~ f: an argument without a name follows one with a name
          f(lr=1, lr=2)              ~  8 ~ f: argument lr is given twice
          f(1.2.3)                   ~  2 ~ malformed number 1.2.3
          f(12abc)                   ~  2 ~ malformed number 12abc
          f(1e)                      ~  2 ~ malformed number 1e
          f(-)                       ~  2 ~ malformed number -
          f(1e999)                   ~  2 ~ number 1e999 is too large
          f(breast-cancer)           ~  8 ~ expected ',' or ')', found '-' (a word with it needs quotes)
          f(a.)                      ~  3 ~ expected ',' or ')', found '.'
          f('\\n')                   ~  3 ~ expected \\\\, \\' or \\" for a backslash
          """)
  void saysWhatIsWrongAndWhere(String text, int position, String sentence) {
    var error = catchThrowableOfType(SyntaxException.class, () -> Call.parseChain(text));

    assertThat(error.sentence()).isEqualTo(sentence);
    assertThat(error.position()).isEqualTo(position);
    assertThat(error.text()).isEqualTo(text);
  }

  @Test
  void aPipeNeedsACallAfterIt() {
    assertThatThrownBy(() -> Call.parseChain("adam |"))
        .hasMessage("expected a name, found the end\n  adam |\n        ^");
  }

  @Test
  void theCaretStandsUnderTheUnclosedParenthesis() {
    assertThatThrownBy(() -> Call.parse("adamw(lr=1e-3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unclosed parenthesis\n  adamw(lr=1e-3\n       ^");
  }

  @Test
  void ofALongTextOnlyTheNeighbourhoodIsShown() {
    String text = "f(" + "1, ".repeat(1000) + "!" + ", 1".repeat(1000) + ")";

    assertThatThrownBy(() -> Call.parse(text))
        .hasMessage(
            "expected an argument, found '!'\n  …, "
                + "1, ".repeat(16)
                + "!"
                + ", 1".repeat(8)
                + "…\n"
                + " ".repeat(2 + 1 + 2 + 48)
                + "^");
  }

  @Test
  void ofSeveralLinesTheOffendingOneIsShown() {
    assertThatThrownBy(() -> Call.parse("adam(\n\tlr=?,\n\tbeta1=0.9)"))
        .hasMessage("expected a value after 'lr=', found '?'\n   lr=?,\n      ^");
  }

  @Test
  void aTextNestedTooDeeplyIsRefusedBeforeTheStackIsFull() {
    for (String open : List.of("(", "[", "f(", "f(a=")) {
      assertThatThrownBy(() -> Call.parse("f(" + open.repeat(1_000_000)))
          .isInstanceOf(SyntaxException.class)
          .hasMessageStartingWith("nested deeper than 100");
    }
    String fits = "f(" + "(".repeat(99) + "1" + ")".repeat(99) + ")";
    assertThat(Call.parse(fits)).isEqualTo(Call.parse("f(1)"));
  }

  @Test
  void aMillionArgumentsAreRead() {
    Call call = Call.parse("f(" + "1, ".repeat(1_000_000) + ")");

    assertThat(call.positional()).hasSize(1_000_000);
    assertThat(Call.parse(call.toString())).isEqualTo(call);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        128,
        1e-3,
        1e-5,
        0.1,
        1e22,
        -2.5e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE
      })
  void aNumberPrintsAsTheShortestTextThatReadsBack(double value) {
    Numeral number = Numeral.of(value);

    assertThat(Call.parse("f(" + number + ")").positional().getFirst().asDouble("x"))
        .isEqualTo(value);
    assertThat(number.toString()).doesNotEndWith(".0").doesNotContain("E");
  }

  @Test
  void bindingGivesPositionalArgumentsTheNamesInOrder() {
    var names = List.of("lr", "beta1", "beta2");

    assertThat(Call.parse("adam(1e-3, beta2=0.9)").bind("hyperparameter of adam", names))
        .containsExactlyEntriesOf(
            new java.util.TreeMap<>(java.util.Map.of("lr", number("1e-3"), "beta2", number("0.9")))
                .reversed());
    assertThatThrownBy(() -> Call.parse("adam(1, lr=2)").bind("hyperparameter of adam", names))
        .hasMessage(
            """
            adam: argument lr is given twice, by position and by name
              adam(1, lr=2)
                      ^\
            """);
    assertThatThrownBy(() -> Call.parse("adam(1, 2, 3, 4)").bind("hyperparameter of adam", names))
        .hasMessage(
            "adam: expected at most 3 arguments, found 4\n  adam(1, 2, 3, 4)\n                ^");
    assertThatThrownBy(() -> Call.parse("adam(beta3=1)").bind("hyperparameter of adam", names))
        .hasMessage(
            """
            unknown hyperparameter of adam 'beta3' (did you mean 'beta1'?); known: lr, beta1, beta2
              adam(beta3=1)
                   ^\
            """);
  }

  @Test
  void aValueOfTheWrongKindIsNamed() {
    Call call = Call.parse("f(a=relu, b=1.5, c=none)");
    CallValue a = call.named("a").orElseThrow();
    CallValue b = call.named("b").orElseThrow();
    CallValue c = call.named("c").orElseThrow();

    assertThatThrownBy(() -> a.asDouble("f: a"))
        .hasMessage("f: a must be a number, found relu\n  f(a=relu, b=1.5, c=none)\n      ^");
    assertThatThrownBy(() -> b.asInt("f: b")).hasMessageStartingWith("f: b must be a whole number");
    assertThatThrownBy(() -> b.asWord("f: b")).hasMessageStartingWith("f: b must be a word");
    assertThatThrownBy(() -> c.asBoolean("f: c")).hasMessageStartingWith("f: c must be true or");
    assertThatThrownBy(() -> Call.parse("f(3e9)").positional().getFirst().asInt("f: n"))
        .hasMessageStartingWith("f: n must be a whole number, found 3e9");
  }

  private static Numeral number(String text) {
    return new Numeral(text, Span.none());
  }

  private static Word word(String text) {
    return new Word(text, Span.none());
  }
}
