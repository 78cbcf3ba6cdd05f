package dev.thalweg.cli.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thalweg.formats.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Serves a page about a training, on this machine alone (127.0.0.1, a port that is free), at an
/// address with 128 random bits; whoever does not know it gets nothing. Pages are sent new figures
/// as server-sent events, and send back what is asked for.
public final class WatchServer implements AutoCloseable {

  private static final int BYTES = 16;
  private static final long PAUSE = 500;

  private final WatchedTraining training;
  private final HttpServer server;
  private final ExecutorService threads;
  private final String root;
  private final byte[] page;
  private volatile boolean open = true;

  private WatchServer(WatchedTraining training, byte[] page) throws IOException {
    this.training = training;
    this.page = page.clone();
    var random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    this.root = "/" + HexFormat.of().formatHex(random) + "/";
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 16);
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("thalweg-watch-", 0).factory());
  }

  /// Begins to serve.
  ///
  /// @param others runs to be shown beside
  /// @throws UncheckedIOException if no port can be had
  public static WatchServer begin(WatchedTraining training, List<OtherRun> others) {
    try {
      var server = new WatchServer(training, WatchPage.html(training, others));
      server.server.createContext("/", server::answer);
      server.server.setExecutor(server.threads);
      server.server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("--watch: no page can be served: " + e.getMessage(), e);
    }
  }

  /// Where the page is.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + root;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      // Another name that leads here is somebody else's page.
      var meant = host.matches("(127\\.0\\.0\\.1|localhost):" + server.getAddress().getPort());
      var method = exchange.getRequestMethod();
      if (!meant || !path.startsWith(root)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (method.equals("GET") && path.equals(root)) {
        page(exchange);
      } else if (method.equals("GET") && path.equals(root + "events")) {
        events(exchange);
      } else if (method.equals("POST") && path.equals(root + "stop")) {
        training.askToStop();
        exchange.sendResponseHeaders(204, -1);
      } else if (method.equals("POST") && path.equals(root + "save")) {
        training.askToSave();
        exchange.sendResponseHeaders(204, -1);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src"
            + " 'self'; img-src data:");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
  }

  private void events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    var tables =
        List.of(
            new Reader("steps", training.steps()),
            new Reader("looks", training.looks()),
            new Reader("epochs", training.epochs()));
    try {
      var out = exchange.getResponseBody();
      var last = false;
      while (!last) {
        last = !open;
        var message = new LinkedHashMap<String, @Nullable Object>();
        message.put("state", training.state());
        tables.forEach(table -> table.addTo(message));
        message.put("last", last);
        send(out, message);
        if (!last) {
          synchronized (this) {
            wait(PAUSE);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(OutputStream out, Map<String, @Nullable Object> message)
      throws IOException {
    var text = "data: " + Json.write(finite(message)) + "\n\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// JSON has no NaN and no infinity.
  private static @Nullable Object finite(@Nullable Object value) {
    return switch (value) {
      case Double number -> Double.isFinite(number) ? number : null;
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((name, each) -> copy.put(name, finite(each)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(each -> copy.add(finite(each)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  /// What one page has seen of a table.
  private static final class Reader {
    private final String name;
    private final Thinned table;
    private Thinned.Place seen = Thinned.Place.NOTHING;

    Reader(String name, Thinned table) {
      this.name = name;
      this.table = table;
    }

    void addTo(Map<String, @Nullable Object> message) {
      var news = table.since(seen);
      seen = news.seen();
      if (!news.all() && news.rows().isEmpty()) {
        return;
      }
      var rows = new ArrayList<Object>();
      for (var row : news.rows()) {
        var numbers = new ArrayList<Object>();
        for (var number : row) {
          numbers.add(number);
        }
        rows.add(numbers);
      }
      var part = new LinkedHashMap<String, @Nullable Object>();
      part.put("all", news.all());
      part.put("rows", rows);
      message.put(name, part);
    }
  }

  /// Sends pages the last figures, and ends.
  @Override
  public void close() {
    synchronized (this) {
      open = false;
      notifyAll();
    }
    server.stop(1);
    threads.shutdown();
  }
}
