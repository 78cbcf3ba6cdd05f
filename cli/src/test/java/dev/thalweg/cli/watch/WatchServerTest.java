package dev.thalweg.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Datasets;
import dev.thalweg.formats.Json;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.StopReason;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a page gets; what a browser makes of it is seen by `tools/watch/check.py`.
class WatchServerTest {

  private final WatchedTraining training = new WatchedTraining("a </script> run", "accuracy");
  private final WatchServer server =
      WatchServer.begin(
          training,
          List.of(
              new OtherRun(
                  "before",
                  List.of(
                      new TrainingEvent.EpochRecord(
                          1,
                          4,
                          0.5,
                          0.75,
                          OptionalDouble.empty(),
                          OptionalDouble.of(0.25),
                          new LinkedHashMap<>(),
                          1,
                          1)))));

  private final URI address = URI.create(server.address());

  @AfterEach
  void close() {
    server.close();
  }

  private String asked(String method, String path, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      var request =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n"
              + "Content-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String asked(String method, String name) throws IOException {
    return asked(method, address.getPath() + name, address.getAuthority());
  }

  @Test
  void thePageIsWholeAndAsksNobodyElse() throws IOException {
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
    assertThat(address.getPath()).matches("/[0-9a-f]{32}/");
    var page = asked("GET", "");
    assertThat(page)
        .startsWith("HTTP/1.1 200")
        .contains("Content-security-policy: default-src 'none';")
        .contains("uPlot=function")
        .contains("\"run\":\"a \\u003c/script> run\"")
        .contains("{\"name\":\"before\",\"epochs\":[[1,0.5,null,0.75,0.25]]}")
        .doesNotContain("src=\"http")
        .doesNotContain("href=\"http");
  }

  @Test
  void whoDoesNotKnowTheAddressGetsNothing() throws IOException {
    var host = address.getAuthority();
    assertThat(asked("GET", "/", host)).startsWith("HTTP/1.1 404");
    assertThat(asked("POST", "/stop", host)).startsWith("HTTP/1.1 404");
    assertThat(asked("GET", address.getPath(), "elsewhere.example:" + address.getPort()))
        .startsWith("HTTP/1.1 404");
    assertThat(asked("POST", address.getPath() + "stop", "elsewhere.example"))
        .startsWith("HTTP/1.1 404");
    assertThat(asked("GET", "stop")).startsWith("HTTP/1.1 404");
    assertThat(asked("GET", "other")).startsWith("HTTP/1.1 404");
    assertThat(training.isToStop()).isFalse();
    assertThat(asked("POST", "save")).startsWith("HTTP/1.1 204");
    assertThat(training.isToSave()).isTrue();
  }

  @Test
  void aTrainingIsFollowedAndStopped() throws IOException {
    var fitted =
        Trainer.defaults()
            .withEpochs(1000)
            .withCallback(training)
            .withInspector(training)
            .withCallback(event -> {
              if (event instanceof TrainingEvent.EpochEnded ended && ended.epoch().epoch() == 3) {
                press("stop");
              }
            })
            .withStopWhen(event -> training.isToStop())
            .fit(
                Models.parse("mlp(4)", 3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(1e-2),
                Datasets.named("iris"));
    assertThat(fitted.history().orElseThrow().reason()).isEqualTo(StopReason.CONDITION);
    server.close();
    var news = training.steps().since(Thinned.Place.NOTHING).rows();
    assertThat(news).hasSize(15);
    assertThat(training.epochs().size()).isEqualTo(3);
    var look = training.looks().since(Thinned.Place.NOTHING).rows().getFirst();
    assertThat(look).hasSize(2 + 3 * 2);
    assertThat(look[1]).isEqualTo(1e-2);
    assertThat(look[2]).isGreaterThan(0); // the norm of the gradient
    assertThat(look[4]).isBetween(look[3] / 100, look[3]); // that of the weights is 1 to 100
    var state = training.state();
    assertThat(state)
        .containsEntry("state", "ended: condition")
        .containsEntry("epoch", 3)
        .containsEntry("step", 15L)
        .containsEntry("weights", List.of("1.weight", "2.weight"));
  }

  private void press(String button) {
    try {
      assertThat(asked("POST", button)).startsWith("HTTP/1.1 204");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first message has all that there is, and that nothing is.
  @Test
  void figuresComeAsServerSentEvents() throws IOException {
    training.accept(new TrainingEvent.Started(2, 10, 320, 99));
    training.accept(new TrainingEvent.StepEnded(1, 1, 32, Double.POSITIVE_INFINITY));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      var request =
          "GET "
              + address.getPath()
              + "events HTTP/1.1\r\nHost: "
              + address.getAuthority()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      var line = in.readLine();
      while (!line.startsWith("data: ")) {
        line = in.readLine();
      }
      var message =
          (Map<?, ?>) Objects.requireNonNull(Json.parse(line.substring("data: ".length())));
      assertThat((Map<?, ?>) message.get("steps"))
          .asString()
          .matches("\\{all=true, rows=\\[\\[1(\\.0)?, null, .*]]}");
      assertThat(message.get("state")).asString().contains("parameters=99");
      assertThat(message.get("last")).isEqualTo(false);
      server.close();
      for (line = in.readLine(); line != null && !line.contains("\"last\":true"); ) {
        line = in.readLine();
      }
      assertThat(line).isNotNull();
    }
  }
}
