package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/// The usual commands one after the other, said to nobody: the launcher has a JVM do this once
/// after a build, and note the classes that were loaded for an archive from which later starts take
/// them.
final class Rehearsal {

  private Rehearsal() {}

  /// Trains and evaluates a small run in a folder that is not there yet.
  public static void main(String[] folder) {
    var nothing = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    var surroundings =
        new Surroundings(
            InputStream.nullInputStream(), nothing, nothing, Screen.NONE, System::getenv);
    Thalweg.run(surroundings, "doctor");
    Thalweg.run(surroundings, "train", "digits", "--epochs", "1", "--out", folder[0]);
    Thalweg.run(surroundings, "evaluate", folder[0]);
    Thalweg.run(surroundings, "data", "iris");
    Thalweg.run(surroundings, "optimizers", "adamw");
    Thalweg.run(surroundings, "minimize", "(x - 5)^2", "--start", "x=0");
  }
}
