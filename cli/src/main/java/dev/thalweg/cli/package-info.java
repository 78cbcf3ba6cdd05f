/// The `thalweg` command: what a user types becomes calls of the library, and their results become
/// text or one JSON value on one line.
///
/// [Thalweg] is the way in and out of the JVM, and the only code of the project that ends it. It
/// reads the command line with picocli, runs one [Command] in a [Call], and turns whatever goes
/// wrong into one sentence on standard error and an exit code: a [Failure] says both itself,
/// [Complaint] words what is wrong with the command line, exceptions of the library bring their
/// sentence along. There is one class a command; [CommonOptions] are those that all of them take.
///
/// Commands see the process only through [Surroundings], so a test runs them in its own JVM:
///
/// ```java
/// var out = new ByteArrayOutputStream();
/// var surroundings = new Surroundings(
///     System.in, new PrintStream(out, false, UTF_8), System.err, Screen.NONE, System::getenv);
/// int exitCode = Thalweg.run(surroundings, "data", "--format", "json");
/// ```
///
/// [StandardError] explains how the launcher keeps the JVM's warning of the incubator module off
/// the screen and nothing else.
///
/// What must not enter: anything a Java user of the library would miss. Reading texts that stand
/// for models and optimizers, training, metrics and files belong to the modules below.
@NullMarked
package dev.thalweg.cli;

import org.jspecify.annotations.NullMarked;
