package dev.thalweg.house.broken;

import java.io.Serializable;

/// Can be serialised.
public final class Streams implements Serializable {
  private static final long serialVersionUID = 1;
}
