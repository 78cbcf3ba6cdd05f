package dev.thalweg.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The help of a command as text.
final class Help {

  private Help() {}

  /// As wide as the screen is, within reason.
  static String text(CommandLine command, Screen screen) {
    command.setUsageHelpWidth(Math.clamp(screen.columns(), 60, 110));
    return command.getUsageMessage(Ansi.OFF);
  }
}
