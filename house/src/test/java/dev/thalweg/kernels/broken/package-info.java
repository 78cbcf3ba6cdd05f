/// A class that lies in a module's package and breaks the order of the modules.
@NullMarked
package dev.thalweg.kernels.broken;

import org.jspecify.annotations.NullMarked;
