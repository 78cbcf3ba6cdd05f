/// Small programs to read and to begin from, one file an idea.
///
/// Each has a `main` that prints what happens and a method that does the work, which a test calls.
/// From the project's folder
///
/// ```
/// examples/run IrisInMemory
/// ```
///
/// builds what is needed and runs one. Every file needs two imports at most: `import module
/// dev.thalweg;` for the library and `import module java.base;` for the JDK.
///
/// What must not enter: anything that another module would want to use.
@NullMarked
package dev.thalweg.examples;

import org.jspecify.annotations.NullMarked;
