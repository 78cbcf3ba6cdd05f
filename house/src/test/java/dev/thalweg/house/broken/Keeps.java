package dev.thalweg.house.broken;

public final class Keeps {
  final ThreadLocal<Keeps[]> ofThread = new ThreadLocal<>();
}
