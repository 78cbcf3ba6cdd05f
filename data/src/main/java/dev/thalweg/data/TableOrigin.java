package dev.thalweg.data;

import java.util.List;

/// What a table was before it became one, the same for all its parts.
///
/// @param width how many columns there were, with the target and what was left out
/// @param targetPlace where the target stood, counted from 0
/// @param taskReason why the task is what it is
/// @param leftOut the columns whose texts hardly repeat
/// @param unlabelled how many rows were left out because they have no target
record TableOrigin(
    int width, int targetPlace, String taskReason, List<String> leftOut, long unlabelled) {}
