package dev.thalweg.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Files from a publisher's server: written beside their place, compared with the checksum that is
/// known of them, and only then renamed.
final class Download {

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration WHOLE = Duration.ofMinutes(15);

  /// A file as it was published.
  ///
  /// @param name its name
  /// @param bytes its length
  /// @param sha256 its checksum in lower-case hexadecimal digits
  record Published(String name, long bytes, String sha256) {}

  private final List<URI> servers;
  private final Duration limit;

  /// @param servers folders that all hold the same files, asked in this order
  Download(List<URI> servers) {
    this(servers, WHOLE);
  }

  Download(List<URI> servers, Duration limit) {
    this.servers = servers;
    this.limit = limit;
  }

  /// Brings a file to its place.
  ///
  /// @throws IOException if no server gives it; the message says why the last one did not
  void bring(Published file, Path place) throws IOException {
    clear(file, place);
    IOException last = new IOException("there is no server to ask");
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      for (URI server : servers) {
        URI address = server.resolve(file.name());
        Path beside = place.resolveSibling("." + file.name() + "." + UUID.randomUUID() + ".part");
        try {
          get(client, address, file, beside);
          force(beside);
          Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
          return;
        } catch (IOException e) {
          e.addSuppressed(last);
          last = e;
        } finally {
          Files.deleteIfExists(beside);
        }
      }
      client.shutdownNow();
    }
    throw last;
  }

  /// Removes what a process left beside a place that was killed while it wrote: one that lives has
  /// written within the time that a download may take.
  private void clear(Published file, Path place) throws IOException {
    var old = Instant.now().minus(limit.multipliedBy(2));
    try (var drafts = Files.newDirectoryStream(place.toAbsolutePath().getParent(), ".*.part")) {
      for (Path draft : drafts) {
        if (draft.getFileName().toString().startsWith("." + file.name() + ".")
            && Files.getLastModifiedTime(draft).toInstant().isBefore(old)) {
          Files.deleteIfExists(draft);
        }
      }
    }
  }

  /// The bytes are on the disk before the name says so.
  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void get(HttpClient client, URI address, Published file, Path to) throws IOException {
    var request = HttpRequest.newBuilder(address).timeout(limit).GET().build();
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofFile(to), file.bytes()));
    HttpResponse<Path> response;
    try {
      // A request's own time limit ends with the header of the answer.
      response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(address + ": " + reason(e), e);
    } catch (TimeoutException e) {
      throw new IOException(address + ": not there after " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(address + ": interrupted", e);
    } finally {
      answer.cancel(true);
    }
    if (response.statusCode() != 200) {
      throw new IOException(address + ": the server answered " + response.statusCode());
    }
    String found = sha256(to);
    if (!found.equals(file.sha256())) {
      throw new IOException(
          "%s: expected a file of SHA-256 %s, found %s".formatted(address, file.sha256(), found));
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null
        ? cause instanceof java.net.ConnectException
            ? "no connection"
            : cause.getClass().getSimpleName()
        : cause.getMessage();
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
