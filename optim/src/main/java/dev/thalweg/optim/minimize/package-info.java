/// Methods that choose where they want to know the function: directions over all parameters
/// together, and searches along them. Each is plain Java over vectors of doubles.
@NullMarked
package dev.thalweg.optim.minimize;

import org.jspecify.annotations.NullMarked;
