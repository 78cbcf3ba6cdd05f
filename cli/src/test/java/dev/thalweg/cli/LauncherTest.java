package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher `thalweg`, in a checkout of its own whose `mvnw` hands out the jars of this build
/// and counts how often it was called.
class LauncherTest {

  private static final String BUILDING = "thalweg: building (once) …\n";

  @TempDir static Path jars;
  @TempDir Path root;

  @BeforeAll
  static void packThisBuild() throws IOException {
    var bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "the launcher needs bash, which is not here");
    var packed = 0;
    for (var entry : modulePath()) {
      if (Files.isDirectory(entry)) {
        var jar =
            Files.exists(entry.resolve("dev/thalweg/cli/Thalweg.class"))
                ? "thalweg-cli-0.jar"
                : Files.exists(entry.resolve("dev/thalweg/kernels/simd/SimdKernels.class"))
                    ? "lib/thalweg-kernels-simd-0.jar"
                    : "lib/dependency-" + packed++ + ".jar";
        pack(entry, jars.resolve(jar));
      } else if (entry.toString().endsWith(".jar")) {
        Files.createDirectories(jars.resolve("lib"));
        Files.copy(entry, jars.resolve("lib").resolve(entry.getFileName()));
      }
    }
  }

  private static List<Path> modulePath() {
    var path = System.getProperty("jdk.module.path", "");
    var separator = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
    return separator.splitAsStream(path).map(Path::of).toList();
  }

  private static void pack(Path classes, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    var tool = ToolProvider.findFirst("jar").orElseThrow();
    var code =
        tool.run(
            System.out, System.err, "--create", "--file", jar.toString(), "-C", classes + "", ".");
    assertThat(code).isZero();
  }

  @BeforeEach
  void makeCheckout() throws IOException {
    var here = Path.of("").toAbsolutePath().resolve("..").normalize();
    Files.copy(here.resolve("thalweg"), root.resolve("thalweg"));
    Files.createDirectories(root.resolve(".mvn"));
    Files.copy(here.resolve(".mvn/jdk"), root.resolve(".mvn/jdk"));
    Files.writeString(root.resolve("pom.xml"), "");
    source("cli/src/main/java/A.java");
    var mvnw = root.resolve("mvnw");
    Files.writeString(
        mvnw,
        """
        #!/bin/sh
        echo "$*" >>calls
        echo '[INFO] nothing of interest'
        if [ -e broken ]; then
          echo '[ERROR] A.java: the semicolon is missing'
          exit 1
        fi
        [ ! -e slow ] || sleep 1
        rm -rf cli/target
        mkdir -p cli/target
        cp -R '%1$s/lib' cli/target/lib
        cp '%1$s/thalweg-cli-0.jar' cli/target/
        """
            .formatted(jars));
    Files.setPosixFilePermissions(mvnw, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    assertThat(launch("--version").err()).isEqualTo(BUILDING);
    assertThat(launch("--version").err()).isEmpty();
    assertThat(calls()).hasSize(1);
    assertThat(calls().getFirst()).contains("package -pl cli -am");

    var later = FileTime.from(Instant.now().plusSeconds(5));
    Files.setLastModifiedTime(root.resolve("cli/src/main/java/A.java"), later);
    // Newer than the build that follows, too: so each call builds.
    assertThat(launch("--version").err()).isEqualTo(BUILDING);
    assertThat(calls()).hasSize(2);
  }

  @Test
  void buildsAgainWhenASourceIsRemovedOrAPomChanged() throws Exception {
    source("cli/src/main/java/B.java");
    launch("--version");
    Files.delete(root.resolve("cli/src/main/java/B.java"));
    assertThat(launch("--version").err()).isEqualTo(BUILDING);
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    assertThat(launch("--version").err()).isEqualTo(BUILDING);
    assertThat(launch("--version").err()).isEmpty();
  }

  @Test
  void aBuildThatIsRunningKeepsItsJars() throws Exception {
    launch("--version");
    var first = Files.readString(root.resolve(".thalweg/current")).strip();
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    launch("--version");
    var second = Files.readString(root.resolve(".thalweg/current")).strip();
    assertThat(second).isNotEqualTo(first);
    assertThat(root.resolve(".thalweg/" + first + "/lib")).isNotEmptyDirectory();
    assertThat(root.resolve(".thalweg/" + second + "/lib")).isNotEmptyDirectory();
  }

  @Test
  void quietBuildsWithoutAWord() throws Exception {
    var outcome = launch("--version", "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("thalweg ");
  }

  @Test
  void runsFromAnyDirectoryAndThroughLinks() throws Exception {
    var elsewhere = Files.createDirectories(root.resolve("else where"));
    Files.createSymbolicLink(elsewhere.resolve("absolute"), root.resolve("thalweg"));
    Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("../thalweg"));
    Files.createSymbolicLink(root.resolve("twice"), Path.of("else where/relative"));
    for (var name : List.of("./absolute", "./relative", "../twice", "../thalweg")) {
      var outcome = run(elsewhere, Map.of(), name + " --version");
      assertThat(outcome.out()).as(name).startsWith("thalweg ");
      assertThat(outcome.exitCode()).as(name).isZero();
    }
    assertThat(calls()).hasSize(1);
  }

  @Test
  void twoAtOnceBuildOnceAndBothRun() throws Exception {
    Files.writeString(root.resolve("slow"), "");
    var outcome = run(root, Map.of(), "./thalweg --version & ./thalweg --version; wait");
    assertThat(outcome.out().lines()).hasSize(2).allMatch(line -> line.startsWith("thalweg "));
    assertThat(outcome.err()).contains(BUILDING).contains("thalweg: waiting for the build of ");
    assertThat(calls()).hasSize(1);
    assertThat(root.resolve(".thalweg/lock")).doesNotExist();
  }

  @Test
  void aLockWhoseOwnerDiedIsTakenAway() throws Exception {
    Files.createDirectories(root.resolve(".thalweg"));
    var dead = new ProcessBuilder("/bin/bash", "-c", ":").start();
    dead.waitFor();
    var owner = Path.of(Long.toString(dead.pid()));
    Files.createSymbolicLink(root.resolve(".thalweg/lock"), owner);
    Files.createSymbolicLink(root.resolve(".thalweg/lock.recover"), owner);
    assertThat(launch("--version").err()).isEqualTo(BUILDING);
    assertThat(Files.isSymbolicLink(root.resolve(".thalweg/lock"))).isFalse();
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndTheNextCallBuildsAgain() throws Exception {
    Files.writeString(root.resolve("broken"), "");
    var failed = launch("--version");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .startsWith(
            BUILDING + "[ERROR] A.java: the semicolon is missing\nthalweg: the build failed")
        .doesNotContain("nothing of interest");
    Files.delete(root.resolve("broken"));
    assertThat(launch("--version").exitCode()).isZero();
    assertThat(calls()).hasSize(2);
  }

  @Test
  void aBuildThatIsInterruptedLeavesNoLock() throws Exception {
    Files.writeString(root.resolve("slow"), "");
    var script =
        "./thalweg --version & until [ -e calls ]; do sleep 0.02; done; kill -TERM $!; wait $!";
    var outcome = run(root, Map.of(), script);
    assertThat(outcome.exitCode()).isEqualTo(143);
    assertThat(Files.isSymbolicLink(root.resolve(".thalweg/lock"))).isFalse();
    assertThat(launch("--version").exitCode()).isZero();
  }

  @Test
  void theWarningOfTheIncubatorIsDroppedAndNothingElse() throws Exception {
    launch("--version");
    var options =
        Map.of("THALWEG_JAVA_OPTIONS", "--add-modules jdk.incubator.vector -Xverify:none");
    // Standard output and standard error into one file, which is complete at once.
    var outcome = run(root, options, "./thalweg doctr >both 2>&1; code=$?; cat both; exit $code");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out())
        .matches("OpenJDK 64-Bit Server VM warning: .*\nthalweg: unknown command 'doctr'.*\n");
  }

  @Test
  void theWarningIsThereWithoutTheLauncher() throws Exception {
    launch("--version");
    var jvm =
        "$(sh .mvn/jdk)/bin/java --add-modules jdk.incubator.vector -p"
            + " .thalweg/$(cat .thalweg/current)/lib -m dev.thalweg.cli/dev.thalweg.cli.Thalweg";
    assertThat(run(root, Map.of(), jvm + " --version").err())
        .isEqualTo("WARNING: Using incubator modules: jdk.incubator.vector\n");
  }

  @Test
  void whatTheJvmRefusesIsShownInItsOwnWords() throws Exception {
    launch("--version");
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-XX:Bogus");
    var outcome = run(root, options, "./thalweg --version 2>err; code=$?; cat err; exit $code");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("Unrecognized VM option 'Bogus'\n");
    assertThat(launch("--version").exitCode()).isZero();
  }

  @Test
  void theUserMayChooseTheCollector() throws Exception {
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-Xmx300m -XX:+UseSerialGC");
    assertThat(run(root, options, "./thalweg --version").exitCode()).isZero();
  }

  /// By both signals, one after the other: what they are compared with is trained once.
  @Test
  void aTrainingThatIsInterruptedEndsWithTheSignalIsSavedAndGoesOn() throws Exception {
    launch("train", "--epochs", "80", "--out", "runs/whole", "--quiet");
    var signals = Map.of("INT", 130, "TERM", 143);
    for (var signal : List.of("INT", "TERM")) {
      // Job control, without which bash starts what runs in the background with SIGINT ignored.
      // Where the build itself was started so, the signal has no effect on anything: then this
      // can't be seen.
      var script =
          """
          [ -z "$(trap -p %s)" ] || exit 99
          set -m
          rm -rf runs/digits-1 err
          ./thalweg train --epochs 80 2>err &
          until [ -s err ] || ! kill -0 $! 2>/dev/null; do sleep 0.02; done
          kill -%s $!
          wait $!
          code=$?
          cat err >&2
          exit $code
          """
              .formatted(signal, signal);
      var outcome = run(root, Map.of(), script);
      assumeThat(outcome.exitCode())
          .as("the build was started with %s ignored", signal)
          .isNotEqualTo(99);
      assertThat(outcome.exitCode()).isEqualTo(signals.get(signal));
      assertThat(outcome.err())
          .containsPattern(
              "thalweg: interrupted after step [0-9,]+, in epoch [0-9]+ of 80;"
                  + " 'thalweg resume runs/digits-1' goes on\n");
      assertThat(root.resolve("runs/digits-1/model.json")).doesNotExist();
      var listed = run(root, Map.of(), "./thalweg runs");
      assertThat(listed.out())
          // without a score where the machine is so busy that the first epoch has not ended
          .containsPattern(
              "runs/digits-1 +digits +mlp\\(128\\) +(-|[01]\\.[0-9]+) .*stopped in epoch")
          .containsPattern("runs/whole .* done");
      var resumed = run(root, Map.of(), "./thalweg resume runs/digits-1 --quiet");
      assertThat(resumed.exitCode()).isZero();
      for (var file : List.of("weights.safetensors", "model.json", "config.yaml")) {
        assertThat(root.resolve("runs/digits-1").resolve(file))
            .hasSameBinaryContentAs(root.resolve("runs/whole").resolve(file));
      }
    }
  }

  /// Whatever is trained.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train iris --model mlp(2)",
        "train t.txt --model lstm(2) --context 4",
        "lr-find iris --model mlp(2)"
      })
  void withoutFusedMultiplyAddsThatIsSaid(String command) throws Exception {
    assumeThat(System.getProperty("os.arch", "")).isEqualTo("amd64");
    launch("--version");
    Files.writeString(root.resolve("t.txt"), "the sea ".repeat(20));
    var more = command.startsWith("train") ? " --epochs 1 --out run" : " --steps 20";
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-XX:-UseFMA");
    var quoted = command.replaceAll("(\\w+\\(\\d+\\))", "'$1'");
    var outcome = run(root, options, "./thalweg " + quoted + more);
    assertThat(outcome.err()).contains("this JVM has no fused multiply-add: results are right");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void jshellRunsWhatComesThroughAPipe() throws Exception {
    launch("--version");
    var outcome =
        run(root, Map.of(), "echo 'Tensor.of(1,2,3).square().sum().item()' | ./thalweg jshell");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo("14.0\n");
    assertThat(launch("jshell", "--help").out()).startsWith("Usage: thalweg jshell");
  }

  /// The module that draws is no burden to whoever wants no picture.
  @Test
  void drawingIsLoadedForAPictureOnly() throws Exception {
    launch("--version");
    var train = "./thalweg train iris --epochs 1 --quiet --out run";
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-Xlog:class+load:file=loaded:none");
    assertThat(run(root, options, train).exitCode()).isZero();
    assertThat(Files.readString(root.resolve("loaded")))
        .contains("dev.thalweg.cli.TrainCommand")
        .doesNotContain("org.knowm", "java.awt", "cli.picture");
    var drawn = run(root, Map.of(), train + " --plot p.png");
    assertThat(drawn.err()).isEmpty();
    assertThat(drawn.exitCode()).isZero();
    assertThat(root.resolve("p.png")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config my.yaml", "--config=my.yaml"})
  void aPictureMayBeAskedForInAConfiguration(String option) throws Exception {
    launch("--version");
    Files.writeString(root.resolve("my.yaml"), "data: iris\nepochs: 1\n\"plot\": p.png\n");
    var drawn = run(root, Map.of(), "./thalweg train " + option + " --quiet --out run");
    assertThat(drawn.err()).isEmpty();
    assertThat(drawn.exitCode()).isZero();
    assertThat(root.resolve("p.png")).exists();
    // A model of this name is none.
    Files.writeString(root.resolve("my.yaml"), "data: iris\nepochs: 1\nout: replot\n");
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-Xlog:module=debug:file=modules:none");
    assertThat(run(root, options, "./thalweg train " + option + " --quiet").exitCode()).isZero();
    assertThat(Files.readString(root.resolve("modules"))).doesNotContain("xchart");
  }

  @Test
  void standardInputOutputAndErrorMayBeClosed() throws Exception {
    launch("--version");
    assertThat(run(root, Map.of(), "./thalweg doctor <&-").out()).contains("missing");
    assertThat(run(root, Map.of(), "./thalweg doctor 2>&-").out()).contains("missing");
    assertThat(run(root, Map.of(), "./thalweg doctr 2>&-").exitCode()).isEqualTo(2);
    var unwritable = run(root, Map.of(), "./thalweg doctor >&-");
    assertThat(unwritable.exitCode()).isEqualTo(1);
    assertThat(unwritable.err()).startsWith("thalweg: standard output could not be written");
    // What is closed is not another file of the JVM, nor is it empty.
    var gradients =
        "./thalweg trajectory --optimizer 'sgd(1)' --start 1 --gradients - <&-; echo $?";
    var closed = run(root, Map.of(), gradients);
    assertThat(closed.out()).isEqualTo("1\n");
    assertThat(closed.err()).startsWith("thalweg: standard input: can't be read").hasLineCount(1);
    var script =
        "./thalweg train iris --epochs 1 --quiet --out run >report;"
            + " ./thalweg predict run --input - <&-; echo $?";
    var rows = run(root, Map.of(), script);
    assertThat(rows.out()).isEqualTo("1\n");
    assertThat(rows.err()).startsWith("thalweg: standard input: cannot be read").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 31})
  void whereTooFewFilesMayBeOpenThatIsSaid(int files) throws Exception {
    var outcome = run(root, Map.of(), "ulimit -n " + files + "; ./thalweg doctor");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: expected that at least 32 files can be open at once (ulimit -n), found "
                + files
                + "\n");
    assertThat(root.resolve("calls")).doesNotExist();
  }

  /// With as few as are asked for, and a picture, which takes most.
  @Test
  void thirtyTwoFilesAreEnough() throws Exception {
    launch("--version");
    var train = "./thalweg train iris --epochs 1 --quiet --out run --plot p.png";
    var outcome = run(root, Map.of(), "ulimit -n 32; " + train);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  /// A JVM that a signal ends before it knows its modules can't write its log, and says so.
  @Test
  void whatAJvmSaysOfItsLogWhenASignalEndsItAtOnceIsDropped() throws Exception {
    launch("--version");
    var script =
        """
        mkdir -p jdk/bin
        echo 'JAVA_VERSION="25"' >jdk/release
        cat >jdk/bin/java <<'END'
        #!/bin/sh
        echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
        echo 'Runtime.exit(143) logging failed: Cannot invoke "Module.getClassLoader()"' >&2
        echo 'Runtime.exit: a word of its own' >&2
        exit 143
        END
        chmod +x jdk/bin/java
        cp jdk/bin/java jdk/bin/javac
        ./thalweg doctor 2>err; code=$?; until [ -s err ]; do sleep 0.02; done; cat err >&2; exit $code
        """;
    var home = root.resolve("jdk").toString();
    var outcome = run(root, Map.of("THALWEG_JAVA_HOME", home), script);
    assertThat(outcome.exitCode()).isEqualTo(143);
    assertThat(outcome.err()).isEqualTo("Runtime.exit: a word of its own\n");
  }

  @Test
  void aWorkingFolderThatIsGoneIsSaid() throws Exception {
    var script = "root=$PWD; mkdir gone; cd gone; rmdir \"$root/gone\"; \"$root/thalweg\" doctor";
    var outcome = run(root, Map.of(), script);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    // bash has a word of its own before.
    assertThat(outcome.err().lines().filter(line -> line.startsWith("thalweg: ")))
        .singleElement()
        .asString()
        .matches("thalweg: the working folder, .*/gone, is no longer there");
  }

  /// Where the surroundings know ASCII only, names in other letters are found and printed all the
  /// same.
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL", "LANG", "LC_CTYPE"})
  void namesAreUtf8WhateverTheSurroundingsAskFor(String variable) throws Exception {
    launch("--version");
    Files.writeString(root.resolve("Tür.csv"), "Größe,y\n1,2\n2,4\n3,6\n");
    var script =
        "unset LC_ALL LC_CTYPE LANG; export "
            + variable
            + "=C; ./thalweg data Tür.csv --format json";
    var outcome = run(root, Map.of(), script);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Größe");
  }

  /// With an archive the incubator module comes after the start: the same kernels, the same bits.
  /// (One test, as it takes seconds to make one.)
  @Test
  void classesComeFromAnArchiveThatIsMadeWithTheBuildWhereItFits() throws Exception {
    var build = run(root, Map.of("THALWEG_ARCHIVE", "yes"), "./thalweg --version; ls .thalweg/*");
    assertThat(build.err()).isEqualTo(BUILDING);
    assertThat(build.out()).contains("classes.aot\n").doesNotContain("rehearsal", "config");
    var options = Map.of("THALWEG_JAVA_OPTIONS", "-Xlog:class+load:file=loaded:none");
    assertThat(run(root, options, "./thalweg doctor").exitCode()).isZero();
    // Among them those of a library whose own are of a format too old for an archive.
    assertThat(Files.readString(root.resolve("loaded")))
        .contains(
            "dev.thalweg.cli.DoctorCommand source: shared objects file",
            "picocli.CommandLine source: shared objects file");
    var train =
        "./thalweg doctor; ./thalweg train iris --epochs 3 --quiet --format json --out with";
    var with = run(root, Map.of(), train);
    assertThat(with.err()).isEmpty();
    var without = run(root, Map.of("THALWEG_JAVA_OPTIONS", "-Xshare:auto"), train + "out");
    assertThat(words(with.out())).isEqualTo(words(without.out()));
    // More modules, a build that was moved (the JVM would take the archive until a class is of a
    // package of its own), another collector, a damaged file: none of them is worth a word.
    for (var change :
        List.of(
            "./thalweg train iris --epochs 1 --quiet --out run --plot p.png",
            "mkdir moved && cp -Rp .thalweg .mvn cli mvnw pom.xml thalweg moved && cd moved &&"
                + " ./thalweg train iris --epochs 1 --quiet --out run --plot p.png",
            "THALWEG_JAVA_OPTIONS=-XX:+UseSerialGC ./thalweg doctor",
            "for i in .thalweg/*/classes.aot; do echo no >$i; done; ./thalweg doctor")) {
      var outcome = run(root, Map.of(), change);
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
    }
  }

  /// The lines of kernels, and the hash of the weights.
  private static List<String> words(String out) {
    var words =
        Pattern.compile("(?m)^kernels .*|^missing .*|\"weights_sha256\":\"[0-9a-f]{64}\"")
            .matcher(out)
            .results()
            .map(result -> result.group())
            .toList();
    assertThat(words).hasSize(3);
    return words;
  }

  private void source(String file) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(root.resolve("calls"));
  }

  private Outcome launch(String... arguments) throws Exception {
    return run(root, Map.of(), "./thalweg " + String.join(" ", arguments));
  }

  private static Outcome run(Path directory, Map<String, String> environment, String script)
      throws Exception {
    var command = new ArrayList<>(List.of("/bin/bash", "-c", script));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("THALWEG_"));
    // Making it takes seconds: only the test of it does.
    builder.environment().put("THALWEG_ARCHIVE", "no");
    builder.environment().putAll(environment);
    var err = Files.createTempFile("thalweg", ".err");
    try {
      var process = builder.redirectError(err.toFile()).start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Outcome(process.exitValue(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }
}
