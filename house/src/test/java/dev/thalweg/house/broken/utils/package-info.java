/// A package that no one should have.
@NullMarked
package dev.thalweg.house.broken.utils;

import org.jspecify.annotations.NullMarked;
