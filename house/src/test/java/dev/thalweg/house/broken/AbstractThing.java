package dev.thalweg.house.broken;

/// Named for what it is not.
public abstract class AbstractThing {}
