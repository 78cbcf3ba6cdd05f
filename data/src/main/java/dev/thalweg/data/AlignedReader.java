package dev.thalweg.data;

import java.io.IOException;
import java.io.Reader;

/// A text in which white space of any length divides fields, as one in which one space does: runs
/// of spaces and tabs are one space, there is none at the beginning and the end of a line, and what
/// stands in quotes stays.
final class AlignedReader extends Reader {

  private final Reader text;
  private final char[] buffer = new char[1 << 13];
  private int next;
  private int filled;
  private boolean quoted;
  private boolean inLine;
  private boolean space;
  private int waiting = -1;

  AlignedReader(Reader text) {
    this.text = text;
  }

  @Override
  public int read(char[] to, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = waiting >= 0 ? waiting : character();
      waiting = -1;
      if (c < 0) {
        return count == 0 ? -1 : count;
      }
      boolean white = !quoted && AlignedText.isWhite((char) c);
      boolean end = !quoted && (c == '\n' || c == '\r');
      if (white) {
        space = inLine;
        continue;
      }
      if (space && !end) {
        space = false;
        waiting = c;
        to[offset + count++] = ' ';
        continue;
      }
      space = false;
      inLine = !end;
      quoted ^= c == '"';
      to[offset + count++] = (char) c;
    }
    return count;
  }

  private int character() throws IOException {
    if (next == filled) {
      filled = Math.max(0, text.read(buffer, 0, buffer.length));
      next = 0;
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[next++];
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
