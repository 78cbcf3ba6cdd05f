package dev.thalweg.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Where results go. A `PrintStream` keeps to itself that nobody reads any more, and the work would
/// go on for nothing; this ends it.
final class StandardOutput extends OutputStream {

  private final OutputStream to;

  StandardOutput(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    try {
      to.write(bytes, from, count);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public void flush() {
    try {
      to.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException(
        new IOException("standard output could not be written: " + e.getMessage(), e));
  }
}
