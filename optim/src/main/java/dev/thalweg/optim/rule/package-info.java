/// The methods, a file each: card, formula, source. `Lion.java` has all there is to know about
/// Lion.
///
/// A rule is found by its line in the table of `dev.thalweg.optim.Methods`, and nothing of it is
/// loaded before its name is asked for. What differs between the libraries' versions of one method
/// is an argument of the paper's form where it is a convention, and a rule of its own in
/// `dev.thalweg.optim.dialect` where the order of operations matters.
@NullMarked
package dev.thalweg.optim.rule;

import org.jspecify.annotations.NullMarked;
