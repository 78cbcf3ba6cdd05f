package dev.thalweg.house.broken;

public final class Keeps {
  static final ThreadLocal<Keeps[]> OF_THREAD = new ThreadLocal<>();
}
