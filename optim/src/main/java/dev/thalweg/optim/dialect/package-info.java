/// Calls of other libraries that have a text of their own: where the order of operations, or what
/// they do at the edges, is not that of the paper's form.
@NullMarked
package dev.thalweg.optim.dialect;

import org.jspecify.annotations.NullMarked;
