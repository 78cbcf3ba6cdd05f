package dev.thalweg.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The elements of a JSON list, one after the other: of a text of any length no more than one
/// element is in memory. What [Json#parse(byte[])] refuses in a list is refused when it is reached,
/// with the same sentence; not the whole has a greatest length, but each element.
///
/// ```java
/// var elements = new JsonElements(in);
/// while (elements.next()) {
///   use(elements.value());
/// }
/// ```
///
/// Beyond the standard, what Python and JavaScript write where a number isn't finite is a number:
/// `NaN`, `Infinity`, `-Infinity`.
public final class JsonElements {

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /// The bytes of an element and of the comma or bracket after it.
  private byte[] kept = new byte[256];

  private int length;

  /// Bytes and characters before those that are kept.
  private long bytes;

  private long characters;

  private enum State {
    NEW,
    WITHIN,
    AT_LAST,
    OVER
  }

  private State state = State.NEW;
  private boolean list;
  private @Nullable Object value;

  /// Elements of a text in UTF-8, which is read when they are asked for.
  ///
  /// @param in closed by whoever opened it
  public JsonElements(InputStream in) {
    this.in = in;
  }

  /// Goes to the next element; where the text is another value than a list, that one is the only
  /// element. A blank text has none, and is no list.
  ///
  /// @return whether there is one
  /// @throws FormatException if the text is not JSON up to there, or an element has more than
  ///   [Json#MAXIMUM_LENGTH] bytes
  public boolean next() throws IOException {
    switch (state) {
      case NEW -> begin();
      case WITHIN -> read();
      case AT_LAST -> end();
      case OVER -> {}
    }
    return state != State.OVER;
  }

  /// The element, made of what [Json] makes.
  ///
  /// @throws IllegalStateException if [#next] was not called, or has said that there is none
  public @Nullable Object value() {
    if (state == State.NEW || state == State.OVER) {
      throw new IllegalStateException("expected an element, found none: next() says whether");
    }
    return value;
  }

  /// Whether the text is a list, as far as it has been read.
  public boolean isList() {
    return list;
  }

  private void begin() throws IOException {
    skipBlank();
    list = peek() == '[';
    if (peek() < 0) {
      state = State.OVER;
    } else if (!list) {
      while (peek() >= 0) {
        keep();
      }
      long before = characters;
      value = new JsonParser(taken(), 0, before, true).document();
      state = State.AT_LAST;
    } else {
      skip();
      skipBlank();
      if (peek() == ']') {
        skip();
        end();
      } else {
        read();
      }
    }
  }

  private void read() throws IOException {
    skipBlank();
    int depth = 0;
    int last;
    do {
      last = peek();
      if (last < 0) {
        break;
      }
      keep();
      switch (last) {
        case '"' -> string();
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        default -> {}
      }
    } while (depth > 0 || (depth == 0 && last != ','));
    long before = characters;
    value = new JsonParser(taken(), 1, before, true).element();
    state = last == ',' ? State.WITHIN : State.AT_LAST;
  }

  /// Keeps what follows the quote that a string begins with, up to the one that ends it.
  private void string() throws IOException {
    for (int c = peek(); c >= 0; c = peek()) {
      keep();
      if (c == '"') {
        return;
      }
      if (c == '\\' && peek() >= 0) {
        keep();
      }
    }
  }

  private void end() throws IOException {
    state = State.OVER;
    value = null;
    skipBlank();
    if (peek() < 0) {
      return;
    }
    // A message shows one character, whose further bytes begin with the bits 10.
    do {
      keep();
    } while ((peek() & 0xc0) == 0x80 && length < 4);
    long before = characters;
    new JsonParser(taken(), 0, before, true).end();
  }

  private void skipBlank() throws IOException {
    for (int c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) {
      skip();
    }
  }

  private void skip() {
    at++;
    bytes++;
    characters++;
  }

  /// The next byte, or -1 at the end.
  private int peek() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at == end ? -1 : buffer[at] & 0xff;
  }

  private void keep() {
    if (length == Json.MAXIMUM_LENGTH) {
      throw Json.tooLong(length + 1L);
    }
    if (length == kept.length) {
      kept = Arrays.copyOf(kept, Math.min(2 * length, Json.MAXIMUM_LENGTH));
    }
    kept[length++] = buffer[at++];
  }

  /// The text that was kept, which is so no more.
  private String taken() {
    String text;
    try {
      text = Text.decode(kept, length);
    } catch (FormatException notUtf8) {
      long place = bytes + notUtf8.offset();
      throw new FormatException("not UTF-8 at byte " + place, place);
    }
    bytes += length;
    characters += text.length();
    length = 0;
    return text;
  }
}
