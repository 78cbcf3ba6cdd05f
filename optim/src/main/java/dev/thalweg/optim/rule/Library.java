package dev.thalweg.optim.rule;

import org.jspecify.annotations.Nullable;

/// Another library whose own calls are understood.
public enum Library {
  /// `torch.optim`.
  TORCH("torch.", "PyTorch 2.15.0, torch.optim", "PyTorch's default"),
  /// `keras.optimizers`.
  KERAS("keras.", "Keras 3.15.1, keras.optimizers", "Keras' default"),
  /// `optax`, its `contrib` included.
  OPTAX("optax.", "Optax 0.2.8", "Optax' default");

  private final String prefix;
  private final String version;
  private final String note;

  Library(String prefix, String version, String note) {
    this.prefix = prefix;
    this.version = version;
    this.note = note;
  }

  /// What its names begin with: `torch.`
  public String prefix() {
    return prefix;
  }

  /// The library and the version that was executed.
  public String version() {
    return version;
  }

  /// Where a default comes from.
  public String note() {
    return note;
  }

  /// The library whose call a text begins with, if it is one's.
  public static @Nullable Library of(String text) {
    for (Library library : values()) {
      if (text.startsWith(library.prefix)) {
        return library;
      }
    }
    return null;
  }
}
