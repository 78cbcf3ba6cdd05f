/// Functions of whole arrays that a formula calls
/// ([ArrayOperator][dev.thalweg.formula.ArrayOperator]): plain Java over matrix products.
@org.jspecify.annotations.NullMarked
package dev.thalweg.optim.matrix;
