/// TODO-ESSAY
@NullMarked
package dev.thalweg.nn;

import org.jspecify.annotations.NullMarked;
