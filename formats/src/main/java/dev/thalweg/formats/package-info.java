/// TODO-ESSAY
@NullMarked
package dev.thalweg.formats;

import org.jspecify.annotations.NullMarked;
