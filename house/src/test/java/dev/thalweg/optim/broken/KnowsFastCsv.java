package dev.thalweg.optim.broken;

import de.siegmar.fastcsv.reader.CsvReader;

/// A core module with a run-time dependency.
public final class KnowsFastCsv {
  Object reader() {
    return CsvReader.builder();
  }
}
