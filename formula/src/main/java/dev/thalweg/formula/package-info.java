/// TODO-ESSAY
@NullMarked
package dev.thalweg.formula;

import org.jspecify.annotations.NullMarked;
