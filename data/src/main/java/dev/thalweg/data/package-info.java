/// TODO-ESSAY
@NullMarked
package dev.thalweg.data;

import org.jspecify.annotations.NullMarked;
