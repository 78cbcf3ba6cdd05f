package dev.thalweg.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits, the form that `sha256sum` prints.
public final class Sha256 {

  private Sha256() {}

  /// The digest of a file's bytes.
  ///
  /// @throws FormatException if it can't be read
  public static String of(Path file) {
    MessageDigest digest = digest();
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The digest of bytes.
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /// A channel that takes the digest of what is read of another.
  static final class Reading implements ReadableByteChannel {

    private final ReadableByteChannel from;
    private final MessageDigest digest = digest();

    Reading(ReadableByteChannel from) {
      this.from = from;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      int start = to.position();
      int count = from.read(to);
      if (count > 0) {
        digest.update(to.duplicate().position(start).limit(start + count));
      }
      return count;
    }

    /// The digest of all that was read.
    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean isOpen() {
      return from.isOpen();
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
