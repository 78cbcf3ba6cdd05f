package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A text as tokens: what a language model learns from, and is judged by.
///
/// ```java
/// List<String> parts = Texts.parts(Texts.named("moby-dick"), 0.8, 0.2);
/// Tokenizer tokenizer = Tokenizer.bytePairs(parts.getFirst(), 1000);
/// Corpus train = Corpus.of("moby-dick", parts.getFirst(), tokenizer);
/// ```
///
/// An immutable value.
public final class Corpus {

  /// What stands between packed documents: U+001E, the record separator.
  public static final String SEPARATOR = "\u001e";

  private static final int[] NONE = new int[0];

  private final String name;
  private final Tokenizer tokenizer;
  private final int[] tokens;
  private final long characters;

  /// Where each document begins, in ascending order; none where it is one text.
  private final int[] begins;

  private Corpus(String name, Tokenizer tokenizer, int[] tokens, long characters, int[] begins) {
    this.name = name;
    this.tokenizer = tokenizer;
    this.tokens = tokens;
    this.characters = characters;
    this.begins = begins;
  }

  /// The tokens of a text.
  ///
  /// @param name what it is called in messages
  /// @throws DataException if there are fewer than two, or something has none
  public static Corpus of(String name, String text, Tokenizer tokenizer) {
    NotNull.check(name, "name");
    NotNull.check(text, "text");
    NotNull.check(tokenizer, "tokenizer");
    int[] tokens;
    try {
      tokens = tokenizer.encode(text);
    } catch (DataException wrong) {
      throw new DataException(name + ": " + wrong.getMessage(), wrong);
    }
    if (tokens.length < 2) {
      throw new DataException(
          "%s: expected a text of two tokens or more, found %d".formatted(name, tokens.length));
    }
    return new Corpus(name, tokenizer, tokens, text.codePointCount(0, text.length()), NONE);
  }

  /// The tokens of several documents, packed: one behind the other, with the token of [#SEPARATOR]
  /// between, so that windows are full whatever the documents' lengths. A window may begin in one
  /// document and end in another. A document but the first begins with its separator, and attention
  /// sees nothing before it, as the document masks of Llama 3 (arXiv 2407.21783) have it; places go
  /// on through the window, and so do the states of recurrent layers. [#joined] has attention see
  /// across.
  ///
  /// @param name what it is called in messages
  /// @param tokenizer one that has a token for the separator
  /// @throws DataException if there are fewer than two tokens, or something has none
  public static Corpus ofDocuments(String name, List<String> documents, Tokenizer tokenizer) {
    NotNull.check(name, "name");
    NotNull.check(documents, "documents");
    NotNull.check(tokenizer, "tokenizer");
    List<int[]> parts = new ArrayList<>();
    int[] begins = new int[documents.size()];
    int size = 0;
    long characters = 0;
    for (int i = 0; i < documents.size(); i++) {
      begins[i] = size;
      for (String text :
          i == 0 ? List.of(documents.get(0)) : List.of(SEPARATOR, documents.get(i))) {
        int[] part;
        try {
          part = tokenizer.encode(text);
        } catch (DataException wrong) {
          throw new DataException(
              "%s, document %d: %s".formatted(name, i + 1, wrong.getMessage()), wrong);
        }
        parts.add(part);
        size = Math.addExact(size, part.length);
        characters += text.codePointCount(0, text.length());
      }
    }
    if (size < 2) {
      throw new DataException(
          "%s: expected documents of two tokens or more, found %d".formatted(name, size));
    }
    int[] tokens = new int[size];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, tokens, at, part.length);
      at += part.length;
    }
    return new Corpus(name, tokenizer, tokens, characters, begins);
  }

  /// The same tokens as one text, in which attention sees across documents.
  public Corpus joined() {
    return begins.length == 0 ? this : new Corpus(name, tokenizer, tokens, characters, NONE);
  }

  /// How many documents there are that attention does not see beyond; 0 of one text.
  public int documents() {
    return begins.length;
  }

  /// The place at which the document begins that a place is in; 0 of one text.
  ///
  /// @throws IndexOutOfBoundsException if there is no such place
  public int begin(int place) {
    Objects.checkIndex(place, tokens.length);
    int found = Arrays.binarySearch(begins, place);
    return begins.length == 0 ? 0 : begins[found < 0 ? -found - 2 : found];
  }

  /// What it is called.
  public String name() {
    return name;
  }

  /// What made the tokens.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /// How many tokens there are.
  public int size() {
    return tokens.length;
  }

  /// How many characters (code points) the text has.
  public long characters() {
    return characters;
  }

  /// A token.
  ///
  /// @throws IndexOutOfBoundsException if there is no such place
  public int token(int place) {
    return tokens[place];
  }

  /// How many windows of so many tokens an epoch has, one behind the other, each token of which has
  /// one that follows it.
  ///
  /// @throws IllegalArgumentException if the text is too short for one
  public int windows(int context) {
    if (context < 1 || tokens.length <= context) {
      throw new IllegalArgumentException(
          "%s: expected more tokens than the context of %,d, found %,d"
              .formatted(name, context, tokens.length));
    }
    return Math.max(1, (tokens.length - context) / context);
  }

  /// Where the windows of an epoch begin, in their order: a pure function of seed and epoch. The
  /// first window begins at a place that is drawn for each epoch, as its order is; with
  /// [Sampling#SEQUENTIAL] at 0, and with [Sampling#REPLACEMENT] windows are drawn among those of
  /// the epoch.
  ///
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if the text is too short for a window, or the epoch negative
  public int[] starts(int context, Sampling sampling, long seed, int epoch) {
    NotNull.check(sampling, "sampling");
    int windows = windows(context);
    int[] starts = new BatchOrder(sampling, windows, windows, seed).epoch(epoch);
    int places = Math.min(context, tokens.length - windows * context);
    int first =
        sampling == Sampling.SEQUENTIAL ? 0 : RandomStreams.windows(seed).below(2L * epoch, places);
    for (int i = 0; i < windows; i++) {
      starts[i] = first + starts[i] * context;
    }
    return starts;
  }

  /// `moby-dick: 1,189,652 characters, 1,189,652 tokens (characters, 81 different)`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d characters, %,d tokens (%s, %,d different)",
        name,
        characters,
        tokens.length,
        tokenizer,
        tokenizer.size());
  }
}
