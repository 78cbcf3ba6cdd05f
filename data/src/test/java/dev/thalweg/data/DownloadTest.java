package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.data.Download.Published;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Downloads from a server of this machine.
class DownloadTest {

  private static final byte[] CONTENT = "sixty thousand images".getBytes(US_ASCII);

  @TempDir private Path folder = Path.of("");

  /// Answers each request in its turn by these bytes, and closes the connection; without an answer
  /// left, says nothing until it is closed.
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<byte[]> answers;

    Server(String... answers) throws IOException {
      this.answers = java.util.Arrays.stream(answers).map(a -> a.getBytes(US_ASCII)).toList();
      Thread.ofVirtual().start(this::serve);
    }

    URI address() {
      return URI.create("http://localhost:" + socket.getLocalPort() + "/data/");
    }

    private void serve() {
      for (int i = 0; ; i++) {
        try {
          // Closed by whoever reads the answer to its end, or with the server's socket.
          Socket connection = socket.accept();
          var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
          for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
            line = in.readLine();
          }
          if (i < answers.size()) {
            connection.getOutputStream().write(answers.get(i));
            connection.close();
          }
        } catch (IOException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static Published published() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENT);
      return new Published("images.gz", CONTENT.length, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private void fails(String answer, String reason) throws IOException {
    try (var server = new Server(answer)) {
      Path place = folder.resolve("images.gz");
      var download = new Download(List.of(server.address()));
      assertThatThrownBy(() -> download.bring(published(), place))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(server.address() + "images.gz: ")
          .hasMessageContaining(reason);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aFileComesToItsPlaceAndLeavesNothingBeside() throws IOException {
    try (var server = new Server(ok(new String(CONTENT, US_ASCII)))) {
      Path place = folder.resolve("images.gz");
      new Download(List.of(server.address())).bring(published(), place);
      assertThat(place).hasBinaryContent(CONTENT);
      assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }
  }

  @Test
  void theNextServerIsAskedWhereOneFails() throws IOException {
    try (var first = new Server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        var second = new Server(ok(new String(CONTENT, US_ASCII)))) {
      Path place = folder.resolve("images.gz");
      new Download(List.of(first.address(), second.address())).bring(published(), place);
      assertThat(place).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void whatIsNotTheFileIsRefusedAndLeavesNothing() throws IOException {
    fails("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "the server answered 403");
    fails(ok("sixty thousand imagez"), "expected a file of SHA-256 ");
    fails(ok("sixty"), "expected a file of SHA-256 ");
    fails(ok("sixty thousand images and more"), "");
    fails("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\nsixty", "");
    fails("nonsense\r\n\r\n", "");
  }

  @Test
  void whatAKilledProcessLeftIsCleared() throws IOException {
    Path dead = Files.writeString(folder.resolve(".images.gz.123e4567.part"), "sixty");
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path living = Files.writeString(folder.resolve(".images.gz.987e6543.part"), "sixty");
    Path other = Files.writeString(folder.resolve(".labels.gz.123e4567.part"), "sixty");
    Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    try (var server = new Server(ok(new String(CONTENT, US_ASCII)))) {
      new Download(List.of(server.address())).bring(published(), folder.resolve("images.gz"));
    }
    assertThat(dead).doesNotExist();
    assertThat(living).exists();
    assertThat(other).exists();
  }

  @ParameterizedTest
  @CsvSource({
    ", true",
    "yes, true",
    "YES, true",
    "no, false",
    "No, false",
    "0, false",
    "'', false"
  })
  void oneIsForbiddenByTheEnvironment(@Nullable String said, boolean allowed) {
    assertThat(DataPlaces.allows(said)).isEqualTo(allowed);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    try (var server = new Server()) {
      var download = new Download(List.of(server.address()), Duration.ofMillis(200));
      assertThatThrownBy(() -> download.bring(published(), folder.resolve("images.gz")))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(server.address() + "images.gz: ");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    URI address;
    try (var server = new Server()) {
      address = server.address();
    }
    assertThatThrownBy(
            () -> new Download(List.of(address)).bring(published(), folder.resolve("images.gz")))
        .isInstanceOf(IOException.class)
        .hasMessage(address + "images.gz: no connection");
    assertThat(folder).isEmptyDirectory();
  }
}
