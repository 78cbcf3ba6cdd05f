package dev.thalweg.data;

import java.nio.file.Path;
import java.util.Optional;

/// What is known of a data set without reading it.
///
/// @param name what it is found by
/// @param rows how many rows it has
/// @param features how many features a row has
/// @param task what there is to predict
/// @param classes how many classes there are to tell apart; 0 where a number is predicted
/// @param licence under which it may be used
/// @param source who made it, and where it is published
/// @param present whether it can be read here and now, without a download
/// @param folder where its files were found; empty for one that is embedded or not present
public record DatasetInfo(
    String name,
    int rows,
    int features,
    Task task,
    int classes,
    String licence,
    String source,
    boolean present,
    Optional<Path> folder) {}
