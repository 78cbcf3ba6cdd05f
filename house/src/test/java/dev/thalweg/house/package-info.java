/// Rules that all modules keep together, and tests that need all of them at once.
///
/// [dev.thalweg.house.ModuleOrder] is the table of the modules: who may know whom, and which
/// libraries. [dev.thalweg.house.HouseRules] are the other rules; each is proved to fail on a
/// fixture in `broken`. [dev.thalweg.house.SameWeightsTest] trains in many JVMs and compares the
/// weights; [dev.thalweg.house.LibraryUserTest] uses the library in a JVM without any flag.
///
/// What must not enter: tests of one module, which belong beside it.
@NullMarked
package dev.thalweg.house;

import org.jspecify.annotations.NullMarked;
