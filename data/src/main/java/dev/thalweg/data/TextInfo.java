package dev.thalweg.data;

/// What is known of a text without reading it.
///
/// @param name what it is found by
/// @param characters how many there are
/// @param licence under which it may be used
/// @param source who wrote it
public record TextInfo(String name, int characters, String licence, String source) {}
