package dev.thalweg.data;

import java.io.IOException;

/// That a file is nothing that can be read here; the message is the end of a sentence about it.
final class UnreadableFile extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableFile(String reason) {
    super(reason);
  }
}
