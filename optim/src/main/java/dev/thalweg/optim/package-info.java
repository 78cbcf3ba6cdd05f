/// TODO-ESSAY
@NullMarked
package dev.thalweg.optim;

import org.jspecify.annotations.NullMarked;
