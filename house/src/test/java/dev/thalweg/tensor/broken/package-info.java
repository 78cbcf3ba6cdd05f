/// A class that lies in a module's package and breaks the order of the modules.
@NullMarked
package dev.thalweg.tensor.broken;

import org.jspecify.annotations.NullMarked;
